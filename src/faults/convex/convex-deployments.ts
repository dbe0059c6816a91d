import type { Step } from "../../documents/step.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { LOCAL_DEPLOYMENT_COMMANDS } from "../../tools/convex.data.ts";
import { convexCommandOf } from "../../tools/credentials.ts";
import { FRONTEND_ACTIONS } from "./frontends.ts";

/** Text that has to do with deploying to Convex, in whatever language. */
const MENTION =
  /convex(?:@[\w.^~-]+)?[\s"',:/[\\-]{1,8}deploy\b|deploy[\s"',:/_-]{0,4}convex|\bkitcn\b|convex-dev\/static-hosting/i;

/** Files in which a command may be written that a workflow, a hosting platform or another CI service runs. */
const TOOL_FILES = [
  ".github/**/*.{yml,yaml,sh,js,mjs,cjs,ts,py}",
  "**/*.{sh,bash,mk,just,nix}",
  "**/{Makefile,makefile,GNUmakefile,justfile,Justfile,Jenkinsfile,Procfile,Dockerfile*,Taskfile*,docker-compose*}",
  "**/{vercel,now,netlify,wrangler,nx,project,turbo,railway,render,fly,firebase,lerna,moon,deno,alchemy.run,sst.config}.{json,jsonc,toml,yml,yaml,ts,js}",
  "**/{scripts,script,bin,ci,tools,deploy,infra}/**/*.{js,mjs,cjs,ts,mts,py,rb}",
  "*.{js,mjs,cjs,ts,mts,toml,yml,yaml}",
  ".{circleci,buildkite,gitlab,woodpecker,husky}/**",
  ".*.{yml,yaml}",
];
const BUILD_SCRIPT = /build|install|prepare|release|vercel|netlify/i;
const RUNNER = String.raw`\b(?:npm|pnpm|yarn|bun|turbo|nx|run|run-s|run-p|concurrently|make|task|just|lerna|moon)\b`;

/** Whether a workflow may deploy to Convex, or what a workflow or a hosting platform runs: whatever cannot be read may. */
export function mayDeployConvex(repository: Repository, runs: readonly StepRun[]): boolean {
  const reached = runs.flatMap(({ reaches }) => reaches);
  const isReached = reached.some(({ invocation }) => {
    const command = invocation.kind === "binary" ? convexCommandOf(invocation) : undefined;
    // `convex dev` pushes as well, to the deployment of its key.
    return command === "deploy" || LOCAL_DEPLOYMENT_COMMANDS.includes(command ?? "");
  });
  if (isReached || runs.some(({ step }) => mayDeployByAction(step))) return true;
  const texts = repository.files
    .glob("", TOOL_FILES, ["**/_generated/**"])
    .flatMap((path) => repository.files.read(path)?.text ?? []);
  if (texts.some((text) => MENTION.test(text))) return true;
  return scriptsThatDeploy(repository).some(
    (name) => BUILD_SCRIPT.test(name) || texts.some((text) => isRunIn(text, name)),
  );
}

/** An action that has to do with Convex may deploy to it; those that only put a frontend out are known. */
function mayDeployByAction({ uses, inputs }: Step): boolean {
  if (uses?.target.kind !== "repository" || FRONTEND_ACTIONS.has(uses.target.repository)) return false;
  return /convex/i.test(uses.text) || [...inputs.values()].some(({ text }) => /convex/i.test(text));
}

/** Whether a line names a script beside something that runs scripts, and not as the command of a hosting tool. */
function isRunIn(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[^\w]/g, String.raw`\$&`);
  return new RegExp(
    String.raw`${RUNNER}.*(?<!(?:flyctl|netlify|pages|vercel|wrangler)\s)(?<![\w-])${escaped}(?![\w-])`,
  ).test(text);
}

/** The names of package scripts that deploy to Convex, and of those that mention them. */
function scriptsThatDeploy(repository: Repository): readonly string[] {
  const scripts = repository.files
    .glob("", ["**/package.json"])
    .flatMap((path) => [...(repository.manifest(folderOf(path))?.scripts.values() ?? [])]);
  const names = new Set<string>();
  for (let size = -1; size < names.size;) {
    size = names.size;
    for (const { name, text } of scripts) {
      if (MENTION.test(text) || [...names].some((known) => text.includes(known))) names.add(name);
    }
  }
  return [...names];
}
