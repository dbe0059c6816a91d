import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { diffLines } from "diff";
import preflight from "eslint-plugin-preflight";
import { describe, expect, it } from "vitest";
import { INCIDENT, incidentWith, readFolder } from "./support/incident.ts";
import { fixRepository, lintRepository } from "./support/lint.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "./support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const GENERATE = `          CONVEX_DEPLOYMENT: \${{ secrets.CONVEX_DEPLOYMENT }}\n`;
const KEY = `          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}\n`;
const TYPECHECK = "        run: bun run typecheck";
const BUN: Parameters<typeof incidentWith>[0][string] = [["bun-version: 1.2.18", "bun-version: 1.3.1"]];
const BUILD = `"outputs": [".next/**", "!.next/cache/**", "_generated/**"]`;

async function reportOf(files: RepositoryFiles): Promise<readonly string[]> {
  const { report } = await lintRepository(writeRepository(files));
  return report.map((line) => line.replaceAll("preflight/", ""));
}

describe("the incident", () => {
  it("is reported whole in one run", async () => {
    await expect(lintRepository(INCIDENT)).resolves.toMatchObject({
      report: [
        ".github/workflows/ci.yml:17:24 preflight/lockfile-frozen-bun-version-match/mismatchedVersion: CI gets Bun 1.2.18 here, but package.json:4 (`packageManager`) declares Bun 1.3.1: 1.2.18 installs hoisted and 1.3.1 isolated, so a dependency that is not declared is found by one and not by the other.",
        ".github/workflows/ci.yml:27:29 preflight/convex-codegen-needs-deploy-key/onlyDeployment: `bun run build` runs `convex codegen` (apps/convex/package.json:6 `bun x convex codegen`), which fails with `401 MissingAccessToken`: `CONVEX_DEPLOYMENT` names a deployment but does not authenticate. It needs `CONVEX_DEPLOY_KEY`.",
        ".github/workflows/ci.yml:30:14 preflight/convex-codegen-needs-deploy-key/missingDeployKey: `bun run typecheck` runs `convex codegen` (package.json:8 `turbo typecheck` → turbo.json:5 `convex-backend#build` → apps/convex/package.json:6 `bun x convex codegen`), which fails without `CONVEX_DEPLOY_KEY`.",
        "turbo.json:5:5 preflight/turbo-env-declared/filteredCredential: Turbo keeps `CONVEX_DEPLOY_KEY` from `convex-backend#build`, where `convex codegen` (apps/convex/package.json:6) fails without it. `bun run typecheck` runs the task at .github/workflows/ci.yml:30.",
      ],
    });
  });

  it("also had no documentation and no alert, which strict reports", async () => {
    const { report } = await lintRepository(INCIDENT, { config: preflight.configs.strict });
    expect(report.filter((line) => / preflight\/(?:failure-notified|secrets-documented)\//.test(line))).toEqual([
      ".github/workflows/ci.yml:25:30 preflight/secrets-documented/missingDocumentation: Nothing tells what has to be set in GitHub for these workflows: `CONVEX_DEPLOYMENT`, `CONVEX_DEPLOY_KEY`, `NEXT_PUBLIC_CONVEX_URL`, `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_ACCOUNT_ID`, 1 more. No file matches `*.md`, `README*`, `CONTRIBUTING*`, `*/*.md`, `*/*/*.md`, `.github/**/*.md`, `docs/**/*.{md,mdx}`.",
      ".github/workflows/ci.yml:35:3 preflight/failure-notified/unnotifiedFailure: Where `bunx convex deploy --yes` (.github/workflows/ci.yml:53) fails on a push to `main`, this workflow tells nobody: no later step and no job that needs this one runs after a failure.",
    ]);
  });

  it("is reported whole also before the lockfile was mended, whose failure hid all others", async () => {
    const { report } = await lintRepository(
      writeRepository(
        incidentWith({
          "apps/web/package.json": [[`    "convex": `, `    "@dnd-kit/core": "^6.3.1",\n    "convex": `]],
        }),
      ),
    );
    const [lockfile, ...others] = [...report].sort(
      (a, b) => Number(b.includes("in-sync")) - Number(a.includes("in-sync")),
    );
    expect(lockfile).toMatch(/^apps\/web\/package\.json:12:5 preflight\/lockfile-in-sync\/.*`@dnd-kit\/core`/);
    expect(others).toEqual((await lintRepository(INCIDENT)).report);
  });

  it("is repaired by --fix, and by nothing but the repair", async () => {
    const before = readFolder(INCIDENT);
    const root = writeRepository(before);
    const { report } = await fixRepository(root);
    expect(report).toEqual([]);
    const after = readFolder(root);
    expect(changedLines({ ...before, ".git/HEAD": after[".git/HEAD"] ?? "" }, after)).toEqual([
      `${WORKFLOW}: -          bun-version: 1.2.18`,
      `${WORKFLOW}: +          bun-version: 1.3.1`,
      `${WORKFLOW}: +          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}`,
      `${WORKFLOW}: +        env:`,
      `${WORKFLOW}: +          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}`,
      `turbo.json: -      ${BUILD}`,
      `turbo.json: +      ${BUILD},`,
      'turbo.json: +      "env": ["CONVEX_DEPLOY_KEY"]',
    ]);
  });
});

describe("the states on the way to the repair report what fails next", () => {
  const generateAt = (message: string, line = 27): string =>
    `${WORKFLOW}:${String(line)}:29 convex-codegen-needs-deploy-key/${message}`;
  const typecheckAt = (line = 30): string =>
    `${WORKFLOW}:${String(line)}:14 convex-codegen-needs-deploy-key/missingDeployKey`;
  const turboAt = "turbo.json:5:5 turbo-env-declared/filteredCredential";
  const states: readonly [name: string, files: RepositoryFiles, findings: readonly string[]][] = [
    [
      "attempt 1, the URL",
      incidentWith({
        [WORKFLOW]: [...BUN, [GENERATE, `          NEXT_PUBLIC_CONVEX_URL: \${{ secrets.NEXT_PUBLIC_CONVEX_URL }}\n`]],
      }),
      [generateAt("onlyUrl"), typecheckAt(), turboAt],
    ],
    [
      "attempt 2, the deployment's name",
      incidentWith({ [WORKFLOW]: BUN }),
      [generateAt("onlyDeployment"), typecheckAt(), turboAt],
    ],
    [
      "the key on the first step only",
      incidentWith({ [WORKFLOW]: [...BUN, [GENERATE, KEY]] }),
      [typecheckAt(), turboAt],
    ],
    [
      "the key on both steps, and turbo dropping it",
      incidentWith({ [WORKFLOW]: [...BUN, [GENERATE, KEY], [TYPECHECK, `        env:\n${KEY}${TYPECHECK}`]] }),
      [turboAt],
    ],
    [
      "declared for the task that asks, not for the one that runs Convex",
      incidentWith({
        [WORKFLOW]: [...BUN, [GENERATE, KEY], [TYPECHECK, `        env:\n${KEY}${TYPECHECK}`]],
        "turbo.json": [[`"typecheck": {\n`, `"typecheck": {\n      "env": ["CONVEX_DEPLOY_KEY"],\n`]],
      }),
      [turboAt],
    ],
    [
      "declared for the task that runs Convex",
      incidentWith({
        [WORKFLOW]: [...BUN, [GENERATE, KEY], [TYPECHECK, `        env:\n${KEY}${TYPECHECK}`]],
        "turbo.json": [[BUILD, `${BUILD},\n      "env": ["CONVEX_DEPLOY_KEY"]`]],
      }),
      [],
    ],
    [
      "declared for every task",
      incidentWith({
        [WORKFLOW]: [...BUN, [GENERATE, KEY], [TYPECHECK, `        env:\n${KEY}${TYPECHECK}`]],
        "turbo.json": [[`  "tasks"`, `  "globalEnv": ["CONVEX_*"],\n  "tasks"`]],
      }),
      [],
    ],
    [
      "the generated code committed, and no codegen in CI",
      incidentWith({
        [WORKFLOW]: [
          ...BUN,
          [
            `\n      # The types in apps/convex/_generated are not committed.\n      - name: Generate Convex files\n        env:\n${GENERATE}        run: |\n          cd apps/convex && bun run build\n`,
            "",
          ],
        ],
        "apps/convex/package.json": [[`    "build": "bun x convex codegen",\n`, ""]],
      }),
      [],
    ],
  ];
  it.each(states)("%s", async (_, files, findings) => {
    const report = await reportOf(files);
    expect(report.map((line) => line.slice(0, line.indexOf(": ")))).toEqual(findings);
  });
});

describe("real turbo agrees", () => {
  const turbo = fileURLToPath(new URL("oracle/node_modules/turbo/bin/turbo", import.meta.url));
  const print = `"build": "node -p \\"'key: ' + process.env.CONVEX_DEPLOY_KEY\\""`;

  /** The repository with a build that prints its key in place of the network call, and npm in place of Bun. */
  function withPrinter(root: string): void {
    const files = readFolder(root);
    writeFiles(root, {
      "package.json": (files["package.json"] ?? "").replace("bun@1.3.1", "npm@10.9.0"),
      "apps/convex/package.json": (files["apps/convex/package.json"] ?? "").replace(
        `"build": "bun x convex codegen"`,
        print,
      ),
      "apps/web/package.json": (files["apps/web/package.json"] ?? "")
        .replace("tsc --noEmit", "node -p 1")
        .replace("workspace:*", "*"),
    });
  }

  function keySeenByBuild(root: string): string | undefined {
    withPrinter(root);
    const output = execFileSync(process.execPath, [turbo, "run", "typecheck", "--force"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, CI: "true", CONVEX_DEPLOY_KEY: "prod:x|y", TURBO_TELEMETRY_DISABLED: "1" },
    });
    return /convex-backend:build: key: (.*)/.exec(output)?.[1];
  }

  it("the key does not arrive before the fix, and arrives after it", async () => {
    const root = writeRepository(readFolder(INCIDENT));
    expect(keySeenByBuild(writeRepository(readFolder(INCIDENT)))).toBe("undefined");
    await fixRepository(root);
    expect(keySeenByBuild(root)).toBe("prod:x|y");
  });
});

/** The lines that differ, by path. */
function changedLines(before: RepositoryFiles, after: RepositoryFiles): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) =>
    diffLines(before[path] ?? "", after[path] ?? "").flatMap(({ added, removed, value }) => {
      const lines = value.replace(/\n$/, "").split("\n");
      return added || removed ? lines.map((line) => `${path}: ${added ? "+" : "-"}${line}`) : [];
    }),
  );
}
