import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bunJobsConcerning } from "../../src/faults/bun/bun-jobs.ts";
import { Repository } from "../../src/project/repository.ts";
import type { Freezing } from "../../src/tools/bun.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { BUNS, NEW_PACKAGE, runWithBun, WORKFLOW, workflowWith, WORKSPACE, type BunRelease } from "./bun.ts";

/** What a command line really does to the lockfile. */
type Effect =
  /** Keeps it: passes where it is in sync, fails where it is out of date. */
  | "frozen"
  /** Passes, and writes a lockfile that is out of date anew. */
  | "unfrozen"
  /** Passes whatever the lockfile says, and leaves it alone. */
  | "untouched"
  /** Fails even where the lockfile is in sync. */
  | "fails";

/** The effects that each verdict of the model stands for; "none" where it sees no install. */
const MEANING: Readonly<Record<Freezing | "none", readonly Effect[]>> = {
  frozen: ["frozen"],
  unfrozen: ["unfrozen"],
  unknownFlag: ["unfrozen", "fails"],
  missingCommand: ["fails"],
  intended: ["unfrozen", "untouched", "frozen", "fails"],
  unknown: ["unfrozen", "untouched", "frozen", "fails"],
  none: ["untouched", "fails", "unfrozen"],
};

const FROZEN_BUNFIG = "[install]\nfrozenLockfile = true\n";
const all = <T>(value: T): readonly [T, T, T] => [value, value, value];

/** A command line, what the model says of it under each release, and files beside the workspace. */
type Row = readonly [line: string, verdicts: readonly (Freezing | "none")[], files?: RepositoryFiles];

const ROWS: readonly Row[] = [
  ["bun install", all("unfrozen")],
  ["bun i", all("unfrozen")],
  ["CI=true GITHUB_ACTIONS=true bun install", all("unfrozen")],
  ["NODE_ENV=production bun install", all("unfrozen")],
  ["npm_config_frozen_lockfile=true BUN_CONFIG_FROZEN_LOCKFILE=1 bun install", all("unfrozen")],
  ["bun --silent install", all("unfrozen")],
  ["bun --bun install", all("unfrozen")],
  ["bun install --silent", all("unfrozen")],
  ["bun install --omit=dev", all("unfrozen")],
  ["bun install --omit dev", all("unfrozen")],
  ["bun install --ignore-scripts", all("unfrozen")],
  ["bun install --save-text-lockfile", all("unfrozen")],
  ["bun install --backend copyfile", all("unfrozen")],
  ["bun install --cwd apps/web", all("unfrozen")],
  ["cd packages/ui && bun install", all("unfrozen")],
  ["bun install", all("unfrozen"), { ".npmrc": "frozen-lockfile=true\n" }],
  ["bun install", all("unfrozen"), { "bunfig.toml": "[install]\nfrozenLockfile = false\n" }],

  ["bun install --frozen-lockfile", all("frozen")],
  ["bun i --frozen-lockfile", all("frozen")],
  ["bun install --silent --frozen-lockfile --ignore-scripts", all("frozen")],
  ["bun install --no-frozen-lockfile --frozen-lockfile", all("frozen")],
  ["bun install --frozen-lockfile --no-save", all("frozen")],
  ["bun install --frozen-lockfile --cwd apps/web", all("frozen")],
  ["cd packages/ui && bun install --frozen-lockfile", all("frozen")],
  ["bun install --production", all("frozen")],
  ["bun install --no-frozen-lockfile -p", all("frozen")],
  ["bun install -fp", all("frozen")],
  ["bun install -pf", all("frozen")],
  ["bun install --frozen-lockfile", all("frozen"), { "bunfig.toml": "[install]\nfrozenLockfile = false\n" }],
  ["bun install", all("frozen"), { "bunfig.toml": FROZEN_BUNFIG }],
  ["bun install", all("frozen"), { "bunfig.toml": "[install]\nproduction = true\n" }],
  ["cd apps/web && bun install", all("frozen"), { "bunfig.toml": FROZEN_BUNFIG }],
  ["bun install --cwd=apps/web", all("frozen"), { "bunfig.toml": FROZEN_BUNFIG }],
  ["cd apps && bun install --cwd ..", all("frozen"), { "bunfig.toml": FROZEN_BUNFIG }],
  // Only the bunfig.toml of the workspace's root is read.
  ["cd apps/web && bun install", all("unfrozen"), { "apps/web/bunfig.toml": FROZEN_BUNFIG }],

  ["bun install --prod", ["unfrozen", "frozen", "frozen"]],
  ["bun ci", ["missingCommand", "frozen", "frozen"]],
  ["bun ci --no-frozen-lockfile", ["missingCommand", "frozen", "frozen"]],
  ["bun install --frozen", all("unknownFlag")],
  ["bun install --frozenLockfile", all("unknownFlag")],
  ["bun install --frozen-lock", all("unknownFlag")],
  ["bun install --immutable", ["unknownFlag", "unknownFlag", "frozen"]],

  ["bun install --no-frozen-lockfile", all("intended")],
  ["bun install --no-save", all("intended")],
  ["bun install --dry-run", all("intended")],
  ["bun install --lockfile-only", all("intended")],
  ["bun install --yarn", all("intended")],
  ["bun install --help", all("intended")],
  ["bun install", all("intended"), { "bunfig.toml": "[install.lockfile]\nsave = false\n" }],
  // A script of that name runs where Bun has no such command.
  ["bun ci", ["intended", "frozen", "frozen"], scripts({ ci: "bun install --frozen-lockfile" })],

  ["BUN_OPTIONS=--frozen-lockfile bun install", all("unknown")],
  ["bun install --config=ci.toml", all("unknown"), { "ci.toml": FROZEN_BUNFIG }],
  ["bun install", all("unknown"), { "bunfig.toml": "[install\n" }],

  ["bun add utils@workspace:*", all("none")],
  ["bun install utils@workspace:*", all("none")],
  ["bun --cwd apps/web install", all("none")],
];

function scripts(entries: Readonly<Record<string, string>>): RepositoryFiles {
  const manifest = JSON.parse(WORKSPACE["package.json"] ?? "") as object;
  return { "package.json": JSON.stringify({ ...manifest, scripts: entries }) };
}

const locks = new Map<BunRelease, string>();

beforeAll(() => {
  for (const release of BUNS) {
    const root = writeRepository(WORKSPACE);
    runWithBun(release, "bun install", root);
    locks.set(release, readFileSync(join(root, "bun.lock"), "utf8"));
  }
});

/** Runs a line on a lockfile that is in sync and on one that is out of date. */
function effectOf(release: BunRelease, line: string, files: RepositoryFiles): Effect {
  const lock = locks.get(release) ?? "";
  const repository = { ...WORKSPACE, ...files, "bun.lock": lock };
  const inSync = writeRepository(repository);
  if (runWithBun(release, line, inSync).status !== 0) return "fails";
  const outOfDate = writeRepository({ ...repository, ...NEW_PACKAGE });
  const { status } = runWithBun(release, line, outOfDate);
  const isChanged = readFileSync(join(outOfDate, "bun.lock"), "utf8") !== lock;
  if (status !== 0) return isChanged ? "fails" : "frozen";
  return isChanged ? "unfrozen" : "untouched";
}

function verdictOf(release: BunRelease, line: string, files: RepositoryFiles): Freezing | "none" {
  const lock = locks.get(release) ?? "";
  const root = writeRepository({ ...WORKSPACE, "bun.lock": lock, ...files, [WORKFLOW]: workflowWith(release, line) });
  const installs = bunJobsConcerning(new Repository(root), WORKFLOW).flatMap((job) => job.installs);
  return installs[0]?.freezing ?? "none";
}

describe.each(BUNS)("Bun %s and the model agree on", (release) => {
  const column = BUNS.indexOf(release);
  it.each(ROWS.map(([line, verdicts, files = {}]) => [line, verdicts[column] ?? "none", files] as const))(
    "%s: %s (%o)",
    (line, expected, files) => {
      expect(verdictOf(release, line, files)).toBe(expected);
      expect(MEANING[expected]).toContain(effectOf(release, line, files));
    },
  );
});

describe.each(BUNS)("without a lockfile, Bun %s", (release) => {
  it.each([
    ["bun install --frozen-lockfile", false],
    ["bun install --production", false],
    ["bun install", true],
  ])("%s passes; it writes one: %s", (line, writes) => {
    const root = writeRepository(WORKSPACE);
    expect(runWithBun(release, line, root).status).toBe(0);
    expect(existsSync(join(root, "bun.lock"))).toBe(writes);
  });
});

it.each(BUNS)("Bun %s gives a member of a pnpm workspace a lockfile of its own", (release) => {
  const lock = locks.get(release) ?? "";
  const line = "cd packages/a && bun install";
  const root = writeRepository({
    "package.json": `{ "name": "root" }`,
    "pnpm-workspace.yaml": "packages: [packages/*]\n",
    "bun.lock": lock,
    "packages/a/package.json": JSON.stringify({ name: "a", dependencies: { b: "file:../b" } }),
    "packages/b/package.json": `{ "name": "b" }`,
    [WORKFLOW]: workflowWith(release, line),
  });
  const [job] = bunJobsConcerning(new Repository(root), WORKFLOW);
  expect(job?.installs.map(({ workspace, lockfile }) => [workspace.root.directory, lockfile.kind])).toEqual([
    ["packages/a", "missing"],
  ]);
  expect(runWithBun(release, line, root).status).toBe(0);
  expect(existsSync(join(root, "packages/a/bun.lock"))).toBe(true);
  expect(readFileSync(join(root, "bun.lock"), "utf8")).toBe(lock);
});
