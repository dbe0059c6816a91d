import { describe, expect, it } from "vitest";
import { missingScripts } from "../../src/faults/scripts/missing-scripts.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const SOLUTION = '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }';
const APP = '{ "include": ["src"] }';

const manifest = (scripts: object, devDependencies: object, more: object = {}): string =>
  JSON.stringify({ name: "acme", scripts, devDependencies, ...more });
const workflow = (steps: string, more = ""): string =>
  `on: push\njobs:\n${more}  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const step = (command: string): string => `      - run: |\n          ${command.replaceAll("\n", "\n          ")}\n`;

/** What is said of the commands of a repository, in whatever file. */
function said(files: RepositoryFiles): readonly string[] {
  const repository = new Repository(writeRepository(files));
  return Object.keys(files)
    .filter((path) => /\.yml$|package\.json$/.test(path))
    .flatMap((path) => missingScripts(repository, path))
    .filter(({ kind }) => /removed|emptied|unchecked/.test(kind))
    .map(({ kind, names, similar, place }) =>
      [kind, ...names, ...(similar === undefined ? [] : ["→", similar]), "in", place.source.path].join(" "),
    );
}

const VITE: RepositoryFiles = {
  "package.json": manifest(
    { typecheck: "tsc --noEmit", build: "tsc && vite build", "build:all": "tsc -b && vite build", dev: "vite" },
    { typescript: "5.9.3" },
  ),
  "tsconfig.json": SOLUTION,
  "tsconfig.app.json": APP,
  "src/a.ts": "export const a = 1;\n",
};
const unchecked = (steps: string, files: RepositoryFiles = {}): readonly string[] =>
  said({ ...VITE, [WORKFLOW]: workflow(steps), ...files });
const typescript = (version: string, more: object = {}): RepositoryFiles => ({
  "package.json": manifest({}, { typescript: version, ...more }),
});

describe("a compiler that passes over all projects", () => {
  it.each([
    ["npx tsc --noEmit", "tsc -b --noEmit"],
    ["npx tsc", "tsc -b"],
    ["npx tsc -p tsconfig.json --noEmit", "tsc -b tsconfig.json --noEmit"],
    ["npx tsc --noEmit -p .", "tsc -b . --noEmit"],
    ["npx tsc --noEmit --pretty false", "tsc -b --noEmit --pretty false"],
    ["pnpm exec tsc --noEmit && npx vite build", "tsc -b --noEmit"],
    ["bunx tsc --noEmit", "tsc -b --noEmit"],
    ["npm exec -- tsc --noEmit", "tsc -b --noEmit"],
    ["yarn tsc --noEmit", "tsc -b --noEmit"],
    ["cd src && npx tsc --noEmit", "tsc -b --noEmit"],
    ["echo typecheck\nnpx tsc --noEmit", "tsc -b --noEmit"],
    ["npx eslint . && npx tsc --noEmit", "tsc -b --noEmit"],
    ["if git diff --quiet; then npx tsc --noEmit; fi", "tsc -b --noEmit"],
  ])("%s", (command, build) => {
    expect(unchecked(step(command))).toEqual([`uncheckedProjects tsconfig.json → ${build} in ${WORKFLOW}`]);
  });

  it.each([
    "npx tsc --noEmit ${{ inputs.flags }}",
    "npx tsc -b",
    "npx tsc --build --noEmit",
    "npx tsc -p tsconfig.app.json --noEmit",
    "npx tsc --noEmit src/a.ts",
    "npx tsc --version",
    "npx tsc --help",
    "npx tsc --showConfig",
    "npx tsc --noEmit=true",
    "npx tsc --emitDeclarationOnly",
    "npx tsc --noEmit || true",
    "npx tsc --noEmit -p $CONFIG",
    "npx typescript@5 tsc",
    "npx tsc@5 --noEmit",
    "npx -p typescript@6 tsc --noEmit",
    "echo '{}' > tsconfig.json && npx tsc --noEmit",
    "tsc --noEmit",
    "node_modules/.bin/tsc -p gone.json",
    "cp tsconfig.ci.json tsconfig.json && npx tsc --noEmit",
    "npx tsc --noEmit && npx tsc -p tsconfig.app.json",
    "npx tsc -b && npx tsc --noEmit",
    "npx tsc --noEmit && npm run build:all",
    "npx tsc --noEmit && npx next build",
    "npx tsc --noEmit && npx nx run-many -t typecheck",
    "npx tsc --noEmit && make typecheck",
    "npx tsc --noEmit && node scripts/type-check.mjs",
    "npx tsc --noEmit && npx vue-tsc -p tsconfig.app.json",
    "npx tsc --noEmit && tsgo -b",
    "git checkout other && npx tsc --noEmit",
  ])("silent: %s", (command) => {
    expect(unchecked(step(command))).toEqual([]);
  });

  it.each<[what: string, files: RepositoryFiles, expected: readonly string[]]>([
    ["an older TypeScript, which takes no --noEmit with -b", typescript("5.5.4"), ["uncheckedProjects tsconfig.json"]],
    ["TypeScript 6", typescript("^6.0.0"), ["uncheckedProjects tsconfig.json → tsc -b --noEmit"]],
    ["TypeScript 7", typescript("7.0.2"), ["uncheckedProjects tsconfig.json → tsc -b --noEmit"]],
    ["a TypeScript of any version", typescript("*"), ["uncheckedProjects tsconfig.json → tsc -b --noEmit"]],
    [
      "projects that refer to others, which may not be told to emit nothing",
      { "tsconfig.app.json": '{ "references": [{ "path": "./lib" }] }' },
      ["uncheckedProjects tsconfig.json"],
    ],
    ["a TypeScript that is not declared", { "package.json": manifest({}, {}) }, []],
    ["a very old TypeScript", typescript("3.9.0"), []],
    ["a plugin that checks", typescript("5.9.3", { "vite-plugin-checker": "1" }), []],
    ["ts-jest", typescript("5.9.3", { "ts-jest": "29" }), []],
    ["files that are included", { "tsconfig.json": '{ "references": [{ "path": "./tsconfig.app.json" }] }' }, []],
    ["a wrong type", { "tsconfig.json": '{ "files": {}, "references": [{ "path": "./tsconfig.app.json" }] }' }, []],
    ["options of a wrong type", { "tsconfig.json": SOLUTION.replace("{", '{ "compilerOptions": [1],') }, []],
    ["no JSON", { "tsconfig.json": "{" }, []],
    ["a list", { "tsconfig.json": "[]" }, []],
    ["a reference that is not there", { "tsconfig.json": SOLUTION.replace(".app", ".gone") }, []],
    ["a configuration that git ignores", { ".gitignore": "tsconfig.app.json\n" }, []],
    [
      "comments",
      { "tsconfig.json": `// all\n${SOLUTION.replace("[]", "[/* none */]")}` },
      ["uncheckedProjects tsconfig.json → tsc -b --noEmit"],
    ],
    [
      "a project of which nothing is known",
      { "tsconfig.app.json": '{ "extends": "./.gen/tsconfig.json" }' },
      ["uncheckedProjects tsconfig.json → tsc -b --noEmit"],
    ],
  ])("%s", (_, files, expected) => {
    const found = unchecked(step("npx tsc --noEmit"), files);
    expect(found).toEqual(expected.map((text) => `${text} in ${WORKFLOW}`));
  });

  it.each<[what: string, steps: string, expected: number]>([
    ["a step that may fail", "      - run: npx tsc --noEmit\n        continue-on-error: true\n", 0],
    ["a step on a condition", "      - run: npx tsc --noEmit\n        if: steps.x.outputs.y\n", 1],
    ["a step that never runs", "      - run: npx tsc --noEmit\n        if: false\n", 0],
    ["a step in PowerShell", "      - run: npx tsc --noEmit\n        shell: pwsh\n", 0],
    ["a folder that is not known", "      - run: npx tsc --noEmit\n        working-directory: ${{ inputs.x }}\n", 0],
    [
      "another repository",
      "      - uses: actions/checkout@v5\n        with: { repository: a/b }\n" + step("npx tsc"),
      0,
    ],
    ["an action that checks", "      - run: npx tsc --noEmit\n      - uses: a/typescript-check@v1\n", 0],
    ["a script", step("npm run typecheck"), 1],
    ["a script with more words", step("npm run typecheck -- --pretty"), 1],
    ["a script that is not run", step("npm run dev"), 0],
  ])("%s", (_, steps, expected) => {
    expect(unchecked(steps)).toHaveLength(expected);
  });

  it("is told of with flags that cannot stand beside -b", () => {
    expect(unchecked(step("npx tsc --noEmit --skipLibCheck"))).toEqual([
      `uncheckedProjects tsconfig.json in ${WORKFLOW}`,
    ]);
  });

  it("is told of where another workflow checks, not where another job does", () => {
    const other = "  b:\n    runs-on: ubuntu-latest\n    steps: [{ run: npx tsc -b }]\n";
    const text = workflow(step("npx tsc --noEmit"), other);
    expect(said({ ...VITE, [WORKFLOW]: text })).toEqual([]);
    expect(
      unchecked(step("npx tsc --noEmit"), { ".github/workflows/b.yml": workflow(step("npx tsc -b")) }),
    ).toHaveLength(1);
  });

  it("is told of for the compiler of Vue", () => {
    const files = typescript("5.9.3", { "vue-tsc": "^3.0.0" });
    expect(unchecked(step("npx vue-tsc --noEmit"), files)).toEqual([
      `uncheckedProjects tsconfig.json → vue-tsc -b --noEmit in ${WORKFLOW}`,
    ]);
    expect(unchecked(step("npx vue-tsc --noEmit"), typescript("5.9.3", { "vue-tsc": "1.8.0" }))).toEqual([]);
    expect(unchecked(step("npx svelte-check"), typescript("5.9.3", { "svelte-check": "4.0.0" }))).toEqual([]);
  });

  it("is told of where the references of a workspace are checked by nothing", () => {
    const files: RepositoryFiles = {
      "package.json": manifest({ check: "tsc --noEmit" }, { typescript: "5.9.3" }, { workspaces: ["packages/*"] }),
      "tsconfig.json": '{ "files": [], "references": [{ "path": "packages/a" }, { "path": "packages/b" }] }',
      "packages/a/package.json": '{ "name": "a", "scripts": { "check": "tsc --noEmit" } }',
      "packages/a/tsconfig.json": "{}",
      "packages/a/a.ts": "export {};\n",
      "packages/b/package.json": '{ "name": "b" }',
      "packages/b/tsconfig.json": "{}",
    };
    expect(unchecked(step("npm run check"), files)).toEqual([
      "uncheckedProjects tsconfig.json → tsc -b --noEmit in package.json",
    ]);
    expect(unchecked(step("npm run check\nnpm run check -w a"), files)).toEqual([]);
  });
});

const gone = (command: string, dependencies: object, files: RepositoryFiles = {}): readonly string[] =>
  said({
    "package.json": manifest({ lint: "next lint" }, dependencies),
    [WORKFLOW]: workflow(step(command)),
    ...files,
  });

describe("a command that the installed version has no more", () => {
  it.each<[command: string, dependencies: object, expected: string]>([
    ["npx next lint", { next: "16.1.1" }, "removedCommand lint"],
    ["npx next lint --max-warnings 0", { next: "^16.0.0" }, "removedCommand lint"],
    ["pnpm exec next lint", { next: "16.4.6" }, "removedCommand lint"],
    ["npx next@16.1.1 lint", {}, "removedCommand lint"],
    ["npx next export", { next: "14.2.0" }, "removedCommand export"],
    ["npx wrangler publish", { wrangler: "4.1.0" }, "removedCommand publish → deploy"],
    ["npx wrangler kv:key list", { wrangler: "^4.1.0" }, "removedCommand kv:key → kv key"],
    ["npx wrangler secret:bulk x.json", { wrangler: "4.1.0" }, "removedCommand secret:bulk → secret bulk"],
    ["npx prisma introspect", { prisma: "7.1.0" }, "removedCommand introspect → db pull"],
    ["npx lerna bootstrap", { lerna: "8.0.0" }, "removedCommand bootstrap"],
    ["npx svelte-kit build", { "@sveltejs/kit": "2.5.0" }, "removedCommand build"],
    ["npx drizzle-kit push:sqlite", { "drizzle-kit": "0.31.0" }, "emptiedCommand push:sqlite → push"],
  ])("%s with %j", (command, dependencies, expected) => {
    expect(gone(command, dependencies)).toEqual([`${expected} in ${WORKFLOW}`]);
  });

  it.each<[command: string, dependencies: object, files?: RepositoryFiles]>([
    ["npx next lint", { next: "15.5.0" }],
    ["npx next lint", { next: ">=15" }],
    ["npx next lint", { next: "latest" }],
    ["npx next lint", { next: "16.0.0-canary.1" }],
    ["npx next lint", { next: "catalog:" }],
    ["npx next lint", { next: "workspace:*" }],
    ["npx next lint", {}],
    ["npx next@15 lint", { next: "16.0.0" }],
    ["npx next lint --help", { next: "16.0.0" }],
    ["npx next lint", { next: "16.0.0" }, { "lint/next.config.js": "" }],
    ["npx next build lint", { next: "16.0.0" }],
    ["npx next $COMMAND", { next: "16.0.0" }],
    ["npx next lint || true", { next: "16.0.0" }],
    ["next lint", { next: "16.0.0" }],
    ["npm i next@15 && npx next lint", { next: "16.0.0" }],
    ["npx next export", { next: "13.5.0" }],
    ["npx wrangler publish", { wrangler: "3.99.0" }],
    ["wrangler publish", { wrangler: "4.0.0" }],
    ["npx wrangler publish", {}],
    ["npx wrangler pages publish dist", { wrangler: "4.0.0" }],
    ["npx wrangler kv key list", { wrangler: "4.0.0" }],
    ["npx lerna bootstrap", { lerna: "8.0.0", "@lerna/legacy-package-management": "8.0.0" }],
    ["npx lerna bootstrap", { lerna: "6.6.2" }],
    ["npx svelte-kit sync", { "@sveltejs/kit": "2.5.0" }],
    ["npx drizzle-kit push", { "drizzle-kit": "0.31.0" }],
    ["npx drizzle-kit push:sqlite", { "drizzle-kit": "0.20.0" }],
    ["npx drizzle-kit push:sqlite", { "drizzle-kit": "1.0.0" }],
    ["npx drizzle-kit push:sqlite || true", { "drizzle-kit": "0.31.0" }],
  ])("silent: %s with %j", (command, dependencies, files) => {
    expect(gone(command, dependencies, files)).toEqual([]);
  });

  it("is told of in the script that a workflow runs", () => {
    expect(gone("npm run lint", { next: "16.0.0" })).toEqual(["removedCommand lint in package.json"]);
    expect(gone("npm run lint --if-present || true", { next: "16.0.0" })).toEqual([]);
    expect(gone("echo", { next: "16.0.0" })).toEqual([]);
  });
});
