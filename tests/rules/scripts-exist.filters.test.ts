import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const JOBS = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";
const others: RepositoryFiles = {
  "package.json": "{}",
  "apps/web/src/index.ts": "",
  "apps/web/.env.example": "",
  "apps/web/vite.config.ts": "",
};
const on = (events: string, more: RepositoryFiles = {}) => ({
  name: [events, ...Object.keys(more)].join(" "),
  file: WORKFLOW,
  files: { ...others, ...more, [WORKFLOW]: `on: ${events}\n${JOBS}` },
});
const paths = (...patterns: readonly string[]): string => JSON.stringify({ push: { paths: patterns } });

/** A workflow that waits for others, beside one that is called `CI checks` and one without a name. */
const after = (workflows: string, more: RepositoryFiles = {}) =>
  on(`{ workflow_run: { workflows: ${workflows}, types: [completed] } }`, {
    ".github/workflows/checks.yml": `name: CI checks\non: push\n${JOBS}`,
    ".github/workflows/other.yml": `on: push\n${JOBS}`,
    ...more,
  });

new RuleTester().run("scripts-exist", {
  valid: [
    ...[
      ["apps/web/**"],
      ["apps/gone/**", "package.json"],
      ["**/gone.ts"],
      ["apps/*/gone/**"],
      ["apps/web/src/**/*.gone"],
      ["apps/web/vite.*"],
      ["apps/web/.env*"],
      ["apps/web/vite.config.[jt]s"],
      ["apps/web/vite.configs?.ts"],
      ["!apps/gone/**"],
      ["!apps/gone/**", "apps/**"],
      ["/apps/gone/**"],
      ["apps/gone/"],
      [".github/workflows/gone.yml"],
      [],
    ].map((patterns) => on(paths(...patterns))),
    on("{ push: { paths-ignore: ['gone/**'] } }"),
    on("{ push: { paths: gone } }"),
    on("{ push: { paths: ['gone/**'], tags: ['v*'] } }"),
    on("{ push: { paths: ['gone/**'], branches: [gh-pages] } }"),
    on("{ workflow_run: { paths: ['gone/**'] } }"),
    on(paths("gone/**"), { ".gitmodules": "" }),
    ...[
      "[CI checks]",
      "ci checks",
      "[CI checks, Gone]",
      "[.github/workflows/other.yml]",
      "['CI *']",
      "[pages-build-deployment]",
      "[CodeQL]",
      "[1]",
      "[]",
    ].map((workflows) => after(workflows)),
    after("[Gone]", { ".github/workflows/broken.yml": "on: [push\n" }),
    on(paths("gone/**"), { ".git/info/sparse-checkout": "apps\n" }),
  ],
  invalid: [
    {
      ...after("[CI Check]"),
      errors: [
        {
          message: "`workflow_run` never starts this workflow: no workflow is called `CI Check`. There is `CI checks`.",
          line: 1,
        },
      ],
    },
    {
      ...after("[Gone, Lost]"),
      errors: [{ message: "`workflow_run` never starts this workflow: no workflow is called `Gone` or `Lost`." }],
    },
    {
      ...on("{ push: { paths: ['gone/**', 'apps/web/schema.ts'], branches: [main] } }"),
      errors: [
        {
          message:
            "A push to a branch starts this workflow only where `gone/**` or `apps/web/schema.ts` changes, and the repository has no such file.",
          line: 1,
          column: 15,
          endColumn: 20,
        },
      ],
    },
    {
      ...on("{ push: , pull_request: { paths: ['apps/web'] }, workflow_dispatch: }"),
      errors: [
        {
          message:
            "A pull request starts this workflow only where `apps/web` changes, and the repository has no such file.",
          line: 1,
        },
      ],
    },
    ...[["apps/web/Gemfile*"], ["apps/gone/*.ts"], ["!apps/web/**", "gone.ts"], ["gone/[a-z]/**"], ["*.gone"]].map(
      (patterns) => ({
        ...on(paths(...patterns)),
        errors: [{ messageId: "unmatchedFilter" }],
      }),
    ),
    {
      ...on("{ push: { paths: [a] }, pull_request_target: { paths: [b] } }"),
      errors: [{ messageId: "unmatchedFilter" }, { messageId: "unmatchedFilter" }],
    },
  ],
});
