/** The library by which actions/upload-artifact finds files judges which paths are said to find none for being hidden. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { artifactPaths } from "../../src/tools/artifact-paths.ts";
import { writeRepository } from "../support/temporary.ts";

/** What is used of @actions/glob, which is installed for the tests alone. */
interface Glob {
  create(patterns: string, options: object): Promise<{ glob(): Promise<string[]> }>;
}

/** As in src/shared/search.ts of the action. */
const OPTIONS = {
  followSymbolicLinks: true,
  implicitDescendants: true,
  omitBrokenSymbolicLinks: true,
  matchDirectories: false,
};

const VALUES = [
  ".next",
  ".next/",
  "./.next",
  ".//.next//",
  ".next/**",
  ".next/*",
  ".next/**/a.js",
  ".next/static",
  ".next/static/a.js",
  ".next/*/a.js",
  ".next/.hidden",
  ".env",
  ".env*",
  ".*",
  "dist",
  "dist/**",
  "dist/.vite",
  "dist/.vite/**",
  "apps/web/.next",
  "apps/web/.next/static",
  "apps/*/.next",
  "apps/*/.next/static",
  "apps/*/.next/**",
  "**/.next/**",
  "**/.next/static/a.js",
  "apps/**/*.js",
  "apps/web/.next\ndist",
  ".next\n!.next/cache",
  ".next\n# all of it\n\ndist",
  "# .next\ndist",
  "dist\n!dist/.vite",
  ".next\n.next/static",
  ".next/static\n.next",
  ".\n.next/static",
  "apps\napps/web/.next/static",
  "apps/*\napps/web/.next/static",
  "apps/web\napps/web/.next/static\ndist",
  "**/a.js\n.next/static",
  "dist\n.next/static",
  "!!.next\ndist",
  "! ! .next/static",
  ".next\r\ndist\r\n",
];

let workspace: string;
const before = process.cwd();
beforeAll(() => {
  // It tells the runner what it does.
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const files = ["a.js", ".hidden/a.js", "static/a.js", "cache/a.js"].flatMap((name) => [
    `.next/${name}`,
    `apps/web/.next/${name}`,
  ]);
  const others = [".env", ".env.local", "a.js", "dist/a.js", "dist/.vite/a.js", "apps/web/a.js"];
  workspace = writeRepository(Object.fromEntries([...files, ...others].map((path) => [path, "x"])));
  process.chdir(workspace);
});
afterAll(() => {
  process.chdir(before);
  vi.restoreAllMocks();
});

describe.each([
  ["0.5.0", "actions-glob-0.5"],
  ["0.6.1", "actions-glob-0.6"],
])("@actions/glob %s", (_, name) => {
  const filesOf = async (value: string, excludeHiddenFiles: boolean): Promise<readonly string[]> => {
    const library = (await import(name)) as Glob;
    return (await library.create(value, { ...OPTIONS, excludeHiddenFiles })).glob();
  };

  it.each(VALUES)("%j", async (value) => {
    const paths = artifactPaths(value);
    const uploaded = await filesOf(value, true);
    expect(uploaded.length === 0).toBe(paths.every(({ isHidden }) => isHidden));
    for (const { text, isHidden } of paths) {
      const meant = await filesOf(text, false);
      expect(meant).not.toEqual([]);
      expect([text, uploaded.some((path) => meant.includes(path))]).toEqual([text, !isHidden]);
    }
  });

  it.each(["../.next", ".next/../dist", ".next\ndist/./a.js", "!../dist\n.next"])("refuses %j", async (value) => {
    expect(artifactPaths(value)).toEqual([]);
    await expect(filesOf(value, true)).rejects.toThrow(/Relative pathing/);
  });

  it("finds them from the workspace", async () => {
    await expect(filesOf(".next/static", true)).resolves.toEqual([join(workspace, ".next/static/a.js")]);
  });
});
