import { describe, expect, it } from "vitest";
import { droppedVariables } from "../../src/faults/turbo/dropped-variables.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      DATABASE_URL: \${{ secrets.DATABASE_URL }}
    steps:
      - uses: actions/checkout@v5
      - run: npm ci
      - run: npx turbo run build
`;

const manifest = (script: string, version: string): string =>
  JSON.stringify({
    name: "web",
    scripts: { build: script },
    dependencies: { "@acme/db": "*", next: version, postgres: "3.4.5" },
  });

/** What reads a variable that turbo keeps from the build of an app whose route handler imports what connects to a database. */
function readersIn(files: RepositoryFiles, script = "next build", version = "16.4.6"): readonly string[] {
  const root = writeRepository({
    ".github/workflows/ci.yml": WORKFLOW,
    "package.json": JSON.stringify({ workspaces: ["apps/*", "packages/*"], devDependencies: { turbo: "2.11.11" } }),
    "turbo.json": `{ "tasks": { "build": {} } }`,
    "apps/web/package.json": manifest(script, version),
    "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    "apps/web/app/api/route.ts": ROUTE,
    "apps/web/lib/db.ts": DATABASE,
    ...files,
  });
  return droppedVariables(new Repository(root), "turbo.json").map(({ reason, reader }) => `${reason} by ${reader}`);
}

const ROUTE = 'import { db } from "@/lib/db";\nexport const GET = () => Response.json(db);\n';
const DATABASE = 'import postgres from "postgres";\n\nexport const db = postgres(process.env.DATABASE_URL!);\n';
const FOUND = ["read by `db.ts` (apps/web/lib/db.ts:3)"];
const NO_ROUTE: RepositoryFiles = { "apps/web/app/api/route.ts": "export const GET = () => Response.json({});\n" };
const page = (text: string): string =>
  `import { db } from "@/lib/db";\n${text}\nexport default () => <p>{db.url}</p>;\n`;
const CLIENT = `"use client";\n${page("")}`;
const LAYOUT: RepositoryFiles = {
  "apps/web/app/layout.tsx": "export default ({ children }) => <html><body>{children}</body></html>;\n",
};

describe("a variable that turbo drops is read by a module that `next build` evaluates", () => {
  it.each<[what: string, files: RepositoryFiles, isFound: boolean]>([
    ["for a route handler", {}, true],
    ["for one on the edge", { "apps/web/app/api/route.ts": `export const runtime = "edge";\n${ROUTE}` }, false],
    ["for a page on request", { ...NO_ROUTE, "apps/web/app/[id]/page.tsx": page('export const dynamic = "x";') }, true],
    ["for a page of the pages router", { ...NO_ROUTE, "apps/web/pages/a.tsx": page("") }, true],
    ["for an API route of it", { ...NO_ROUTE, "apps/web/pages/api/a.ts": ROUTE }, false],
    ["for a component of the browser", { ...NO_ROUTE, ...LAYOUT, "apps/web/app/a/page.tsx": CLIENT }, true],
    ["for one on request", { ...NO_ROUTE, ...LAYOUT, "apps/web/app/[id]/page.tsx": CLIENT }, false],
    ["for a middleware", { ...NO_ROUTE, "apps/web/middleware.ts": ROUTE }, false],
    ["for nothing", NO_ROUTE, false],
    [
      "later, if at all",
      { "apps/web/app/api/route.ts": 'export const GET = async () => Response.json(await import("@/lib/db"));\n' },
      false,
    ],
    [
      "for a type",
      { "apps/web/app/api/route.ts": 'import type { db } from "@/lib/db";\nexport const GET = f;\n' },
      false,
    ],
    ["in a function", { "apps/web/lib/db.ts": DATABASE.replace("db =", "db = () =>") }, false],
    ["which sets it", { "apps/web/lib/db.ts": `${DATABASE}process.env.DATABASE_URL ??= "x";\n` }, false],
    ["beside one that may", { "apps/web/lib/db.ts": `${DATABASE}import "varlock/env";\n` }, false],
    ["beside a dotenv file of its own", { "apps/web/lib/db.ts": `${DATABASE}import "dotenv/config";\n` }, true],
    [
      "beside another one",
      { "apps/web/lib/db.ts": `import { config } from "dotenv";\nconfig({ path: "../ci.txt" });\n${DATABASE}` },
      false,
    ],
    [
      "unless Turbopack leaves it out",
      { "apps/web/lib/db.ts": "export const db = process.env.DATABASE_URL;\n" },
      false,
    ],
    [
      "as one of the app's settings",
      { "apps/web/next.config.ts": "export default { reactStrictMode: true };\n" },
      true,
    ],
    ["unless it is built in", { "apps/web/next.config.ts": "export default { env: { DATABASE_URL: url } };\n" }, false],
    [
      "unless it is built in for the server",
      { "apps/web/next.config.ts": "export default { compiler: { defineServer: variables } };\n" },
      false,
    ],
    ["unless a dotenv file has it", { "apps/web/.env.production": "DATABASE_URL=x\n" }, false],
    [
      "unless another package is given it",
      {
        "packages/db/turbo.json": '{ "tasks": { "a": { "env": ["DATABASE_URL"] } } }',
        "packages/db/package.json": '{ "name": "@acme/db" }',
      },
      false,
    ],
    [
      "unless a step makes a dotenv file",
      { ".github/workflows/ci.yml": WORKFLOW.replace("npm ci", "echo A=b > apps/web/.env.production") },
      false,
    ],
    ["unless turbo is loose", { "turbo.json": '{ "envMode": "loose", "tasks": { "build": {} } }' }, false],
    ["unless it is declared", { "turbo.json": '{ "tasks": { "build": { "env": ["DATABASE_*"] } } }' }, false],
  ])("%s", (_, files, isFound) => {
    expect(readersIn(files)).toEqual(isFound ? FOUND : []);
  });

  it("that is the route handler itself", () => {
    const text = "const url = process.env.DATABASE_URL;\nexport const GET = () => Response.json({ url });\n";
    expect(readersIn({ "apps/web/app/api/route.ts": text })).toEqual([
      "read by `route.ts` (apps/web/app/api/route.ts:1)",
    ]);
  });

  it.each<[script: string, version: string, isFound: boolean]>([
    ["next build", "14.2.35", true],
    ["next build", "^15.0.0", true],
    ["next build --webpack", "16.4.6", true],
    ["prisma generate && next build", "16.4.6", true],
    ["next build", "13.5.6", false],
    ["next dev", "16.4.6", false],
    ["next build ../other", "16.4.6", false],
    ["next build --experimental-build-mode compile", "16.4.6", false],
    ["NODE_OPTIONS=--max-old-space-size=4096 next build", "16.4.6", true],
    ["NODE_OPTIONS='--import ./env.js' next build", "16.4.6", false],
    ["DATABASE_URL=x next build", "16.4.6", false],
    ["dotenv -e ../../.env -- next build", "16.4.6", false],
  ])("with `%s` of Next.js %s", (script, version, isFound) => {
    expect(readersIn({}, script, version)).toEqual(isFound ? FOUND : []);
  });

  const linked = (text: string, others: RepositoryFiles = {}): RepositoryFiles => ({
    "apps/web/app/api/route.ts": ROUTE.replace("@/lib/db", "@acme/db"),
    "apps/web/lib/db.ts": "",
    "packages/db/package.json": '{ "name": "@acme/db", "exports": "./src/index.ts" }',
    "packages/db/src/index.ts": text,
    ...others,
  });
  const inPackage = ["read by `index.ts` (packages/db/src/index.ts:3)"];

  it.each<[what: string, files: RepositoryFiles, expected: readonly string[]]>([
    ["of the workspace", linked(DATABASE), inPackage],
    [
      "that another one loads",
      linked('export * from "./client";\n', { "packages/db/src/client.ts": DATABASE }),
      ["read by `client.ts` (packages/db/src/client.ts:3)"],
    ],
    [
      "that another package loads",
      linked('export * from "@acme/sql";\n', {
        "packages/db/package.json":
          '{ "name": "@acme/db", "exports": "./src/index.ts", "dependencies": { "@acme/sql": "*" } }',
        "packages/sql/package.json": '{ "name": "@acme/sql", "main": "src/index.ts" }',
        "packages/sql/src/index.ts": DATABASE,
      }),
      ["read by `index.ts` (packages/sql/src/index.ts:3)"],
    ],
    ["with a dotenv file in the app", linked(DATABASE, { "apps/web/.env": "DATABASE_URL=x\n" }), []],
    ["with a dotenv file beside it", linked(DATABASE, { "packages/db/.env": "DATABASE_URL=x\n" }), []],
    [
      "without effects, as it says",
      linked(DATABASE, {
        "packages/db/package.json": '{ "name": "@acme/db", "sideEffects": false, "exports": "./src/index.ts" }',
      }),
      [],
    ],
    [
      "of which modules are taken one by one",
      linked(DATABASE, {
        "apps/web/next.config.ts": 'export default { experimental: { optimizePackageImports: ["@acme/db"] } };\n',
      }),
      [],
    ],
    [
      "beside one of which modules are",
      linked(DATABASE, {
        "apps/web/next.config.ts": 'export default { experimental: { optimizePackageImports: ["lucide-react"] } };\n',
      }),
      inPackage,
    ],
    [
      "in whose place another file stands",
      linked(DATABASE, {
        "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@acme/db": ["./mock.ts"] } } }',
        "apps/web/mock.ts": "export const db = 1;\n",
      }),
      [],
    ],
  ])("of a package %s", (_, files, expected) => {
    expect(readersIn(files)).toEqual(expected);
  });

  it.each<[skip: string, isFound: boolean]>([
    ["!!process.env.SKIP_ENV_VALIDATION", true],
    ["!!process.env.CI", false],
    ["isSkipped", true],
  ])("for a schema whose values are given one by one, and which %s skips", (skip, isFound) => {
    const text = `import { createEnv } from "@t3-oss/env-nextjs";\n\nexport const db = createEnv({ server: { DATABASE_URL: z.url() }, runtimeEnv: { DATABASE_URL: process.env.DATABASE_URL }, skipValidation: ${skip} });\n`;
    expect(readersIn({ "apps/web/lib/db.ts": text })).toEqual(isFound ? FOUND : []);
  });
});
