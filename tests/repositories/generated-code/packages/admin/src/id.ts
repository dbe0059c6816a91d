import type { Id } from "@backend/_generated/dataModel";
export type MessageId = Id<"messages">;
