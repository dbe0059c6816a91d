import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { insertStep } from "../edits/steps.ts";

/** Options of the rule. */
export interface Options {
  /** Whether a workflow that regenerates committed code has to look for a difference. */
  readonly requireFreshnessCheck?: boolean;
}

export default createRule<[Options], "ignoredCommit" | "uncheckedCodegen" | "addCheck">({
  name: "convex-generated-code-consistent",
  meta: {
    type: "problem",
    docs: {
      description:
        "require the code that Convex generates to be either committed or ignored, and what is committed to be fresh",
      documents: ["manifest", "workflow", "action"],
      recommended: true,
      strictOptions: { requireFreshnessCheck: true },
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          requireFreshnessCheck: {
            description: "Whether a workflow that regenerates committed code has to look for a difference.",
            type: "boolean",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      ignoredCommit:
        "`{{file}}` is committed although {{place}} ignores it: a file that Convex adds beside it later never reaches CI.",
      uncheckedCodegen:
        "`{{text}}` writes over the code in `{{folder}}` that is committed, and no job looks for a difference. Stale code then passes here and is used elsewhere.",
      addCheck: "Let a next step fail where the code in `{{folder}}` is stale.",
    },
  },
  create: (context, [{ requireFreshnessCheck = false }]) =>
    defineDocumentVisitor(context, {
      ignoredCommit({ place, file, ignoredAt }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "ignoredCommit",
          data: { file, place: describePlace(ignoredAt) },
        });
      },
      uncheckedCodegen({ place, text, folder, document, step }) {
        if (!requireFreshnessCheck) return;
        const check = `run: git diff --exit-code -- :/${folder}`;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "uncheckedCodegen",
          data: { text, folder },
          suggest: suggestWith([
            { messageId: "addCheck", data: { folder }, edits: step && insertStep(document, step, "after", [check]) },
          ]),
        });
      },
    }),
});
