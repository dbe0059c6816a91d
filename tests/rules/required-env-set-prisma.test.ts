import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const workflow = (steps: string, job = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const run = (command: string, more = ""): string => `      - run: ${command}\n${more}`;
const INSTALL = run("npm ci");
const URL = "          DATABASE_URL: postgresql://localhost/a\n";
const withUrl = (command: string): string => run(command, `        env:\n${URL}`);
const SCHEMA = `generator client {
  provider = "prisma-client-js"
}

datasource db {
  provider  = "postgresql"
  url       = env("DATABASE_URL")
  directUrl = env("DIRECT_URL")
}
`;
const manifest = (version: string, more: object = {}): string =>
  JSON.stringify({
    scripts: { migrate: "prisma migrate deploy", postinstall: "prisma generate" },
    devDependencies: { prisma: version },
    ...more,
  });
const CONFIG =
  'import { defineConfig } from "prisma/config";\nexport default defineConfig({ schema: "db/schema.prisma" });\n';
const repository = (steps: string, others: RepositoryFiles = {}, job = "") => ({
  name: [steps, job, ...Object.entries(others).flat()].join(" ").replaceAll(/\s+/g, " "),
  file: WORKFLOW,
  files: {
    [WORKFLOW]: workflow(steps, job),
    "package.json": manifest("6.19.3"),
    "prisma/schema.prisma": SCHEMA,
    ...others,
  },
});
const deploy = withUrl("npx prisma migrate deploy");
const DEPLOY = INSTALL + deploy;
const report = (command: string, at = "prisma/schema.prisma:8", name = "DIRECT_URL"): string =>
  `\`${command}\` fails: ${at} requires \`${name}\`, and nothing sets it.`;
const found = (steps: string, message: string, others: RepositoryFiles = {}) => ({
  ...repository(steps, others),
  errors: [{ message, suggestions: 2 }],
});
const moved = (path: string, more: RepositoryFiles = {}): RepositoryFiles => ({
  "prisma/schema.prisma": "",
  [path]: SCHEMA,
  ...more,
});

new RuleTester().run("required-env-set", {
  valid: [
    // All of its variables are set, or may be.
    repository(INSTALL + run("npx prisma migrate deploy", `        env:\n${URL}          DIRECT_URL: a\n`)),
    repository(DEPLOY, {}, "    env:\n      DIRECT_URL: ${{ secrets.DIRECT_URL }}\n"),
    repository(INSTALL + run('echo "DIRECT_URL=a" >> $GITHUB_ENV') + deploy),
    repository(INSTALL + run("cp .env.example .env") + deploy),
    repository(INSTALL + withUrl("doppler run -- npx prisma migrate deploy")),
    repository(`${INSTALL}      - uses: acme/setup@v1\n${deploy}`),
    ...[".env", "prisma/.env"].map((path) => repository(DEPLOY, { [path]: "DIRECT_URL=a\n" })),
    repository(DEPLOY, {
      "package.json": manifest("6.19.3", { prisma: { schema: "db/schema.prisma" } }),
      "db/schema.prisma": SCHEMA,
      "prisma/.env": "DIRECT_URL=a\n",
    }),
    // It reads no schema, or no variables of it.
    repository(INSTALL),
    ...[
      "generate",
      "format",
      "db seed",
      "studio",
      "version",
      "migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma",
      "migrate deploy --help",
      "migrate resolve",
      "db pull --url postgresql://localhost/a",
      "db execute --file a.sql --url postgresql://localhost/a",
      "migrate deploy --config other.config.ts",
      "migrate deploy --schema ${{ github.event.inputs.schema }}",
      "migrate deploy ${{ github.event.inputs.flags }}",
    ].map((command) => repository(INSTALL + withUrl(`npx prisma ${command}`))),
    repository(DEPLOY, { "prisma/schema.prisma": SCHEMA.replace("directUrl", "shadowDatabaseUrl") }),
    repository(DEPLOY, { "prisma/schema.prisma": SCHEMA.replace("directUrl", "// directUrl") }),
    repository(DEPLOY, { "prisma/schema.prisma": SCHEMA.replace('env("DIRECT_URL")', '"postgresql://localhost"') }),
    // Which schema it reads is not known, or it need not be as it was committed.
    repository(INSTALL + run("sed -i /directUrl/d prisma/schema.prisma") + deploy),
    repository(DEPLOY, { ".gitignore": "prisma/schema.prisma\n" }),
    repository(DEPLOY, moved("db/schema.prisma")),
    repository(DEPLOY, { "package.json": manifest("6.19.3", { prisma: { schema: "db/schema.prisma" } }) }),
    repository(DEPLOY, { "package.json": manifest("6.19.3", { prisma: { schema: 1 } }) }),
    repository(INSTALL + withUrl("npx prisma migrate deploy --schema other.prisma")),
    repository(INSTALL + withUrl("npx prisma migrate deploy --schema ../schema.prisma")),
    repository(DEPLOY, { "schema.prisma": "" }),
    ...[
      CONFIG,
      `import "./env";\n${CONFIG.replace("db/", "prisma/")}`,
      CONFIG.replace('"db/schema.prisma"', "SCHEMA"),
      CONFIG.replace(" });", ', datasource: { url: "postgresql://localhost" } });').replace("db/", "prisma/"),
    ].map((text) => repository(DEPLOY, { "prisma.config.ts": text })),
    repository(DEPLOY, { "prisma.config.ts": CONFIG.replace("db/", "prisma/"), "prisma.config.js": "" }),
    repository(INSTALL + withUrl("npx prisma validate --schema db"), {
      "package.json": manifest("6.0.0"),
      "db/a.prisma": SCHEMA,
    }),
    repository(INSTALL + withUrl("npx prisma validate --schema db"), { "db/a.prisma": SCHEMA, "db/b.prisma": SCHEMA }),
    repository(INSTALL + withUrl("npx prisma db execute --file a.sql --schema prisma/schema.prisma"), {
      "package.json": manifest("4.16.2"),
    }),
    // Which Prisma runs is not known, or it is another one.
    ...["7.0.0", "^7", "latest", ">=6", "3.15.2"].map((version) =>
      repository(DEPLOY, { "package.json": manifest(version) }),
    ),
    repository(deploy),
    repository(INSTALL + withUrl("prisma migrate deploy")),
    repository(INSTALL + withUrl("npx prisma@7 migrate deploy")),
    repository(INSTALL + withUrl("npx prisma@latest migrate deploy")),
    repository(INSTALL + run("npm install --no-save prisma@7") + deploy),
    repository(DEPLOY, { "package.json": "{}" }),
    repository(`      - uses: actions/checkout@v5\n        with:\n          repository: acme/other\n${DEPLOY}`),
    // Its failure is not the job's.
    repository(INSTALL + withUrl("npx prisma migrate status || true")),
  ],
  invalid: [
    {
      ...repository(DEPLOY),
      errors: [
        {
          message: report("npx prisma migrate deploy"),
          suggestions: [
            {
              messageId: "addStepEnv",
              output: workflow(DEPLOY.replace(URL, `${URL}          DIRECT_URL: \${{ secrets.DIRECT_URL }}\n`)),
            },
            {
              messageId: "addJobEnv",
              output: workflow(DEPLOY, "    env:\n      DIRECT_URL: ${{ secrets.DIRECT_URL }}\n"),
            },
          ],
        },
      ],
    },
    {
      ...repository(INSTALL + run("npx prisma db push --skip-generate")),
      errors: [
        {
          message:
            "`npx prisma db push --skip-generate` fails: prisma/schema.prisma:7 requires `DATABASE_URL` and `DIRECT_URL`, and nothing sets them.",
          suggestions: 2,
        },
      ],
    },
    ...[
      "migrate dev",
      "migrate reset --force",
      "migrate resolve --applied 20260101",
      "migrate status",
      "db pull --print",
      "validate",
      "db execute --file a.sql --schema prisma/schema.prisma",
      "migrate deploy --schema=./prisma/schema.prisma",
    ].map((command) => found(INSTALL + withUrl(`npx prisma ${command}`), report(`npx prisma ${command}`))),
    found(
      INSTALL + withUrl("npm run migrate"),
      "`npm run migrate` runs `prisma migrate deploy` (package.json:1 `prisma migrate deploy`), which fails: prisma/schema.prisma:8 requires `DIRECT_URL`, and nothing sets it.",
    ),
    ...["^5.0.0", "4.16.2", "~6.1.0"].map((version) =>
      found(DEPLOY, report("npx prisma migrate deploy"), { "package.json": manifest(version) }),
    ),
    found(withUrl("npx prisma@6.19.3 validate"), report("npx prisma@6.19.3 validate"), { "package.json": "{}" }),
    found(DEPLOY, report("npx prisma migrate deploy", "schema.prisma:8"), { "schema.prisma": SCHEMA }),
    found(
      DEPLOY,
      report("npx prisma migrate deploy", "db/a.prisma:8"),
      moved("db/a.prisma", { "package.json": manifest("6.19.3", { prisma: { schema: "./db/a.prisma" } }) }),
    ),
    found(
      DEPLOY,
      report("npx prisma migrate deploy", "db/schema.prisma:8"),
      moved("db/schema.prisma", {
        "package.json": manifest("6.19.3", { prisma: { schema: "other.prisma" } }),
        "prisma.config.ts": `import "dotenv/config";\n${CONFIG}`,
      }),
    ),
    // Prisma 5 loads no configuration.
    found(DEPLOY, report("npx prisma migrate deploy"), {
      "package.json": manifest("5.22.0"),
      "prisma.config.ts": CONFIG,
    }),
    found(
      INSTALL + withUrl("npx prisma validate --schema db"),
      report("npx prisma validate --schema db", "db/base/source.prisma:8"),
      { "db/base/source.prisma": SCHEMA, "db/user.prisma": "model User {\n  id Int @id\n}\n" },
    ),
    found(
      INSTALL + withUrl("npx prisma validate --schema db"),
      report("npx prisma validate --schema db", "db/a.prisma:9"),
      {
        "package.json": manifest("6.0.0"),
        "db/a.prisma": SCHEMA.replace("\n}", '\n  previewFeatures = ["prismaSchemaFolder"]\n}'),
      },
    ),
    found(DEPLOY, report("npx prisma migrate deploy"), { ".env.example": "DIRECT_URL=\n" }),
  ],
});
