import { posix } from "node:path";
import { replaceExpressions } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import type { Answer } from "../../project/trace/environment.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { READS_DEPLOYMENT_TOKEN } from "../../tools/convex.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { provisionOf } from "../environment/provision.ts";
import type { ConvexCall } from "./convex-calls.ts";

/** A deploy key of which enough is written down to know what it is for. */
export interface DeployKey {
  /** The variable that holds it. */
  readonly name: string;
  readonly place: Place | undefined;
  readonly kind: "malformed" | "preview" | "production" | "other";
}

/** The key that a call gets; undefined where nothing tells what it is. A secret's name is no evidence. */
export function keyOf({ reach, version }: ConvexCall): DeployKey | undefined {
  const names = [
    "CONVEX_DEPLOY_KEY",
    ...(liesWithin(version, READS_DEPLOYMENT_TOKEN) ? ["CONVEX_DEPLOYMENT_TOKEN"] : []),
  ];
  for (const name of names) {
    const answer = reach.environment.lookup(name);
    if (provisionOf(answer) === "no") continue;
    if (answer.state !== "bound") return undefined;
    const kind = answer.value.known ? kindOf(answer.value.value) : kindOfBeginning(beginningOf(answer));
    return kind && { name, place: answer.place, kind };
  }
  return undefined;
}

/** What is written before the first expression. */
function beginningOf(answer: Answer): string {
  const template = answer.state === "bound" ? answer.template : undefined;
  return template?.text.slice(0, template.expressions[0]?.start) ?? "";
}

function kindOf(value: string): DeployKey["kind"] | undefined {
  // `<ignore_deploy_key>` and its like are instructions to the CLI; what `op run` and its like replace has the form of an address.
  if (value.startsWith("<") || /^[a-z][a-z+-]*:\/\//.test(value)) return undefined;
  return value.includes("|") ? (kindOfBeginning(value) ?? "other") : "malformed";
}

/** By what stands before the bar, as the CLI tells keys apart. src/cli/lib/deployment.ts */
function kindOfBeginning(text: string): DeployKey["kind"] | undefined {
  const [before = "", ...others] = text.split("|");
  if (others.length === 0) return undefined;
  const parts = before.split(":");
  if (parts[0] === "preview") return parts.length === 3 ? "preview" : "other";
  return parts[0] === "prod" ? "production" : "other";
}

/** Whether a variable certainly has a value that is not empty: text beside expressions, or all of it. */
export function isSet(answer: Answer): boolean {
  if (answer.state !== "bound") return false;
  if (answer.value.known) return answer.value.value !== "";
  const { template } = answer;
  return template !== undefined && replaceExpressions(template, () => "") !== "";
}

/** Whether a dotenv file can bring further variables to a call. */
export function mayReadDotenv(repository: Repository, run: StepRun, { directory }: Reach): boolean {
  if (run.effects.dotenv !== undefined || !directory.known) return true;
  return [".env.local", ".env"].some((name) => repository.files.isTracked(posix.join(directory.value, name)));
}
