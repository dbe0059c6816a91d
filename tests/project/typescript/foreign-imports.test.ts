import { describe, expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { foreignImportsOf } from "../../../src/project/typescript/foreign-imports.ts";
import { projectAt } from "../../../src/project/typescript/project.ts";
import { writeRepository } from "../../support/temporary.ts";
import { FOREIGN_CASES } from "./foreign-cases.ts";

describe("foreignImportsOf", () => {
  it.each(FOREIGN_CASES)("$what", ({ files, missing }) => {
    const repository = new Repository(writeRepository(files));
    const project = projectAt(repository, "tsconfig.json");
    const found = project ? foreignImportsOf(repository, project) : [];
    expect(found.map(({ name }) => name)).toEqual(missing);
  });
});
