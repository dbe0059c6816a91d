/** GitHub's own parser judges which jobs `needs` may name, except for their case, which only the one of its servers passes over. */
import { beforeAll, expect, it } from "vitest";
import { missingNeeds } from "../../src/faults/workflows/missing-needs.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { loadGithubParser, type GithubParser } from "./github-parser.ts";

const WORKFLOW = ".github/workflows/ci.yml";

let github: GithubParser;
beforeAll(async () => {
  github = await loadGithubParser();
});

it.each([
  ["build", []],
  ["[build, test]", []],
  ["gone", ["gone"]],
  ["[build, gone, Other]", ["gone", "Other"]],
  ["[]", []],
])("needs: %s", async (needs, missing) => {
  const job = "{ runs-on: ubuntu-latest, steps: [{ run: x }] }";
  const text = `on: push\njobs:\n  build: ${job}\n  test: ${job}\n  last:\n    needs: ${needs}\n    runs-on: ubuntu-latest\n    steps: [{ run: x }]\n`;
  const messages = await github.workflow(text);
  const unknown = messages.filter((message) => message.includes("depends on unknown job"));
  expect(unknown).toHaveLength(missing.length);
  const repository = new Repository(writeRepository({ [WORKFLOW]: text }));
  expect(missingNeeds(repository, WORKFLOW).map(({ id }) => id)).toEqual(missing);
});
