import type { Answer } from "../../project/trace/environment.ts";

/** Whether a variable has a value: an empty one counts as none, and one that turbo takes away may or may not be meant. */
export type Provision = "yes" | "no" | "unknown";

/** What an environment's answer comes to for a tool that needs a variable. */
export function provisionOf(answer: Answer): Provision {
  if (answer.state === "bound") return answer.value.known && answer.value.value === "" ? "no" : "yes";
  return answer.state === "absent" ? "no" : "unknown";
}
