import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { satisfies } from "semver";
import { REFUSES_PREVIEW_KEY, REJECTED_FLAGS } from "../../src/tools/convex.data.ts";
import { CONVEX_RELEASES, FakeConvex, tryCommand, type ConvexRelease } from "./convex.ts";

const MAIN = "node node_modules/convex/bin/main.js";
const RELEASES = Object.keys(CONVEX_RELEASES) as ConvexRelease[];
/** Has the form of a key, and none of its content. */
const TOKEN = "eyJ2MiI6Im5vdCBhIGtleSJ9";
const PROD = `prod:joyful-jaguar-123|${TOKEN}`;
const PREVIEW = `preview:team:project|${TOKEN}`;
const SELF_HOSTED = { CONVEX_SELF_HOSTED_URL: "$URL", CONVEX_SELF_HOSTED_ADMIN_KEY: "joyful|0123" };

let server: FakeConvex;

beforeAll(async () => {
  server = await FakeConvex.start();
});

afterAll(() => {
  server.stop();
});

const run = (release: ConvexRelease, command: string, env: Readonly<Record<string, string>> = {}) =>
  tryCommand({ release, line: `${MAIN} ${command}`, env, files: {} }, server);

/** What the CLI says where the model finds a mistake. */
const SAYS: Readonly<Record<string, RegExp>> = {
  conflictingDeployment: /must not be set when/,
  malformedKey: /Please set CONVEX_DEPLOY_KEY to a new key/,
  personalCommand: /requires being logged in with a personal access token/,
  previewKey: /doesn't support CONVEX_DEPLOY_KEY|Use `npx convex deploy` to use preview deployments/,
  rejectedFlag: /unknown option '/,
  removedCommand: /auth commands were removed|`reinit` command is deprecated/,
  unknownCommand: /unknown command '/,
};

/** The kind of mistake that the CLI complains of. */
function complaintIn(output: string): string | undefined {
  return Object.keys(SAYS).find((kind) => SAYS[kind]?.test(output));
}

describe.concurrent("a flag that is called rejected is an unknown option", () => {
  const rows = RELEASES.flatMap((release) =>
    REJECTED_FLAGS.filter(({ versions }) => satisfies(release, versions)).flatMap(({ commands, flags }) =>
      commands.flatMap((command) => flags.map((flag) => [release, command, flag] as const)),
    ),
  );
  it.each(rows)("%s %s %s", { timeout: 120_000 }, async (release, command, flag) => {
    const line = `${command}${command === "export" ? " --path x" : ""} ${flag}`;
    const { output, mistakes } = await run(release, line, { CONVEX_DEPLOY_KEY: PROD });
    expect(output).toContain(`unknown option '${flag}'`);
    expect(mistakes).toContain("rejectedFlag");
  });
});

describe.concurrent("no other flag is called rejected", () => {
  // Flags that exclude each other are tried apart.
  const commands = [
    "run messages:list",
    "data",
    "export --path x",
    "import data.jsonl",
    "logs",
    "function-spec",
    "env",
  ];
  const accepted: readonly (readonly [command: string, flags: string])[] = [
    ["codegen", "--dry-run --debug --typecheck try --init --admin-key x --url x --live-component-sources --commonjs"],
    [
      "deploy",
      "-v --verbose --dry-run -y --yes --typecheck try --typecheck-components --codegen enable --cmd x --cmd-url-env-var-name X --preview-run x --preview-create x --admin-key x --url x --env-file data.jsonl",
    ],
    ["deploy", "--preview-name x"],
    [
      "dev",
      "-v --verbose --typecheck try --typecheck-components --codegen enable --run x --tail-logs always --env-file data.jsonl --admin-key x --url x",
    ],
    ["dev", "--once --skip-push"],
    ["dev", "--until-success --configure new --team x --project x --prod"],
    ...commands.flatMap((command) =>
      ["--url x --admin-key x --env-file data.jsonl", "--prod", "--preview-name x", "--deployment-name x"].map(
        (flags) => [command, flags] as const,
      ),
    ),
  ];
  const rows = RELEASES.flatMap((release) => accepted.map(([command, flags]) => [release, command, flags] as const));
  it.each(rows)("%s %s %s", { timeout: 120_000 }, async (release, command, flags) => {
    // The CLI names the first flag that it does not know, and runs nothing.
    const { output, mistakes } = await run(release, `${command} ${flags} --unheard-of`);
    expect(output).toContain("unknown option '--unheard-of'");
    expect(mistakes).not.toContain("rejectedFlag");
  });
});

describe.concurrent("the CLI complains where the model does", () => {
  const rows: readonly (readonly [ConvexRelease, string, Readonly<Record<string, string>>, string | undefined])[] = [
    ...RELEASES.flatMap((release) =>
      ["auth add", "auth list", "auth remove", "reinit"].map(
        (command) => [release, command, {}, "removedCommand"] as const,
      ),
    ),
    ...RELEASES.flatMap((release) =>
      ["generate", "typegen", "push --yes", "deploy:prod"].map(
        (command) => [release, command, {}, "unknownCommand"] as const,
      ),
    ),
    ["1.48.0", "deployment token create x", { CONVEX_DEPLOY_KEY: PROD }, "personalCommand"],
    ["1.48.0", "deployment token delete x", { CONVEX_DEPLOY_KEY: PROD }, "personalCommand"],
    ["1.48.0", "deployment token create x", {}, "personalCommand"],
    ...RELEASES.flatMap((release) =>
      ["deploy", "dev --once", "run messages:list", "env list", "data", "export --path x", "function-spec"].flatMap(
        (command) => [
          [release, command, { CONVEX_DEPLOY_KEY: "prod:joyful-jaguar-123:key" }, "malformedKey"] as const,
          [release, command, { ...SELF_HOSTED, CONVEX_DEPLOYMENT: "dev:x" }, "conflictingDeployment"] as const,
        ],
      ),
    ),
    ["1.48.0", "init", { CONVEX_DEPLOY_KEY: "dummy" }, "malformedKey"],
    ["1.48.0", "codegen", { CONVEX_DEPLOYMENT_TOKEN: "dummy" }, "malformedKey"],
    ["1.27.5", "codegen", { CONVEX_DEPLOY_KEY: "dummy" }, "malformedKey"],
    ["1.48.0", "deploy", { CONVEX_DEPLOY_KEY: "", CONVEX_DEPLOYMENT_TOKEN: "dummy" }, "malformedKey"],
    ["1.48.0", "deploy", { CONVEX_DEPLOY_KEY: "<ignore_deploy_key>" }, undefined],
    ["1.48.0", "deploy", { CONVEX_DEPLOY_KEY: PROD, CONVEX_DEPLOYMENT: "dev:x", ...SELF_HOSTED }, undefined],
    ["1.48.0", "deploy --url $URL --admin-key x", { CONVEX_DEPLOY_KEY: "dummy" }, undefined],
    ...[...REFUSES_PREVIEW_KEY.keys()].map(
      (command) => ["1.48.0", command, { CONVEX_DEPLOY_KEY: PREVIEW }, "previewKey"] as const,
    ),
    ["1.27.5", "dev --once", { CONVEX_DEPLOY_KEY: PREVIEW }, "previewKey"],
    ["1.27.5", "codegen", { CONVEX_DEPLOY_KEY: PREVIEW }, undefined],
    ["1.48.0", "deploy --preview-name x", { CONVEX_DEPLOY_KEY: PREVIEW }, undefined],
    ["1.48.0", "codegen", { CONVEX_DEPLOY_KEY: `preview:joyful-jaguar-123|${TOKEN}` }, undefined],
    ["1.48.0", "codegen", { CONVEX_DEPLOY_KEY: `project:team:project|${TOKEN}` }, undefined],
    ["1.48.0", "codegen --system-udfs", { CONVEX_DEPLOY_KEY: PREVIEW }, undefined],
  ];
  it.each(rows)("%s %s %j: %s", { timeout: 120_000 }, async (release, command, env, kind) => {
    const { output, mistakes } = await run(release, command, env);
    expect([complaintIn(output), mistakes]).toEqual([kind, kind === undefined ? [] : [kind]]);
  });
});

describe.concurrent("the CLI goes where the model says", () => {
  const elsewhere = "http://127.0.0.1:9";
  const half = ["codegen", "deploy", "dev --once", "run messages:list", "env list", "data"].flatMap((command) =>
    [`--url ${elsewhere}`, "--admin-key x"].map((flag) => `${command} ${flag}`),
  );
  it.each(half)("%s: to the deployment of the key", { timeout: 120_000 }, async (command) => {
    const { output, mistakes } = await run("1.48.0", command, { CONVEX_DEPLOY_KEY: `dev:joyful-jaguar-123|${TOKEN}` });
    expect(output).toContain(`${server.url}/api/deployment/url_for_key`);
    expect(output).not.toContain(elsewhere);
    expect(mistakes).toEqual(["ignoredFlag"]);
  });

  it.each(RELEASES)("%s dev: to production, with its key", { timeout: 120_000 }, async (release) => {
    const { output, mistakes } = await run(release, "dev --once", { CONVEX_DEPLOY_KEY: PROD });
    expect(output).toContain(`${server.url}/api/deployment/url_for_key`);
    expect(mistakes).toEqual(["productionKey"]);
  });
});
