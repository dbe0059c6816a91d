import { entriesOf, entryOf, valueAt, type DataDocument, type Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { PRIVILEGED_TRIGGERS } from "../credentials/needs.ts";
import { normalizeDirectory } from "../../shell/directory.ts";

/** A call of a reusable workflow that GitHub rejects for the secrets that it passes. */
export interface RejectedCall {
  /** The secret that is passed, or the `uses` that does not pass it. */
  readonly place: Place;
  /** What is wrong: the workflow does not declare what is passed, or requires what is not passed. */
  readonly kind: "undeclared" | "missing";
  readonly name: string;
  /** The declaration of the secret; the workflow's `on` where it has none. */
  readonly declaredAt: Place;
  readonly document: DataDocument;
  readonly job: Mapping;
  /** What to pass: what the other calls do, else the secret of the same name; undefined where that is not known, or would be empty. */
  readonly expression: string | undefined;
  /** True where an event runs a stranger's code beside the repository's secrets. */
  readonly isPrivileged: boolean;
}

/** The calls of a workflow that do not agree with the workflows that they call. */
export function rejectedCalls(repository: Repository, path: string): readonly RejectedCall[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return workflow?.jobs.flatMap((job) => rejectedSecrets(repository, workflow, job)) ?? [];
}

// https://github.com/actions/languageservices/blob/main/workflow-parser/src/model/converter/job/secrets.ts
function rejectedSecrets(repository: Repository, workflow: Workflow, job: Job): readonly RejectedCall[] {
  const target = job.uses?.target;
  const secrets = entryOf(job.node, "secrets");
  const isReadable = !secrets || secrets.value.kind === "mapping";
  if (!job.uses || target?.kind !== "local" || job.secrets === "inherit" || !isReadable) return [];
  const callee = repository.workflow(normalizeDirectory(target.path));
  const declared = valueAt(callee?.node, "on", "workflow_call", "secrets");
  if (!callee?.call || (declared && declared.kind !== "mapping")) return [];
  const isPrivileged = workflow.triggers.some((trigger) => PRIVILEGED_TRIGGERS.includes(trigger));
  const common = { document: workflow.document, job: job.node, isPrivileged };
  const passed = entriesOf(secrets?.value).filter(({ merged }) => !merged);
  const { call } = callee;
  const on = entryOf(callee.node, "on");
  const undeclared = passed
    .filter(({ key }) => !call.secrets.has(key.toLowerCase()) && !key.includes("${{"))
    .map(({ key, keyRange }): RejectedCall => ({
      ...common,
      place: { source: workflow.source, range: keyRange },
      kind: "undeclared",
      name: key,
      declaredAt: { source: callee.source, range: on?.keyRange ?? callee.node.range },
      expression: undefined,
    }));
  const { range } = job.uses;
  const missing = entriesOf(declared).flatMap(({ key, keyRange }): readonly RejectedCall[] => {
    const name = key.toLowerCase();
    const isPassed = passed.some((entry) => entry.key.toLowerCase() === name || entry.key.includes("${{"));
    if (isPassed || call.secrets.get(name)?.isRequired !== true) return [];
    const place = { source: workflow.source, range };
    const declaredAt = { source: callee.source, range: keyRange };
    const expression = expressionFor(repository, workflow, target.path, key);
    return [{ ...common, place, kind: "missing", name: key, declaredAt, expression }];
  });
  return [...undeclared, ...missing];
}

/** What calls of the same workflow pass as a secret. */
function expressionFor(repository: Repository, caller: Workflow, path: string, name: string): string | undefined {
  const texts = repository.workflowPaths.flatMap((other) =>
    (repository.workflow(other)?.jobs ?? []).flatMap(({ uses, secrets }) => {
      const isSame = uses?.target.kind === "local" && uses.target.path === path;
      const template = isSame && secrets !== "inherit" ? secrets.get(name.toLowerCase()) : undefined;
      return template ? [template.text] : [];
    }),
  );
  const [expression = `\${{ secrets.${name} }}`, ...others] = [...new Set(texts)];
  const read = /^\$\{\{ *secrets\.(\w+) *\}\}$/.exec(expression)?.[1]?.toLowerCase();
  // A workflow that is called itself has only what it declares.
  const isGiven = read !== undefined && (!caller.call || caller.call.secrets.has(read));
  return others.length === 0 && isGiven ? expression : undefined;
}
