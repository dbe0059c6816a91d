import { describe, expect, it } from "vitest";
import {
  ACTION_EXPORTS,
  COMMITTING_ACTIONS,
  DOTENV_WRITERS,
  WORKSPACE_FILLERS,
  type ExportedNames,
} from "../../src/tools/actions.data.ts";

function exported(action: string, inputs: Readonly<Record<string, string>>): ExportedNames | undefined {
  return ACTION_EXPORTS.get(action)?.((name) => inputs[name]);
}

describe("an action exports", () => {
  it.each<[string, Readonly<Record<string, string>>, ExportedNames | undefined]>([
    ["1password/load-secrets-action", {}, "any"],
    ["1password/load-secrets-action", { "export-env": "false" }, []],
    ["actions/checkout", {}, undefined],
    ["actions/setup-node", { "registry-url": "" }, []],
    ["actions/setup-node", {}, ["NODE_AUTH_TOKEN", "NPM_CONFIG_USERCONFIG"]],
    ["aws-actions/configure-aws-credentials", { "output-env-credentials": "false" }, []],
    ["bitwarden/sm-action", { secrets: "0123 > DEPLOY_KEY\n4567 > TOKEN\n" }, ["DEPLOY_KEY", "TOKEN"]],
    ["bitwarden/sm-action", { secrets: "0123 > DEPLOY_KEY", set_env: "false" }, []],
    // A computed list, and one in another form.
    ["bitwarden/sm-action", {}, "any"],
    ["bitwarden/sm-action", { secrets: "0123" }, "any"],
    ["cloudflare/wrangler-action", { apitoken: "a" }, []],
    ["dopplerhq/secrets-fetch-action", {}, []],
    ["expo/expo-github-action", { "eas-version": "latest" }, []],
    ["expo/expo-github-action", { token: "a" }, ["EXPO_TOKEN"]],
    ["dopplerhq/secrets-fetch-action", { "inject-env-vars": "true" }, "any"],
    ["falti/dotenv-action", {}, []],
    ["falti/dotenv-action", { "export-variables": "true" }, "any"],
    ["google-github-actions/auth", { export_environment_variables: "false" }, []],
    ["google-github-actions/get-secretmanager-secrets", { secrets: "KEY:project/key" }, []],
    [
      "google-github-actions/get-secretmanager-secrets",
      { export_to_environment: "true", secrets: "KEY:project/key\nTOKEN:project/token" },
      ["KEY", "TOKEN"],
    ],
    ["hashicorp/vault-action", { secrets: "ci/npm token | NPM_TOKEN ;\nci/convex key | KEY" }, ["NPM_TOKEN", "KEY"]],
    ["hashicorp/vault-action", { secrets: "ci/* | *" }, "any"],
    ["hashicorp/vault-action", { secrets: "ci/npm token | NPM_TOKEN", exportenv: "false" }, []],
    ["infisical/secrets-action", {}, "any"],
    ["infisical/secrets-action", { "export-type": "file" }, []],
  ])("%s with %o: %o", (action, inputs, expected) => {
    expect(exported(action, inputs)).toEqual(expected);
  });

  it("is named in lower case, as references are", () => {
    const names = [...ACTION_EXPORTS.keys(), ...DOTENV_WRITERS, ...WORKSPACE_FILLERS, ...COMMITTING_ACTIONS.keys()];
    expect(names).toEqual(names.map((name) => name.toLowerCase()));
  });
});
