import { describe, expect, it } from "vitest";
import { checkOf, isCompiler } from "../../../src/project/typescript/compiler.ts";
import { importsOf } from "../../../src/project/typescript/imports.ts";
import { withoutExtension } from "../../../src/project/typescript/resolution.ts";
import { Repository } from "../../../src/project/repository.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository, type RepositoryFiles } from "../../support/temporary.ts";
import { CASES } from "./cases.ts";

const WORKFLOW = ".github/workflows/ci.yml";

/** The modules of a repository that `tsc` looks for and that are not there. */
function missingFor(files: RepositoryFiles, command = "npx tsc"): readonly string[] {
  const workflow = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${command}\n`;
  const repository = new Repository(writeRepository({ "package.json": "{}", ...files, [WORKFLOW]: workflow }));
  const reaches = allRuns(repository).flatMap(({ steps }) => steps.flatMap((step) => step.reaches));
  return reaches.flatMap(({ invocation, directory }) => {
    if (!isCompiler(invocation) || !directory.known) return [];
    const { projects, missing } = checkOf(repository, invocation, directory.value);
    const targets = projects.flatMap((project) => importsOf(repository, project).flatMap(({ target }) => target ?? []));
    const isThere = (target: string): boolean =>
      [".ts", ".tsx", ".d.ts"].some((extension) => repository.files.exists(withoutExtension(target) + extension));
    return [...missing.map(({ target }) => target), ...targets.filter((target) => !isThere(target))];
  });
}

describe("what the compiler misses", () => {
  it.each(CASES)("$what", ({ files, args = [], missing }) => {
    expect(missingFor(files, ["npx tsc", ...args].join(" "))).toEqual(missing === undefined ? [] : [missing]);
  });
});

const member = (manifest: object, files: RepositoryFiles = {}, range = "workspace:*"): RepositoryFiles => ({
  "package.json": JSON.stringify({ workspaces: ["packages/*"] }),
  "packages/web/package.json": JSON.stringify({ name: "web", dependencies: { api: range } }),
  "packages/web/tsconfig.json": "{}",
  "packages/api/package.json": JSON.stringify({ name: "api", ...manifest }),
  ...files,
});
const importing = (specifier: string): RepositoryFiles => ({
  "packages/web/a.ts": `import { api } from ${JSON.stringify(specifier)};\nexport default api;\n`,
});

describe("a package of the workspace", () => {
  it.each<[what: string, files: RepositoryFiles, missing: readonly string[]]>([
    ["a path in it", member({}, importing("api/gen/x")), ["packages/api/gen/x"]],
    ["what it exports", member({ exports: { "./x": "./gen/x.ts" } }, importing("api/x")), ["packages/api/gen/x.ts"]],
    [
      "what it exports by a pattern",
      member({ exports: { "./*": { types: "./gen/*.d.ts", default: "./gen/*.js" } } }, importing("api/x")),
      ["packages/api/gen/x.d.ts"],
    ],
    [
      "what it exports on conditions",
      member({ exports: { "./x": { a: "./a.ts", b: "./b.ts" } } }, importing("api/x")),
      [],
    ],
    ["what it does not export", member({ exports: { ".": "./index.ts" } }, importing("api/x")), []],
    [
      "what its own entry imports",
      member(
        { exports: "./index.ts" },
        { ...importing("api"), "packages/api/index.ts": `export { api } from "./gen/x";\n` },
      ),
      ["packages/api/gen/x"],
    ],
    ["one that is not linked", member({}, importing("api/gen/x"), "^1.0.0"), []],
    ["one that is no dependency", member({}, importing("other/gen/x")), []],
  ])("%s", (_, files, missing) => {
    expect(missingFor(files, "npx tsc -p packages/web")).toEqual(missing);
  });
});

describe("a configuration that SvelteKit writes", () => {
  const extending: RepositoryFiles = {
    "tsconfig.json": JSON.stringify({ extends: "./.svelte-kit/tsconfig.json" }),
    "src/a.ts": `import x from "$lib/gone";\nexport default x;\n`,
  };
  const missingWith = (others: RepositoryFiles): readonly string[] =>
    missingFor({ ...extending, "svelte.config.js": "export default {};\n", ...others }).filter(
      (path) => path !== ".svelte-kit/tsconfig.json",
    );

  it.each<[what: string, others: RepositoryFiles, missing: readonly string[]]>([
    ["its alias", {}, ["src/lib/gone"]],
    [
      "a test beside the sources",
      { "src/a.ts": "", "tests/a.ts": `import "../src/b";\nexport * from "./c";\n` },
      ["tests/c"],
    ],
    ["a file that it leaves out", { "src/a.ts": "", "src/service-worker.ts": `export * from "./c";\n` }, []],
    ["other folders", { "svelte.config.js": `export default { kit: { files: { lib: "lib" } } };\n` }, []],
    [
      "paths of its own",
      {
        "tsconfig.json": JSON.stringify({
          extends: "./.svelte-kit/tsconfig.json",
          compilerOptions: { paths: { "$lib/*": ["./lib/*"] } },
        }),
      },
      ["lib/gone"],
    ],
  ])("%s", (_, others, missing) => {
    expect(missingWith(others)).toEqual(missing);
  });

  it("is not known without a configuration of SvelteKit", () => {
    expect(missingFor(extending)).toEqual([".svelte-kit/tsconfig.json"]);
  });
});

describe("a configuration that is not certain", () => {
  const source = { "a.ts": `import x from "./gone";\nexport default x;\n` };
  it.each<[what: string, files: RepositoryFiles]>([
    ["virtual folders", { "tsconfig.json": JSON.stringify({ compilerOptions: { rootDirs: ["a", "b"] } }) }],
    ["no check at all", { "tsconfig.json": JSON.stringify({ compilerOptions: { noCheck: true } }) }],
    ["a base that is itself", { "tsconfig.json": JSON.stringify({ extends: "./tsconfig.json" }) }],
    ["a base of the wrong type", { "tsconfig.json": "[]" }],
    ["text that does not parse", { "tsconfig.json": "{" }],
  ])("%s", (_, files) => {
    expect(missingFor({ ...files, ...source })).toEqual([]);
  });

  it.each(["npx tsc a.ts", "npx tsc --watch", "npx tsc --init", "npx tsc -p $PROJECT", "npx tsc -p gone"])(
    "%s",
    (command) => {
      expect(missingFor({ "tsconfig.json": "{}", ...source }, command)).toEqual([]);
    },
  );
});
