import { evaluateTemplate, replaceExpressions, type Lookup, type Template } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import { actionName } from "../../documents/uses.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { WORKSPACE_FILLERS } from "../../tools/actions.data.ts";

/** What the workspace of a job holds. */
export interface WorkspaceContent {
  readonly isCheckedOut: boolean;
  /** Why it may be something else than this repository at its root; undefined where it is the repository. */
  readonly foreign: string | undefined;
}

/** Whether it certainly is this repository, at the workspace's root. */
export function isRepository({ isCheckedOut, foreign }: WorkspaceContent): boolean {
  return isCheckedOut && foreign === undefined;
}

/** Inputs of a checkout with which the workspace is not a fresh copy of the whole repository at its root. */
const PARTIAL_CHECKOUT = ["clean", "path", "repository", "sparse-checkout"];

/** Whether a step leaves nothing in the workspace but a fresh copy of the repository. */
export function isWholeCheckout({ step }: { readonly step: Step }): boolean {
  const target = step.uses?.target;
  // One that may not run leaves what is there.
  if (step.condition || step.continueOnError) return false;
  if (target?.kind !== "repository" || target.repository !== "actions/checkout") return false;
  return PARTIAL_CHECKOUT.every((input) => !step.inputs.has(input));
}

/** Whether an action puts other files into the workspace than this repository's own. */
export function bringsOthers({ uses, inputs }: Step): boolean {
  const name = uses && actionName(uses);
  if (name === "actions/checkout") return inputs.has("path") || inputs.has("repository");
  return name !== undefined && WORKSPACE_FILLERS.has(name);
}

/** What `github` tells of other commits than the one that runs. */
const OTHER_COMMITS = new Set(["base", "base_ref", "client_payload", "inputs", "workflow_run"]);
/** What stands around the name or number of a ref. */
const PARTS_OF_REFS = /^(?:refs\/(?:heads|pull|tags)\/)?(?:\{0\})?(?:\/(?:head|merge))?$/;
const EVENT =
  /^(?:issue_comment|merge_group|pull_request|pull_request_target|push|release|repository_dispatch|schedule|workflow_dispatch|workflow_run)$/;

/** Whether a ref is none, or that of what started the run: another one may have other files. */
export function isRefOfRun(ref: Template | undefined): boolean {
  if (!ref) return true;
  const around = replaceExpressions(ref, () => "").trim();
  return (
    ref.expressions.length > 0 &&
    PARTS_OF_REFS.test(around) &&
    ref.expressions.every(
      ({ references, text }) =>
        Array.from(text.matchAll(/'([^']*)'/g), ([, literal = ""]) => literal).every(
          (literal) => PARTS_OF_REFS.test(literal) || EVENT.test(literal),
        ) &&
        references.every(({ context, path }) => context === "github" && !path.some((name) => OTHER_COMMITS.has(name))),
    )
  );
}

/** Before any checkout, workflows are read as if there were one: without it nothing in them would work. */
export const BEFORE_CHECKOUT: WorkspaceContent = { isCheckedOut: false, foreign: undefined };

/** What the workspace holds after an action ran. */
export function workspaceAfter(before: WorkspaceContent, action: string, step: Step, lookup: Lookup): WorkspaceContent {
  const input = (name: string): Known<string> | undefined => {
    const template = step.inputs.get(name);
    return template && evaluateTemplate(template, lookup);
  };
  const path = input("path") ?? known("");
  const isAtRoot = path.known && normalizeDirectory(path.value) === "";
  if (WORKSPACE_FILLERS.has(action)) {
    const mayReplace = !before.isCheckedOut && (isAtRoot || !path.known);
    return mayReplace ? { ...before, foreign: "the workspace is downloaded" } : before;
  }
  if (action !== "actions/checkout") return before;
  const repository = step.inputs.get("repository")?.text.trim() ?? "";
  const isSelf = repository === "" || /^\$\{\{\s*github\.repository\s*\}\}$/.test(repository);
  const ref = input("ref");
  // A branch of another name holds other files than those at hand.
  const isSameBranch =
    ref?.known !== true || /^(?:refs\/heads\/)?(?:|dev|develop|main|master|next|trunk)$/.test(ref.value);
  if (isSelf && isAtRoot) {
    if (!isSameBranch) return { isCheckedOut: true, foreign: "another branch is checked out" };
    // Otherwise the files of the root are always there.
    const isPart = step.inputs.has("sparse-checkout") && step.inputs.has("sparse-checkout-cone-mode");
    return { isCheckedOut: true, foreign: isPart ? "a part of the files is checked out" : undefined };
  }
  const replaces = isAtRoot || isSelf;
  return { isCheckedOut: true, foreign: replaces ? "another folder or repository is checked out" : before.foreign };
}
