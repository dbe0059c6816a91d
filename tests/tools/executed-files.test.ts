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

const repository = new Repository(
  writeRepository({
    "package.json": "{}",
    "prisma/schema.prisma": 'datasource db { url = env("PRISMA_SCHEMA_PRISMA") }',
    ...FILES,
  }),
);

/** Vitest has a configuration of its own, and webpack two, of which it is not known which is loaded. */
const withOthers = new Repository(
  writeRepository({
    "package.json": "{}",
    "vitest.config.ts": "export default process.env.VITEST_CONFIG_TS;",
    "webpack.config.js": "export default process.env.WEBPACK_CONFIG_JS;",
    "webpack.config.ts": "export default process.env.WEBPACK_CONFIG_TS;",
    ...FILES,
  }),
);

function read(line: string, by: typeof executedReads, from = repository): readonly string[] {
  return reachesOf(line)
    .flatMap((reach) => [...by(from, reach, "loaded").keys()])
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
    ["drizzle-kit generate --config=src/main.ts", ["src/main.ts"]],
    ["drizzle-kit generate --dialect sqlite --schema src/main.ts", []],
    ["drizzle-kit --version", []],
    ["prisma generate", ["prisma.config.ts"]],
    ["prisma migrate deploy", ["prisma.config.ts", "prisma/schema.prisma"]],
    ["prisma db seed", ["prisma.config.ts"]],
    ["vite build -c src/main.ts", ["src/main.ts"]],
    ["vite build --config gone.ts", []],
    ["vite build site", []],
    ["vite build --mode staging", ["vite.config.ts"]],
    ["vite build ${{ vars.FLAGS }}", []],
    ["vitest run --config src/main.ts", ["src/main.ts"]],
    ["vitest run --root site", []],
    ["playwright install", []],
    ["playwright test --grep a", ["playwright.config.ts"]],
    ["react-router build", ["vite.config.ts"]],
    ["react-router typegen", []],
    ["rolldown -c", ["rolldown.config.ts"]],
    ["rolldown -c --silent", ["rolldown.config.ts"]],
    ["rolldown src/main.ts", []],
    ["next lint", []],
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
    ["tsup", false],
    ["next lint", false],
    ["next build apps/web", false],
    ["next build --turbopack", true],
    ["react-router typegen", false],
    ["vite build --mode staging", true],
    ["vite build site", false],
    ["vite preview", false],
    ["vite build --root site", false],
    ["vitest run", false],
    ["drizzle-kit generate", false],
    ["tsc", false],
  ])("%s with the package's sources: %s", (line, expected) => {
    const by: typeof executedReads = (repo, reach) => packageReads(repo, reach, "");
    expect(read(line, by).includes(nameOf("src/main.ts"))).toBe(expected);
  });

  it.each([
    ["vitest run", ["tests/a.test.ts", "vitest.config.ts"]],
    ["vite build", ["vite.config.ts"]],
    ["webpack", []],
  ])("the one of several configurations that is its own: %s", (line, paths) => {
    expect(read(line, executedReads, withOthers)).toEqual(paths.map(nameOf));
  });
});
