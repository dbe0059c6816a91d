import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeList, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addUnder } from "../edits/yaml.ts";
import type { HiddenUpload } from "../engine.ts";

export default createRule({
  name: "artifacts-complete",
  meta: {
    type: "problem",
    docs: {
      description:
        "require actions/upload-artifact to be told that it is to upload hidden files, where it is asked for some",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      emptyArtifact:
        "{{subject}} uploads nothing: {{hidden}}, and it leaves hidden files out unless `include-hidden-files` is `true`.{{then}}",
      missingPart:
        "{{subject}} uploads only a part: {{hidden}}, and it leaves hidden files out unless `include-hidden-files` is `true`.",
      includeHiddenFiles: "Add `include-hidden-files: true`: it uploads all hidden files that lie there.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      hiddenUpload(fault) {
        const { place, text, writtenAt, hidden, isEmpty, document, step } = fault;
        const entry = { name: "include-hidden-files", value: true };
        const edits = step && addUnder(document, step, "with", [entry]);
        context.report({
          loc: locationOf(context, place.range),
          messageId: isEmpty ? "emptyArtifact" : "missingPart",
          data: {
            subject: writtenAt ? `\`${text}\` (${describePlace(writtenAt)})` : `\`${text}\``,
            hidden: `${describeList(hidden.map((path) => `\`${path}\``))} ${hidden.length === 1 ? "is" : "are"} hidden`,
            then: consequenceOf(fault),
          },
          suggest: suggestWith([{ messageId: "includeHiddenFiles", edits }]),
        });
      },
    }),
});

function consequenceOf({ ifNoFilesFound, downloadAt }: HiddenUpload): string {
  const choice = ifNoFilesFound.known ? ifNoFilesFound.value : "";
  if (choice === "error") return " With `if-no-files-found: error` the step fails.";
  if (downloadAt) return ` ${describePlace(downloadAt)} downloads that artifact.`;
  if (choice === "warn") return " The step succeeds with a warning.";
  return choice === "ignore" ? " The step succeeds all the same." : "";
}
