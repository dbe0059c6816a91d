import { isRepository } from "../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../project/trace/job-run.ts";
import type { Reach } from "../project/trace/reach.ts";
import type { Word } from "../shell/command.ts";

/** What stands in the place of the repository in which a workflow runs. */
const THIS_REPOSITORY = /^github\.repository$/i;

/** Whether gh asks GitHub about the repository in which a job runs: as it is told by `named` or, in its checkout, by git's remotes. */
export function asksForThisRepository({ steps }: JobRun, run: StepRun, reach: Reach, named: Word | undefined): boolean {
  if (named) return standsFor(named, reach, THIS_REPOSITORY);
  if (reach.environment.lookup("GH_HOST").state !== "absent") return false;
  const told = reach.environment.lookup("GH_REPO");
  if (told.state !== "absent") return isTemplateOf(told, THIS_REPOSITORY);
  return (
    isRepository(run.workspace) && reach.directory.known && !steps.some(({ reaches }) => reaches.some(changesRemotes))
  );
}

/** `git remote add upstream`, `gh repo fork`: gh then may take another repository for the one that is meant. */
function changesRemotes({ invocation }: Reach): boolean {
  if (invocation.kind !== "binary") return false;
  const words = invocation.args.map(({ shape }) => shape);
  return (
    (invocation.name === "git" && words.some((word) => /^(?:clone|init|remote(?:\..*)?)$/.test(word))) ||
    (invocation.name === "gh" && words[0] === "repo")
  );
}

/** Whether a word is what GitHub tells by a name, directly or through a variable. */
export function standsFor(word: Word, reach: Reach, name: RegExp, hops = 2): boolean {
  const written = word.text.replace(/^--?[\w-]+=/, "");
  const text = written.replace(/^(["'])(.*)\1$/, "$2");
  if (isExpressionOf(text, name)) return true;
  const variable = written.startsWith("'") ? undefined : /^\$(?:(\w+)|\{(\w+)\})$/.exec(text)?.slice(1).find(Boolean);
  if (variable === undefined) return false;
  return isVariableOf(reach, variable, name, hops);
}

function isVariableOf(reach: Reach, variable: string, name: RegExp, hops: number): boolean {
  const assigned = reach.located.command.variables.get(variable);
  if (assigned)
    return (
      hops > 0 && assigned.reach !== "uncertain" && !!assigned.value && standsFor(assigned.value, reach, name, hops - 1)
    );
  // A step cannot set the variables that GitHub does.
  if (variable.startsWith("GITHUB_")) return name.test(variable.toLowerCase().replace("_", "."));
  return isTemplateOf(reach.environment.lookup(variable), name);
}

function isTemplateOf(answer: ReturnType<Reach["environment"]["lookup"]>, name: RegExp): boolean {
  return answer.state === "bound" && answer.template !== undefined && isExpressionOf(answer.template.text.trim(), name);
}

function isExpressionOf(text: string, name: RegExp): boolean {
  const [, expression = ""] = /^\$\{\{\s*([\w.-]+)\s*\}\}$/.exec(text) ?? [];
  return name.test(expression);
}
