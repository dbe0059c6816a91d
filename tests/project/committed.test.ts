import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isCommitted, isFolderUncommitted } from "../../src/project/committed.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository } from "../support/temporary.ts";

const LONG = `${"deep/".repeat(30)}file.ts`;

/** A repository of git's own making, whose index lists what is added. */
function repositoryWith(added: readonly string[], version = "2"): Repository {
  const root = writeRepository({ ".gitignore": "gen\n", "left/out.ts": "", "a.ts": "", "gen/b.ts": "", [LONG]: "" });
  const git = (...args: readonly string[]): unknown => execFileSync("git", ["-C", root, ...args], { stdio: "pipe" });
  git("init", "--quiet");
  git("add", "--force", ...added);
  git("update-index", "--index-version", version);
  return new Repository(root);
}

const answer = (repository: Repository, path: string): boolean | undefined => {
  const committed = isCommitted(repository, path);
  return committed.known ? committed.value : undefined;
};

describe("git has", () => {
  it.each<[path: string, added: readonly string[], committed: boolean | undefined]>([
    ["a.ts", ["a.ts"], true],
    ["gen/b.ts", ["a.ts", "gen/b.ts"], true],
    ["gen/b.ts", ["a.ts"], false],
    ["a.ts", ["gen/b.ts"], false],
    ["out.ts", ["left/out.ts"], false],
    ["gone.ts", ["a.ts"], false],
    ["a.t", ["a.ts"], false],
    ["gen", ["gen/b.ts"], undefined],
    // The length of a long path is not written out.
    [LONG, [LONG], undefined],
    [LONG, ["a.ts"], false],
  ])("%s after adding %o: %s", (path, added, committed) => {
    expect(answer(repositoryWith(added), path)).toBe(committed);
  });

  it("nothing that is certain in an index with shortened paths, beyond what is on disk", () => {
    const repository = repositoryWith(["a.ts", "gen/b.ts"], "4");
    expect(["a.ts", "gen/b.ts", "gone.ts"].map((path) => answer(repository, path))).toEqual([true, undefined, false]);
  });

  it("perhaps what lies behind a link or in a submodule", () => {
    const root = writeRepository({ ".gitignore": "gen/\n", "made/b.ts": "", "sub/gen/b.ts": "" });
    symlinkSync("made", join(root, "gen"));
    const git = (folder: string, ...args: readonly string[]): unknown =>
      execFileSync("git", ["-C", join(root, folder), "-c", "user.name=a", "-c", "user.email=a@a", ...args], {
        stdio: "pipe",
      });
    for (const folder of ["sub", ""]) {
      git(folder, "init", "--quiet");
      git(folder, "add", "--all");
      git(folder, "commit", "--quiet", "--message", "all");
    }
    const repository = new Repository(root);
    expect(["gen/b.ts", "sub/gen/b.ts", "b.ts"].map((path) => answer(repository, path))).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect(["gen", "sub/gen", "lib"].map((folder) => isFolderUncommitted(repository, folder))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("perhaps what another index lists, which this one only adds to", () => {
    const repository = repositoryWith(["gen/b.ts"], "2");
    execFileSync("git", ["-C", repository.files.root, "update-index", "--split-index"], { stdio: "pipe" });
    const split = new Repository(repository.files.root);
    expect(answer(split, "gen/b.ts")).toBeUndefined();
  });

  it("what is on disk where there is no index, unless it is ignored", () => {
    const root = writeRepository({ ".gitignore": "gen\n", "a.ts": "", "gen/b.ts": "" });
    const repository = new Repository(root);
    expect(["a.ts", "gen/b.ts", "gone.ts"].map((path) => answer(repository, path))).toEqual([true, undefined, false]);
  });

  it("other files once the index has changed", () => {
    const root = writeRepository({ ".gitignore": "gen\n", "gen/b.ts": "" });
    const before = new Repository(root);
    expect(answer(before, "gen/b.ts")).toBeUndefined();
    writeFiles(root, { ".git/index": "DIRC\0\0\0\u0002" });
    expect(before.files.isCurrent()).toBe(false);
    expect(answer(new Repository(root), "gen/b.ts")).toBe(false);
  });
});
