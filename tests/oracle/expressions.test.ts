import { beforeAll, describe, expect, it } from "vitest";
import { rejectedExpressions } from "../../src/faults/expressions/rejected-expressions.ts";
import { unavailableSecrets } from "../../src/faults/secrets/unavailable-secrets.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { CALLED, CALLEE, EVERY_ACTION_KEY, EVERY_KEY, plain, textsWith, WORKFLOW } from "./every-key.ts";
import { loadGithubParser, type GithubParser } from "./github-parser.ts";

let github: GithubParser;
beforeAll(async () => {
  github = await loadGithubParser();
});

/** What is read or called, and what is none. */
const EXPRESSIONS = [
  ..."env github inputs job jobs matrix needs runner secrets steps strategy vars".split(" ").map((name) => `${name}.x`),
  ..."always cancelled failure success".split(" ").map((name) => `${name}()`),
  "hashFiles('x')",
  "contains('a', 'b')",
  'github.ref == "x"',
  "hashFiles(''a')",
  "secret.X",
  "startWith('a', 'b')",
];

/** Where a container is named as a whole, or its credentials are, the documentation allows what the parser does not. */
const DOCUMENTED = /(?:username|password)$/;

const isRejection = (message: string): boolean => /Unrecognized|Unexpected symbol|is not closed/.test(message);

/** What we say of the only workflow or action. */
function faultsIn(path: string, text: string): number {
  const repository = new Repository(writeRepository({ [path]: text, [CALLED]: CALLEE }));
  return rejectedExpressions(repository, path).length + unavailableSecrets(repository, path).length;
}

describe.each(EXPRESSIONS)("GitHub's own parser agrees on `%s`", (expression) => {
  it("in every key of a workflow", async () => {
    for (const [name, text] of textsWith(EVERY_KEY, expression)) {
      const messages = await github.workflow(text, { [CALLED]: CALLEE });
      const isAllowed = DOCUMENTED.test(name) && /^(?:matrix|needs|strategy)/.test(expression);
      expect([name, faultsIn(WORKFLOW, text)]).toEqual([name, messages.some(isRejection) && !isAllowed ? 1 : 0]);
    }
  });

  it("in every key of an action", () => {
    for (const [name, text] of textsWith(EVERY_ACTION_KEY, expression)) {
      expect([name, faultsIn("a/action.yml", text)]).toEqual([name, github.action(text).some(isRejection) ? 1 : 0]);
    }
  });
});

it("accepts what the cases are made of", () => {
  expect(faultsIn(WORKFLOW, plain(EVERY_KEY))).toBe(0);
  expect(faultsIn("a/action.yml", plain(EVERY_ACTION_KEY))).toBe(0);
});
