import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { declareVariable, type DeclarationKey } from "../edits/turbo.ts";

/** Options of the rule. */
export interface Options {
  /** Where the fix declares a variable. */
  readonly declareIn?: DeclarationKey;
}

const KEYS: readonly DeclarationKey[] = ["env", "passThroughEnv", "globalEnv", "globalPassThroughEnv"];

export default createRule<[Options], "filteredCredential" | "filteredEnv" | "unusedEnv" | "declareEnv">({
  name: "turbo-env-declared",
  meta: {
    type: "problem",
    docs: {
      description: "require turbo.json to declare the variables that a workflow gives to the tasks it runs",
      documents: ["turbo-config"],
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          declareIn: {
            description: "Where the fix declares a variable.",
            type: "string",
            enum: [...KEYS],
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      filteredCredential:
        "Turbo keeps `{{name}}` from `{{task}}`, where {{reader}} fails without it. {{from}} runs the task at {{place}}.",
      filteredEnv: "Turbo keeps `{{name}}` from `{{task}}`, where {{reader}} reads it. It is set at {{place}}.",
      unusedEnv: "Turbo passes `{{name}}` to no task: {{place}} sets it for {{from}} alone, in vain.",
      declareEnv: "Declare `{{name}}` in `{{key}}`.",
    },
  },
  create: (context, [{ declareIn = "env" }]) =>
    defineDocumentVisitor(context, {
      droppedVariable(dropped) {
        const { name, from, reader, reason, setAt, task } = dropped;
        const isCertain = dropped.isOnlyTask;
        context.report({
          loc: locationOf(context, dropped.place.range),
          messageId: reason === "credential" ? "filteredCredential" : reason === "read" ? "filteredEnv" : "unusedEnv",
          data: { name, task, reader, from, place: describePlace(setAt) },
          fix: isCertain ? fixWith(declareVariable(dropped, declareIn)) : null,
          suggest: suggestWith(
            KEYS.filter((key) => !isCertain || key !== declareIn).map((key) => ({
              messageId: "declareEnv",
              data: { name, key },
              edits: declareVariable(dropped, key),
            })),
          ),
        });
      },
    }),
});
