import { entriesOf, entryOf, valueAt } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { secretToPass, type SecretToPass } from "../credentials/secret-to-pass.ts";
import { callsIn, triggersPlace, type Call } from "./called-workflow.ts";

/** A call of a reusable workflow that GitHub rejects for the secrets that it passes. */
export interface RejectedCall {
  /** The secret that is passed, or the `uses` that does not pass it. */
  readonly place: Place;
  /** What is wrong: the workflow does not declare what is passed, or requires what is not passed. */
  readonly kind: "undeclared" | "missing";
  readonly name: string;
  /** The declaration of the secret; the workflow's `on` where it has none. */
  readonly declaredAt: Place;
  /** What to pass instead; undefined where too much is passed. */
  readonly toPass: SecretToPass | undefined;
}

/** The calls of a workflow that do not agree with the secrets of the workflows that they call. */
export function rejectedCalls(repository: Repository, path: string): readonly RejectedCall[] {
  return callsIn(repository, path).flatMap((call) => rejectedSecrets(repository, call));
}

// https://github.com/actions/languageservices/blob/main/workflow-parser/src/model/converter/job/secrets.ts
function rejectedSecrets(repository: Repository, { workflow, job, uses, callee }: Call): readonly RejectedCall[] {
  const secrets = entryOf(job.node, "secrets");
  const isReadable = !secrets || secrets.value.kind === "mapping";
  if (job.secrets === "inherit" || !isReadable) return [];
  const declared = valueAt(callee.node, "on", "workflow_call", "secrets");
  if (declared && declared.kind !== "mapping") return [];
  const passed = entriesOf(secrets?.value).filter(({ merged }) => !merged);
  const undeclared = passed
    .filter(({ key }) => !callee.call.secrets.has(key.toLowerCase()) && !key.includes("${{"))
    .map(({ key, keyRange }): RejectedCall => ({
      place: { source: workflow.source, range: keyRange },
      kind: "undeclared",
      name: key,
      declaredAt: triggersPlace(callee),
      toPass: undefined,
    }));
  const missing = entriesOf(declared).flatMap(({ key, keyRange }): readonly RejectedCall[] => {
    const name = key.toLowerCase();
    const isPassed = passed.some((entry) => entry.key.toLowerCase() === name || entry.key.includes("${{"));
    if (isPassed || callee.call.secrets.get(name)?.isRequired !== true) return [];
    const place = { source: workflow.source, range: uses.range };
    const declaredAt = { source: callee.source, range: keyRange };
    const toPass = secretToPass(repository, { document: workflow.document, job, uses }, key);
    return [{ place, kind: "missing", name: key, declaredAt, toPass }];
  });
  return [...undeclared, ...missing];
}
