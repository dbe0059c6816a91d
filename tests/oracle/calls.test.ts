import { beforeAll, describe, expect, it } from "vitest";
import { rejectedInputs } from "../../src/faults/calls/call-inputs.ts";
import { rejectedCalls } from "../../src/faults/calls/call-secrets.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { loadGithubParser, type GithubParser } from "./github-parser.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/called.yml";

const CALLEE = `on:
  workflow_call:
    inputs:
      a: { type: string }
      b: { type: boolean, default: true }
      Needed: { type: string, required: true }
      kept: { type: string, required: true, default: x }
    secrets:
      TOKEN: { required: true }
      OTHER: { required: false }
      BARE:
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: x }] }
`;

let github: GithubParser;
beforeAll(async () => {
  github = await loadGithubParser();
});

/** What GitHub's parser says of a call, without the places; `about` are the inputs or the secrets of it. */
async function rejections(text: string, callee: string, about: "input" | "secret"): Promise<readonly string[]> {
  const messages = await github.workflow(text, { [CALLED]: callee });
  return messages
    .map((message) => message.replace(/^\S+ \(Line: \d+, Col: \d+\): /, ""))
    .filter((message) => message.toLowerCase().includes(about))
    .toSorted();
}

describe("GitHub's own parser", () => {
  it.each([
    ["all that is required", "secrets: { TOKEN: a }"],
    ["another case of letters", "secrets: { token: a, Other: b, bare: c }"],
    ["all", "secrets: inherit"],
    ["none", ""],
    ["an empty mapping", "secrets: {}"],
    ["an empty value", "secrets: { TOKEN: '' }"],
    ["one that is not declared", "secrets: { TOKEN: a, WRONG: b }"],
    ["only one that is not declared", "secrets: { WRONG: b }"],
    ["the token that is always there", "secrets: { TOKEN: a, GITHUB_TOKEN: b }"],
  ])("agrees on a call that passes as secrets %s", async (_, secrets) => {
    for (const callee of [CALLEE, CALLEE.replace(/ {4}secrets:[^]*(?=jobs)/, "")]) {
      const text = `on: push\njobs:\n  call:\n    uses: ./${CALLED}\n    ${secrets}\n`;
      const repository = new Repository(writeRepository({ [WORKFLOW]: text, [CALLED]: callee }));
      const found = rejectedCalls(repository, WORKFLOW).map(({ kind, name }) =>
        kind === "missing"
          ? `Secret ${name} is required, but not provided while calling.`
          : `Invalid secret, ${name} is not defined in the referenced workflow.`,
      );
      await expect(rejections(text, callee, "secret")).resolves.toEqual(found.toSorted());
    }
  });

  it.each([
    ["none", ""],
    ["an empty mapping", "with: {}"],
    ["all that is required", "with: { needed: a, kept: b }"],
    ["another case of letters", "with: { NEEDED: a, Kept: b, A: c, B: true }"],
    ["a blank", "with: { needed: '', kept: '' }"],
    ["only one that is not declared", "with: { wrong: 1 }"],
    ["one that is not declared", "with: { needed: a, kept: b, wrong: 1 }"],
    ["a boolean and a number for strings", "with: { needed: true, kept: 1 }"],
  ])("agrees on a call that passes as inputs %s", async (_, inputs) => {
    for (const callee of [CALLEE, CALLEE.replace(/ {4}inputs:[^]*(?= {4}secrets)/, "")]) {
      const text = `on: push\njobs:\n  call:\n    uses: ./${CALLED}\n    secrets: { TOKEN: a }\n    ${inputs}\n`;
      const repository = new Repository(writeRepository({ [WORKFLOW]: text, [CALLED]: callee }));
      const found = rejectedInputs(repository, WORKFLOW).map(({ kind, name }) =>
        kind === "missing"
          ? `Input ${name} is required, but not provided while calling.`
          : `Invalid input, ${name} is not defined in the referenced workflow.`,
      );
      await expect(rejections(text, callee, "input")).resolves.toEqual(found.toSorted());
    }
  });
});
