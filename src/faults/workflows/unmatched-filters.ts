import picomatch from "picomatch";
import { entriesOf, entryOf, stringsOf } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import { isCertainlyUncommitted, mayListFolder } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";
import { isSparse } from "../paths/missing-paths.ts";
import { FILTERED_EVENTS, isForOtherBranches } from "../paths/other-checkouts.ts";

/** A filter for paths of which the repository has none: its event never starts the workflow. */
export interface UnmatchedFilter {
  /** The `paths`. */
  readonly place: Place;
  /** `push`, `pull_request` or `pull_request_target`. */
  readonly event: string;
  readonly patterns: readonly string[];
}

/**
 * The `paths` of a workflow's events that no file of the repository matches. A pattern has to match a whole path, and tags are not
 * asked for theirs. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore
 */
export function unmatchedFilters(repository: Repository, path: string): readonly UnmatchedFilter[] {
  const { files, workflowPaths } = repository;
  const workflow = workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  // What a submodule holds is not here, and a template without git is none that GitHub runs where it stands.
  if (!workflow || files.exists(".gitmodules") || !files.exists(".git") || isSparse(repository)) return [];
  return entriesOf(entryOf(workflow.node, "on")?.value).flatMap(({ key: event, value }): readonly UnmatchedFilter[] => {
    const paths = FILTERED_EVENTS.has(event) ? entryOf(value, "paths") : undefined;
    const patterns = stringsOf(paths?.value).filter((pattern) => !pattern.startsWith("!"));
    if (!paths || patterns.length === 0 || entryOf(value, "tags") || isForOtherBranches(value)) return [];
    if (patterns.some((pattern) => mayMatch(repository, pattern))) return [];
    return [{ place: { source: workflow.source, range: paths.keyRange }, event, patterns }];
  });
}

/** What has a meaning of its own in a pattern, and what of it is read here. */
const SPECIAL = /[*?+[\]!\\]/;
const STARS = /^[\w.-]*\*[\w.*-]*$/;

/** Whether a file matches a pattern, or may: below a folder that is there, only names are looked at. */
function mayMatch(repository: Repository, pattern: string): boolean {
  // Workflows are copied to where they run.
  if (pattern.startsWith("/") || pattern.endsWith("/") || pattern.startsWith(".github/")) return true;
  const parts = pattern.split("/");
  const special = parts.findIndex((part) => SPECIAL.test(part));
  const { files } = repository;
  if (special < 0) return isThere(repository, pattern) && files.list(pattern).length === 0;
  const [folder, [first = "", ...rest]] = [parts.slice(0, special).join("/"), parts.slice(special)];
  if (folder !== "" && !isThere(repository, folder)) return false;
  const isOfNames = rest.length === 0 && STARS.test(first) && !first.includes("**");
  return !isOfNames || files.list(folder).some((name) => picomatch.isMatch(name, first, { dot: true }));
}

/** Whether a path is there, or git may have it, or files below it, all the same. */
function isThere(repository: Repository, path: string): boolean {
  return repository.files.exists(path) || !isCertainlyUncommitted(repository, path) || mayListFolder(repository, path);
}
