import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** The files of a repository, by path. */
export type RepositoryFiles = Readonly<Record<string, string>>;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes a repository to a real folder of its own, which is removed after the tests of the file; gives its absolute path. */
export function writeRepository(files: RepositoryFiles): string {
  const root = mkdtempSync(join(tmpdir(), "preflight-"));
  folders.push(root);
  writeFiles(root, { ".git/HEAD": "ref: refs/heads/main\n", ...files });
  return root;
}

/** Writes further files into a folder. */
export function writeFiles(root: string, files: RepositoryFiles): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
