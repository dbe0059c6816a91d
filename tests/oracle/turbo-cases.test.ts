import { describe, expect, it } from "vitest";
import { writeRepository } from "../support/temporary.ts";
import { callOf, expectedBy, repositoryOf, type ByVersion, type Setup } from "./turbo-cases.ts";
import { judgeGraph } from "./turbo-judgement.ts";
import { expectedTasks } from "./turbo-verdicts.ts";

async function expectTasks(setup: Setup, command: string, runs: ByVersion<string>): Promise<void> {
  await Promise.all(
    expectedBy(runs).map(async ([version, expected]) => {
      const root = writeRepository(repositoryOf(version, setup));
      const call = callOf(command);
      const ours = [...(expectedTasks(root, call)?.keys() ?? [])].sort().join(" ");
      expect([version, ours]).toEqual([version, expected]);
      expect(await judgeGraph(version, root, call)).toEqual([]);
    }),
  );
}

const BUILD = { build: { dependsOn: ["^build"] }, test: {} };

describe("which ranges make a package wait for another", () => {
  const web = (range: string): Setup => ({ tasks: BUILD, web: { dependencies: { ui: range } } });
  const BOTH = "ui#build web#build";
  const ALONE = "web#build";
  const ranges: readonly (readonly [string, Setup, ByVersion<string>])[] = [
    ["any", web("*"), BOTH],
    ["a workspace range", web("workspace:^9.0.0"), BOTH],
    ["one that the member satisfies", web("^1.0.0"), BOTH],
    ["one that it does not satisfy", web("^9.0.0"), ALONE],
    ["a tag", web("latest"), BOTH],
    ["a repository's short name", web("user/repo"), BOTH],
    ["a URL", web("git+https://example.com/a.git"), ALONE],
    ["a folder", web("file:../nowhere"), BOTH],
    ["a folder outside", web("file:../../../outside"), ALONE],
    ["npm's protocol", web("npm:^1.0.0"), BOTH],
    ["npm's alias", web("npm:ui@1"), { "2.11.11": ALONE, "2.0.14": BOTH, "1.13.4": BOTH }],
    ["another member's name", web("workspace:lib@*"), "lib#build web#build"],
    ["another member's folder", web("workspace:../../packages/lib"), "lib#build web#build"],
    ["a folder of no member", web("workspace:../ui"), ALONE],
    ["any, for a prerelease", { tasks: BUILD, web: { dependencies: { ui: "||" } }, ui: { version: "1.0.0-a" } }, BOTH],
    [
      "one, for a prerelease",
      { tasks: BUILD, web: { dependencies: { ui: "1.x" } }, ui: { version: "1.0.0-a" } },
      ALONE,
    ],
    [
      "one, for a member without a version",
      { tasks: BUILD, web: { dependencies: { ui: "^1.0.0" } }, ui: { version: undefined } },
      { "2.11.11": ALONE, "2.0.14": BOTH, "1.13.4": BOTH },
    ],
    [
      "two lists, of which the stronger does not fit",
      { tasks: BUILD, web: { dependencies: { ui: "^9.0.0" }, devDependencies: { ui: "*" } } },
      { "2.11.11": ALONE, "2.0.14": BOTH, "1.13.4": BOTH },
    ],
    ["a peer dependency", { tasks: BUILD, web: { dependencies: {}, peerDependencies: { ui: "*" } } }, ALONE],
  ];
  it.each(ranges)("%s", async (_, setup, runs) => {
    await expectTasks(setup, "build --filter=web", runs);
  });

  const pnpm = (version: string, files: Record<string, string> = {}): Setup => ({
    tasks: BUILD,
    root: { packageManager: `pnpm@${version}`, workspaces: undefined },
    files: { "pnpm-workspace.yaml": "packages: [apps/*, packages/*]\n", ...files },
  });
  const WORKSPACES = "packages: [apps/*, packages/*]\nlinkWorkspacePackages: ";
  const settings: readonly (readonly [string, Setup, ByVersion<string>])[] = [
    ["8 links any range", pnpm("8.15.0"), BOTH],
    ["8 is told not to", pnpm("8.15.0", { ".npmrc": "link-workspace-packages=false\n" }), ALONE],
    ["9 links workspace ranges only", pnpm("9.15.0"), ALONE],
    [
      "9 is told to",
      pnpm("9.15.0", { ".npmrc": "link-workspace-packages = true\n" }),
      { "2.11.11": BOTH, "2.0.14": BOTH },
    ],
    ["10 is told to", pnpm("10.5.0", { "pnpm-workspace.yaml": `${WORKSPACES}deep\n` }), { "2.11.11": BOTH }],
    ["10 is told not to", pnpm("10.5.0", { "pnpm-workspace.yaml": `${WORKSPACES}false\n` }), ALONE],
    ["9 and a workspace range", { ...pnpm("9.15.0"), web: { dependencies: { ui: "workspace:*" } } }, BOTH],
  ];
  it.each(settings)("pnpm %s", async (_, setup, runs) => {
    await expectTasks(setup, "build --filter=web", runs);
  });
});

describe("which packages a filter means", () => {
  const ofRoot: Setup = { root: { devDependencies: { lib: "*" } } };
  const filters: readonly (readonly [command: string, Setup, ByVersion<string>])[] = [
    ["build --filter=web...", {}, "ui#build web#build"],
    ["build --filter=...^ui", {}, "web#build"],
    ["build --filter=...^web...", {}, "ui#build"],
    ["build --filter=./apps/web^...", {}, "ui#build web#build"],
    ["build --filter={./apps/web}^...", {}, "ui#build"],
    [
      "build --filter=ui...",
      ofRoot,
      { "2.11.11": "lib#build ui#build", "2.0.14": "lib#build ui#build", "1.13.4": "ui#build" },
    ],
    [
      "build --filter=...^lib",
      ofRoot,
      { "2.11.11": "ui#build web#build", "2.0.14": "lib#build ui#build web#build", "1.13.4": "" },
    ],
    [
      "build --filter=!lib",
      { tasks: { build: {}, "//#build": {} } },
      { "2.11.11": "//#build ui#build web#build", "2.0.14": "ui#build web#build", "1.13.4": "ui#build web#build" },
    ],
    [
      "build --filter=!...lib",
      { ...ofRoot, tasks: { build: {}, "//#build": {} } },
      { "2.11.11": "//#build", "2.0.14": "", "1.13.4": "ui#build web#build" },
    ],
    ["cd apps/web && build --filter=ui{./packages/*}", {}, "ui#build"],
    ["cd packages && build --filter={./ui}", {}, "ui#build"],
    ["cd packages && build", {}, "lib#build ui#build"],
    ["cd packages/lib && build", {}, "lib#build"],
    ["build --filter=nobody --filter=ui", {}, { "2.11.11": "", "2.0.14": "", "1.13.4": "ui#build" }],
    [
      "build --filter=extra",
      { files: { "packages/extra/package.json": '{ "name": "@acme/extra", "scripts": { "build": "x" } }' } },
      { "2.11.11": "", "2.0.14": "", "1.13.4": "@acme/extra#build" },
    ],
    ["cd docs && build", { root: { workspaces: undefined }, files: { "docs/a.md": "" } }, ""],
  ];
  it.each(filters)("turbo run %s", async (command, setup, runs) => {
    await expectTasks(setup, command, runs);
  });
});

describe("which tasks a run has", () => {
  const NEW = (expected: string): ByVersion<string> => ({ "2.11.11": expected });
  const strict = { futureFlags: { strictTaskEntrypointSelection: true } };
  const cases: readonly (readonly [name: string, command: string, Setup, ByVersion<string>])[] = [
    [
      "a list that adds to the inherited one",
      "build --filter=web",
      {
        tasks: { build: { dependsOn: ["^build"] }, test: {} },
        webTasks: { build: { dependsOn: ["$TURBO_EXTENDS$", "test"] } },
      },
      NEW("ui#build web#build web#test"),
    ],
    [
      "a list that replaces the inherited one",
      "build --filter=web",
      { tasks: BUILD, webTasks: { build: { dependsOn: ["test"] } } },
      "web#build web#test",
    ],
    [
      "a definition that starts afresh",
      "build --filter=web",
      { tasks: BUILD, webTasks: { build: { extends: false, cache: false } } },
      NEW("web#build"),
    ],
    [
      "a task that is taken out of a package",
      "build",
      { webTasks: { build: { extends: false, envMode: "strict" } } },
      NEW("lib#build ui#build"),
    ],
    ["a key for a package that is not there", "build test", { tasks: { build: {}, "nobody#test": {} } }, ""],
    ["a task of one package", "web#build", {}, { "2.11.11": "web#build", "2.0.14": "", "1.13.4": "" }],
    ["a task of one package by its own key", "web#build --filter=ui", { tasks: { "web#build": {} } }, "web#build"],
    [
      "its package, for the other tasks",
      "web#build test --filter=ui",
      { tasks: { "web#build": {}, test: {} } },
      { "2.11.11": "ui#test web#build web#test", "2.0.14": "ui#test web#build", "1.13.4": "ui#test web#build" },
    ],
    [
      "its package, where a flag wants scripts",
      "web#build test --filter=ui",
      { turbo: strict },
      NEW("ui#test web#build"),
    ],
    [
      "a task of the root that only packages have",
      "//#build test --filter=ui",
      {},
      { "2.11.11": "ui#test", "2.0.14": "", "1.13.4": "" },
    ],
    [
      "a task that no package in scope has",
      "build test --filter=ui",
      { tasks: { build: {}, "web#test": {} } },
      { "2.11.11": "ui#build", "2.0.14": "", "1.13.4": "" },
    ],
    [
      "packages without a script",
      "deploy --filter=lib",
      { tasks: { build: {}, deploy: { dependsOn: ["build"] } } },
      "lib#build",
    ],
    [
      "packages without a script, where a flag wants one",
      "deploy",
      {
        tasks: { build: {}, deploy: { dependsOn: ["build"] } },
        turbo: strict,
        web: { scripts: { build: "x", deploy: "x" } },
      },
      NEW("web#build web#deploy"),
    ],
    [
      "the root's script counts for that flag",
      "deploy",
      { tasks: { build: {}, deploy: { dependsOn: ["build"] } }, turbo: strict, root: { scripts: { deploy: "x" } } },
      NEW(""),
    ],
    [
      "only what is asked for",
      "build test --filter=web --only",
      { tasks: { build: { dependsOn: ["^build", "test"] }, test: {} } },
      {
        "2.11.11": "web#build web#test",
        "2.0.14": "web#build web#test",
        "1.13.4": "ui#build ui#test web#build web#test",
      },
    ],
    [
      "in parallel",
      "build --filter=web --parallel",
      { tasks: { build: { dependsOn: ["^build", "test"] }, test: {} } },
      {
        "2.11.11": "ui#build ui#test web#build web#test",
        "2.0.14": "web#build web#test",
        "1.13.4": "web#build web#test",
      },
    ],
    [
      "siblings",
      "build --filter=lib",
      { tasks: { build: { with: ["test", "ui#test"] }, test: {} } },
      NEW("lib#build lib#test ui#test"),
    ],
    [
      "tasks that wait for each other",
      "build",
      { tasks: { build: { dependsOn: ["test"] }, test: { dependsOn: ["build"] } } },
      "",
    ],
    [
      "packages that depend on each other",
      "build",
      { tasks: { build: {} }, ui: { dependencies: { web: "*" } } },
      NEW("lib#build ui#build web#build"),
    ],
    ["tasks of packages that depend on each other", "build", { tasks: BUILD, ui: { dependencies: { web: "*" } } }, ""],
    ["an unknown task to wait for", "build", { tasks: { build: { dependsOn: ["nothing"] } } }, ""],
    [
      "an unknown task to wait for, of no dependency",
      "build --filter=lib",
      { tasks: { build: { dependsOn: ["^nothing"] } } },
      "lib#build",
    ],
    [
      "a variable to wait for",
      "build --filter=lib",
      { tasks: { build: { dependsOn: ["$FOO"] } } },
      { "1.13.4": "lib#build" },
    ],
    ["a single package", "build", { root: { workspaces: undefined } }, "//#build"],
  ];
  it.each(cases)("%s", async (_, command, setup, runs) => {
    await expectTasks(setup, command, runs);
  });
});
