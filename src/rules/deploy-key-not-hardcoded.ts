import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, locationOf } from "../document-visitor.ts";

export default createRule({
  name: "deploy-key-not-hardcoded",
  meta: {
    type: "problem",
    docs: {
      description: "disallow deploy keys and access tokens in files that are committed",
      documents: ["workflow", "action", "manifest", "turbo-config"],
      recommended: true,
    },
    schema: [],
    messages: {
      hardcodedKey:
        "This is {{kind}}{{shown}}: whoever can read the repository or its history can use it. Revoke it at {{issuer}}, and keep its successor in a secret.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      hardcodedKey({ place, kind, issuer, prefix }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "hardcodedKey",
          data: { kind, issuer, shown: prefix === "" ? "" : ` (\`${prefix}…\`)` },
        });
      },
    }),
});
