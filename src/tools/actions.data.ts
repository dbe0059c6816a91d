// What well-known actions leave in the environment of later steps: read in their sources, 2026-11, unless another source is named.

/** The inputs that a step gives to an action, by name in lower case; undefined where one is computed. */
export type ActionInputs = (name: string) => string | undefined;

/** The names that an action exports, or `"any"` where they come from elsewhere. */
export type ExportedNames = readonly string[] | "any";

const NONE: ExportedNames = [];
const AWS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];
const GOOGLE = [
  "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE",
  "CLOUDSDK_CORE_PROJECT",
  "CLOUDSDK_PROJECT",
  "GCLOUD_PROJECT",
  "GCP_PROJECT",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_CLOUD_PROJECT",
  "GOOGLE_GHA_CREDS_PATH",
];

/** Names after `=> NAME` or `> NAME`, or before the first `:` or `,` of each line. */
function namesInLines(text: string | undefined, pattern: RegExp): ExportedNames {
  if (text === undefined || text.includes("*")) return "any";
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const names = lines.map((line) => pattern.exec(line)?.[1]);
  return names.every((name) => name !== undefined) ? names : "any";
}

/** By `owner/name` or `owner/name/path` in lower case. An action that is not here, and whose name and inputs do not speak of secrets, exports nothing that its inputs do not mention. */
export const ACTION_EXPORTS: ReadonlyMap<string, (input: ActionInputs) => ExportedNames> = new Map(
  Object.entries<(input: ActionInputs) => ExportedNames>({
    "1password/load-secrets-action": (input) => (input("export-env") === "false" ? NONE : "any"),
    "1password/load-secrets-action/configure": () => [
      "OP_CONNECT_HOST",
      "OP_CONNECT_TOKEN",
      "OP_SERVICE_ACCOUNT_TOKEN",
    ],
    "aarcangeli/load-dotenv": () => "any",
    "actions/setup-java": () => ["JAVA_HOME", "GRAALVM_HOME", "MAVEN_ARGS", "GNUPGHOME"],
    // https://github.com/actions/setup-node/pull/1558: releases before v7 export a dummy token.
    "actions/setup-node": (input) =>
      input("registry-url") === "" ? NONE : ["NODE_AUTH_TOKEN", "NPM_CONFIG_USERCONFIG"],
    "aws-actions/aws-secretsmanager-get-secrets": () => "any",
    "aws-actions/configure-aws-credentials": (input) => (input("output-env-credentials") === "false" ? NONE : AWS),
    "azure/get-keyvault-secrets": () => "any",
    "bitwarden/sm-action": (input) =>
      input("set_env") === "false" ? NONE : namesInLines(input("secrets"), />\s*([\w.-]+)\s*$/),
    "cardinalby/export-env-action": (input) => (input("export") === "false" ? NONE : "any"),
    // It sets the token for its own process.
    "cloudflare/wrangler-action": () => NONE,
    // https://github.com/dtinth/setup-github-actions-caching-for-turbo
    "dtinth/setup-github-actions-caching-for-turbo": () => ["TURBO_API", "TURBO_TEAM", "TURBO_TOKEN"],
    "dopplerhq/secrets-fetch-action": (input) => (input("inject-env-vars") === "true" ? "any" : NONE),
    "dotenvx/dotenv-vault": () => "any",
    // https://github.com/expo/expo-github-action#token
    "expo/expo-github-action": (input) => (input("token") === undefined ? NONE : ["EXPO_TOKEN"]),
    "falti/dotenv-action": (input) => (input("export-variables") === "true" ? "any" : NONE),
    "google-github-actions/auth": (input) => (input("export_environment_variables") === "false" ? NONE : GOOGLE),
    "google-github-actions/get-secretmanager-secrets": (input) =>
      input("export_to_environment") === "true" ? namesInLines(input("secrets"), /^\s*([\w.-]+)\s*:/) : NONE,
    "hashicorp/vault-action": (input) =>
      input("exportenv") === "false" ? NONE : namesInLines(input("secrets"), /\|\s*([\w.-]+)\s*;?\s*$/),
    "infisical/secrets-action": (input) => (input("export-type") === "file" ? NONE : "any"),
    "onaips/secrets-to-env-action": () => "any",
    "pulumi/esc-action": () => "any",
    // https://github.com/rharkor/caching-for-turbo
    "rharkor/caching-for-turbo": () => ["TURBO_API", "TURBO_TEAM", "TURBO_TOKEN"],
    "xom9ikk/dotenv": () => "any",
  }),
);

/** Actions that write a dotenv file into the workspace. */
export const DOTENV_WRITERS: ReadonlySet<string> = new Set([
  "infisical/secrets-action",
  "spicypizza/create-envfile",
  "dotenvx/dotenv-vault",
]);

/** Actions that fill the workspace with something else than a checkout of this repository. */
export const WORKSPACE_FILLERS: ReadonlySet<string> = new Set([
  "actions/download-artifact",
  "dawidd6/action-download-artifact",
]);

/** Actions that commit what a job changed, with the input that can say which files: without it all are. */
export const COMMITTING_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["endbug/add-and-commit", "add"],
  ["peter-evans/create-pull-request", "add-paths"],
  ["stefanzweifel/git-auto-commit-action", "file_pattern"],
]);

/**
 * Actions of which GitHub.com fails each job that uses an old release, with the first number of those that it still runs: "This request has
 * been automatically failed because it uses a deprecated version of `actions/upload-artifact: v3`".
 * https://github.blog/changelog/2024-04-16-deprecation-notice-v3-of-the-artifact-actions/,
 * https://github.blog/changelog/2024-12-05-notice-of-upcoming-releases-and-breaking-changes-for-github-actions/
 */
export const OLDEST_RELEASES: ReadonlyMap<string, number> = new Map([
  ["actions/cache", 3],
  ["actions/download-artifact", 4],
  ["actions/upload-artifact", 4],
]);
