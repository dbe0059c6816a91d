import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, locationOf } from "../document-visitor.ts";
import type { RejectedExpression } from "../engine.ts";

export default createRule({
  name: "expressions-valid",
  meta: {
    type: "problem",
    docs: {
      description: "require expressions to be valid, and to read and call only what GitHub knows where they stand",
      documents: ["workflow", "action"],
      recommended: true,
    },
    schema: [],
    messages: {
      invalidSyntax: "{{rejection}}: `{{text}}` is no expression, {{where}}.{{hint}}",
      unclosed: "{{rejection}}: the expression that begins here has no `}}` at its end.{{hint}}",
      unavailableContext: "{{rejection}}: `{{key}}` cannot read `{{name}}`.{{hint}}",
      unavailableFunction: "{{rejection}}: `{{key}}` cannot call `{{name}}()`.{{hint}}",
      unknownName: "{{rejection}}: `{{name}}` means nothing in an expression. Did you mean `{{similar}}`?",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      rejectedExpression(fault) {
        const { place, kind, key, reason, name, text, similar = "" } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: reason,
          data: {
            rejection: kind === "workflow" ? "GitHub rejects this workflow" : "A job that uses this action fails",
            key,
            name,
            text: text === "" ? "${{ }}" : text,
            similar,
            where: name === "" ? "as something is missing at its end" : `from \`${name}\` on`,
            hint: hintOf(fault),
          },
        });
      },
    }),
});

/** What an author can do instead, where that is the same for most. */
function hintOf({ kind, key, reason, name }: RejectedExpression): string {
  if (reason === "invalidSyntax") return name.startsWith('"') ? " Texts stand in single quotes." : "";
  if (reason === "unclosed") return name === "" ? "" : " That behind it is in a text, of which a quote is not closed.";
  if (kind === "action")
    return ["needs", "vars"].includes(name) ? " An action gets the value as an input or through `env`." : "";
  const isOfStep = /^jobs\.[^.]+\.steps\./.test(key);
  if (reason === "unavailableFunction") {
    if (name === "hashFiles") return isOfStep ? "" : " Steps can, which have a checkout.";
    return isOfStep
      ? " `job.status` tells how the steps before went."
      : " Only an `if` can ask how jobs and steps went.";
  }
  if (isOfStep) return "";
  if (key.endsWith(".if")) return " The `if` of a step can.";
  if (/^jobs\.[^.]+\.env\./.test(key) || key.startsWith("env.")) return " The `env` of a step can.";
  return name === "env" ? " `vars` or an output of a job in `needs` can hold the value." : "";
}
