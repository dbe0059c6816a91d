import { describe, expect, it } from "vitest";
import { Repository } from "../../src/project/repository.ts";
import { versionOf } from "../../src/project/versions.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const manifest = (range?: string, more: object = {}): RepositoryFiles => ({
  "package.json": JSON.stringify({ ...(range !== undefined && { devDependencies: { convex: range } }), ...more }),
});
const lock: RepositoryFiles = {
  "bun.lock": `{ "lockfileVersion": 1, "workspaces": { "": {} }, "packages": { "convex": ["convex@1.31.0", "", {}, ""] } }`,
};
const installed: RepositoryFiles = { "node_modules/convex/package.json": `{ "version": "1.30.2" }` };
const ignoring: RepositoryFiles = { ".gitignore": "bun.lock\n" };

type Asked = Parameters<typeof versionOf>[3];

describe("the version of a tool", () => {
  it.each<[what: string, files: RepositoryFiles, asked: Asked, version: string | undefined]>([
    ["that the command asks for", { ...manifest("^1.0.0"), ...lock }, { version: "1.27.0" }, "1.27.0"],
    ["that the command asks for by tag", manifest("^1.0.0"), { version: "latest" }, "latest"],
    ["that the command asks for by another tag", manifest("^1.0.0"), { version: "canary" }, undefined],
    ["in the lockfile", { ...manifest("^1.0.0"), ...lock, ...installed }, {}, "1.31.0"],
    [
      "installed, where the lockfile is not tracked",
      { ...manifest("^1.0.0"), ...lock, ...installed, ...ignoring },
      {},
      "1.30.2",
    ],
    ["installed", { ...manifest("^1.0.0"), ...installed }, {}, "1.30.2"],
    ["declared", manifest("^1.0.0"), {}, "^1.0.0"],
    ["declared as any", manifest("*"), {}, "latest"],
    ["declared by a tag", manifest("next"), {}, undefined],
    ["declared by a catalog", manifest("catalog:", { catalog: { convex: "^1.29.0" } }), {}, "^1.29.0"],
    ["declared by a named catalog", manifest("catalog:a", { catalogs: { a: { convex: "1.29.0" } } }), {}, "1.29.0"],
    [
      "declared by pnpm's catalog",
      { ...manifest("catalog:"), "pnpm-workspace.yaml": "packages: []\ncatalog: { convex: ^1.2.0 }\n" },
      {},
      "^1.2.0",
    ],
    ["declared by a catalog that is not there", manifest("catalog:"), {}, undefined],
    ["not declared, but fetched", manifest(), { fetches: true }, "latest"],
    ["not declared, installed, and fetched", { ...manifest(), ...installed }, { fetches: true }, "1.30.2"],
    ["nowhere", manifest(), {}, undefined],
    ["without a package", {}, { fetches: true }, undefined],
  ])("%s", (_, files, asked, version) => {
    expect(versionOf(new Repository(writeRepository(files)), "convex", "", asked)).toBe(version);
  });

  it("is that of the nearest package that declares it", () => {
    const files = {
      ...manifest("1.27.0", { workspaces: ["apps/*"] }),
      "apps/web/package.json": `{ "dependencies": { "convex": "1.30.0" } }`,
      "apps/docs/package.json": "{}",
    };
    const repository = new Repository(writeRepository(files));
    expect(["apps/web", "apps/docs", ""].map((folder) => versionOf(repository, "convex", folder))).toEqual([
      "1.30.0",
      "1.27.0",
      "1.27.0",
    ]);
  });
});
