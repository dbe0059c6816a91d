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
