import { describe, expect, it } from "vitest";
import { HOLE } from "../../src/shell/command.ts";
import { deploymentOf, isDeployingAction } from "../../src/tools/deployments.ts";
import { binaryOf } from "./command-line.ts";

describe("a command that deploys", () => {
  it.each([
    ["npx convex deploy", "convex deploy"],
    ["bunx convex deploy --yes", "convex deploy"],
    ["convex deploy --cmd 'npm run build'", "convex deploy"],
    ["npx cdk deploy --all --require-approval never", "cdk deploy"],
    ["eas submit -p ios --latest", "eas submit"],
    ["eas update --auto", "eas update"],
    ["eas update --branch production", "eas update"],
    ["eas deploy --prod", "eas deploy"],
    ["firebase deploy --only hosting", "firebase deploy"],
    ["firebase -P prod deploy", "firebase deploy"],
    ["fly deploy --remote-only", "flyctl deploy"],
    ["flyctl -a ${{ vars.APP }} deploy", "flyctl deploy"],
    ["gcloud run deploy api --image ${{ vars.IMAGE }}", "gcloud run deploy"],
    ["gh-pages -d dist", "gh-pages"],
    ["netlify deploy --prod --dir=dist", "netlify deploy"],
    ["ntl deploy -p", "netlify deploy"],
    ["npx partykit deploy", "partykit deploy"],
    ["railway up --service ${{ vars.SERVICE }} --detach", "railway up"],
    ["sls deploy --stage prod", "serverless deploy"],
    ["npx sst deploy --stage ${{ vars.STAGE }}", "sst deploy"],
    ["supabase db push --password ${{ secrets.PASSWORD }}", "supabase db push"],
    ["supabase functions deploy hello", "supabase functions deploy"],
    ["vercel --prod", "vercel"],
    ["vercel deploy --prebuilt --prod --token=${{ secrets.VERCEL_TOKEN }}", "vercel deploy"],
    ["vercel deploy --target production --token ${{ secrets.TOKEN }}", "vercel deploy"],
    ["wrangler deploy", "wrangler deploy"],
    ["wrangler --config a.toml deploy --env ${{ vars.STAGE }}", "wrangler deploy"],
    ["wrangler pages deploy dist --project-name ${{ vars.PROJECT }}", "wrangler pages deploy"],
    ['wrangler pages deploy "${{ vars.DIST }}"', "wrangler pages deploy"],
    ["wrangler versions deploy", "wrangler versions deploy"],
  ])("%s is %s", (line, expected) => {
    expect(deploymentOf(binaryOf(line))?.command).toBe(expected);
  });

  it.each([
    "convex deploy --dry-run",
    "convex deploy --preview-create branch",
    "convex dev --once",
    "convex deploy --url http://127.0.0.1:3210 --admin-key key",
    "cdk diff",
    "eas build --platform all",
    "eas deploy",
    "eas update:list",
    "eas update --branch preview --message x",
    "eas update --auto --environment=development",
    "firebase deploy --dry-run",
    "firebase hosting:channel:deploy preview",
    "fly deploy --build-only",
    "gcloud run services list",
    "gh-pages --help",
    "gh-pages -d dist --no-push",
    "netlify deploy --dir=dist",
    "netlify deploy --prod --help",
    "partykit deploy --preview pr",
    "supabase db push --local",
    "supabase db push --dry-run",
    "supabase start",
    "vercel",
    "vercel deploy",
    "vercel deploy --target preview",
    "vercel build --prod",
    "vercel pull --yes --environment=production",
    "wrangler deploy --dry-run",
    "wrangler deploy ${{ vars.FLAGS }}",
    "wrangler ${{ vars.COMMAND }}",
    "wrangler versions upload",
    "npm publish",
    "docker push image",
  ])("%s is none, or not for certain", (line) => {
    expect(deploymentOf(binaryOf(line))).toBeUndefined();
  });
});

describe("an action that deploys", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["actions/deploy-pages", {}],
    ["amondnet/vercel-action", { "vercel-args": "--prod" }],
    ["aws-actions/amazon-ecs-deploy-task-definition", { service: "api" }],
    ["azure/static-web-apps-deploy", { action: "upload" }],
    ["cloudflare/wrangler-action", {}],
    ["cloudflare/wrangler-action", { command: "pages deploy out --project-name=web" }],
    ["cloudflare/wrangler-action", { command: "whoami\ndeploy --minify" }],
    ["cloudflare/wrangler-action", { command: `deploy --env ${HOLE}` }],
    ["cloudflare/wrangler-action", { command: `pages deploy out --project-name=${HOLE}` }],
    ["aws-actions/amazon-ecs-deploy-task-definition", { service: HOLE }],
    ["firebaseextended/action-hosting-deploy", { channelid: "live" }],
    ["jamesives/github-pages-deploy-action", { branch: "gh-pages" }],
    ["netlify/actions/cli", { args: "deploy --dir=dist --prod" }],
    ["nwtgck/actions-netlify", { "production-deploy": "true" }],
    ["nwtgck/actions-netlify", { "production-branch": "main" }],
    ["superfly/flyctl-actions", { args: "deploy" }],
  ])("%s %j", (name, inputs) => {
    expect(isDeployingAction(name, (input) => inputs[input] ?? "")).toBe(true);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["actions/checkout", {}],
    ["amondnet/vercel-action", {}],
    ["amondnet/vercel-action", { "vercel-args": "--prebuilt" }],
    ["aws-actions/amazon-ecs-deploy-task-definition", {}],
    ["azure/static-web-apps-deploy", { action: "close" }],
    ["cloudflare/wrangler-action", { command: "deploy --dry-run" }],
    ["cloudflare/wrangler-action", { command: "versions upload" }],
    ["cloudflare/wrangler-action", { command: HOLE }],
    ["cloudflare/wrangler-action", { command: `deploy ${HOLE}` }],
    ["amondnet/vercel-action", { "vercel-args": HOLE }],
    ["firebaseextended/action-hosting-deploy", {}],
    ["jamesives/github-pages-deploy-action", { branch: "main" }],
    ["netlify/actions/cli", { args: "deploy" }],
    ["nwtgck/actions-netlify", {}],
    ["superfly/flyctl-actions/setup-flyctl", {}],
  ])("%s %j does not", (name, inputs) => {
    expect(isDeployingAction(name, (input) => inputs[input] ?? "")).toBe(false);
  });
});
