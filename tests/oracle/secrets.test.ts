import { beforeAll, describe, expect, it } from "vitest";
import { unavailableSecrets } from "../../src/faults/secrets/unavailable-secrets.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { loadGithubParser, type GithubParser } from "./github-parser.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/called.yml";

/** Every key of a workflow that holds a value, each with one that is valid between `<` and `>`. */
const EVERY_KEY = `name: CI
run-name: <run>
on:
  push:
  workflow_call:
    inputs:
      a: { type: string, default: <a> }
    outputs:
      a: { value: <a> }
concurrency: { group: <a>, cancel-in-progress: <true> }
env:
  A: <a>
jobs:
  call:
    name: <a>
    if: <true>
    concurrency: <a>
    strategy: { matrix: { a: [<a>], include: [{ b: <b> }] }, fail-fast: <true>, max-parallel: <1> }
    uses: ./${CALLED}
    with: { a: <a> }
    secrets: { TOKEN: <a> }
  other:
    name: <a>
    if: \${{ <true> }}
    environment: <a>
    runs-on: <a>
    container: <a>
    snapshot: { image-name: a, if: "\${{ <true> }}" }
    steps:
      - run: <a>
        if: <true>
      - parallel:
          - run: <a>
            if: <true>
  test:
    environment: { name: <a>, url: <a> }
    runs-on: [<a>, <b>]
    timeout-minutes: <1>
    continue-on-error: <true>
    container:
      image: <a>
      options: <a>
      env: { A: <a> }
      ports: [<a>]
      volumes: [<a>]
      credentials: { username: <a>, password: <b> }
    services:
      one: <a>
      two:
        image: <a>
        env: { A: <a> }
        ports: [<a>]
        credentials: { username: <a>, password: <b> }
    defaults: { run: { working-directory: <a> } }
    env: { A: <a> }
    outputs: { a: <a> }
    steps:
      - name: <a>
        run: <a>
        env: { A: <a> }
        working-directory: <a>
        continue-on-error: <true>
        timeout-minutes: <1>
        if: \${{ <true> }}
      - uses: actions/checkout@v5
        with: { a: <a> }
        env: { A: <a> }
        if: contains(<'a'>, 'a')
`;

/** Every key of a composite action that holds a value. */
const EVERY_ACTION_KEY = `name: x
description: x
inputs:
  a: { description: x, default: <a> }
outputs:
  a: { description: x, value: <a> }
runs:
  using: composite
  steps:
    - name: <a>
      run: <a>
      if: \${{ <true> }}
      shell: <bash>
      env: { A: <a> }
      working-directory: <a>
      continue-on-error: <true>
    - uses: actions/checkout@v5
      with: { a: <a> }
      env: { A: <a> }
`;

const CALLEE = `on:
  workflow_call:
    inputs:
      a: { type: string }
    secrets:
      TOKEN: { required: true }
      OTHER: { required: false }
      BARE:
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: x }] }
`;

/** One text for each value between `<` and `>`: that one reads a secret, the others are as they are written. */
function readingSecrets(template: string): readonly (readonly [name: string, text: string])[] {
  const marks = [...template.matchAll(/<([^>]*)>/g)];
  const plain = (text: string): string => text.replaceAll(/<([^>]*)>/g, "$1");
  return marks.map((mark) => {
    const before = template.slice(0, mark.index);
    const after = template.slice(mark.index + mark[0].length);
    const isInExpression = /\{\{ $|\($/.test(before) || /\bif: $/.test(before);
    const read = isInExpression ? "secrets.X" : "${{ secrets.X }}";
    const line = before.split("\n").length;
    const key = /([\w-]+): *[[{]?$/.exec(before)?.[1] ?? "";
    const quoted = isInExpression || !/[[{]/.test(template.split("\n")[line - 1] ?? "") ? read : `"${read}"`;
    return [`line ${String(line)}, ${key}`, plain(before) + quoted + plain(after)];
  });
}

let github: GithubParser;
beforeAll(async () => {
  github = await loadGithubParser();
});

const isAboutSecrets = (message: string): boolean => message.includes("'secrets'");

describe("GitHub's own parser", () => {
  it("accepts what the cases are made of", async () => {
    const plain = EVERY_KEY.replaceAll(/<([^>]*)>/g, "$1");
    await expect(github.workflow(plain, { [CALLED]: CALLEE })).resolves.toEqual([]);
    expect(github.action(EVERY_ACTION_KEY.replaceAll(/<([^>]*)>/g, "$1"))).toEqual([]);
  });

  it.each(readingSecrets(EVERY_KEY))("agrees on `secrets` in a workflow: %s", async (_, text) => {
    const messages = await github.workflow(text, { [CALLED]: CALLEE });
    const repository = new Repository(writeRepository({ [WORKFLOW]: text, [CALLED]: CALLEE }));
    expect(unavailableSecrets(repository, WORKFLOW)).toHaveLength(messages.filter(isAboutSecrets).length);
  });

  it.each(readingSecrets(EVERY_ACTION_KEY))("agrees on `secrets` in an action: %s", (_, text) => {
    const repository = new Repository(writeRepository({ "a/action.yml": text }));
    expect(unavailableSecrets(repository, "a/action.yml")).toHaveLength(
      github.action(text).filter(isAboutSecrets).length,
    );
  });
});
