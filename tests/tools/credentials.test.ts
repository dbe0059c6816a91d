import { describe, expect, it } from "vitest";
import { convexCommandOf, makesLocalDeployment, requirementOf, variablesReadBy } from "../../src/tools/credentials.ts";
import { binaryOf } from "./command-line.ts";

interface Facts {
  readonly version?: string;
  readonly components?: boolean;
}

function requirement(line: string, { version, components = false }: Facts = {}) {
  return requirementOf(binaryOf(line), { version: () => version, hasConvexComponents: () => components });
}

describe("a command that fails without a credential", () => {
  it.each([
    ["wrangler deploy", "wrangler deploy"],
    ["wrangler deploy --env production", "wrangler deploy"],
    ["wrangler --config a.toml deploy", "wrangler deploy"],
    ["wrangler pages deploy dist", "wrangler pages deploy"],
    ["wrangler secret put NAME", "wrangler secret put"],
    ["wrangler versions upload", "wrangler versions upload"],
    ["wrangler delete --name api", "wrangler delete"],
    ["wrangler tail", "wrangler tail"],
    ["npx wrangler@4 deploy", "wrangler deploy"],
    // What begins with a letter is no flag, whatever comes behind.
    ['wrangler deploy --var VERSION:"${{ github.sha }}"', "wrangler deploy"],
    ['wrangler pages deploy "dist/$APP"', "wrangler pages deploy"],
    ["netlify deploy --prod", "netlify deploy"],
    ["ntl deploy", "netlify deploy"],
    ["eas build --platform all --non-interactive", "eas build"],
    ["eas submit -p ios", "eas submit"],
    ["eas update --auto", "eas update"],
    ["chromatic", "chromatic"],
    ["chromatic --exit-zero-on-changes", "chromatic"],
    ["flyctl deploy", "flyctl deploy"],
    ["fly deploy --remote-only", "flyctl deploy"],
    ["railway up", "railway up"],
    ["railway redeploy --yes", "railway redeploy"],
  ])("%s is %s", (line, expected) => {
    expect(requirement(line)?.command).toBe(expected);
  });

  it.each([
    // wrangler 4.164.0
    "wrangler deploy --dry-run",
    "wrangler deploy --env-file ci.env",
    "wrangler dev",
    "wrangler types",
    "wrangler whoami",
    "wrangler publish",
    "wrangler deploy --help",
    "wrangler --version",
    "wrangler secrets put NAME",
    "wrangler ${{ vars.COMMAND }}",
    "wrangler deploy ${{ vars.FLAGS }}",
    'wrangler deploy "${{ vars.FLAG }}"',
    'wrangler deploy "--${{ vars.FLAG }}"',
    "wrangler pages deploy dist/${{ vars.FLAGS }}",
    // netlify-cli 27.10.2
    "netlify deploy --auth token",
    "netlify deploy --allow-anonymous",
    "netlify build",
    // eas-cli 24.8.0
    "eas whoami",
    "eas build:list",
    // chromatic 16.10.1
    "chromatic --project-token=token",
    "chromatic -t token",
    "chromatic init",
    "chromatic --help",
    "flyctl version",
    "flyctl deploy -t token",
    "railway run build",
    "vercel deploy",
  ])("%s is none that is known", (line) => {
    expect(requirement(line)).toBeUndefined();
  });
});

describe("a tool reads", () => {
  it.each([
    ["wrangler dev", "CLOUDFLARE_API_TOKEN", false],
    ["wrangler types", "CLOUDFLARE_API_TOKEN", false],
    ["wrangler deploy --dry-run", "CLOUDFLARE_API_TOKEN", false],
    ["wrangler deploy", "CF_API_TOKEN", true],
    ["wrangler deploy", "CLOUDFLARE_ACCOUNT_ID", true],
    ["netlify deploy", "NETLIFY_SITE_ID", true],
    ["eas build", "EXPO_TOKEN", true],
    ["eas build", "NETLIFY_AUTH_TOKEN", false],
    ["fly deploy", "FLY_ACCESS_TOKEN", true],
    ["convex codegen", "CONVEX_DEPLOYMENT", true],
    ["convex codegen", "CONVEX_URL", false],
    ["convex dev --once", "CONVEX_DEPLOYMENT", true],
    ["convex typecheck", "CONVEX_DEPLOYMENT", false],
    ["vite build", "CONVEX_DEPLOY_KEY", false],
  ])("%s: %s %s", (line, name, expected) => {
    expect(variablesReadBy(binaryOf(line)).includes(name)).toBe(expected);
  });
});

describe("the Convex CLI needs a deployment", () => {
  const both = { version: "1.48.0" };
  const old = { version: "1.27.5" };
  it.each<[string, Facts, boolean]>([
    ["convex codegen", both, true],
    ["convex codegen", old, false],
    ["convex codegen", { ...old, components: true }, true],
    ["convex codegen", { version: "1.28.0" }, true],
    ["convex codegen", { version: "^1.17.0" }, false],
    ["convex codegen", {}, false],
    ["convex codegen", { version: "latest" }, true],
    ["convex codegen --init --typecheck disable", both, true],
    ["convex --admin-key key codegen", both, true],
    ["convex -- codegen", both, true],
    ["convex deploy", old, true],
    ["convex deploy", {}, true],
    ["convex deploy --cmd 'npm run build'", both, true],
    ["convex run messages:list '{}'", both, true],
    // It may be flags that give a credential.
    ["convex run ${{ vars.FUNCTION }}", both, false],
    ["convex env list", both, true],
    ["convex import --table a a.jsonl", both, true],
    ["convex export --path out.zip", both, true],
    ["convex codegen --url u", both, true],
    ["convex codegen --url u --admin-key k", both, false],
    ["convex deploy --env-file ci.env", both, false],
    ["convex codegen --system-udfs", both, false],
    ["convex codegen --help", both, false],
    ["convex dev --once", both, false],
    ["convex init", both, false],
    ["convex typecheck", both, false],
    ["convex mcp start", both, false],
    ["convex", both, false],
    ["convex ${{ vars.COMMAND }}", both, false],
    ["convex codegen ${{ vars.FLAGS }}", both, false],
  ])("%s (%o): %s", (line, facts, expected) => {
    expect(requirement(line, facts) !== undefined).toBe(expected);
  });

  it.each([
    ["1.38.0", true],
    ["1.37.0", false],
    // It may be new enough.
    ["^1.30.0", true],
    [undefined, true],
  ])("and %s takes CONVEX_DEPLOYMENT_TOKEN: %s", (version, expected) => {
    const accepted = requirement("convex deploy", version === undefined ? {} : { version })?.accepted.flat();
    expect(accepted?.includes("CONVEX_DEPLOYMENT_TOKEN")).toBe(expected);
  });

  it.each([
    ["convex dev --once", "dev", true],
    ["convex init", "init", true],
    ["convex deploy", "deploy", false],
    ["convex --env-file a run x", "run", false],
    ["convex -- codegen", "codegen", false],
    ["wrangler dev", undefined, false],
  ])("%s is %s, and makes a local deployment: %s", (line, command, makes) => {
    expect(convexCommandOf(binaryOf(line))).toBe(command);
    expect(makesLocalDeployment(binaryOf(line))).toBe(makes);
  });
});
