import fc, { type Arbitrary } from "fast-check";
import { DEPENDENCY_KINDS, type DependencyKind } from "../../src/documents/manifest.ts";
import type { RepositoryFiles } from "../support/temporary.ts";
import type { Published } from "./registry.ts";

/** The packages that generated workspaces use: several versions of each, peers, and one package below another. */
export const PUBLISHED: Published = {
  "@dnd/core": { "6.0.0": { dependencies: { "@dnd/util": "^3.0.0" }, peerDependencies: { react: ">=16" } } },
  "@dnd/util": { "3.0.0": {}, "3.2.0": {} },
  lib: { "1.0.0": { peerDependencies: { sched: "*" }, peerDependenciesMeta: { sched: { optional: true } } } },
  loose: { "1.0.0": { dependencies: { tokens: "3 || 4" } }, "1.4.0": { dependencies: { tokens: "3 || 4" } } },
  ms: { "1.0.0": {}, "2.0.0": {}, "2.1.2": {}, "2.1.3": {} },
  num: { "6.0.0": {}, "7.0.0": {} },
  odd: { "3.0.0": { dependencies: { num: "^6.0.0" } } },
  opt: { "1.0.0": { optionalDependencies: { sched: "^0.20.0" } } },
  pre: { "1.0.0": {}, "2.0.0-beta.1": {}, "2.0.0-beta.2": {} },
  react: {
    "17.0.2": {},
    "18.2.0": { dependencies: { loose: "^1.0.0" } },
    "18.3.1": { dependencies: { loose: "^1.0.0" } },
    "19.0.0": {},
  },
  sched: { "0.20.0": {}, "0.23.0": {} },
  tokens: { "3.0.2": {}, "4.0.0": {} },
};

type Ranges = Record<string, string>;

/** What a package.json of a generated workspace holds. */
export interface GeneratedManifest extends Partial<Record<DependencyKind, Ranges>> {
  name?: string;
  version?: string;
  workspaces?: { packages: string[]; catalog: Ranges; catalogs: Record<string, Ranges> };
  peerDependenciesMeta?: Record<string, { optional: boolean }>;
  overrides?: Ranges;
  resolutions?: Ranges;
}

/** A workspace: its package.json files by folder; the root is the empty string. */
export type Monorepo = Record<string, GeneratedManifest>;

/** A change to a workspace. */
export interface Edit {
  readonly what: string;
  apply(monorepo: Monorepo): void;
}

/** The workspace that all edits start from. */
export function monorepo(): Monorepo {
  return {
    "": {
      name: "root",
      workspaces: {
        packages: ["apps/*", "packages/*"],
        catalog: { pre: "^1.0.0", sched: "^0.20.0" },
        catalogs: { old: { num: "^6.0.0" } },
      },
      dependencies: { ms: "^2.1.0" },
      devDependencies: { num: "^7.0.0" },
      overrides: { tokens: "4.0.0" },
    },
    "apps/web": {
      name: "@lab/web",
      version: "0.1.0",
      dependencies: { react: "^18.0.0", ui: "workspace:*", pre: "catalog:" },
    },
    "packages/ui": {
      name: "ui",
      version: "0.2.0",
      dependencies: { odd: "^3.0.0" },
      peerDependencies: { react: ">=17", lib: "*" },
      peerDependenciesMeta: { lib: { optional: true } },
    },
    "packages/utils": {
      name: "utils",
      devDependencies: { num: "catalog:old" },
      optionalDependencies: { ms: "^2.0.0" },
    },
  };
}

/** The files of a workspace that declares a Bun, or none. */
export function filesOf(content: Monorepo, bun: string | undefined): RepositoryFiles {
  return Object.fromEntries(
    Object.entries(content).map(([folder, manifest]) => [
      folder === "" ? "package.json" : `${folder}/package.json`,
      JSON.stringify(
        folder === "" && bun !== undefined ? { packageManager: `bun@${bun}`, ...manifest } : manifest,
        null,
        2,
      ),
    ]),
  );
}

const NAMES = [...Object.keys(PUBLISHED), "ui", "utils"];
const folders = fc.constantFrom("", "apps/web", "packages/ui", "packages/utils");
const kinds = fc.constantFrom(...DEPENDENCY_KINDS);
const names = fc.constantFrom(...NAMES);

/** A range of a package: most can be resolved. */
function rangesOf(name: string): Arbitrary<string> {
  const versions = Object.keys(PUBLISHED[name] ?? {});
  if (versions.length === 0) return fc.constantFrom("workspace:*", "workspace:^", "*", "^0.2.0");
  const version = fc.constantFrom(...versions);
  const prefixed = fc.tuple(fc.constantFrom("", "^", "~", ">=", "<=", "="), version).map((parts) => parts.join(""));
  const other = fc.constantFrom(
    "*",
    "latest",
    "",
    "catalog:",
    "catalog:old",
    `npm:${name}@*`,
    "npm:ms@^2.0.0",
    "npm:sched@*",
  );
  return fc.oneof({ weight: 4, arbitrary: prefixed }, { weight: 2, arbitrary: other });
}

const dependencies = names.chain((name) => fc.record({ name: fc.constant(name), range: rangesOf(name) }));
const registryDependencies = fc
  .constantFrom(...Object.keys(PUBLISHED))
  .chain((name) =>
    fc.record({ name: fc.constant(name), range: rangesOf(name).filter((range) => !/[:]|latest/.test(range)) }),
  );

function setDependency(folder: string, kind: DependencyKind, { name, range }: { name: string; range: string }): Edit {
  return {
    what: `${folder}: ${kind} ${name} ${range}`,
    apply(content: Monorepo) {
      const manifest = content[folder];
      if (manifest) manifest[kind] = { ...manifest[kind], [name]: range };
    },
  };
}

/** Takes the dependency at an index away, and gives it a new range or another kind. */
function replaceDependency(
  folder: string,
  index: number,
  range: string | undefined,
  to: DependencyKind | undefined,
): Edit {
  return {
    what: `${folder}: dependency ${String(index)} ${range ?? "as it is"} ${to ?? "in place"}`,
    apply(content: Monorepo) {
      const manifest = content[folder];
      const found = DEPENDENCY_KINDS.flatMap((kind) =>
        Object.keys(manifest?.[kind] ?? {}).map((name) => [kind, name] as const),
      );
      const [kind, name] = found[index % found.length] ?? [];
      const ranges = kind && manifest?.[kind];
      if (!ranges || name === undefined) return;
      const before = ranges[name] ?? "";
      Reflect.deleteProperty(ranges, name);
      if (range !== undefined || to) manifest[to ?? kind] = { ...manifest[to ?? kind], [name]: range ?? before };
    },
  };
}

const edit: Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(folders, kinds, dependencies).map((parts) => setDependency(...parts)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(folders, fc.nat(20))
      .map(([folder, index]) => replaceDependency(folder, index, undefined, undefined)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(folders, fc.nat(20), kinds)
      .map(([folder, index, to]) => replaceDependency(folder, index, undefined, to)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        folders,
        fc.nat(20),
        fc.constantFrom("*", "^1.0.0", "^2.0.0", ">=18", "^6.0.0", "^7.0.0", "3.0.0", "^0.2.0"),
      )
      .map(([folder, index, range]) => replaceDependency(folder, index, range, undefined)),
  },
  fc.tuple(folders, names, fc.boolean()).map(([folder, name, optional]) => ({
    what: `${folder}: peer ${name} optional ${String(optional)}`,
    apply(content: Monorepo) {
      const manifest = content[folder];
      if (manifest) manifest.peerDependenciesMeta = { ...manifest.peerDependenciesMeta, [name]: { optional } };
    },
  })),
  fc
    .tuple(fc.constantFrom("overrides", "resolutions"), registryDependencies, fc.boolean())
    .map(([key, { name, range }, isSet]) => ({
      what: `${key} ${name} ${isSet ? range : "removed"}`,
      apply(content: Monorepo) {
        const ranges = { ...content[""]?.[key as "overrides"] };
        if (isSet) ranges[name] = range;
        else Reflect.deleteProperty(ranges, Object.keys(ranges)[0] ?? "");
        if (content[""]) content[""][key as "overrides"] = ranges;
      },
    })),
  fc.tuple(fc.constantFrom("", "old"), registryDependencies, fc.boolean()).map(([catalog, { name, range }, isSet]) => ({
    what: `catalog ${catalog} ${name} ${isSet ? range : "removed"}`,
    apply(content: Monorepo) {
      const workspaces = content[""]?.workspaces;
      const ranges = catalog === "" ? workspaces?.catalog : workspaces?.catalogs[catalog];
      if (!ranges) return;
      if (isSet) ranges[name] = range;
      else Reflect.deleteProperty(ranges, name);
    },
  })),
  fc
    .tuple(fc.constantFrom("packages/extra", "apps/extra", "tools/extra"), dependencies)
    .map(([folder, { name, range }]) => ({
      what: `member ${folder}`,
      apply(content: Monorepo) {
        content[folder] = { name: "extra", dependencies: { [name]: range } };
      },
    })),
  folders.map((folder) => ({
    what: `${folder} renamed`,
    apply(content: Monorepo) {
      const manifest = content[folder];
      if (manifest) manifest.name = `${manifest.name ?? ""}-renamed`;
    },
  })),
  folders.map((folder) => ({
    what: `${folder} gets a version`,
    apply(content: Monorepo) {
      const manifest = content[folder];
      if (manifest) manifest.version = "0.2.9";
    },
  })),
  fc.constantFrom("packages/utils", "apps/web").map((folder) => ({
    what: `${folder} deleted`,
    apply(content: Monorepo) {
      Reflect.deleteProperty(content, folder);
    },
  })),
  fc
    .constantFrom<string[][]>(
      ["apps/*", "packages/*", "tools/*"],
      ["{apps,packages}/*"],
      ["packages/**", "./apps/*/"],
      ["packages/*"],
    )
    .map((packages: string[]) => ({
      what: `workspaces ${packages.join(" ")}`,
      apply(content: Monorepo) {
        const workspaces = content[""]?.workspaces;
        if (workspaces) workspaces.packages = packages;
      },
    })),
);

/** Changes before the lockfile is written, and changes after it. */
export const histories: Arbitrary<{ readonly before: readonly Edit[]; readonly after: readonly Edit[] }> = fc.record({
  before: fc.array(edit, { maxLength: 2 }),
  after: fc.array(edit, { maxLength: 3 }),
});
