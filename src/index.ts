import type { ESLint, Linter, Rule } from "eslint";
import manifest from "../package.json" with { type: "json" };
import { cacheVersion } from "./cache-version.ts";
import { createConfig } from "./configs/index.ts";
import { rules } from "./rules/index.ts";

/** The plugin: its rules, and two configurations to extend. */
interface Preflight extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly namespace: string; readonly version: string };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: { recommended: Linter.Config[]; strict: Linter.Config[] };
}

const NAMESPACE = "preflight";

const plugin: Preflight = {
  meta: {
    name: manifest.name,
    namespace: NAMESPACE,
    get version() {
      return cacheVersion(manifest.version);
    },
  },
  rules: rules as unknown as Preflight["rules"],
  configs: { recommended: [], strict: [] },
};
plugin.configs.recommended = createConfig("recommended", NAMESPACE, plugin);
plugin.configs.strict = createConfig("strict", NAMESPACE, plugin);

export default plugin;
