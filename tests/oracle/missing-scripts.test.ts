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
    ["npm run biuld", "", "missingScript biuld"],
    ["npm run only-root", "packages/web", "missingScript only-root"],
    ["npm run only-web -w web", "", undefined],
    ["npm run only-web -w web -w @acme/api", "", "missingScript only-web"],
    ["npm run only-web -ws", "", "missingScript only-web"],
    ["npm run build --workspace=gone", "", "missingPackage gone"],
  ],
  pnpm: [
    ["pnpm run build", "", undefined],
    ["pnpm run biuld", "", "missingScript biuld"],
    ["pnpm no:script", "", "missingScript no:script"],
    ["pnpm -w run only-web", "packages/web", "missingScript only-web"],
    ["pnpm -C packages/web run only-root", "", "missingScript only-root"],
    ["pnpm -r run only-web", "", undefined],
    ["pnpm -r run gone", "", "unselectedScript gone"],
    ["pnpm --filter @acme/api run only-web", "", "unselectedScript only-web"],
    ["pnpm --filter api run only-api", "", undefined],
    ["pnpm --filter gone run build", "", "ignoredPackage gone"],
    ["pnpm --filter gone --fail-if-no-match run build", "", "missingPackage gone"],
    ["pnpm -w tool x", "", undefined],
  ],
  yarn1: [
    ["yarn build", "", undefined],
    ["yarn run no:script", "", "missingScript no:script"],
    ["yarn colon:web", "", "missingScript colon:web"],
    ["yarn workspace web colon:web", "", undefined],
  ],
  yarn4: [
    ["yarn build", "", undefined],
    ["yarn run no:script", "", "missingScript no:script"],
    ["yarn colon:web", "", undefined],
    ["yarn only_web", "packages/api", "missingScript only_web"],
    ["yarn tool x", "", undefined],
    ["yarn run -T tool x", "packages/api", undefined],
  ],
  bun: [
    ["bun run build", "", undefined],
    ["bun run no:script", "", "missingScript no:script"],
    ["bun no:script", "", "missingScript no:script"],
    ["bun run only-root", "packages/web", "missingScript only-root"],
    ["bun --cwd=packages/web run onlyWeb", "", "missingScript onlyWeb"],
    ["bun run tool x", "", undefined],
    ["bun run --filter web only-web", "", undefined],
    ["bun run --filter web only-root", "", "missingScript only-root"],
    ["bun run --filter gone build", "", "missingPackage gone"],
    ["bun build", "", "bundlerCommand build"],
    ["bun --cwd packages/web run build", "", "listing --cwd"],
    ["bun --cwd ./packages/web --silent run build", "", "listing --cwd"],
    ["bun --env-file .env run build", "", "listing --env-file"],
    ["bun --env-file .env --cwd=packages/web run only-web", "", "listing --env-file"],
    ["bun --cwd packages/web only-web", "", undefined],
    ["bun run --cwd packages/web only-web", "", undefined],
    ["bun --filter web run only-web", "", "lostRun --filter"],
    ["bun -F web run only-web", "", "lostRun -F"],
    ["bun --filter=web run only-web", "", undefined],
    ["bun --filter web only-web", "", undefined],
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
        isFailure: missing !== undefined && !/^(?:ignored|listing)/.test(missing),
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
    lost: { dependsOn: ["gone"] },
    lostAbove: { dependsOn: ["^gone"] },
    lostPackage: { dependsOn: ["wbe#build"] },
    "ui#own": {},
    ownAbove: { dependsOn: ["^own"] },
    "//#check": {},
  };
  const setup: Setup = { tasks, ui: { scripts: { build: "x", lint: "x" } }, root: { scripts: { check: "x" } } };
  it.each<[command: string, missing: string | undefined]>([
    ["build", undefined],
    ["tset", "missingTask tset"],
    ["build tset", "missingTask tset"],
    ["ready", undefined],
    ["check", undefined],
    ["lint", undefined],
    ["lint --filter=web", "emptyTask lint"],
    ["lint --filter=web...", undefined],
    ["lint test --filter=web", undefined],
    ["build --filter=wbe", "missingPackage wbe"],
    ["cd apps/web && lint", "emptyTask lint"],
    ["cd apps/web && test", undefined],
    ["lost --filter=web", "neededTask web#gone"],
    ["build lost --filter=ui", "neededTask ui#gone"],
    ["lostAbove --filter=web", "neededTask ui#gone"],
    ["lostAbove --filter=ui", "emptyTask lostAbove"],
    ["lostPackage", "neededTask wbe#build"],
    ["ownAbove build --filter=web", undefined],
  ])("%s", async (command, missing) => {
    const root = writeRepository(repositoryOf(version, setup));
    const call = callOf(command);
    expect(said(root, `npx turbo ${call.args.join(" ")}`, call.folder)).toBe(missing);
    const started = await startedProcesses(version, root, call);
    const outcome = "refusal" in started ? "fails" : started.size === 0 ? "runs nothing" : "runs";
    expect(outcome).toBe(missing === undefined ? "runs" : missing.startsWith("emptyTask") ? "runs nothing" : "fails");
  });
});
