import { describe, expect, it } from "vitest";
import { Repository } from "../../src/project/repository.ts";
import { selectPackages, workspaceOf } from "../../src/project/workspace.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const named = (name: string, more: object = {}): string => JSON.stringify({ name, ...more });
const PACKAGES: RepositoryFiles = {
  "apps/web/package.json": named("web"),
  "apps/old/package.json": named("old"),
  "packages/ui/package.json": named("@acme/ui"),
  "packages/deep/er/package.json": named("deeper"),
  "packages/empty/README.md": "",
};

function membersOf(files: RepositoryFiles, folder = ""): readonly string[] | undefined {
  const repository = new Repository(writeRepository({ ...PACKAGES, ...files }));
  return workspaceOf(repository, folder)?.members.map(({ directory }) => directory);
}

const root = (workspaces: unknown): RepositoryFiles => ({ "package.json": JSON.stringify({ workspaces }) });
const pnpm = (globs: string): RepositoryFiles => ({ "package.json": "{}", "pnpm-workspace.yaml": globs });

describe("members of a workspace", () => {
  it.each<[what: string, files: RepositoryFiles, members: readonly string[]]>([
    ["a glob", root(["apps/*"]), ["apps/old", "apps/web"]],
    ["several globs", root(["apps/web", "packages/*"]), ["apps/web", "packages/ui"]],
    ["at any depth", root(["packages/**"]), ["packages/deep/er", "packages/ui"]],
    ["without some", root(["apps/*", "!apps/old"]), ["apps/web"]],
    ["written with dots and slashes", root(["./apps/web/"]), ["apps/web"]],
    ["Yarn's older form", root({ packages: ["apps/web"] }), ["apps/web"]],
    ["none", root([]), []],
    ["no list", root(3), []],
    ["pnpm's file", pnpm("packages:\n  - apps/*\n  - '!apps/old'\n"), ["apps/web"]],
    ["pnpm's file without packages", pnpm("catalog: {}\n"), []],
    ["pnpm's file that cannot be read", pnpm("packages: [\n"), []],
    [
      "pnpm's file before package.json",
      { ...pnpm("packages: [packages/ui]\n"), "package.json": named("x", { workspaces: ["apps/*"] }) },
      ["packages/ui"],
    ],
  ])("%s", (_, files, members) => {
    expect(membersOf(files)).toEqual(members);
  });
});

describe("the workspace of a folder", () => {
  it.each<[folder: string, files: RepositoryFiles, owner: string | undefined]>([
    ["apps/web", root(["apps/*"]), ""],
    ["apps/web/src/deep", root(["apps/*"]), ""],
    ["packages/ui", root(["apps/*"]), "packages/ui"],
    ["packages/empty", root(["apps/*"]), ""],
    ["apps/web", { ...root(["apps/*"]), "apps/web/package.json": named("web", { workspaces: ["inner"] }) }, "apps/web"],
    ["", {}, undefined],
  ])("%s", (folder, files, owner) => {
    const repository = new Repository(writeRepository({ ...PACKAGES, ...files }));
    expect(workspaceOf(repository, folder)?.root.directory).toBe(owner);
  });
});

describe("a filter selects", () => {
  it.each<[filter: string, from: string, members: readonly string[] | undefined]>([
    ["web", "", ["apps/web"]],
    ["@acme/ui", "", ["packages/ui"]],
    ["@acme/*", "", ["packages/ui"]],
    ["apps/web", "", ["apps/web"]],
    ["./apps/web", "", ["apps/web"]],
    ["{apps/*}", "", ["apps/old", "apps/web"]],
    ["./web", "apps", ["apps/web"]],
    [".", "", []],
    ["nothing", "", []],
    ["web...", "", undefined],
    ["!web", "", undefined],
    ["[main]", "", undefined],
  ])("%s", (filter, from, members) => {
    const repository = new Repository(writeRepository({ ...PACKAGES, ...root(["apps/*", "packages/*"]) }));
    const workspace = workspaceOf(repository, "");
    const selected = workspace && selectPackages(workspace, [filter], from, false);
    expect(selected?.map(({ directory }) => directory)).toEqual(members);
  });
});
