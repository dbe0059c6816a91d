import { describe, expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { isSolution } from "../../../src/project/typescript/solution.ts";
import { writeRepository } from "../../support/temporary.ts";
import { SOLUTION_CASES } from "./solution-cases.ts";

const isPassedOver = (files: (typeof SOLUTION_CASES)[number]["files"], typescript: string | undefined): boolean =>
  isSolution(new Repository(writeRepository(files)), "tsconfig.json", typescript);

describe("a configuration that names no file", () => {
  it.each(SOLUTION_CASES)("$what", ({ files, isPassedOver: expected }) => {
    expect(isPassedOver(files, "6.0.3")).toBe(expected);
  });

  it.each<[version: string | undefined, options: string, expected: boolean]>([
    ["4.9.5", "", true],
    ["~5.7.2", "", true],
    ["6.0.3", "", true],
    ["7.0.2", "", true],
    ["4.5.0", "", false],
    [">=3", "", false],
    [undefined, "", false],
    ["5.9.3", '"baseUrl": "."', true],
    ["6.0.3", '"baseUrl": "."', false],
    ["7.0.2", '"baseUrl": "."', false],
    [">=5", '"baseUrl": "."', false],
    ["4.9.5", '"verbatimModuleSyntax": true', false],
    ["6.0.3", '"target": "ES5"', false],
    ["6.0.3", '"esModuleInterop": false', false],
    ["6.0.3", '"moduleResolution": "node"', false],
  ])("with TypeScript %s and { %s }: %s", (version, options, expected) => {
    const config = `{ "compilerOptions": { ${options} }, "files": [], "references": [{ "path": "./lib" }] }`;
    expect(isPassedOver({ "tsconfig.json": config, "lib/tsconfig.json": "{}" }, version)).toBe(expected);
  });
});
