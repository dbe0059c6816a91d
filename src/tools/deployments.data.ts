// Commands and actions that deploy, read in vercel 64.0, netlify-cli 26.2, firebase-tools 15.34, eas-cli 24.8, partykit 0.0.115, gh-pages 6.3, wrangler 4.86, aws-cdk 2.1148 and the sources that are named, 2026-11.
import { HOLE } from "../shell/command.ts";
import { VALUE_FLAGS as CONVEX_VALUE_FLAGS } from "./convex.data.ts";

/** A tool's commands that put something where its users reach it. Previews, dry runs and publishing a package are none. */
export interface ToolDeployments {
  /** The executable's names, the usual one first. */
  readonly names: readonly [string, ...string[]];
  /** The commands as their first words; the empty string is the command without words. */
  readonly commands: readonly string[];
  /** Flags of which one is needed: without them a preview is deployed, or nothing. As `--flag`, or `--flag=value`. */
  readonly neededFlags?: readonly string[];
  /** Flags with which nothing is deployed, or only a preview, likewise. */
  readonly idleFlags?: readonly string[];
  /** Flags whose next word is their value. */
  readonly valueFlags?: readonly string[];
}

function flags(text: string): readonly string[] {
  return text.split(/\s+/);
}

export const TOOL_DEPLOYMENTS: readonly ToolDeployments[] = [
  {
    // https://docs.convex.dev/cli/reference/deploy
    names: ["convex"],
    commands: ["deploy"],
    idleFlags: flags("--dry-run --preview-create --preview-name"),
    valueFlags: CONVEX_VALUE_FLAGS,
  },
  {
    names: ["cdk"],
    commands: ["deploy"],
    valueFlags: flags(
      "-a --app -c --context -o --output --profile --require-approval --outputs-file -O --toolkit-stack-name",
    ),
  },
  {
    // https://docs.expo.dev/eas-update/how-it-works/: the usual names of what testers get.
    names: ["eas"],
    commands: ["submit", "update"],
    idleFlags: ["branch", "channel", "environment"].flatMap((flag) => [`--${flag}=development`, `--${flag}=preview`]),
    valueFlags: flags("-p --platform -e --profile --branch --channel -m --message --environment --id --path --url"),
  },
  {
    names: ["eas"],
    commands: ["deploy"],
    neededFlags: flags("--prod --production"),
    idleFlags: ["--dry-run"],
    valueFlags: flags("--alias --environment --export-dir --id"),
  },
  {
    names: ["firebase"],
    commands: ["deploy"],
    idleFlags: ["--dry-run"],
    valueFlags: flags("-P --project -c --config -m --message -p --public --account --except --only --token"),
  },
  {
    // superfly/flyctl, internal/command/deploy
    names: ["flyctl", "fly"],
    commands: ["deploy"],
    idleFlags: ["--build-only"],
    valueFlags: flags(
      "-a --app -c --config -e --env -i --image -t --access-token -o --org --build-arg --build-secret --build-target --dockerfile --image-label --primary-region --regions --strategy --vm-size --wait-timeout",
    ),
  },
  {
    // https://cloud.google.com/sdk/gcloud/reference
    names: ["gcloud"],
    commands: ["app deploy", "functions deploy", "run deploy"],
    valueFlags: flags("--account --image --memory --project --region --service-account --set-env-vars --source --tag"),
  },
  {
    names: ["gh-pages"],
    commands: [""],
    neededFlags: flags("-d --dist"),
    idleFlags: flags("-n --no-push"),
    valueFlags: flags(
      "-b --branch -d --dist -e --dest -g --tag -m --message -o --remote -p --depth -r --repo -s --src -u --user -v --remove --cname --git",
    ),
  },
  {
    names: ["netlify", "ntl"],
    commands: ["deploy"],
    neededFlags: flags("--prod -p --prod-if-unlocked"),
    valueFlags: flags("-d --dir -f --functions -m --message -s --site --auth --context --filter --timeout"),
  },
  {
    names: ["partykit"],
    commands: ["deploy"],
    idleFlags: ["--preview"],
    valueFlags: flags("-c --config -n --name --domain --serve --var"),
  },
  {
    // railwayapp/cli, src/commands/up.rs
    names: ["railway"],
    commands: ["redeploy", "up"],
    valueFlags: flags("-e --environment -p --project -s --service"),
  },
  {
    // https://www.serverless.com/framework/docs/providers/aws/cli-reference/deploy
    names: ["serverless", "sls"],
    commands: ["deploy"],
    valueFlags: flags("-c --config -p --package -r --region -s --stage --aws-profile --param"),
  },
  { names: ["sst"], commands: ["deploy"], valueFlags: flags("--stage --config --target") },
  {
    // supabase/cli, cmd/db.go and cmd/functions.go
    names: ["supabase"],
    commands: ["db push", "functions deploy"],
    idleFlags: flags("--dry-run --local --db-url"),
    valueFlags: flags("-p --password --import-map --project-ref --workdir"),
  },
  {
    // https://vercel.com/docs/cli/deploy
    names: ["vercel", "vc"],
    commands: ["", "deploy"],
    neededFlags: ["--prod", "--target=production"],
    idleFlags: flags("--dry --temporary"),
    valueFlags: flags(
      "-A --local-config -Q --global-config -S --scope -T --team -b --build-env -e --env -m --meta -n --name -t --token --archive --cwd --format --project --regions --target",
    ),
  },
  {
    // https://developers.cloudflare.com/workers/wrangler/commands/
    names: ["wrangler"],
    commands: ["deploy", "pages deploy", "pages publish", "publish", "versions deploy"],
    idleFlags: ["--dry-run"],
    valueFlags: flags(
      "-c --config -e --env --assets --branch --commit-hash --commit-message --compatibility-date --cwd --env-file --message --name --outdir --percentage --project-name --route --routes --site --tag --tsconfig --var --version-id",
    ),
  },
];

/** The inputs of a step, by name in lower case, with {@link HOLE} for each piece that is not known; empty where one is not given. */
export type InputShapes = (name: string) => string;

const always = (): boolean => true;

/** Whether a branch that is given to an action is the one that GitHub Pages serves as a rule. */
function isPagesBranch(branch: string): boolean {
  return ["", "gh-pages", "pages"].includes(branch);
}

/** Whether one line of a text begins with a command and has no flag with which it deploys nothing. */
function asks(text: string, commands: string, idleFlag: string): boolean {
  return text.split("\n").some((line) => {
    const mayHoldFlags = new RegExp(`(?<!\\s--?[\\w-]+)\\s["']?${HOLE}["']?(?:\\s|$)`).test(line);
    return new RegExp(`^\\s*(?:${commands})(?:\\s|$)`).test(line) && !line.includes(idleFlag) && !mayHoldFlags;
  });
}

/** Actions that deploy, by `owner/name` or `owner/name/path` in lower case, and whether they do with the inputs of a step. */
export const ACTION_DEPLOYMENTS: ReadonlyMap<string, (input: InputShapes) => boolean> = new Map(
  Object.entries<(input: InputShapes) => boolean>({
    "actions/deploy-pages": always,
    "akhileshns/heroku-deploy": always,
    "amondnet/vercel-action": (input) => /--prod\b|--target[= ]production\b/.test(input("vercel-args")),
    // Without a service it only registers the task definition.
    "aws-actions/amazon-ecs-deploy-task-definition": (input) => input("service") !== "",
    "azure/functions-action": always,
    "azure/static-web-apps-deploy": (input) => input("action") === "upload",
    "azure/webapps-deploy": always,
    "cloudflare/pages-action": always,
    // src/wranglerAction.ts: one command a line, `deploy` or `publish` where there is none.
    "cloudflare/wrangler-action": (input) =>
      input("command") === "" ||
      asks(input("command"), "deploy|publish|pages (?:deploy|publish)|versions deploy", "--dry-run"),
    "firebaseextended/action-hosting-deploy": (input) => input("channelid") === "live",
    "google-github-actions/deploy-appengine": always,
    "google-github-actions/deploy-cloud-functions": always,
    "google-github-actions/deploy-cloudrun": always,
    // Both also serve to commit generated files to the branch that they come from.
    "jamesives/github-pages-deploy-action": (input) => isPagesBranch(input("branch")),
    "netlify/actions/cli": (input) =>
      asks(input("args"), "deploy", "--draft") && /\s(?:--prod|-p)\b/.test(input("args")),
    // src/main.ts: a draft unless told otherwise.
    "nwtgck/actions-netlify": (input) =>
      input("production-deploy") === "true" || /^(?:main|master)$/.test(input("production-branch")),
    "peaceiris/actions-gh-pages": (input) => isPagesBranch(input("publish_branch")),
    "samkirkland/ftp-deploy-action": always,
    "superfly/flyctl-actions": (input) => asks(input("args"), "deploy", "--build-only"),
  }),
);
