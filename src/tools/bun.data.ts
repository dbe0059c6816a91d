// Bun 1.1.38–1.4.5 run and bisected, oven-sh/setup-bun v1.2.2–v2.2.0 run with its network mocked, 2026-11.

/** The newest release of each line. `latest` never goes back, so an older exact version certainly differs from it. */
export const NEWEST_RELEASES: readonly string[] = ["1.0.36", "1.1.45", "1.2.23", "1.3.14", "1.4.5"];

/** The first release that reads a `lockfileVersion` of bun.lock. https://github.com/oven-sh/bun/issues/38741 */
export const LOCKFILE_READERS: readonly (readonly [lockfileVersion: number, since: string])[] = [
  [0, "1.1.39"],
  [1, "1.2.0"],
  [2, "1.4.0"],
  [3, "1.4.0"],
];

/** The first release that knows bun.lock at all; older ones install as if there were none. */
export const TEXT_LOCKFILE_SINCE = "1.1.39";

/** The first release that writes `configVersion` into bun.lock; older ones leave it out when they save. */
export const CONFIG_VERSION_SINCE = "1.3.2";

/** Catalogs exist since this release; before, `bun install` neither reads nor writes them. */
export const CATALOGS_SINCE = "1.2.14";

/** `bun ci` exists since this release; before, Bun looked for a script of that name. */
export const BUN_CI_SINCE = "1.2.19";

/** `--prod` means `--production`, which freezes, since this release; before, it was ignored. */
export const PROD_FLAG_SINCE = "1.2.21";

/** `--immutable` freezes since this release; before, unknown flags were ignored. `--frozen` is refused since then. */
export const UNKNOWN_FLAGS_FAIL_SINCE = "1.4.4";

/** Releases that install each package into a folder of its own in a workspace, whatever wrote the lockfile. */
export const ALWAYS_ISOLATED = ">=1.3.0 <1.3.2";

/** Releases that do so for a lockfile with `configVersion: 1`. */
export const ISOLATED_BY_LOCKFILE = ">=1.3.2";

/** What a range of releases of oven-sh/setup-bun reads where its input `bun-version` is empty. */
export interface SetupBunRelease {
  readonly versions: string;
  /** Whether it has the input `bun-version-file`. */
  readonly takesVersionFile: boolean;
  /** Whether it reads `engines.bun` of a package.json whose `packageManager` is not Bun. */
  readonly readsEngines: boolean;
  /** The files of the workspace's root that it reads by itself, in order; without any of them it installs the newest Bun. */
  readonly reads: readonly ("package.json" | ".tool-versions")[];
}

/** https://github.com/oven-sh/setup-bun, `src/index.ts` and `src/utils.ts` at each tag; before 1.1.1 the input had the default `latest`. */
export const SETUP_BUN_RELEASES: readonly SetupBunRelease[] = [
  { versions: "<1.1.1", takesVersionFile: false, readsEngines: false, reads: [] },
  { versions: ">=1.1.1 <1.2.1", takesVersionFile: false, readsEngines: false, reads: ["package.json"] },
  {
    versions: ">=1.2.1 <2.0.0",
    takesVersionFile: false,
    readsEngines: false,
    reads: ["package.json", ".tool-versions"],
  },
  { versions: ">=2.0.0 <2.1.0", takesVersionFile: true, readsEngines: false, reads: [] },
  { versions: ">=2.1.0 <2.1.1", takesVersionFile: true, readsEngines: true, reads: [] },
  { versions: ">=2.1.1", takesVersionFile: true, readsEngines: true, reads: ["package.json"] },
];

/** Commits of oven-sh/setup-bun's releases, as workflows pin them. */
export const SETUP_BUN_COMMITS: ReadonlyMap<string, string> = new Map([
  ["29cb413d63919d58ac5b796e5ee4cfe129a3a3b7", "0.1.8"],
  ["e900e6b10896cd3a94ded8f5d6094c6547532020", "1.1.0"],
  ["9b21598af8d4dfc302e5a30250007de0fda92acc", "1.1.1"],
  ["d3603274aca5625baad52ec06108517a089cdd00", "1.2.0"],
  ["8f24390df009a496891208e5e36b8a1de1f45135", "1.2.1"],
  ["f4d14e03ff726c06358e5557344e1da148b56cf7", "1.2.2"],
  ["4bc047ad259df6fc24a6c9b0f9a0cb08cf17fbe5", "2.0.1"],
  ["735343b667d3e6f658f44d0eca948eb6282f2b76", "2.0.2"],
  ["b7a1c7ccf290d58743029c4f6903da283811b979", "2.1.0"],
  ["db6bcf6eb8d88a8aa03265b887ec7bd84d64cd68", "2.1.1"],
  ["3d267786b128fe76c2f16a390aa2448b815359f3", "2.1.2"],
  ["ecf28ddc73e819eb6fa29df6b34ef8921c743461", "2.1.3"],
  ["0c5077e51419868618aeaa5fe8019c62421857d6", "2.2.0"],
]);

/** The newest release of oven-sh/setup-bun, which a floating major tag stands for. */
export const SETUP_BUN_NEWEST: ReadonlyMap<string, string> = new Map([
  ["v1", "1.2.2"],
  ["v2", "2.2.0"],
]);

/** The names under which setup-bun reads a version file; of any other name it warns and goes on as without one. */
export const SETUP_BUN_VERSION_FILES: ReadonlySet<string> = new Set([
  "package.json",
  ".bumrc",
  ".bun-version",
  ".tool-versions",
]);
