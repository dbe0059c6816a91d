import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { Workflow } from "../../documents/workflow.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { isPrivileged } from "./privileged-triggers.ts";

/** A secret that a call of a reusable workflow has to pass on. */
export interface SecretToPass {
  readonly document: DataDocument;
  readonly job: Mapping;
  readonly name: string;
  /** What to pass: what the other calls do, else the secret of the same name. */
  readonly value: string;
  /** True where an event runs a stranger's code beside the repository's secrets. */
  readonly isPrivileged: boolean;
}

/** What a call has to pass; undefined where that is not known or would be empty, and where GitHub would reject a secret that is not declared. */
export function secretToPass(
  repository: Repository,
  { document, job, uses: { target } }: Pick<Frame, "document" | "job" | "uses">,
  name: string,
): SecretToPass | undefined {
  const caller = repository.workflow(document.source.path);
  const callee = target.kind === "local" ? repository.workflow(normalizeDirectory(target.path)) : undefined;
  if (!caller || target.kind !== "local" || !callee?.call?.secrets.has(name.toLowerCase())) return undefined;
  const value = expressionFor(repository, caller, target.path, name);
  return value === undefined ? undefined : { document, job: job.node, name, value, isPrivileged: isPrivileged(caller) };
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
