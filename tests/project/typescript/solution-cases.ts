import type { RepositoryFiles } from "../../support/temporary.ts";

/** A repository with a type error, and whether a compiler that is run in it without `--build` passes over it, and succeeds. */
export interface SolutionCase {
  readonly what: string;
  readonly files: RepositoryFiles;
  readonly isPassedOver: boolean;
}

const APP = {
  "src/a.ts": 'export const a: number = "a";\n',
  "tsconfig.app.json": '{ "compilerOptions": { "composite": true, "outDir": "out" }, "include": ["src"] }',
};
const REFERENCES = '"references": [{ "path": "./tsconfig.app.json" }]';
const at = (what: string, config: string, isPassedOver: boolean, more: RepositoryFiles = {}): SolutionCase => ({
  what,
  files: { ...APP, "tsconfig.json": `{ ${config} }`, ...more },
  isPassedOver,
});
const options = (what: string, text: string, isPassedOver: boolean): SolutionCase =>
  at(what, `"compilerOptions": { ${text} }, "files": [], ${REFERENCES}`, isPassedOver);

export const SOLUTION_CASES: readonly SolutionCase[] = [
  at("no files, only references", `"files": [], ${REFERENCES}`, true),
  at("no files and nothing included", `"files": [], "include": [], ${REFERENCES}`, true),
  at("nothing included", `"include": [], ${REFERENCES}`, true),
  at("no files, and no references", `"files": []`, false),
  at("no files, and an empty list of references", `"files": [], "references": []`, false),
  at("only references", REFERENCES, false),
  at("no files, and what is included", `"files": [], "include": ["src"], ${REFERENCES}`, false),
  at("a file", `"files": ["src/a.ts"], ${REFERENCES}`, false),
  at("files that are no strings", `"files": [1], ${REFERENCES}`, false),
  at("files that are no list", `"files": "src/a.ts", ${REFERENCES}`, false),
  at("a reference that is not there", `"files": [], "references": [{ "path": "./gone" }]`, false),
  at("a reference without the ending", `"files": [], "references": [{ "path": "./tsconfig.app" }]`, false),
  at("a folder", `"files": [], "references": [{ "path": "./lib" }]`, true, { "lib/tsconfig.json": "{}" }),
  at("a reference that extends what is not there", `"files": [], "references": [{ "path": "./lib" }]`, true, {
    "lib/tsconfig.json": '{ "extends": "./gone.json" }',
  }),
  at("no files of a base", `"extends": "./base.json", ${REFERENCES}`, true, { "base.json": '{ "files": [] }' }),
  at("what a base includes", `"extends": "./base.json", "files": [], ${REFERENCES}`, false, {
    "base.json": '{ "include": ["src"] }',
  }),
  at("what a base includes, overruled", `"extends": "./base.json", "files": [], "include": [], ${REFERENCES}`, true, {
    "base.json": '{ "include": ["src"] }',
  }),
  at("the later of two bases", `"extends": ["./one.json", "./two.json"], ${REFERENCES}`, false, {
    "one.json": '{ "files": [] }',
    "two.json": '{ "files": ["src/a.ts"] }',
  }),
  at("a base that is not there", `"extends": "./base.json", "files": [], ${REFERENCES}`, false),
  options("paths", '"paths": { "@/*": ["./src/*"] }', true),
  options("paths without a base", '"paths": { "@/*": ["src/*"] }', false),
  options("a base for paths, with TypeScript 6", '"baseUrl": ".", "paths": { "@/*": ["src/*"] }', false),
  options("switches", '"strict": true, "noEmit": true, "composite": true, "verbatimModuleSyntax": true', true),
  options("modules", '"module": "ESNext", "moduleResolution": "bundler", "target": "ES2022", "lib": ["ES2022"]', true),
  options("an option that there is not", '"nope": true', false),
  options("an option that needs another", '"allowImportingTsExtensions": true', false),
  options("types that are not there", '"types": ["gone"]', true),
];
