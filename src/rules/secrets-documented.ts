import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, locationOf } from "../document-visitor.ts";

/** Options of the rule. */
export interface Options {
  /** Globs of the documentation, from the repository's root. */
  readonly files?: readonly string[];
}

const FILES = ["*.md", "README*", "CONTRIBUTING*", "*/*.md", "*/*/*.md", ".github/**/*.md", "docs/**/*.{md,mdx}"];
const SHOWN = 5;

export default createRule<[Options], "missingDocumentation" | "undocumentedSecret" | "unusedSecrets">({
  name: "secrets-documented",
  meta: {
    type: "suggestion",
    docs: {
      description: "require the documentation to name every secret and variable that workflows use, and no others",
      documents: ["workflow"],
      recommended: false,
    },
    schema: [
      {
        type: "object",
        properties: {
          files: {
            description: "Globs of the documentation, from the repository's root.",
            type: "array",
            items: { type: "string", minLength: 1 },
            minItems: 1,
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      missingDocumentation:
        "Nothing tells what has to be set in GitHub for these workflows: {{names}}. No file matches {{patterns}}.",
      undocumentedSecret:
        "Whoever sets up this repository cannot know of the {{kind}} `{{name}}`: no documentation names it ({{documents}}).",
      unusedSecrets:
        "The table in {{table}} asks for GitHub secrets that no workflow here reads: {{names}}. Whoever follows it sets them for nothing: take them out of the table, or hand them to the step that needs them.",
    },
  },
  create: (context, [{ files = FILES }]) =>
    defineDocumentVisitor(context, {
      secretDocumentation(documentation) {
        const found = documentation(files);
        if (!found) return;
        const { documents, start, undocumented, undocumentedHere, unused } = found;
        for (const { document, line, names } of unused) {
          context.report({
            loc: locationOf(context, start.range),
            messageId: "unusedSecrets",
            data: { table: `${document}:${String(line)}`, names: listed(names) },
          });
        }
        const isMissing = documents.length === 0;
        // Without any documentation one report says it all.
        for (const use of isMissing ? undocumentedHere.filter((item) => item === undocumented[0]) : undocumentedHere) {
          context.report({
            loc: locationOf(context, use.place.range),
            messageId: isMissing ? "missingDocumentation" : "undocumentedSecret",
            data: {
              name: use.name,
              kind: use.context === "secrets" ? "secret" : "variable",
              names: listed(undocumented.map(({ name }) => name)),
              documents: describeDocuments(documents),
              patterns: files.map((pattern) => `\`${pattern}\``).join(", "),
            },
          });
        }
      },
    }),
});

function listed(all: readonly string[]): string {
  const names = [...new Set(all)].map((name) => `\`${name}\``);
  const rest = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(rest > 0 ? [`${String(rest)} more`] : [])].join(", ");
}

function describeDocuments(documents: readonly string[]): string {
  const [first = "", ...others] = documents;
  const shown = documents.find((path) => /^readme/i.test(path)) ?? first;
  if (others.length === 0) return shown;
  return `${shown} and ${String(others.length)} other file${others.length === 1 ? "" : "s"}`;
}
