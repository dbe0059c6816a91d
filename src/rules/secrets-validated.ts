import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, locationOf } from "../document-visitor.ts";
import { fixWith } from "../edits/fix.ts";
import { insertStepBefore } from "../edits/steps.ts";

export default createRule({
  name: "secrets-validated",
  meta: {
    type: "suggestion",
    docs: {
      description: "require a job that deploys to check its secrets before the first command that needs one",
      documents: ["workflow"],
      recommended: false,
    },
    fixable: "code",
    schema: [],
    messages: {
      uncheckedSecrets: "Nothing checks that {{names}} {{verb}} set before {{command}}, which fails without.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      uncheckedSecrets({ place, text, secrets, document, step, condition, canCheck }) {
        const added = {
          name: "Check secrets",
          condition,
          env: secrets.flatMap(({ name, variable }) =>
            variable === undefined ? [{ name, value: `\${{ secrets.${name} }}` }] : [],
          ),
          script: secrets.map(({ name, variable = name }) => `: "\${${variable}:?The secret ${name} is not set}"`),
        };
        context.report({
          loc: locationOf(context, place.range),
          messageId: "uncheckedSecrets",
          data: {
            names: secrets.map(({ name }) => `\`secrets.${name}\``).join(" and "),
            verb: secrets.length === 1 ? "is" : "are",
            command: `\`${text}\``,
          },
          fix: canCheck ? fixWith(insertStepBefore(document, step, added)) : null,
        });
      },
    }),
});
