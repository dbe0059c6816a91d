/**
 * Real Bun judges what the model says of package.json files and a lockfile: what certainly fails does, and what is in sync
 * passes. ORACLE_SEED and ORACLE_RUNS (workspaces for each release) make another or a longer run:
 * `ORACLE_SEED=7 ORACLE_RUNS=2000 npx vitest run tests/oracle/bun-lockfile-sync.test.ts`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockfileFaults } from "../../src/faults/lockfile/lockfile-faults.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { BUNS, installFrom, type BunRelease, type BunRun } from "./bun.ts";
import { filesOf, histories, monorepo, PUBLISHED, type GeneratedManifest, type Monorepo } from "./bun-monorepos.ts";
import { startRegistry } from "./registry.ts";

const seed = Number(process.env["ORACLE_SEED"] ?? 1);
const numRuns = Number(process.env["ORACLE_RUNS"] ?? 40);

let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry(PUBLISHED);
});

afterAll(() => {
  registry.server.close();
});

/** The bun.lock that a release writes; undefined where it cannot. */
async function lockOf(release: BunRelease, files: RepositoryFiles): Promise<string | undefined> {
  const root = writeRepository(files);
  await installFrom(registry.url, release, ["--lockfile-only"], root);
  const path = join(root, "bun.lock");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** What the model says: certain problems by name, and whether there is any difference. */
function verdictOf(files: RepositoryFiles): { readonly certain: readonly string[]; readonly isInSync: boolean } {
  const repository = new Repository(writeRepository(files));
  const manifests = Object.keys(files).filter((path) => path.endsWith("package.json"));
  const faults = manifests.flatMap((path) => lockfileFaults(repository, path));
  const certain = faults.filter(({ isCertain }) => isCertain).map(({ problem, name }) => `${problem} ${name}`);
  return { certain, isInSync: faults.length === 0 };
}

/** What a frozen install does to a workspace. */
async function frozenInstall(release: BunRelease, files: RepositoryFiles): Promise<BunRun> {
  return installFrom(registry.url, release, ["--frozen-lockfile", "--dry-run"], writeRepository(files));
}

describe("Bun and the model agree on a workspace that", () => {
  const web = monorepo()["apps/web"] ?? {};
  const dependOn = (dependencies: Record<string, string>): Monorepo => ({
    "apps/web": { ...web, dependencies: { ...web.dependencies, ...dependencies } },
  });
  const excluding = (...globs: readonly string[]): Monorepo => {
    const root = monorepo()[""] ?? {};
    const { packages = [], catalog = {}, catalogs = {} } = root.workspaces ?? {};
    return { "": { ...root, workspaces: { packages: [...packages, ...globs], catalog, catalogs } } };
  };

  it.each<[name: string, change: Monorepo, certain: readonly string[], isInSync: boolean]>([
    ["is as it was", {}, [], true],
    ["is renamed", { "": { ...monorepo()[""], name: "other" } }, [], true],
    ["has other versions", { "packages/ui": { ...monorepo()["packages/ui"], version: "7.0.0" } }, [], true],
    [
      "depends on a package that is not locked",
      dependOn({ "@dnd/core": "^6.0.0" }),
      ["unlockedDependency @dnd/core"],
      false,
    ],
    ["depends on a version that is not locked", dependOn({ react: "^17.0.0" }), ["mismatchedDependency react"], false],
    [
      "depends on another package under the same name",
      dependOn({ react: "npm:ms@*" }),
      ["mismatchedDependency react"],
      false,
    ],
    ["has a new member", { "packages/extra": { name: "extra" } }, ["unlockedMember packages/extra"], false],
    [
      "has a new member, where globs exclude others",
      { ...excluding("!packages/gone", "!tools/**"), "packages/extra": { name: "extra" } },
      ["unlockedMember packages/extra"],
      false,
    ],
    ["excludes what is not there", excluding("!packages/gone", "!tools/**"), [], true],
    ["has a member of another name", { "apps/web": { ...web, name: "site" } }, ["renamedMember apps/web"], false],
    ["depends on less", { "apps/web": { ...web, dependencies: {} } }, ["removedDependency pre"], false],
  ])("%s", async (_, change, certain, isInSync) => {
    for (const release of BUNS) {
      const lock = await lockOf(release, filesOf(monorepo(), release));
      const files = { ...filesOf({ ...monorepo(), ...change }, release), "bun.lock": lock ?? "" };
      const verdict = verdictOf(files);
      expect({ ...verdict, certain: verdict.certain.toSorted() }).toEqual({ certain, isInSync });
      const { status, output } = await frozenInstall(release, files);
      expect(status).toBe(certain.length > 0 ? 1 : 0);
      expect(output.includes("lockfile had changes, but lockfile is frozen")).toBe(certain.length > 0);
    }
  });

  it.each<[name: string, ui: Partial<GeneratedManifest>]>([
    [
      "depends on what was an optional peer",
      { dependencies: { odd: "^3.0.0", lib: "*" }, peerDependencies: { react: ">=17" } },
    ],
  ])("%s, as each release takes it", async (_, ui) => {
    for (const release of BUNS) {
      const lock = (await lockOf(release, filesOf(monorepo(), release))) ?? "";
      const change = { ...monorepo(), "packages/ui": { ...monorepo()["packages/ui"], ...ui } };
      const files = { ...filesOf(change, release), "bun.lock": lock };
      const expected = release === "1.2.18" ? [] : ["unlockedDependency lib"];
      expect(verdictOf(files).certain).toEqual(expected);
      await expect(frozenInstall(release, files)).resolves.toMatchObject({ status: expected.length });
      expect(verdictOf({ ...filesOf(change, undefined), "bun.lock": lock }).certain).toEqual(
        release === "1.4.5" ? expected : [],
      );
    }
  });

  it("has another range for one of its members", async () => {
    for (const release of BUNS) {
      const lock = (await lockOf(release, filesOf(monorepo(), release))) ?? "";
      const files = { ...filesOf({ ...monorepo(), ...dependOn({ ui: "workspace:^" }) }, release), "bun.lock": lock };
      const isInSync = release !== "1.4.5";
      expect(verdictOf(files)).toEqual({ certain: [], isInSync });
      await expect(frozenInstall(release, files)).resolves.toMatchObject({ status: 0 });
      expect((await lockOf(release, files)) === lock).toBe(isInSync);
    }
  });

  it.each(["workspace:*", "workspace:^1.0.0"])("asks for a package that it has not, by `%s`", async (range) => {
    for (const release of BUNS) {
      const lock = (await lockOf(release, filesOf(monorepo(), release))) ?? "";
      const files = { ...filesOf({ ...monorepo(), ...dependOn({ gone: range }) }, release), "bun.lock": lock };
      expect(verdictOf(files).certain).toEqual(["missingMember gone"]);
      const { status, output } = await installFrom(registry.url, release, [], writeRepository(files));
      expect(status).toBe(1);
      expect(output).toMatch(/workspace dependency "gone"/i);
    }
  });

  const withCatalogs = (catalog: Record<string, string>): Monorepo => ({
    "": {
      ...monorepo()[""],
      workspaces: { packages: ["apps/*", "packages/*"], catalog, catalogs: { old: { num: "^6.0.0" } } },
    },
  });
  it.each<[what: string, change: Monorepo, missing: readonly string[], since?: string]>([
    ["what is locked for others", dependOn({ ms: "catalog:" }), ["ms"]],
    ["what is not locked", dependOn({ "@dnd/core": "catalog:" }), ["@dnd/core"]],
    ["what was there", withCatalogs({ sched: "^0.20.0" }), ["pre"]],
    ["from a catalog that is not there", dependOn({ ms: "catalog:nope" }), ["ms"]],
    ["from another catalog", dependOn({ ms: "catalog:old" }), ["ms"]],
    ["from another catalog than before", dependOn({ pre: "catalog:old" }), ["pre"], "1.4.5"],
    ["a member", dependOn({ ui: "catalog:" }), ["ui"]],
    ["what is overridden", dependOn({ tokens: "catalog:" }), []],
    ["what is optional", { "apps/web": { ...web, optionalDependencies: { ms: "catalog:" } } }, []],
    ["a peer", { "apps/web": { ...web, peerDependencies: { ms: "catalog:" } } }, []],
  ])("takes from a catalog %s", async (_, change, missing, since) => {
    for (const release of BUNS) {
      const lock = (await lockOf(release, filesOf(monorepo(), release))) ?? "";
      const files = { ...filesOf({ ...monorepo(), ...change }, release), "bun.lock": lock };
      const expected = since === undefined || release === since ? missing : [];
      expect(verdictOf(files).certain).toEqual(expected.map((name) => `missingCatalogEntry ${name}`));
      for (const flag of ["--frozen-lockfile", "--lockfile-only"]) {
        const { status, output } = await installFrom(registry.url, release, [flag], writeRepository(files));
        expect(status).toBe(expected.length);
        for (const name of expected)
          expect(output).toMatch(new RegExp(`${name}@catalog:.*(?:failed to resolve|catalog)`));
      }
    }
  });

  it("has a lockfile that lost a package in a merge", async () => {
    for (const release of BUNS) {
      const files = filesOf(monorepo(), release);
      const lock = (await lockOf(release, files)) ?? "";
      const damaged = { ...files, "bun.lock": lock.replace(/\n {4}"react": \[.*/, "") };
      expect(verdictOf(damaged).certain).toEqual(["unlockedDependency react"]);
      await expect(frozenInstall(release, damaged)).resolves.toMatchObject({ status: 1 });
    }
  });

  it("has a bun.lockb beside its bun.lock, which no release reads", async () => {
    for (const release of BUNS) {
      const files = filesOf(monorepo(), release);
      const lock = (await lockOf(release, files)) ?? "";
      const both = { ...files, "bun.lock": lock, "bun.lockb": "out of date" };
      expect(verdictOf(both).isInSync).toBe(true);
      await expect(frozenInstall(release, both)).resolves.toMatchObject({ status: 0 });
    }
  });
});

describe.concurrent("Bun and the model agree on any change of a workspace", () => {
  it.each(BUNS)("Bun %s", { timeout: numRuns * 2_000 }, async (release) => {
    const property = fc.asyncProperty(histories, async ({ before, after }) => {
      const content = monorepo();
      for (const edit of before) edit.apply(content);
      const lock = await lockOf(release, filesOf(content, release));
      fc.pre(lock !== undefined);
      const written = { ...filesOf(content, release), "bun.lock": lock };
      for (const edit of after) edit.apply(content);
      const files = { ...filesOf(content, release), "bun.lock": lock };
      const edits = { before: before.map(({ what }) => what), after: after.map(({ what }) => what) };
      const { status } = await frozenInstall(release, files);
      const { certain, isInSync } = verdictOf(files);
      // Whatever fails in every release that reads the lockfile fails in this one.
      const certainInAll = verdictOf({ ...filesOf(content, undefined), "bun.lock": lock }).certain;
      if (status === 0) expect({ edits, certain, certainInAll }).toEqual({ edits, certain: [], certainInAll: [] });
      if (status === 0 || !isInSync) return;
      // Some releases reject some of the lockfiles that they write, and what cannot be installed at all fails too.
      const controls = [
        await frozenInstall(release, written),
        await installFrom(registry.url, release, ["--lockfile-only"], writeRepository(files)),
      ];
      expect({ edits, fails: controls.some((control) => control.status !== 0) }).toEqual({ edits, fails: true });
    });
    await fc.assert(property, { seed, numRuns });
  });
});
