import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { WORKSPACE_FILLERS } from "../../tools/actions.data.ts";

/** What the workspace of a job holds. */
export interface WorkspaceContent {
  readonly isCheckedOut: boolean;
  /** Why it may be something else than this repository at its root; undefined where it is the repository. */
  readonly foreign: string | undefined;
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
    return { isCheckedOut: true, foreign: isSameBranch ? undefined : "another branch is checked out" };
  }
  const replaces = isAtRoot || isSelf;
  return { isCheckedOut: true, foreign: replaces ? "another folder or repository is checked out" : before.foreign };
}
