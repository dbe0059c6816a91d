import { describe, expect, it } from "vitest";
import { executedReads, packageReads } from "../../src/faults/turbo/executed-sources.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { reachesOf } from "./command-line.ts";

/** Each file reads a variable of its own. */
const FILES: RepositoryFiles = Object.fromEntries(
  [
    "astro.config.mjs",
    "drizzle.config.ts",
    "next.config.js",
    "playwright.config.ts",
    "prisma.config.ts",
    "rolldown.config.ts",
    "src/main.ts",
    "tests/a.test.ts",
    "scripts/seed.ts",
    "vite.config.ts",
    "app.config.ts",
  ].map((path) => [path, `export default process.env.${nameOf(path)};\n`]),
);

function nameOf(path: string): string {
  return path.toUpperCase().replaceAll(/\W/g, "_");
}

const repository = new Repository(writeRepository({ "package.json": "{}", ...FILES }));

function read(line: string, by: typeof executedReads): readonly string[] {
  return reachesOf(line)
    .flatMap((reach) => [...by(repository, reach, "loaded").keys()])
    .sort();
}

describe("a command executes", () => {
  it.each([
    ["vite build", ["vite.config.ts"]],
    ["vitest run", ["tests/a.test.ts", "vite.config.ts"]],
    ["bun test", ["tests/a.test.ts"]],
    ["playwright test", ["playwright.config.ts", "tests/a.test.ts"]],
    ["next build", ["next.config.js"]],
    ["astro build", ["astro.config.mjs"]],
    ["drizzle-kit generate", ["drizzle.config.ts"]],
    ["prisma generate", ["prisma.config.ts"]],
    ["expo export", ["app.config.ts"]],
    ["tsx scripts/seed.ts", ["scripts/seed.ts"]],
    ["tsx --tsconfig a.json scripts/seed.ts", ["scripts/seed.ts"]],
    ["node scripts/seed.ts", ["scripts/seed.ts"]],
    ["bun scripts/seed.ts", ["scripts/seed.ts"]],
    // They only look at sources.
    ["tsc --noEmit", []],
    ["eslint .", []],
    ["prettier --check .", []],
  ])("%s: %o", (line, paths) => {
    expect(read(line, executedReads)).toEqual(paths.map(nameOf));
  });

  it.each([
    ["vite build", true],
    ["next build", true],
    ["tsup", true],
    ["vitest run", false],
    ["drizzle-kit generate", false],
    ["tsc", false],
  ])("%s with the package's sources: %s", (line, expected) => {
    const by: typeof executedReads = (repo, reach) => packageReads(repo, reach, "");
    expect(read(line, by).includes(nameOf("src/main.ts"))).toBe(expected);
  });
});
