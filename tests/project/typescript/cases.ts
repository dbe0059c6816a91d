import type { RepositoryFiles } from "../../support/temporary.ts";

/** A repository in which `tsc` runs, and whether it misses `convex/_generated/api`. */
export interface CompilerCase {
  readonly what: string;
  readonly files: RepositoryFiles;
  readonly args?: readonly string[];
  /** What is missing, as a path of the repository; undefined where the compiler is content, or where it is not certain. */
  readonly missing: string | undefined;
  /** What the compiler says, where it is not that a module is not found. */
  readonly error?: "TS5083" | "TS6053";
}

const API = `import { api } from "./_generated/api";\nexport const all = [api];\n`;
const FROM_SRC = `import { api } from "../convex/_generated/api";\nexport const all = [api];\n`;
const GENERATED = "convex/_generated/api";
const config = (text: object): string =>
  JSON.stringify({ compilerOptions: { noEmit: true, lib: ["es5"], types: [] }, ...text });
const compiler = (options: object, text: object = {}): string =>
  JSON.stringify({ compilerOptions: { noEmit: true, lib: ["es5"], types: [], ...options }, ...text });
const QUIET = "export const quiet = 1;\n";

/** What `tsc` says of a project without its generated code. */
export const CASES: readonly CompilerCase[] = [
  { what: "all files of the folder", files: { "tsconfig.json": config({}), "convex/a.ts": API }, missing: GENERATED },
  {
    what: "a type alone",
    files: {
      "tsconfig.json": config({}),
      "convex/a.ts": API.replace("import {", "import type {").replace("[api]", "[] as api[]"),
    },
    missing: GENERATED,
  },
  {
    what: "what is passed on",
    files: { "tsconfig.json": config({}), "convex/a.ts": `export * from "./_generated/api";\n` },
    missing: GENERATED,
  },
  {
    what: "with the extension of what it is compiled to",
    files: { "tsconfig.json": config({}), "convex/a.ts": API.replace("/api", "/api.js") },
    missing: "convex/_generated/api.js",
  },
  {
    what: "several lines with comments",
    files: { "tsconfig.json": config({}), "convex/a.ts": API.replace("{ api }", "{\n  // the API\n  api,\n}") },
    missing: GENERATED,
  },
  {
    what: "an included folder",
    files: { "tsconfig.json": config({ include: ["src"] }), "src/a.ts": FROM_SRC },
    missing: GENERATED,
  },
  {
    what: "a folder that is not included",
    files: { "tsconfig.json": config({ include: ["src"] }), "src/a.ts": QUIET, "convex/a.ts": API },
    missing: undefined,
  },
  {
    what: "a folder that is excluded",
    files: { "tsconfig.json": config({ exclude: ["convex"] }), "src/a.ts": QUIET, "convex/a.ts": API },
    missing: undefined,
  },
  {
    what: "an excluded file that another one imports",
    files: {
      "tsconfig.json": config({ exclude: ["convex"] }),
      "src/a.ts": `import { all } from "../convex/a";\nexport default all;\n`,
      "convex/a.ts": API,
    },
    missing: GENERATED,
  },
  {
    what: "a file that is named",
    files: { "tsconfig.json": config({ files: ["src/a.ts"] }), "src/a.ts": FROM_SRC, "src/b.ts": QUIET },
    missing: GENERATED,
  },
  {
    what: "a file beside the one that is named",
    files: { "tsconfig.json": config({ files: ["src/b.ts"] }), "src/a.ts": FROM_SRC, "src/b.ts": QUIET },
    missing: undefined,
  },
  {
    what: "an inherited list",
    files: {
      "tsconfig.json": JSON.stringify({ extends: "./tsconfig.base" }),
      "tsconfig.base.json": config({ include: ["src"] }),
      "src/a.ts": FROM_SRC,
    },
    missing: GENERATED,
  },
  {
    what: "a list that replaces the inherited one",
    files: {
      "tsconfig.json": JSON.stringify({ extends: "./tsconfig.base.json", include: ["lib"] }),
      "tsconfig.base.json": config({ include: ["src"] }),
      "src/a.ts": FROM_SRC,
      "lib/b.ts": QUIET,
    },
    missing: undefined,
  },
  {
    what: "a list that counts from the folder of the configuration",
    files: {
      "tsconfig.json": JSON.stringify({ extends: "./configs/base.json" }),
      "configs/base.json": config({ include: ["${configDir}/src"] }),
      "src/a.ts": FROM_SRC,
    },
    missing: GENERATED,
  },
  {
    what: "a pattern of `paths`",
    files: {
      "tsconfig.json": compiler({ paths: { "@/*": ["./*"] } }, { include: ["src"] }),
      "src/a.ts": FROM_SRC.replace("../", "@/"),
    },
    missing: GENERATED,
  },
  {
    what: "the longest pattern of `paths`",
    files: {
      "tsconfig.json": compiler({ paths: { "@/*": ["./lost/*"], "@/convex/*": ["./convex/*"] } }, { include: ["src"] }),
      "src/a.ts": FROM_SRC.replace("../", "@/"),
    },
    missing: GENERATED,
  },
  {
    what: "a module that is declared by a pattern",
    files: {
      "tsconfig.json": config({}),
      "convex/a.ts": API,
      "env.d.ts": `declare module "*/_generated/api" {\n  export const api: object;\n}\n`,
    },
    missing: undefined,
  },
  {
    what: "an error that is turned off",
    files: { "tsconfig.json": config({}), "convex/a.ts": `// @ts-expect-error generated later\n${API}` },
    missing: undefined,
  },
  {
    what: "a file without errors",
    files: { "tsconfig.json": config({}), "convex/a.ts": `// @ts-nocheck\n${API}` },
    missing: undefined,
  },
  {
    what: "an import in a comment",
    files: { "tsconfig.json": config({}), "convex/a.ts": `/*\n${API}*/\n${QUIET}` },
    missing: undefined,
  },
  {
    what: "an import in a string",
    files: { "tsconfig.json": config({}), "convex/a.ts": `export const text = \`\n${API}\`;\n` },
    missing: undefined,
  },
  {
    what: "a declaration file beside skipLibCheck",
    files: {
      "tsconfig.json": compiler({ skipLibCheck: true }),
      "convex/a.d.ts": `export * from "./_generated/api";\n`,
    },
    missing: undefined,
  },
  {
    what: "a JavaScript file",
    files: { "tsconfig.json": config({}), "convex/a.js": API, "convex/b.ts": QUIET },
    missing: undefined,
  },
  {
    what: "a file that is there",
    files: {
      "tsconfig.json": config({}),
      "convex/a.ts": API,
      "convex/_generated/api.d.ts": "export declare const api: object;\n",
    },
    missing: undefined,
  },
  {
    what: "a project that is named",
    args: ["-p", "convex"],
    files: { "convex/tsconfig.json": config({}), "convex/a.ts": API },
    missing: GENERATED,
  },
  {
    what: "a configuration that is named",
    args: ["--noEmit", "--project", "tsconfig.app.json"],
    files: { "tsconfig.app.json": config({ include: ["src"] }), "tsconfig.json": config({}), "src/a.ts": FROM_SRC },
    missing: GENERATED,
  },
  {
    what: "the projects that one refers to",
    args: ["-b"],
    files: {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "tsconfig.app.json": compiler({ noEmit: true, tsBuildInfoFile: "info" }, { include: ["src"] }),
      "src/a.ts": FROM_SRC,
    },
    missing: GENERATED,
  },
  {
    what: "the projects that one refers to, which are not built",
    files: {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "tsconfig.app.json": config({ include: ["src"] }),
      "src/a.ts": FROM_SRC,
    },
    missing: undefined,
  },
  {
    what: "a base that is not there",
    files: { "tsconfig.json": config({ extends: "./.svelte-kit/tsconfig.json" }), "a.ts": QUIET },
    missing: ".svelte-kit/tsconfig.json",
    error: "TS5083",
  },
  {
    what: "a base of a base that is not there, without its extension",
    args: ["-p", "tsconfig.app.json"],
    files: {
      "tsconfig.app.json": config({ extends: ["./tsconfig.base.json"] }),
      "tsconfig.base.json": config({ extends: "./.nuxt/tsconfig" }),
      "a.ts": QUIET,
    },
    missing: ".nuxt/tsconfig.json",
    error: "TS6053",
  },
  {
    what: "a project that one refers to, which is not there",
    files: {
      "tsconfig.json": config({ files: ["a.ts"], references: [{ path: ".nuxt/tsconfig.app.json" }] }),
      "a.ts": QUIET,
    },
    missing: ".nuxt/tsconfig.app.json",
    error: "TS6053",
  },
  {
    what: "a project to build that is not there",
    args: ["--build"],
    files: {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./web" }] }),
      "web/tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./.nuxt/tsconfig.app.json" }] }),
    },
    missing: "web/.nuxt/tsconfig.app.json",
    error: "TS5083",
  },
  {
    what: "a project to build whose base is not there",
    args: ["--build"],
    files: {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./web" }] }),
      "web/tsconfig.json": config({ extends: "./.svelte-kit/tsconfig.json" }),
      "web/a.ts": QUIET,
    },
    missing: "web/.svelte-kit/tsconfig.json",
    error: "TS5083",
  },
  {
    what: "a project that one refers to, which is not built and whose base is not there",
    files: {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "./web" }] }),
      "web/tsconfig.json": config({ extends: "./.svelte-kit/tsconfig.json" }),
      "web/a.ts": QUIET,
    },
    missing: undefined,
  },
  {
    what: "what a base refers to, which is not there",
    files: {
      "tsconfig.json": config({ extends: "./tsconfig.base.json" }),
      "tsconfig.base.json": JSON.stringify({ references: [{ path: "./.nuxt/tsconfig.app.json" }] }),
      "a.ts": QUIET,
    },
    missing: undefined,
  },
  {
    what: "what it is asked for alone",
    args: ["--version"],
    files: { "tsconfig.json": config({}), "convex/a.ts": API },
    missing: undefined,
  },
];
