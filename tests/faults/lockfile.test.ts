import { describe, expect, it } from "vitest";
import { lockfileFaults } from "../../src/faults/lockfile/lockfile-faults.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

type Json = Readonly<Record<string, unknown>>;

const ROOT: Json = {
  name: "root",
  workspaces: { packages: ["apps/*", "packages/*"], catalog: { zod: "^3.0.0", ms: "^2.0.0" } },
  dependencies: { ms: "^2.1.0" },
  overrides: { tokens: "4.0.0" },
};
const WEB: Json = {
  name: "web",
  dependencies: { react: "^18.0.0", ui: "workspace:*", zod: "catalog:" },
  devDependencies: { num: "^7.0.0" },
  optionalDependencies: { lost: "^1.0.0" },
  peerDependencies: { sass: "*" },
  peerDependenciesMeta: { sass: { optional: true } },
};
const UI: Json = { name: "ui", dependencies: { odd: "^3.0.0" }, peerDependencies: { react: ">=17" } };

/** A lockfile that fits the manifests above, with some of its text replaced. */
function lock(...changes: readonly (readonly [from: string, to: string])[]): string {
  const { catalog } = ROOT["workspaces"] as Json;
  const npm = (id: string, details: Json = {}): readonly unknown[] => [id, "", details, ""];
  const text = JSON.stringify({
    lockfileVersion: 1,
    workspaces: {
      "": { name: "root", dependencies: ROOT["dependencies"] },
      "apps/web": { ...WEB, peerDependenciesMeta: undefined, optionalPeers: ["sass"] },
      "packages/ui": UI,
    },
    overrides: ROOT["overrides"],
    catalog,
    packages: {
      loose: npm("loose@1.4.0", { dependencies: { tokens: "3 || 4" } }),
      ms: npm("ms@2.1.3"),
      num: npm("num@7.0.0"),
      odd: npm("odd@3.0.0", { dependencies: { num: "^6.0.0" }, peerDependencies: { ms: "*" }, optionalPeers: ["ms"] }),
      "odd/num": npm("num@6.0.0"),
      react: npm("react@18.3.1", { dependencies: { loose: "^1.0.0" } }),
      tokens: npm("tokens@4.0.0"),
      ui: ["ui@workspace:packages/ui"],
      web: ["web@workspace:apps/web"],
      zod: npm("zod@3.25.0"),
    },
  });
  return changes.reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`the lockfile does not hold ${from}`);
    return current.replace(from, to);
  }, text);
}

interface Change {
  readonly root?: Json;
  readonly web?: Json;
  readonly ui?: Json;
  readonly files?: RepositoryFiles;
}

/** What differs after a change: `!` before what fails for certain. */
function differences({ root, web, ui, files }: Change): readonly string[] {
  const all = {
    "package.json": JSON.stringify({ ...ROOT, ...root }),
    "apps/web/package.json": JSON.stringify({ ...WEB, ...web }),
    "packages/ui/package.json": JSON.stringify({ ...UI, ...ui }),
    "bun.lock": lock(),
    ...files,
  };
  const repository = new Repository(writeRepository(all));
  return Object.keys(all)
    .filter((path) => path.endsWith("package.json"))
    .flatMap((path) => lockfileFaults(repository, path))
    .map(({ problem, isCertain, name }) => `${isCertain ? "!" : ""}${problem} ${name}`);
}

const withWeb = (dependencies: Json): Change => ({
  web: { dependencies: { ...(WEB["dependencies"] as Json), ...dependencies } },
});
const bun = (version: string): Json => ({ packageManager: `bun@${version}` });
const workspaces = (content: Json): Json => ({ workspaces: { ...(ROOT["workspaces"] as Json), ...content } });

describe("a dependency", () => {
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["as it is locked", {}, []],
    ["that is not locked", withWeb({ dnd: "^6.0.0" }), ["!unlockedDependency dnd"]],
    ["that is not locked, from an address", withWeb({ dnd: "github:a/b" }), ["!unlockedDependency dnd"]],
    [
      "that is locked for another dependent alone",
      { web: { dependencies: { ...(WEB["dependencies"] as Json), num: "^6.0.0" }, devDependencies: {} } },
      ["!mismatchedDependency num"],
    ],
    ["that is locked for another dependent too", withWeb({ ms: "^2.0.0" }), ["changedDependency ms"]],
    ["with a wider range", withWeb({ react: ">=17" }), ["changedDependency react"]],
    ["with a range that excludes what is locked", withWeb({ react: "^17.0.0" }), ["!mismatchedDependency react"]],
    ["with a tag", withWeb({ react: "latest" }), ["changedDependency react"]],
    ["under an alias of the same package", withWeb({ react: "npm:react@^18.0.0" }), ["changedDependency react"]],
    ["under an alias of another range", withWeb({ react: "npm:react@^17.0.0" }), ["!mismatchedDependency react"]],
    ["under an alias of another package", withWeb({ react: "npm:preact@^18.0.0" }), ["!mismatchedDependency react"]],
    [
      "from an address instead of the registry",
      withWeb({ react: "https://example.org/react.tgz" }),
      ["!mismatchedDependency react"],
    ],
    ["from a catalog instead", withWeb({ react: "catalog:" }), ["!missingCatalogEntry react"]],
    [
      "from a catalog whose range excludes what is locked",
      {
        ...withWeb({ react: "catalog:" }),
        root: workspaces({ catalog: { zod: "^3.0.0", ms: "^2.0.0", react: "^17.0.0" } }),
      },
      ["changedCatalog react", "!mismatchedDependency react"],
    ],
    ["of the workspace, by a range", withWeb({ ui: "^9.0.0" }), ["changedDependency ui"]],
    [
      "that an override decides",
      { root: { dependencies: { ms: "^2.1.0", tokens: "^9.0.0" } } },
      ["changedDependency tokens"],
    ],
    ["that is not a string", withWeb({ dnd: 3 }), []],
    ["of two kinds", { web: { devDependencies: { num: "^7.0.0", react: "^17.0.0" } } }, ["changedDependency react"]],
    [
      "of two kinds that is not locked",
      { web: { devDependencies: { num: "^7.0.0", dnd: "*" }, peerDependencies: { sass: "*", dnd: "*" } } },
      ["!unlockedDependency dnd", "changedDependency dnd"],
    ],
    [
      "that moved to another kind",
      {
        root: bun("1.3.1"),
        web: { devDependencies: {}, dependencies: { ...(WEB["dependencies"] as Json), num: "^7.0.0" } },
      },
      ["changedDependency num"],
    ],
    [
      "that moved and excludes what is locked",
      { web: { devDependencies: {}, dependencies: { ...(WEB["dependencies"] as Json), num: "^8.0.0" } } },
      ["!mismatchedDependency num"],
    ],
    ["that is optional and new", { ui: { optionalDependencies: { dnd: "*" } } }, ["changedDependency dnd"]],
    [
      "that is optional and excludes what is locked",
      { ui: { optionalDependencies: { ms: "^9.0.0" } } },
      ["changedDependency ms"],
    ],
    [
      "that lost its package",
      { files: { "bun.lock": lock([`"num":["num@7.0.0","",{},""],`, ""]) } },
      ["!unlockedDependency num"],
    ],
    [
      "with a prerelease that the range comes close to",
      { ...withWeb({ react: "^19.0.0-rc.1" }), files: { "bun.lock": lock(["react@18.3.1", "react@19.0.0-rc.2"]) } },
      ["changedDependency react"],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a peer", () => {
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    [
      "that is new and not locked",
      { ui: { peerDependencies: { react: ">=17", vue: "*" } } },
      ["changedDependency vue"],
    ],
    [
      "that is new and optional",
      { ui: { peerDependencies: { react: ">=17", vue: "*" }, peerDependenciesMeta: { vue: { optional: true } } } },
      ["changedDependency vue"],
    ],
    ["that excludes what is locked", { ui: { peerDependencies: { react: ">=19" } } }, ["changedDependency react"]],
    [
      "that becomes optional",
      { ui: { peerDependenciesMeta: { react: { optional: true } } } },
      ["changedDependency react"],
    ],
    ["that is no longer optional", { web: { peerDependenciesMeta: {} } }, ["changedDependency sass"]],
    [
      "that only peerDependenciesMeta names",
      {
        files: {
          "bun.lock": lock(
            [`"optionalPeers":["sass"]`, `"optionalPeers":["sass","less"]`],
            [`"peerDependencies":{"sass":"*"}`, `"peerDependencies":{"sass":"*","less":"*"}`],
          ),
        },
        web: { peerDependenciesMeta: { sass: { optional: true }, less: { optional: true } } },
      },
      [],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a dependency that could be left out, and no longer can,", () => {
  const required = { dependencies: { ...(WEB["dependencies"] as Json), lost: "^1.0.0" }, optionalDependencies: {} };
  const other = { ...required, dependencies: { ...required.dependencies, lost: "^2.0.0" } };
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["up to 1.2.18", { root: bun("1.2.18"), web: required }, []],
    ["since 1.2.19", { root: bun("1.2.19"), web: required }, ["!unlockedDependency lost"]],
    ["with another range", { web: other }, ["!unlockedDependency lost"]],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("another range of a dependency on a member", () => {
  const versioned: Change = { ui: { version: "1.2.0" } };
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["up to 1.4.3", { ...withWeb({ ui: "workspace:^" }), root: bun("1.4.3") }, []],
    ["since 1.4.4", { ...withWeb({ ui: "workspace:^" }), root: bun("1.4.4") }, ["changedDependency ui"]],
    ["of no declared Bun", withWeb({ ui: "workspace:~" }), []],
    ["that is any", withWeb({ ui: "*" }), []],
    ["that its version is in", { ...versioned, ...withWeb({ ui: "^1.0.0" }) }, []],
    ["that its version is in, by its protocol", { ...versioned, ...withWeb({ ui: "workspace:^1.0.0" }) }, []],
    ["that leads elsewhere", { ...versioned, ...withWeb({ ui: "^2.0.0" }) }, ["changedDependency ui"]],
    ["that may lead elsewhere", withWeb({ ui: "latest" }), ["changedDependency ui"]],
    [
      "of another kind",
      { web: { dependencies: { react: "^18.0.0", zod: "catalog:" }, devDependencies: { num: "^7.0.0", ui: "*" } } },
      ["changedDependency ui"],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a dependency on a package of the workspace that is not there", () => {
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["fails each install", withWeb({ gone: "workspace:*" }), ["!missingMember gone"]],
    ["with a range", withWeb({ gone: "workspace:^1.0.0" }), ["!missingMember gone"]],
    [
      "where globs exclude some, which is a member before 1.3",
      {
        ...withWeb({ gone: "workspace:*" }),
        root: workspaces({ packages: ["apps/*", "packages/*", "!packages/gone"] }),
      },
      ["!unlockedDependency gone"],
    ],
    ["by a path", withWeb({ gone: "workspace:../gone" }), ["!unlockedDependency gone"]],
    ["that is optional", { ui: { optionalDependencies: { gone: "workspace:*" } } }, ["changedDependency gone"]],
    [
      "and that an override replaces",
      { ...withWeb({ gone: "workspace:*" }), root: { overrides: { tokens: "4.0.0", gone: "npm:ms@^2.1.0" } } },
      ["changedOverride gone", "!unlockedDependency gone"],
    ],
    [
      "and that the lockfile has as a member",
      {
        ...withWeb({ gone: "workspace:*" }),
        files: {
          "bun.lock": lock([`"workspaces":{`, `"workspaces":{"sub/gone":{"name":"gone"},`]),
        },
      },
      ["removedMember sub/gone", "!unlockedDependency gone"],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change).toSorted()).toEqual(expected.toSorted());
  });
});

describe("a removed dependency", () => {
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["that nothing else needs", { web: { devDependencies: {} } }, ["!removedDependency num"]],
    [
      "that something else needs",
      { root: { dependencies: {} }, ...withWeb({ ms: "^2.1.0" }) },
      ["removedDependency ms", "changedDependency ms"],
    ],
    ["that only an optional peer still wants", { root: { dependencies: {} } }, ["removedDependency ms"]],
    [
      "that a peer still needs",
      { web: { dependencies: { ui: "workspace:*", zod: "catalog:" } } },
      ["removedDependency react"],
    ],
    ["whose own dependencies nothing else needs", { ui: { dependencies: {} } }, ["!removedDependency odd"]],
    ["that is a member", { web: { dependencies: { react: "^18.0.0", zod: "catalog:" } } }, ["removedDependency ui"]],
    [
      "that is an optional peer",
      { web: { peerDependencies: {}, peerDependenciesMeta: {} } },
      ["removedDependency sass"],
    ],
    ["that was optional and not locked", { web: { optionalDependencies: {} } }, ["removedDependency lost"]],
    [
      "that a member which is not there still needs",
      {
        web: { devDependencies: {} },
        files: {
          "bun.lock": lock([
            `"packages/ui"`,
            `"packages/gone":{"name":"gone","dependencies":{"num":"*"}},"packages/ui"`,
          ]),
        },
      },
      ["removedMember packages/gone", "removedDependency num"],
    ],
    [
      "that a new member needs",
      {
        web: { devDependencies: {} },
        files: { "apps/new/package.json": `{ "name": "new", "dependencies": { "num": "*" } }` },
      },
      ["removedDependency num", "!unlockedMember apps/new"],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a member", () => {
  const added = { "apps/new/package.json": `{ "name": "new", "dependencies": { "dnd": "*" } }` };
  const gone = { "bun.lock": lock([`"packages/ui"`, `"packages/gone":{"name":"gone"},"packages/ui"`]) };
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["that is new", { files: added }, ["!unlockedMember apps/new"]],
    [
      "that is new and depended on",
      { ...withWeb({ new: "workspace:*" }), files: added },
      ["changedDependency new", "!unlockedMember apps/new"],
    ],
    ["that is new and ignored by git", { files: { ...added, ".gitignore": "apps/new\n" } }, []],
    ["that is new and has no name", { files: { "apps/new/package.json": "{}" } }, []],
    [
      "that is new where globs exclude",
      { root: workspaces({ packages: ["apps/*", "packages/*", "!apps/new"] }), files: added },
      [],
    ],
    [
      "that is new where globs exclude others",
      { root: workspaces({ packages: ["apps/*", "packages/*", "!apps/docs", "!tools/**"] }), files: added },
      ["!unlockedMember apps/new"],
    ],
    ["of another name", { ui: { name: "kit" } }, ["!renamedMember packages/ui"]],
    ["of another version", { ui: { version: "9.0.0" } }, []],
    ["that the globs leave out", { root: workspaces({ packages: ["apps/*"] }) }, ["!removedMember packages/ui"]],
    ["that the globs may leave out", { root: workspaces({ packages: ["apps/*", "packages/*", "!packages/ui"] }) }, []],
    ["that is gone", { files: gone }, ["removedMember packages/gone"]],
    ["that is gone, before 1.4.0", { root: bun("1.3.14"), files: gone }, ["!removedMember packages/gone"]],
    [
      "that is gone where globs exclude others, before 1.4.0",
      { root: { ...workspaces({ packages: ["apps/*", "packages/*", "!apps/docs"] }), ...bun("1.3.14") }, files: gone },
      ["!removedMember packages/gone"],
    ],
    ["that is gone, since 1.4.0", { root: bun("1.4.0"), files: gone }, ["removedMember packages/gone"]],
    ["that is gone where submodules are", { root: bun("1.3.14"), files: { ...gone, ".gitmodules": "" } }, []],
    ["that cannot be read", { files: { "apps/web/package.json": "{" } }, []],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a lockfile", () => {
  const outdated = withWeb({ dnd: "^6.0.0" });
  const conflict = lock([`"overrides"`, `\n<<<<<<< HEAD\n=======\n>>>>>>> main\n"overrides"`]);
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["that git ignores", { ...outdated, files: { ".gitignore": "bun.lock\n" } }, []],
    [
      "that git ignores and has",
      { ...outdated, files: { ".gitignore": "bun.lock\n", ".git/index": "DIRC\0\0\0\u0002\0\bbun.lock\0" } },
      ["!unlockedDependency dnd"],
    ],
    ["with a conflict", { files: { "bun.lock": conflict } }, ["!conflictedLockfile "]],
    ["with a conflict, of npm", { files: { "bun.lock": conflict, "package-lock.json": "{}" } }, []],
    ["that cannot be read for another reason", { files: { "bun.lock": "{" } }, []],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("a setting", () => {
  it.each<[what: string, change: Change, expected: readonly string[]]>([
    ["override to another version", { root: { overrides: { tokens: "3.0.2" } } }, ["!changedOverride tokens"]],
    ["override to a range of the same", { root: { overrides: { tokens: "^4.0.0" } } }, ["changedOverride tokens"]],
    [
      "override to a range of the same, since 1.4.0",
      { root: { ...bun("1.4.0"), overrides: { tokens: "^4.0.0" } } },
      ["!changedOverride tokens"],
    ],
    [
      "override of what is not locked",
      { root: { overrides: { tokens: "4.0.0", vue: "3.0.0" } } },
      ["changedOverride vue"],
    ],
    ["override of a peer alone", { root: { overrides: { tokens: "4.0.0", sass: "1.0.0" } } }, ["changedOverride sass"]],
    ["override taken away", { root: { overrides: {} } }, ["changedOverride tokens"]],
    ["override taken away, since 1.4.0", { root: { ...bun("1.4.0"), overrides: {} } }, ["!changedOverride tokens"]],
    ["overrides as resolutions", { root: { overrides: undefined, resolutions: { tokens: "4.0.0" } } }, []],
    ["overrides of certain dependents", { root: { overrides: { loose: { tokens: "3.0.2" } } } }, []],
    ["override that repeats a range", { root: { overrides: { tokens: "$ms" } } }, []],
    [
      "resolutions of certain dependents",
      { root: { overrides: undefined, resolutions: { "loose/tokens": "3.0.2" } } },
      [],
    ],
    [
      "entry of a catalog that excludes what is locked",
      { root: workspaces({ catalog: { zod: "^4.0.0", ms: "^2.0.0" } }) },
      ["!changedCatalog zod"],
    ],
    [
      "entry of a catalog that allows what is locked",
      { root: workspaces({ catalog: { zod: "^3.1.0", ms: "^2.0.0" } }) },
      ["changedCatalog zod"],
    ],
    [
      "the same, since 1.4.0",
      { root: { ...bun("1.4.0"), ...workspaces({ catalog: { zod: "^3.1.0", ms: "^2.0.0" } }) } },
      ["!changedCatalog zod"],
    ],
    [
      "entry of a catalog that is not used",
      { root: workspaces({ catalog: { zod: "^3.0.0", ms: "^1.0.0" } }) },
      ["changedCatalog ms"],
    ],
    [
      "entry of a catalog that is new, since 1.4.0",
      { root: { ...bun("1.4.0"), ...workspaces({ catalogs: { old: { num: "*" } } }) } },
      ["changedCatalog num"],
    ],
    [
      "catalog at the top",
      { root: { workspaces: ["apps/*", "packages/*"], catalog: { zod: "^3.0.0", ms: "^2.0.0" } } },
      [],
    ],
    [
      "trustedDependencies and patchedDependencies",
      { root: { trustedDependencies: ["ms"], patchedDependencies: { "ms@2.1.3": "x.patch" } } },
      [],
    ],
  ])("%s", (_, change, expected) => {
    expect(differences(change)).toEqual(expected);
  });
});

describe("nothing is said", () => {
  const outdated = withWeb({ dnd: "^6.0.0" });
  it.each<[why: string, change: Change]>([
    ["of a lockfile that git ignores", { files: { ".gitignore": "bun.lock\n" } }],
    ["of a lockfile that cannot be read", { files: { "bun.lock": "<<<<<<< HEAD" } }],
    ["of a lockfile of version 0", { files: { "bun.lock": lock(['"lockfileVersion":1', '"lockfileVersion":0']) } }],
    [
      "of a lockfile of an unknown version",
      { files: { "bun.lock": lock(['"lockfileVersion":1', '"lockfileVersion":9']) } },
    ],
    [
      "of a lockfile that the declared Bun cannot read",
      { root: bun("1.3.1"), files: { "bun.lock": lock(['"lockfileVersion":1', '"lockfileVersion":2']) } },
    ],
    ["where another package manager is declared", { root: { packageManager: "pnpm@10.0.0" } }],
    ["where another lockfile lies beside and nothing is declared", { files: { "package-lock.json": "{}" } }],
    ["where the members are those of pnpm", { files: { "pnpm-workspace.yaml": "packages: [apps/*]\n" } }],
  ])("%s", (_, change) => {
    expect(differences({ ...outdated, ...change })).toEqual([]);
  });

  it("but where Bun is declared beside another lockfile", () => {
    const change = { ...outdated, root: bun("1.3.1"), files: { "package-lock.json": "{}" } };
    expect(differences(change)).toEqual(["!unlockedDependency dnd"]);
  });
});
