import { describe, expect, it } from "vitest";
import { ciStep } from "../../src/cli/ci-step.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const PATH = ".github/workflows/ci.yml";
const HEAD = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";

const stepFor = (steps: string, files: RepositoryFiles = {}): ReturnType<typeof ciStep> =>
  ciStep(
    new Repository(
      writeRepository({
        "package.json": `{ "scripts": { "lint": "eslint src", "lint:all": "eslint --cache ." } }`,
        [PATH]: HEAD + steps,
        ...files,
      }),
    ),
  );

describe("a step for CI", () => {
  it.each([["eslint ."], ["npx eslint --max-warnings 0"], ["npm run lint:all"], ["npx eslint .github package.json"]])(
    "is not needed beside `%s`",
    (command) => {
      expect(stepFor(`      - run: ${command}\n`)).toEqual({ kind: "present", at: `${PATH}:6` });
    },
  );

  const STEP = "- run: npx eslint .github package.json";
  it.each([
    [
      "one after it",
      "      - run: npm run lint\n      - run: npm test\n",
      `      - run: npm run lint\n      ${STEP}\n      - run: npm test\n`,
    ],
    [
      "keys and a comment",
      "    - run: npm run lint # all\n      name: Lint\n",
      `    - run: npm run lint # all\n      name: Lint\n    ${STEP}\n`,
    ],
    [
      "a script of several lines",
      "      - run: |\n          npm ci\n          npm run lint\n",
      `      - run: |\n          npm ci\n          npm run lint\n      ${STEP}\n`,
    ],
    ["no line ending after it", "      - run: npm run lint", `      - run: npm run lint\n      ${STEP}`],
  ])("follows the one that lints, with %s", (_, steps, changed) => {
    expect(stepFor(steps)).toEqual({ kind: "changed", path: PATH, text: HEAD + changed });
  });

  it("names what the repository has, by its package manager", () => {
    const files = {
      "package.json": `{ "packageManager": "pnpm@10.0.0", "scripts": { "lint": "turbo lint" } }`,
      "pnpm-workspace.yaml": "packages: [apps/*]\n",
      "turbo.json": `{ "tasks": { "lint": {} } }`,
      "apps/web/package.json": `{ "name": "web", "scripts": { "lint": "eslint ." } }`,
    };
    expect(stepFor("      - run: pnpm lint\n", files)).toEqual({
      kind: "changed",
      path: PATH,
      text: `${HEAD}      - run: pnpm lint\n      - run: pnpm exec eslint .github "**/turbo.json" "**/package.json"\n`,
    });
  });

  it.each([
    ["no step lints", "      - run: npm test\n"],
    ["two steps do", "      - run: npm run lint\n      - run: npx eslint src\n"],
    ["it runs in another folder", "      - run: npx eslint src\n        working-directory: apps/web\n"],
    ["it is written in one line", "      - { run: npm run lint }\n"],
    ["it is a step of an action", "      - uses: ./.github/actions/lint\n"],
  ])("has no certain place where %s", (_, steps) => {
    const action = "runs: { using: composite, steps: [{ run: npm run lint, shell: bash }] }\n";
    expect(stepFor(steps, { ".github/actions/lint/action.yml": action })).toEqual({ kind: "unclear", snippet: STEP });
  });
});
