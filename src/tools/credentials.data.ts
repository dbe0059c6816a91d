// Sources per entry, read and run 2026-11: which commands of a tool fail in CI without a credential, and what it accepts.

/** A tool's credentials. Lists are conservative: a command that is not named is not known to need any. */
export interface ToolCredentials {
  /** The executable's name. */
  readonly tool: string;
  /** Commands that fail without a credential, as their first words; the empty string is the command without words. */
  readonly commands: readonly string[];
  /** Any one of these sets of variables is enough; the first is the one to suggest. */
  readonly accepted: readonly (readonly string[])[];
  /** Flags that carry a credential, or take away the need for one. */
  readonly satisfyingFlags: readonly string[];
  /** Flags whose next word is their value, where they come before the command's words. */
  readonly valueFlags: readonly string[];
  /** Further variables that the tool reads. */
  readonly alsoReads: readonly string[];
  /** Files in the working directory that can hold the credential. */
  readonly files: readonly string[];
}

export const TOOL_CREDENTIALS: readonly ToolCredentials[] = [
  {
    // wrangler 4.164.0, run. https://developers.cloudflare.com/workers/wrangler/system-environment-variables/
    tool: "wrangler",
    commands: [
      "delete",
      "deploy",
      "pages deploy",
      "pages publish",
      "rollback",
      "secret bulk",
      "secret delete",
      "secret list",
      "secret put",
      "tail",
      "versions deploy",
      "versions upload",
    ],
    accepted: [
      ["CLOUDFLARE_API_TOKEN"],
      ["CLOUDFLARE_API_KEY", "CLOUDFLARE_EMAIL"],
      ["CF_API_TOKEN"],
      ["CF_API_KEY", "CF_EMAIL"],
    ],
    satisfyingFlags: ["--dry-run", "--env-file", "--local", "--temporary"],
    valueFlags: ["--config", "-c", "--cwd", "--env", "-e", "--env-file"],
    alsoReads: ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_ENV"],
    files: [".env.local", ".env"],
  },
  {
    // netlify-cli 27.10.2, run and read in dist/commands/deploy. https://docs.netlify.com/cli/get-started/
    tool: "netlify",
    commands: ["deploy"],
    accepted: [["NETLIFY_AUTH_TOKEN"]],
    satisfyingFlags: ["--auth", "--allow-anonymous"],
    valueFlags: ["--auth", "--filter"],
    alsoReads: ["NETLIFY_SITE_ID"],
    files: [],
  },
  {
    // eas-cli 24.8.0, run. https://docs.expo.dev/accounts/programmatic-access/
    tool: "eas",
    commands: ["build", "submit", "update"],
    accepted: [["EXPO_TOKEN"]],
    satisfyingFlags: [],
    valueFlags: [],
    alsoReads: [],
    files: [],
  },
  {
    // chromatic 16.10.1, run. https://www.chromatic.com/docs/cli/
    tool: "chromatic",
    commands: [""],
    accepted: [["CHROMATIC_PROJECT_TOKEN"]],
    satisfyingFlags: ["--project-token", "-t", "--app-code", "--config-file", "-c"],
    valueFlags: [],
    alsoReads: [],
    files: ["chromatic.config.json", "chromatic.config.json5", "chromatic.config.jsonc", ".env"],
  },
  {
    // superfly/flyctl, read in internal/command/deploy and internal/config. https://fly.io/docs/flyctl/integrating/
    tool: "flyctl",
    commands: ["deploy"],
    accepted: [["FLY_API_TOKEN"], ["FLY_ACCESS_TOKEN"]],
    satisfyingFlags: ["--access-token", "-t", "--build-only"],
    valueFlags: [],
    alsoReads: [],
    files: [],
  },
  {
    // railwayapp/cli, read in src/client.rs and src/commands. https://docs.railway.com/guides/cli
    tool: "railway",
    commands: ["up", "redeploy"],
    accepted: [["RAILWAY_TOKEN"], ["RAILWAY_API_TOKEN"]],
    satisfyingFlags: [],
    valueFlags: [],
    alsoReads: [],
    files: [],
  },
];
