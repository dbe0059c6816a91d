import { rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { Files, findRoot, outermostRoot } from "../../src/project/files.ts";
import { writeFiles, writeRepository } from "../support/temporary.ts";

const repository = { "package.json": "{}", "apps/web/package.json": "{}", "apps/web/.env": "A=1" };

describe("files", () => {
  const found = ["", "apps", "apps/web", "apps/web/", "./apps/web/.env", "apps/../package.json", "package.json"];
  it.each(found)("%j is there", (path) => {
    expect(new Files(writeRepository(repository)).exists(path)).toBe(true);
  });

  const missing = ["no", "no/package.json", "apps/no", "apps/web/no.json", "package.json/no", "apps/package.json"];
  const outside = ["..", "../..", "apps/../../..", "/", "/etc/hosts", "/package.json", "/apps/web/.env", "a\0b"];
  it.each([...missing, ...outside])("%j is not", (path) => {
    const files = new Files(writeRepository(repository));
    expect(files.exists(path)).toBe(false);
    expect(files.read(path)).toBeUndefined();
  });

  it("are looked for in a folder that is a link, too", () => {
    const root = writeRepository(repository);
    symlinkSync(join(root, "apps"), join(root, "linked"));
    symlinkSync(join(root, "nowhere"), join(root, "loose"));
    const files = new Files(root);
    expect(files.read("linked/web/.env")?.text).toBe("A=1");
    expect(files.exists("loose")).toBe(false);
  });
});

describe("a workflow below another repository's root is", () => {
  it.each([
    ["read as its own repository's in an example", "examples/incident", {}, "examples/incident"],
    [
      "read as its own repository's in a work tree",
      ".worktrees/next",
      { ".worktrees/next/.git": "gitdir: x\n" },
      ".worktrees/next",
    ],
    ["read as its own repository's in a folder of tests", "tests/fixtures/app", {}, "tests/fixtures/app"],
    ["a file like others in the folder of an app", "apps/web", {}, ""],
    ["left alone in a folder of tools", ".context/effect", {}, undefined],
    ["left alone in a folder below one for others' code", "vendor/acme/effect", {}, undefined],
  ] as const)("%s", (_, folder, more, expected) => {
    const path = `${folder}/.github/workflows/ci.yml`;
    const root = writeRepository({ ".github/workflows/ci.yml": "on: push\n", [path]: "on: push\n", ...more });
    const nested = findRoot(join(root, path));
    expect(nested).toBe(join(root, folder));
    expect(outermostRoot(nested)).toBe(expected === undefined ? undefined : join(root, expected));
    expect(outermostRoot(root)).toBe(root);
  });

  it("read where the repository around it has no workflows", () => {
    const path = "apps/web/.github/workflows/ci.yml";
    const root = writeRepository({ [path]: "on: push\n" });
    expect(outermostRoot(findRoot(join(root, path)))).toBe(join(root, "apps/web"));
  });

  it("read where nothing is a repository", () => {
    const folder = join(writeRepository({}), ".a");
    rmSync(join(folder, "..", ".git"), { recursive: true });
    expect(outermostRoot(folder)).toBe(folder);
  });
});

describe("a look at files", () => {
  const looked = async (): Promise<{ readonly root: string; readonly files: Files }> => {
    const root = writeRepository(repository);
    // Until then the clock of the file system may not have moved on.
    await setTimeout(40);
    const files = new Files(root);
    for (const path of ["package.json", "apps/web/turbo.json", "apps/docs/package.json"]) files.read(path);
    return { root, files };
  };

  it("stands as long as nothing moves", async () => {
    const { root, files } = await looked();
    writeFiles(root, { "elsewhere/in/package.json": "{}" });
    const { files: others } = await looked();
    expect(others.isCurrent()).toBe(true);
    expect(files.isCurrent()).toBe(false);
  });

  it("stands where git writes into its own folder, apart from what was read there", async () => {
    const { root, files } = await looked();
    files.read(".git/index");
    writeFiles(root, { ".git/index.lock": "" });
    expect(files.isCurrent()).toBe(true);
    writeFiles(root, { ".git/index": "DIRC" });
    expect(files.isCurrent()).toBe(false);
  });

  it.each([
    [
      "what was read is written",
      (root: string) => {
        writeFiles(root, { "package.json": "[]" });
      },
    ],
    [
      "what was read is touched",
      (root: string) => {
        utimesSync(join(root, "package.json"), 1, 1);
      },
    ],
    [
      "what was read is removed",
      (root: string) => {
        rmSync(join(root, "package.json"));
      },
    ],
    [
      "what was missing is added",
      (root: string) => {
        writeFiles(root, { "apps/web/turbo.json": "{}" });
      },
    ],
    [
      "its folder was missing, too",
      (root: string) => {
        writeFiles(root, { "apps/docs/package.json": "{}" });
      },
    ],
  ])("does not where %s", async (_, change) => {
    const { root, files } = await looked();
    expect(files.isCurrent()).toBe(true);
    change(root);
    expect(files.isCurrent()).toBe(false);
  });

  it("does not where what was read had just been written, which the clock cannot tell from a later change", () => {
    const root = writeRepository(repository);
    vi.useFakeTimers({ toFake: ["Date"], now: statSync(join(root, "package.json")).ctimeMs });
    try {
      const files = new Files(root);
      files.read("package.json");
      expect(files.isCurrent()).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
