import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RepositoryFiles } from "../support/temporary.ts";
import { FakeConvex, judge, type ConvexCase, type ConvexRelease } from "./convex.ts";

const TOKEN = "eyJ2MiI6Im5vdCBhIGtleSJ9";
const PROD = `prod:joyful-jaguar-123|${TOKEN}`;

/** A way to give a credential, or not. */
interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: RepositoryFiles;
  readonly flags?: string;
}

const GIVEN = {
  nothing: {},
  "a production key": { env: { CONVEX_DEPLOY_KEY: PROD } },
  "a development key": { env: { CONVEX_DEPLOY_KEY: `dev:joyful-jaguar-123|${TOKEN}` } },
  "a preview key": { env: { CONVEX_DEPLOY_KEY: `preview:team:project|${TOKEN}` } },
  "a project key": { env: { CONVEX_DEPLOY_KEY: `project:team:project|${TOKEN}` } },
  "an empty key": { env: { CONVEX_DEPLOY_KEY: "" } },
  "a deployment token": { env: { CONVEX_DEPLOYMENT_TOKEN: PROD } },
  "a deployment": { env: { CONVEX_DEPLOYMENT: "dev:joyful-jaguar-123" } },
  "a deployment and an access token": {
    env: { CONVEX_DEPLOYMENT: "dev:joyful-jaguar-123", CONVEX_OVERRIDE_ACCESS_TOKEN: TOKEN },
  },
  "an access token": { env: { CONVEX_OVERRIDE_ACCESS_TOKEN: TOKEN } },
  "a deployment and another access token": {
    env: { CONVEX_DEPLOYMENT: "dev:joyful-jaguar-123", CONVEX_ACCESS_TOKEN: TOKEN },
  },
  "a self-hosted pair": {
    env: { CONVEX_SELF_HOSTED_URL: "$URL", CONVEX_SELF_HOSTED_ADMIN_KEY: "joyful|0123" },
  },
  "a self-hosted URL": { env: { CONVEX_SELF_HOSTED_URL: "$URL" } },
  "a self-hosted key": { env: { CONVEX_SELF_HOSTED_ADMIN_KEY: "joyful|0123" } },
  "an empty self-hosted pair": { env: { CONVEX_SELF_HOSTED_URL: "", CONVEX_SELF_HOSTED_ADMIN_KEY: "" } },
  "the URL of an application": { env: { NEXT_PUBLIC_CONVEX_URL: "$URL", CONVEX_URL: "$URL" } },
  "agent mode": { env: { CONVEX_AGENT_MODE: "anonymous" } },
  "a key in .env.local": { files: { ".env.local": `CONVEX_DEPLOY_KEY='${PROD}'\n` } },
  "a key in .env": { files: { ".env": `CONVEX_DEPLOY_KEY='${PROD}'\n` } },
  "a key in .env.production": { files: { ".env.production": `CONVEX_DEPLOY_KEY='${PROD}'\n` } },
  "a deployment in .env.local": { files: { ".env.local": "CONVEX_DEPLOYMENT=dev:joyful-jaguar-123\n" } },
  "an empty key in .env.local": { files: { ".env.local": "CONVEX_DEPLOY_KEY=\n" } },
  "an empty key in .env.local before one in .env": {
    files: { ".env.local": "CONVEX_DEPLOY_KEY=\n", ".env": `CONVEX_DEPLOY_KEY='${PROD}'\n` },
  },
  "an empty key before one in .env.local": {
    env: { CONVEX_DEPLOY_KEY: "" },
    files: { ".env.local": `CONVEX_DEPLOY_KEY='${PROD}'\n` },
  },
  "a self-hosted pair in two places": {
    env: { CONVEX_SELF_HOSTED_URL: "$URL" },
    files: { ".env.local": "CONVEX_SELF_HOSTED_ADMIN_KEY='joyful|0123'\n" },
  },
  "a deployment and, in .env.local, an access token": {
    env: { CONVEX_DEPLOYMENT: "dev:joyful-jaguar-123" },
    files: { ".env.local": `CONVEX_OVERRIDE_ACCESS_TOKEN=${TOKEN}\n` },
  },
  "flags for URL and key": { flags: "--url $URL --admin-key joyful" },
  "a flag for the URL": { flags: "--url $URL" },
  "a flag for the key": { flags: "--admin-key joyful" },
} as const satisfies Readonly<Record<string, Given>>;

type Name = keyof typeof GIVEN;

const COMMANDS = [
  "codegen",
  "codegen --init",
  "codegen --dry-run",
  "codegen --typecheck disable",
  "codegen --system-udfs",
  "codegen --help",
  "deploy",
  "deploy -y --dry-run",
  "deploy --cmd 'echo built'",
  "dev --once",
  "dev --once --skip-push",
  "init",
  "run messages:list",
  "env list",
  "env set NAME value",
  "import --table messages data.jsonl",
  "export --path out.zip",
  "logs",
  "data",
  "data messages",
  "function-spec",
  "dashboard --no-open",
  "typecheck",
  "docs --no-open",
  "mcp --help",
  "--version",
  "deploy --help",
];

const MAIN = "node node_modules/convex/bin/main.js";

type Row = readonly [release: ConvexRelease, line: string, given: Name, files?: RepositoryFiles];

/** The run by default: each class of commands, each kind of credential, each form of invocation. */
const COVERING: readonly Row[] = [
  ["1.27.5", `${MAIN} codegen`, "nothing"],
  ["1.27.5", `${MAIN} codegen`, "nothing", { "convex/convex.config.ts": "export default {};\n" }],
  ["1.27.5", "npx convex deploy", "nothing"],
  ["1.27.5", `${MAIN} run messages:list`, "a deployment token"],
  ["1.27.5", `${MAIN} env list`, "a production key"],
  ["1.48.0", "npx convex codegen", "nothing"],
  ["1.48.0", "npm run generate", "nothing"],
  ["1.48.0", "npm run generate", "a preview key"],
  ["1.48.0", "node_modules/.bin/convex codegen --init", "a deployment"],
  ["1.48.0", `${MAIN} codegen`, "a production key"],
  ["1.48.0", `${MAIN} codegen --system-udfs`, "nothing"],
  ["1.48.0", `${MAIN} codegen --typecheck disable`, "a key in .env.production"],
  ["1.48.0", `${MAIN} codegen`, "flags for URL and key"],
  ["1.48.0", `${MAIN} codegen`, "a flag for the URL"],
  ["1.48.0", `${MAIN} codegen`, "a self-hosted pair"],
  ["1.48.0", `${MAIN} codegen`, "a self-hosted pair in two places"],
  ["1.48.0", `${MAIN} deploy --cmd 'echo built'`, "an empty key before one in .env.local"],
  ["1.48.0", `${MAIN} deploy`, "a key in .env.local"],
  ["1.48.0", `${MAIN} run messages:list`, "a deployment token"],
  ["1.48.0", `${MAIN} env list`, "a self-hosted URL"],
  ["1.48.0", `${MAIN} import --table messages data.jsonl`, "the URL of an application"],
  ["1.48.0", `${MAIN} export --path out.zip`, "an access token"],
  ["1.48.0", `${MAIN} data`, "a deployment and an access token"],
  ["1.48.0", `${MAIN} logs`, "a deployment in .env.local"],
  ["1.48.0", `${MAIN} dev --once`, "agent mode"],
];

const IS_FULL = process.env["PREFLIGHT_ORACLE"] === "full";
/** Takes about half an hour. */
const PRODUCT: readonly Row[] = (["1.27.5", "1.48.0"] as const).flatMap((release) =>
  COMMANDS.flatMap((command) =>
    (Object.keys(GIVEN) as Name[]).map((given): Row => [release, `${MAIN} ${command}`, given]),
  ),
);
const ROWS = (IS_FULL ? PRODUCT : COVERING).map((row) => [`${row[0]} ${row[1]} with ${row[2]}`, row] as const);

let server: FakeConvex;

beforeAll(async () => {
  server = await FakeConvex.start();
});

afterAll(() => {
  server.stop();
});

describe.concurrent("the Convex CLI and the model agree on", () => {
  it.each(ROWS)("%s", { timeout: 60_000 }, async (_, [release, line, name, files]) => {
    const { env = {}, files: given = {}, flags = "" }: Given = GIVEN[name];
    const item: ConvexCase = { release, line: `${line} ${flags}`.trim(), env, files: { ...given, ...files } };
    const { cli, model, output } = await judge(item, server);
    expect(model, output).toBe(cli);
  });
});
