import type { ESLint, Linter } from "eslint";
import type { DocumentKind } from "../create-rule.ts";
import { rules } from "../rules/index.ts";
import { jsonParser, yamlParser } from "./parsers.ts";

/** The files of each kind. Every pattern works from any base path. */
const DOCUMENTS: Readonly<Record<DocumentKind, { readonly files: string[]; readonly parser: Linter.Parser }>> = {
  action: { files: ["**/action.{yml,yaml}"], parser: yamlParser },
  manifest: { files: ["**/package.json"], parser: jsonParser },
  "turbo-config": { files: ["**/turbo.{json,jsonc}"], parser: jsonParser },
  workflow: { files: ["**/.github/workflows/*.{yml,yaml}"], parser: yamlParser },
};

/** One configuration object for each kind of file that has rules. The plugin is registered nowhere else. */
export function createConfig(
  name: "recommended" | "strict",
  namespace: string,
  plugin: ESLint.Plugin,
): Linter.Config[] {
  return Object.entries(DOCUMENTS).flatMap(([kind, { files, parser }]) => {
    const enabled = Object.entries(rules).filter(
      ([, rule]) =>
        rule.meta.docs?.documents.includes(kind as DocumentKind) && (name === "strict" || rule.meta.docs.recommended),
    );
    if (enabled.length === 0) return [];
    return {
      name: `${namespace}/${name}/${kind}`,
      files,
      plugins: { [namespace]: plugin },
      languageOptions: { parser },
      rules: Object.fromEntries(
        enabled.map(([id, rule]) => {
          const options = name === "strict" ? rule.meta.docs?.strictOptions : undefined;
          return [`${namespace}/${id}`, options ? ["error", options] : "error"];
        }),
      ),
    };
  });
}
