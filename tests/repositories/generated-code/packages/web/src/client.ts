import { api } from "@acme/backend/convex/_generated/api";
export const all = api;
