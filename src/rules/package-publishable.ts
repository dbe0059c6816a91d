import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addProperty } from "../edits/json.ts";

export default createRule({
  name: "package-publishable",
  meta: {
    type: "problem",
    docs: {
      description: "require of packages that CI publishes what npm's registry and their users need",
      documents: ["manifest"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missingRepository:
        "`{{command}}` ({{place}}) fails for this package with `E422`: npm's registry takes its provenance only with a `repository`, which has to be the one where the workflow runs.",
      unresolvedRange:
        "`{{command}}` ({{place}}) publishes `{{dependency}}` as it stands: npm leaves such a range alone, and nobody can install this package.",
      addRepository: "Add the `repository` that the other packages have, `{{url}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      publishingFault({ kind, place, command, commandAt, dependency, manifest, url }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: kind,
          data: { command, place: describePlace(commandAt), dependency },
          suggest: suggestWith([
            {
              messageId: "addRepository",
              data: { url: url ?? "" },
              edits:
                url === undefined
                  ? undefined
                  : addProperty(
                      place.source,
                      manifest,
                      "repository",
                      `{ "type": "git", "url": ${JSON.stringify(url)} }`,
                    ),
            },
          ]),
        });
      },
    }),
});
