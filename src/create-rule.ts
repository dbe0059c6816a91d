import { RuleCreator } from "@typescript-eslint/utils/eslint-utils";
import manifest from "../package.json" with { type: "json" };
import { heedScriptComments } from "./script-comments.ts";

/** The kinds of files that rules look at. */
export type DocumentKind = "workflow" | "action" | "manifest" | "turbo-config";

/** What a rule says about itself beside ESLint's own metadata. */
export interface RuleDocs {
  /** The kinds of files in which it reports. */
  readonly documents: readonly DocumentKind[];
  /** True for what fails or silently does nothing; false for policy, which only the strict configuration has. */
  readonly recommended: boolean;
  /** The options that the strict configuration gives it. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
}

/** Where the page of a rule is. */
function docsUrl(name: string): string {
  return `${manifest.homepage}/blob/main/docs/rules/${name}.md`;
}

const create = RuleCreator<RuleDocs>(docsUrl);

/** Makes a rule with its name and the address of its page. ESLint itself merges the defaults into its options, once for all files. */
export const createRule: typeof create = (rule) => ({
  ...create(rule),
  create: (context) => rule.create(heedScriptComments(context), context.options),
});
