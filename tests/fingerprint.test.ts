import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repositoryFingerprint } from "../src/fingerprint.ts";
import { fingerprintOf } from "../src/project/files.ts";
import { writeFiles, writeRepository } from "./support/temporary.ts";

const repository = (): string =>
  writeRepository({
    ".gitignore": "node_modules\ndist/\n*.log\n",
    "a.ts": "1",
    "apps/web/b.ts": "1",
    "dist/out.js": "1",
    "apps/web/debug.log": "1",
    "apps/web/.eslintcache": "1",
    ".cache/eslint/.cache_1x": "1",
    "node_modules/.package-lock.json": "{}",
    "node_modules/turbo/package.json": "{}",
  });

const fingerprint = (root: string): string | undefined => fingerprintOf(root, Infinity);

it.each<[string, (root: string) => void]>([
  [
    "a file that is changed",
    (root) => {
      writeFiles(root, { "apps/web/b.ts": "2" });
    },
  ],
  [
    "a file that is new",
    (root) => {
      writeFiles(root, { "apps/web/c": "" });
    },
  ],
  [
    "a file that is gone",
    (root) => {
      rmSync(join(root, "a.ts"));
    },
  ],
  [
    "a folder that is new",
    (root) => {
      writeFiles(root, { "apps/api/package.json": "{}" });
    },
  ],
  [
    "a file that git ignores, as it may be committed all the same",
    (root) => {
      writeFiles(root, { "dist/out.js": "2" });
    },
  ],
  [
    "an ignore file",
    (root) => {
      writeFiles(root, { ".gitignore": "node_modules\n" });
    },
  ],
  [
    "git's index, which lists what is committed",
    (root) => {
      writeFiles(root, { ".git/index": "DIRC" });
    },
  ],
  [
    "what the package manager has noted",
    (root) => {
      writeFiles(root, { "node_modules/.package-lock.json": "{ }" });
    },
  ],
  [
    "a package that is installed",
    (root) => {
      writeFiles(root, { "node_modules/convex/package.json": "{}" });
    },
  ],
])("a fingerprint tells %s", (_, change) => {
  const root = repository();
  const before = fingerprint(root);
  expect(fingerprint(root)).toBe(before);
  change(root);
  expect(fingerprint(root)).not.toBe(before);
});

it("a fingerprint is the same whatever happens in .git, in installed packages, to logs and to ESLint's cache", () => {
  const root = repository();
  const before = fingerprint(root);
  writeFiles(root, {
    "apps/web/debug.log": "2",
    "apps/web/.eslintcache": "2",
    ".cache/eslint/.cache_1x": "2",
    ".git/ORIG_HEAD": "",
    "node_modules/turbo/index.js": "",
  });
  expect(fingerprint(root)).toBe(before);
});

it("there is no fingerprint where something has changed since the process began, so that nothing is kept", () => {
  expect(repositoryFingerprint(join(repository(), "apps"))).toBeUndefined();
  const root = repository();
  expect(fingerprintOf(root, Date.now() + 60_000)).toBe(fingerprint(root));
  const { ctimeMs } = statSync(join(root, "a.ts"));
  rmSync(join(root, "apps/web/b.ts"));
  expect(fingerprintOf(root, ctimeMs)).toBeUndefined();
});
