/** The real tools judge what is said not to be there: they fail where that is said, run nothing where that is, and else run something. */
import { beforeAll, describe, expect, it } from "vitest";
import { missingScripts } from "../../src/faults/scripts/missing-scripts.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository } from "../support/temporary.ts";
import { INSTALLS, Lab, PACKAGE_MANAGERS, type Tool } from "./package-managers.ts";
import { startedProcesses, type TurboVersion } from "./turbo-binaries.ts";
import { callOf, repositoryOf, type Setup } from "./turbo-cases.ts";

const WORKFLOW = ".github/workflows/ci.yml";

/** What the models say of a command of a workflow: what is missing, and its name. */
function said(root: string, command: string, directory = ""): string | undefined {
  const step = { run: command, ...(directory !== "" && { "working-directory": directory }) };
  const steps = [{ uses: "actions/checkout@v5" }, step];
  writeFiles(root, { [WORKFLOW]: JSON.stringify({ on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps } } }) });
  const [fault] = missingScripts(new Repository(root), WORKFLOW);
  return fault && `${fault.kind} ${fault.names.join(" ")}`;
}

/** A command, where it runs, and what is missing. */
type Form = readonly [command: string, directory: string, missing: string | undefined];

const FORMS: Readonly<Record<Tool["kind"], readonly Form[]>> = {
  npm: [
    ["npm run build", "", undefined],
    ["npm run biuld", "", "script biuld"],
    ["npm run only-root", "packages/web", "script only-root"],
    ["npm run only-web -w web", "", undefined],
    ["npm run only-web -w web -w @acme/api", "", "script only-web"],
    ["npm run only-web -ws", "", "script only-web"],
    ["npm run build --workspace=gone", "", "package gone"],
  ],
  pnpm: [
    ["pnpm run build", "", undefined],
    ["pnpm run biuld", "", "script biuld"],
    ["pnpm no:script", "", "script no:script"],
    ["pnpm -w run only-web", "packages/web", "script only-web"],
    ["pnpm -C packages/web run only-root", "", "script only-root"],
    ["pnpm -r run only-web", "", undefined],
    ["pnpm -r run gone", "", "script gone"],
    ["pnpm --filter @acme/api run only-web", "", "script only-web"],
    ["pnpm --filter api run only-api", "", undefined],
    ["pnpm --filter gone run build", "", "ignoredPackage gone"],
    ["pnpm --filter gone --fail-if-no-match run build", "", "package gone"],
    ["pnpm -w tool x", "", undefined],
  ],
  yarn1: [
    ["yarn build", "", undefined],
    ["yarn run no:script", "", "script no:script"],
    ["yarn colon:web", "", "script colon:web"],
    ["yarn workspace web colon:web", "", undefined],
  ],
  yarn4: [
    ["yarn build", "", undefined],
    ["yarn run no:script", "", "script no:script"],
    ["yarn colon:web", "", undefined],
    ["yarn only_web", "packages/api", "script only_web"],
    ["yarn tool x", "", undefined],
    ["yarn run -T tool x", "packages/api", undefined],
  ],
  bun: [
    ["bun run build", "", undefined],
    ["bun run no:script", "", "script no:script"],
    ["bun no:script", "", "script no:script"],
    ["bun run only-root", "packages/web", "script only-root"],
    ["bun --cwd=packages/web run onlyWeb", "", "script onlyWeb"],
    ["bun run tool x", "", undefined],
    ["bun run --filter web only-web", "", undefined],
    ["bun run --filter web only-root", "", "script only-root"],
    ["bun run --filter gone build", "", "package gone"],
  ],
};
describe.each(PACKAGE_MANAGERS)("$name", (tool) => {
  const only = {
    "packages/web/package.json": JSON.stringify({
      name: "web",
      version: "1.0.0",
      dependencies: { tool: tool.kind === "npm" || tool.kind === "yarn1" ? "1.0.0" : "workspace:*" },
      scripts: {
        build: "record build",
        "only-web": "record only-web",
        only_web: "record only_web",
        "colon:web": "record colon:web",
      },
    }),
  };
  const lab = new Lab(tool, only);
  beforeAll(async () => {
    await lab.run(INSTALLS[tool.kind]);
  }, 120_000);

  it.each(FORMS[tool.kind].map(([command, directory, missing]) => ({ command, directory, missing })))(
    "$command",
    { timeout: 60_000 },
    async ({ command, directory, missing }) => {
      expect(said(lab.root, command, directory)).toBe(missing);
      const { runs, output } = await lab.run(command, directory);
      const isFailure = output.includes("Command failed");
      expect({ isFailure, isIdle: runs.length === 0 }, output).toEqual({
        isFailure: missing !== undefined && !missing.startsWith("ignored"),
        // npm runs those packages that have the script.
        isIdle: missing !== undefined && !/-ws|-w web/.test(command),
      });
    },
  );
});

describe.each<TurboVersion>(["2.11.11", "2.0.14"])("turbo %s", (version) => {
  const tasks = {
    build: { dependsOn: ["^build"] },
    test: {},
    ready: { dependsOn: ["build"] },
    lint: {},
    "//#check": {},
  };
  const setup: Setup = { tasks, ui: { scripts: { build: "x", lint: "x" } }, root: { scripts: { check: "x" } } };
  it.each<[command: string, missing: string | undefined]>([
    ["build", undefined],
    ["tset", "task tset"],
    ["build tset", "task tset"],
    ["ready", undefined],
    ["check", undefined],
    ["lint", undefined],
    ["lint --filter=web", "emptyTask lint"],
    ["lint --filter=web...", undefined],
    ["lint test --filter=web", undefined],
    ["build --filter=wbe", "package wbe"],
    ["cd apps/web && lint", "emptyTask lint"],
    ["cd apps/web && test", undefined],
  ])("%s", async (command, missing) => {
    const root = writeRepository(repositoryOf(version, setup));
    const call = callOf(command);
    expect(said(root, `npx turbo ${call.args.join(" ")}`, call.folder)).toBe(missing);
    const started = await startedProcesses(version, root, call);
    const outcome = "refusal" in started ? "fails" : started.size === 0 ? "runs nothing" : "runs";
    expect(outcome).toBe(missing === undefined ? "runs" : missing.startsWith("emptyTask") ? "runs nothing" : "fails");
  });
});
