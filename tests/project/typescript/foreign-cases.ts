import type { RepositoryFiles } from "../../support/temporary.ts";

/** A repository in which `tsc` runs after an install of what is declared. */
export interface ForeignCase {
  readonly what: string;
  readonly files: RepositoryFiles;
  /** The packages that are found to be missing; empty where something may stand in for them. */
  readonly missing: readonly string[];
  /** True where the compiler fails too though nothing is found. */
  readonly fails?: boolean;
}

const config = (options: object = {}, text: object = {}): string =>
  JSON.stringify({
    compilerOptions: {
      noEmit: true,
      lib: ["es5"],
      types: [],
      module: "esnext",
      moduleResolution: "bundler",
      ...options,
    },
    include: ["src"],
    ...text,
  });
const LOCK = (...names: readonly string[]): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { "": { name: "root" }, ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, {}])) },
  });
const UNLOCKED = {
  "package.json": `{ "name": "root" }`,
  "tsconfig.json": config(),
  "src/a.ts": `import { left } from "left-pad";\nexport const all = [left];\n`,
};
const BASE = { ...UNLOCKED, "package-lock.json": LOCK("react") };

/** What `tsc` says of a project that imports packages which nothing brings. */
export const FOREIGN_CASES: readonly ForeignCase[] = [
  { what: "a value", files: BASE, missing: ["left-pad"] },
  {
    what: "a type, and what is passed on",
    files: { ...BASE, "src/a.ts": `import type { A } from "@acme/a";\nexport * from "b/c";\nexport type B = A;\n` },
    missing: ["@acme/a", "b"],
  },
  {
    what: "lockfiles of other package managers",
    files: { ...UNLOCKED, "yarn.lock": "# yarn lockfile v1\nreact@^19.0.0:\n" },
    missing: ["left-pad"],
  },
  {
    what: "a name that is the end of another one",
    files: { ...BASE, "package-lock.json": LOCK("my.left-pad", "left-pad-extra") },
    missing: ["left-pad"],
  },
  {
    what: "a package that is locked",
    files: { ...BASE, "package-lock.json": LOCK("left-pad") },
    missing: [],
    fails: true,
  },
  {
    what: "a package that another one brings",
    files: { ...BASE, "package-lock.json": LOCK("a/node_modules/left-pad") },
    missing: [],
    fails: true,
  },
  {
    what: "a package whose types are locked",
    files: {
      ...BASE,
      "package-lock.json": LOCK("@types/acme__a"),
      "src/a.ts": `import type { A } from "@acme/a";\nexport type B = A;\n`,
    },
    missing: [],
    fails: true,
  },
  {
    what: "a package that is declared",
    files: { ...BASE, "package.json": `{ "name": "root", "peerDependencies": { "left-pad": "*" } }` },
    missing: [],
    fails: true,
  },
  { what: "no lockfile", files: UNLOCKED, missing: [], fails: true },
  { what: "a lockfile that cannot be read", files: { ...BASE, "bun.lockb": "" }, missing: [], fails: true },
  {
    what: "a module that is declared",
    files: { ...BASE, "src/types.d.ts": `declare module "left-pad" {\n  export const left: number;\n}\n` },
    missing: [],
  },
  {
    what: "a pattern that is declared",
    files: { ...BASE, "src/types.d.ts": `declare module "left-*";\n` },
    missing: [],
  },
  {
    what: "a declaration outside of the project",
    files: { ...BASE, "types/x.d.ts": `declare module "left-pad";\n` },
    missing: [],
    fails: true,
  },
  {
    what: "paths",
    files: {
      ...BASE,
      "tsconfig.json": config({ paths: { "left-pad": ["./lib/pad"] } }),
      "lib/pad.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "paths for all",
    files: {
      ...BASE,
      "tsconfig.json": config({ paths: { "*": ["./lib/*"] } }),
      "lib/left-pad.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "paths to several places",
    files: {
      ...BASE,
      "tsconfig.json": config({ paths: { "left-*": ["./none/*", "./lib/*"] } }),
      "lib/pad.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "paths for others",
    files: { ...BASE, "tsconfig.json": config({ paths: { "@/*": ["./src/*"] } }) },
    missing: ["left-pad"],
  },
  {
    what: "a file below baseUrl",
    files: {
      ...BASE,
      "tsconfig.json": config({ baseUrl: "lib", ignoreDeprecations: "6.0" }),
      "lib/left-pad.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "a baseUrl with other files",
    files: {
      ...BASE,
      "tsconfig.json": config({ baseUrl: "lib", ignoreDeprecations: "6.0" }),
      "lib/right.ts": "export const left = 1;\n",
    },
    missing: ["left-pad"],
  },
  {
    what: "rootDirs",
    files: { ...BASE, "tsconfig.json": config({ rootDirs: ["src", "lib"] }) },
    missing: [],
    fails: true,
  },
  {
    what: "a package's configuration that may say anything",
    files: { ...BASE, "tsconfig.json": config({}, { extends: "@acme/tsconfig" }) },
    missing: [],
    fails: true,
  },
  {
    what: "an error that a comment turns off",
    files: { ...BASE, "src/a.ts": `// @ts-expect-error not installed\n${BASE["src/a.ts"]}` },
    missing: [],
  },
  { what: "a file without checks", files: { ...BASE, "src/a.ts": `// @ts-nocheck\n${BASE["src/a.ts"]}` }, missing: [] },
  {
    what: "a file that the project leaves out",
    files: { ...BASE, "src/b.ts": "export const b = 1;\n", "tsconfig.json": config({}, { exclude: ["src/a.ts"] }) },
    missing: [],
  },
  {
    what: "an import for its effect",
    files: {
      ...BASE,
      "tsconfig.json": config({ noUncheckedSideEffectImports: false }),
      "src/a.ts": `import "left-pad";\nexport const a = 1;\n`,
    },
    missing: [],
  },
  {
    what: "a name of the package's own",
    files: {
      ...BASE,
      "package.json": `{ "name": "left-pad", "exports": "./src/b.ts" }`,
      "src/b.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "a private import",
    files: {
      ...BASE,
      "package.json": `{ "name": "root", "imports": { "#b": "./src/b.ts" } }`,
      "src/a.ts": `import { left } from "#b";\nexport const all = [left];\n`,
      "src/b.ts": "export const left = 1;\n",
    },
    missing: [],
  },
  {
    what: "modules of Node.js and of bundlers",
    files: {
      ...BASE,
      "src/a.ts": `import { a } from "fs/promises";\nimport { b } from "node:test";\nimport { c } from "virtual:c";\nimport { d } from "$app/d";\nimport { e } from "bun";\nexport const all = [a, b, c, d, e];\n`,
    },
    missing: [],
    fails: true,
  },
  {
    what: "a name that a script, workflow or setting has",
    files: { ...BASE, "scripts/setup.sh": "npm pack left-pad\n" },
    missing: [],
    fails: true,
  },
  { what: "submodules", files: { ...BASE, ".gitmodules": "" }, missing: [], fails: true },
  {
    what: "a member of another name's folder",
    files: { ...BASE, "packages/pad/package.json": `{ "name": "left-pad" }` },
    missing: [],
    fails: true,
  },
  {
    what: "a file that is not committed",
    files: { ...BASE, ".git/index": "DIRC\0\0\0\u0002\0\u0011package-lock.json\0" },
    missing: [],
    fails: true,
  },
  {
    what: "a file that git ignores",
    files: { ...BASE, ".gitignore": "src/a.ts\n", "src/b.ts": "export const b = 1;\n" },
    missing: [],
    fails: true,
  },
];
