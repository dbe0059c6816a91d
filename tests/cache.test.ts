import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installInto, runEslint, type CliRun } from "./support/eslint-cli.ts";
import { INCIDENT, readFolder } from "./support/incident.ts";
import { lintRepository } from "./support/lint.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "./support/temporary.ts";

const CONFIG = `import preflight from "eslint-plugin-preflight";
export default [...preflight.configs.recommended, { files: ["**/*.js"], rules: { "no-debugger": "error" } }];
`;

const WORKFLOW = `on: push
jobs:
  neighbours:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: oven-sh/setup-bun@v2
      - uses: ./.github/actions/prepare
      - run: ./ci/generate.sh
      - run: npx turbo report
        env:
          REPORT_TOKEN: \${{ secrets.REPORT_TOKEN }}
`;

const TURBO = `{ "tasks": { "build": {}, "typecheck": { "dependsOn": ["^build"] }, "test": {}, "report": {} } }
`;

/** A repository in which each kind of file that findings depend on decides a finding in another file. */
const files: RepositoryFiles = {
  ...readFolder(INCIDENT),
  "eslint.config.js": CONFIG,
  ".github/workflows/neighbours.yml": WORKFLOW,
  ".github/actions/prepare/action.yml": `runs: { using: composite, steps: [{ run: "true", shell: bash }] }\n`,
  "ci/generate.sh": "#!/bin/sh\ncd apps/convex && npx convex codegen\n",
  "apps/web/report.js": "console.log(process.env.REPORT_TOKEN);\n",
  "apps/web/package.json": `{ "name": "web", "scripts": { "report": "node report.js", "typecheck": "tsc" }, "dependencies": { "convex-backend": "*" } }\n`,
  "turbo.json": TURBO,
};

/** Each changes one file, and so what is found in another: by the text to write, or undefined to remove it. */
const changes: readonly [path: string, text: string | undefined][] = [
  ["turbo.json", `\n${TURBO}`],
  ["package.json", `\n${files["package.json"] ?? ""}`],
  ["bun.lock", (files["bun.lock"] ?? "").replace(`"lockfileVersion": 1`, `"lockfileVersion": 2`)],
  ["ci/generate.sh", "#!/bin/sh\n\ncd apps/convex && npx convex codegen\n"],
  [
    ".github/actions/prepare/action.yml",
    `runs: { using: composite, steps: [{ run: "echo CONVEX_DEPLOY_KEY=x >> $GITHUB_ENV", shell: bash }] }\n`,
  ],
  ["apps/web/report.js", "\nconsole.log(process.env.REPORT_TOKEN);\n"],
  ["apps/convex/package.json", undefined],
];

function write(root: string, path: string, text: string | undefined): void {
  if (text === undefined) rmSync(join(root, path));
  else writeFiles(root, { [path]: text });
}

describe("eslint --cache", () => {
  it.each([
    ["metadata", "off"],
    ["content", "off"],
    ["metadata", "2"],
  ])("by %s with --concurrency=%s sees what has changed in other files", async (strategy, concurrency) => {
    // A run without cache removes a cache in its usual place.
    const cache = ["--cache", `--cache-strategy=${strategy}`, "--cache-location=.lint/"];
    const args = [...cache, `--concurrency=${concurrency}`, "."];
    const root = writeRepository({ ...files, ".gitignore": "node_modules\n" });
    installInto(root);
    let before = await runEslint(root, args);
    expect(before.report).toEqual((await lintRepository(root)).report);
    await expect(runEslint(root, args)).resolves.toEqual({ report: before.report, linted: [] });
    for (const [path, text] of changes) {
      write(root, path, text);
      const after = await runEslint(root, args);
      expect(after.report, path).toEqual((await lintRepository(root)).report);
      const others = ({ report }: CliRun): readonly string[] => report.filter((line) => !line.startsWith(`${path}:`));
      expect(others(after), path).not.toEqual(others(before));
      // No script is linted anew but the one that has changed.
      expect(after.linted.filter((file) => file.endsWith(".js") && file !== path)).toEqual([]);
      before = after;
    }
  });
});

describe("eslint", () => {
  it("gives with --concurrency=2 what one thread gives", async () => {
    const root = writeRepository(files);
    installInto(root);
    const { report } = await runEslint(root, ["."]);
    expect(report.length).toBeGreaterThan(4);
    await expect(runEslint(root, ["--concurrency=2", "."])).resolves.toEqual({ report, linted: [] });
  });

  it("sees the neighbours of the one file that it lints, as for a commit", async () => {
    const root = writeRepository(files);
    installInto(root);
    const { report } = await runEslint(root, ["."]);
    for (const path of ["turbo.json", ".github/workflows/neighbours.yml"]) {
      const own = report.filter((line) => line.startsWith(`${path}:`));
      expect(own).not.toEqual([]);
      await expect(runEslint(root, [path])).resolves.toMatchObject({ report: own });
    }
  });
});
