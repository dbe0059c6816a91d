import type { RepositoryFiles } from "../../support/temporary.ts";

/** A workspace in which `packages/web` imports `@acme/shared`, which is not built, and whether `tsc` misses it. */
export interface BuiltCase {
  readonly what: string;
  readonly files: RepositoryFiles;
  readonly isMissing: boolean;
}

const shared = (manifest: object): RepositoryFiles => ({
  "packages/shared/package.json": JSON.stringify({ name: "@acme/shared", scripts: { build: "tsc" }, ...manifest }),
});
const config = (options: object, others: object = {}): RepositoryFiles => ({
  "packages/web/tsconfig.json": JSON.stringify({
    compilerOptions: {
      noEmit: true,
      strict: true,
      module: "esnext",
      moduleResolution: "bundler",
      types: [],
      ...options,
    },
    ...others,
  }),
});
const importing = (text: string): RepositoryFiles => ({ "packages/web/src/a.ts": text });
const FIELDS = { main: "./dist/index.js", types: "./dist/index.d.ts" };
const SOURCE: RepositoryFiles = { "packages/shared/src/index.ts": "export const a = 1;\n" };
const FOO = importing(`import { a } from "@acme/shared/foo";\nexport default a;\n`);

/** The files that each case adds to. */
export const UNBUILT: RepositoryFiles = {
  ".gitignore": "node_modules\ndist\n",
  "package.json": JSON.stringify({ name: "acme", packageManager: "npm@11.6.2", workspaces: ["packages/*"] }),
  "packages/web/package.json": JSON.stringify({ name: "web", dependencies: { "@acme/shared": "*" } }),
  ...SOURCE,
  ...shared(FIELDS),
  ...config({}),
  ...importing(`import { a } from "@acme/shared";\nexport default a;\n`),
};

/** What `tsc` says of `packages/web`. */
export const BUILT_CASES: readonly BuiltCase[] = [
  { what: "fields", files: {}, isMissing: true },
  {
    what: "a declaration in a file that is referred to",
    files: {
      ...importing(
        `/// <reference path="../../../shim.ts" />\nimport { a } from "@acme/shared";\nexport default a as number;\n`,
      ),
      "shim.ts": `declare module "@acme/shared";\n`,
      ...config({}, { include: ["src"] }),
    },
    isMissing: false,
  },
  {
    what: "types in one of typeRoots",
    files: {
      ...config({ typeRoots: ["./types"] }),
      "packages/web/types/@acme/shared/index.d.ts": "export const a: number;\n",
    },
    isMissing: false,
  },
  { what: "no extension", files: shared({ main: "dist/index" }), isMissing: true },
  { what: "exports", files: shared({ exports: "./dist/index.js" }), isMissing: true },
  {
    what: "exports on conditions",
    files: shared({
      exports: {
        ".": {
          import: { types: "./dist/index.d.mts", default: "./dist/index.mjs" },
          require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
        },
      },
    }),
    isMissing: true,
  },
  { what: "a subpath", files: { ...shared({ exports: { "./foo": "./dist/foo.js" } }), ...FOO }, isMissing: true },
  { what: "a pattern", files: { ...shared({ exports: { "./*": "./dist/*.js" } }), ...FOO }, isMissing: true },
  {
    what: "a type alone",
    files: importing(`import type { a } from "@acme/shared";\nexport type A = typeof a;\n`),
    isMissing: true,
  },
  { what: "Node's way", files: config({ module: "nodenext", moduleResolution: "nodenext" }), isMissing: true },
  { what: "paths to what is built", files: config({ paths: { "@acme/shared": ["../shared/dist"] } }), isMissing: true },
  {
    what: "a reference that is not built either",
    files: {
      "packages/shared/tsconfig.json": JSON.stringify({
        compilerOptions: { composite: true, outDir: "dist", rootDir: "src" },
        include: ["src"],
      }),
      ...config({}, { references: [{ path: "../shared" }] }),
    },
    isMissing: true,
  },
  { what: "types that are sources", files: shared({ ...FIELDS, types: "./src/index.ts" }), isMissing: false },
  {
    what: "another condition with sources",
    files: shared({ exports: { ".": { types: "./dist/index.d.ts", import: "./src/index.ts" } } }),
    isMissing: false,
  },
  {
    what: "a default with sources",
    files: shared({ exports: { ".": { import: "./dist/index.js", default: "./src/index.ts" } } }),
    isMissing: false,
  },
  {
    what: "a condition that is asked for",
    files: {
      ...shared({ exports: { ".": { source: "./src/index.ts", types: "./dist/index.d.ts" } } }),
      ...config({ customConditions: ["source"] }),
    },
    isMissing: false,
  },
  {
    what: "a list that ends with sources",
    files: shared({ exports: { ".": ["./dist/index.js", "./src/index.ts"] } }),
    isMissing: false,
  },
  {
    what: "an index beside the manifest",
    files: { "packages/shared/index.ts": "export const a = 1;\n" },
    isMissing: false,
  },
  {
    what: "a file of the subpath's name",
    files: { ...FOO, "packages/shared/foo.ts": "export const a = 1;\n" },
    isMissing: false,
  },
  {
    what: "a manifest of the subpath's name",
    files: { ...FOO, "packages/shared/foo/package.json": JSON.stringify({ types: "../src/index.ts" }) },
    isMissing: false,
  },
  { what: "paths to sources", files: config({ paths: { "@acme/*": ["../*/src"] } }), isMissing: false },
  {
    what: "paths to sources in the end",
    files: config({ paths: { "@acme/shared": ["../shared/dist", "../shared/src"] } }),
    isMissing: false,
  },
  { what: "a declaration", files: { "packages/web/src/stub.d.ts": `declare module "@acme/*";\n` }, isMissing: false },
  {
    what: "a declaration that is found as types",
    files: {
      ...config({ typeRoots: ["types"], types: ["acme"] }, { include: ["src"] }),
      "packages/web/types/acme/index.d.ts": `declare module "@acme/shared";\n`,
    },
    isMissing: false,
  },
  {
    what: "an error that is turned off",
    files: importing(`// @ts-ignore\nimport { a } from "@acme/shared";\nexport default a;\n`),
    isMissing: false,
  },
  {
    what: "a file that is not included",
    files: { ...config({}, { include: ["lib"] }), "packages/web/lib/b.ts": "export {};\n" },
    isMissing: false,
  },
  {
    what: "what a declaration imports",
    files: {
      ...config({ skipLibCheck: true }),
      ...importing("export {};\n"),
      "packages/web/src/b.d.ts": `export * from "@acme/shared";\n`,
    },
    isMissing: false,
  },
];
