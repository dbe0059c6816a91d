// Convex CLI, npm convex 1.17.0–1.48.0, run without network and read in src/cli, 2026-11. https://docs.convex.dev/cli

/** Commands that need a deployment they can authenticate to. */
export const DEPLOYMENT_COMMANDS: readonly string[] = [
  "codegen",
  "dashboard",
  "data",
  "deploy",
  "env",
  "export",
  "function-spec",
  "import",
  "logs",
  "run",
];

/** Commands that make a local deployment without credentials, which later commands in the same folder use. */
export const LOCAL_DEPLOYMENT_COMMANDS: readonly string[] = ["dev", "init"];

/** `codegen` talks to the deployment since this version; before, only with components (`convex.config.ts`). CHANGELOG 1.28.0 */
export const CODEGEN_NEEDS_DEPLOYMENT = ">=1.28.0";

/** Sets of variables of which any one is enough, with the versions that read them. src/cli/lib/deploymentSelection.ts */
export const ACCEPTED_CREDENTIALS: readonly { readonly names: readonly string[]; readonly versions?: string }[] = [
  { names: ["CONVEX_DEPLOY_KEY"] },
  { names: ["CONVEX_DEPLOYMENT_TOKEN"], versions: ">=1.38.0" },
  { names: ["CONVEX_SELF_HOSTED_URL", "CONVEX_SELF_HOSTED_ADMIN_KEY"] },
  { names: ["CONVEX_OVERRIDE_ACCESS_TOKEN", "CONVEX_DEPLOYMENT"] },
];

/** Flags whose next word is their value; the command is the first word that is neither. */
export const VALUE_FLAGS: readonly string[] = [
  "--admin-key",
  "--cmd",
  "--cmd-url-env-var-name",
  "--codegen",
  "--component",
  "--component-dir",
  "--deployment",
  "--deployment-name",
  "--env-file",
  "--message",
  "--preview-create",
  "--preview-name",
  "--preview-run",
  "--run",
  "--run-sh",
  "--typecheck",
  "--url",
];

/** Since this version `init` is a command of its own, which chooses its deployment as the others do. */
export const INIT_SELECTS = ">=1.36.0";

/** The versions whose command lines were compared: flags that none of them takes are listed for all. */
const COMPARED = ">=1.17.0";

/** Flags of some commands that others refuse with `unknown option`, with the versions that do: the CLI's own declarations of 1.17.4–1.48.0, and run. */
export const REJECTED_FLAGS: readonly {
  readonly commands: readonly string[];
  readonly flags: readonly string[];
  readonly versions: string;
}[] = [
  {
    commands: ["codegen"],
    flags: words(
      "--prod --env-file --deployment --deployment-name --preview-name --preview-create --cmd --once --yes -y -v --verbose",
    ),
    versions: COMPARED,
  },
  {
    commands: ["deploy"],
    flags: words("--prod --deployment --deployment-name --once --until-success --run --init"),
    versions: COMPARED,
  },
  {
    commands: ["dev"],
    flags: words("--deployment-name --preview-name --preview-create --cmd --dry-run --yes -y"),
    versions: COMPARED,
  },
  { commands: ["init"], flags: words("--prod --env-file --url --admin-key --once"), versions: INIT_SELECTS },
  {
    commands: words("dashboard data dev export function-spec import logs run"),
    flags: ["--deployment"],
    versions: "1.17.0 - 1.31.7",
  },
];

function words(text: string): readonly string[] {
  return text.split(" ");
}

/** Every command of the releases that were compared, with the hidden ones. src/cli/index.ts, src/cli/program.ts */
export const KNOWN_COMMANDS: { readonly names: ReadonlySet<string>; readonly versions: string } = {
  names: new Set(
    words(
      "ai-files auth codegen dash dashboard data deploy deployment deployments dev disable-local-deployments docs env export function-spec help import init insights integration login logout logs mcp network-test project reinit run typecheck update",
    ),
  ),
  versions: "1.17.0 - 1.48.0",
};

/** Commands that are there only to say that they are gone. src/cli/auth.ts, src/cli/reinit.ts */
export const REMOVED_COMMANDS: readonly string[] = ["auth add", "auth list", "auth remove", "reinit"];

/** Commands that only somebody who is logged in can run, with the versions that have them. src/cli/deploymentTokenCreate.ts */
export const PERSONAL_COMMANDS: readonly { readonly command: string; readonly versions: string }[] = [
  { command: "deployment token create", versions: ">=1.48.0" },
  { command: "deployment token delete", versions: ">=1.48.0" },
];

/** Since this version all commands choose their deployment the same way: the oldest of those that were run. */
export const COMMON_SELECTION = ">=1.25.0";

/** Since this version a second name of `CONVEX_DEPLOY_KEY` is read where that is not set. CHANGELOG 1.38.0 */
export const READS_DEPLOYMENT_TOKEN = ">=1.38.0";

/** Commands that refuse the deploy key of a project's previews, with the versions that were seen to. src/cli/configure.ts */
export const REFUSES_PREVIEW_KEY: ReadonlyMap<string, string> = new Map([
  ["codegen", CODEGEN_NEEDS_DEPLOYMENT],
  ["dev", COMMON_SELECTION],
  ["init", INIT_SELECTS],
]);
