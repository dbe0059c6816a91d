import { known, unknown } from "../../documents/known.ts";
import type { Repository } from "../../project/repository.ts";
import { secretUsesIn, type SecretUse } from "./secret-uses.ts";

/** GitHub takes no secret or variable of such a name. https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets */
const RESERVED = /^GITHUB_/i;
const MAY_READ_ONE = /\b(?:secrets|vars)\s*(?:\.|\[\s*')\s*GITHUB_(?!TOKEN\b)/i;

/** The secrets and variables that a workflow reads and nobody can create. */
export function reservedNames(repository: Repository, path: string): readonly SecretUse[] {
  if (!repository.workflowPaths.includes(path) || !MAY_READ_ONE.test(repository.files.read(path)?.text ?? ""))
    return [];
  const workflow = repository.workflow(path);
  // A call can pass one by the name that the workflow declares, which may start by itself too.
  const isDeclared = ({ context, name }: SecretUse): boolean =>
    context === "secrets" && workflow?.call?.secrets.has(name.toLowerCase()) === true;
  return workflow
    ? secretUsesIn(repository, workflow).filter(
        (use) => RESERVED.test(use.name) && !isDeclared(use) && !hasSubstitute(use),
      )
    : [];
}

/** Whether something else may stand in for the name: `secrets.GITHUB_PAT || secrets.PAT`. GitHub's own token can do less than what was meant. */
function hasSubstitute({ expression }: SecretUse): boolean {
  if (!/\|\||\bcase\(/.test(expression.text)) return false;
  const holds = expression.holds(({ context, path: [name = ""] }) => {
    const isEmpty = /^(?:secrets|vars)$/.test(context) && RESERVED.test(name);
    const isToken = context === "github" && name === "token";
    return isEmpty || isToken ? known("") : unknown("it depends on the run");
  });
  return !holds.known || holds.value;
}
