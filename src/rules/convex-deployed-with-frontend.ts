import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, locationOf } from "../document-visitor.ts";

export default createRule({
  name: "convex-deployed-with-frontend",
  meta: {
    type: "suggestion",
    docs: {
      description: "require a workflow that deploys the frontend of a Convex backend to have the backend deployed too",
      documents: ["workflow"],
      recommended: false,
    },
    schema: [],
    messages: {
      undeployedBackend:
        "`{{text}}` deploys what calls the Convex functions in `{{functions}}`, which no workflow deploys. They stay as old as the last `convex deploy` by hand.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      undeployedBackend({ place, text, functions }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "undeployedBackend",
          data: { text, functions },
        });
      },
    }),
});
