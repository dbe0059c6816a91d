import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";

export default createRule({
  name: "failure-notified",
  meta: {
    type: "suggestion",
    docs: {
      description: "require a step or job that runs where the deployment of the default branch fails",
      documents: ["workflow"],
      recommended: false,
    },
    schema: [],
    messages: {
      unnotifiedFailure:
        "Where {{command}} fails {{occasion}}, this workflow tells nobody: no later step and no job that needs this one runs after a failure.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      unnotifiedFailure({ place, deployment, occasion }) {
        const { text, chain } = deployment;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "unnotifiedFailure",
          data: {
            command: `\`${text}\` (${[describePlace(deployment.place), chain].filter((part) => part !== "").join(" → ")})`,
            occasion: occasion.text,
          },
        });
      },
    }),
});
