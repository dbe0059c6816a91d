import { QUIET_ACTIONS } from "./quiet-commands.data.ts";

/** Actions that upload an artifact, with the name that it has without the input `name`. `action.yml` of each, 2026-11 */
export const UPLOADING_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["actions/upload-artifact", "artifact"],
  ["actions/upload-artifact/merge", "merged-artifacts"],
  ["actions/upload-pages-artifact", "github-pages"],
]);

/**
 * Actions that upload none: those that leave the checkout alone, and some others. What a script runs cannot, as it gets no token for
 * it: https://github.com/actions/toolkit/tree/main/packages/artifact
 */
export const ACTIONS_WITHOUT_ARTIFACTS: ReadonlySet<string> = new Set([
  ...QUIET_ACTIONS.keys(),
  "actions/cache",
  "actions/cache/restore",
  "actions/checkout",
  "actions/download-artifact",
  "cloudflare/wrangler-action",
]);
