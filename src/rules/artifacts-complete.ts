import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeList, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addUnder } from "../edits/yaml.ts";
import type { AbsentArtifact, HiddenUpload } from "../engine.ts";
import type { Place } from "../documents/source.ts";

const TOKEN = "${{ github.token }}";

export default createRule({
  name: "artifacts-complete",
  meta: {
    type: "problem",
    docs: {
      description:
        "require artifacts that are downloaded to be uploaded in the same run, each name once, and those of hidden files to hold them",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      absentArtifact: "{{subject}} fails: no job of this run uploads an artifact `{{name}}`.{{hint}}",
      otherRun:
        "{{subject}} fails: without `github-token` it passes over {{inVain}} and looks in its own run, where no job uploads an artifact `{{name}}`.",
      emptyArtifact:
        "{{subject}} uploads nothing: {{hidden}}, and it leaves hidden files out unless `include-hidden-files` is `true`.{{then}}",
      missingPart:
        "{{subject}} uploads only a part: {{hidden}}, and it leaves hidden files out unless `include-hidden-files` is `true`.",
      repeatedInMatrix:
        "{{subject}} fails in {{failing}} of the {{jobs}} jobs of the matrix: {{what}}, and a run takes each name once (409 Conflict).",
      repeatedAfter:
        "{{subject}} fails where {{other}} has uploaded an artifact `{{name}}` before it: a run takes each name once (409 Conflict).",
      repeatedBeside:
        "{{subject}} or {{other}} fails in a run of both: each uploads an artifact `{{name}}`, and a run takes each name once (409 Conflict).",
      addLeg: "Add `{{suffix}}` to the name.",
      useName: "Replace by `{{similar}}`.",
      addToken: "Add `github-token: {{token}}`, which has to have the permission `actions: read`.",
      includeHiddenFiles: "Add `include-hidden-files: true`: it uploads all hidden files that lie there.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      absentArtifact(fault) {
        const { place, name, inVain, similar, nameAt, document, step } = fault;
        const isOfOther = inVain.length > 0;
        const entry = { name: "github-token", value: TOKEN };
        context.report({
          loc: locationOf(context, place.range),
          messageId: isOfOther ? "otherRun" : "absentArtifact",
          data: {
            subject: subjectOf(fault),
            name,
            inVain: describeList(inVain.map((input) => `\`${input}\``)),
            hint: hintOf(fault),
          },
          suggest: suggestWith([
            {
              messageId: "useName",
              data: { similar: similar ?? "" },
              edits: nameAt && similar !== undefined ? [{ range: nameAt.range, text: similar }] : undefined,
            },
            {
              messageId: "addToken",
              data: { token: TOKEN },
              edits: isOfOther && step ? addUnder(document, step, "with", [entry]) : undefined,
            },
          ]),
        });
      },
      hiddenUpload(fault) {
        const { place, hidden, isEmpty, document, step } = fault;
        const entry = { name: "include-hidden-files", value: true };
        const edits = step && addUnder(document, step, "with", [entry]);
        context.report({
          loc: locationOf(context, place.range),
          messageId: isEmpty ? "emptyArtifact" : "missingPart",
          data: {
            subject: subjectOf(fault),
            hidden: `${describeList(hidden.map((path) => `\`${path}\``))} ${hidden.length === 1 ? "is" : "are"} hidden`,
            then: consequenceOf(fault),
          },
          suggest: suggestWith([{ messageId: "includeHiddenFiles", edits }]),
        });
      },
      repeatedUpload(fault) {
        const { place, name, clash } = fault;
        const loc = locationOf(context, place.range);
        const subject = subjectOf(fault);
        if (clash.kind === "other") {
          const messageId = clash.isAfter ? "repeatedAfter" : "repeatedBeside";
          context.report({ loc, messageId, data: { subject, name, other: describePlace(clash.otherAt) } });
          return;
        }
        const { suffix } = clash;
        const isOfAll = clash.failing === clash.jobs - 1;
        context.report({
          loc,
          messageId: "repeatedInMatrix",
          data: {
            subject,
            failing: isOfAll ? "all but one" : String(clash.failing),
            jobs: String(clash.jobs),
            what: isOfAll
              ? `each uploads an artifact \`${name}\``
              : `several upload the same artifact, such as \`${name}\``,
          },
          suggest: suggestWith([
            {
              messageId: "addLeg",
              data: { suffix: suffix?.text ?? "" },
              edits: suffix && [{ range: suffix.place.range, text: suffix.text }],
            },
          ]),
        });
      },
    }),
});

function subjectOf({ text, writtenAt }: { readonly text: string; readonly writtenAt: Place | undefined }): string {
  return writtenAt ? `\`${text}\` (${describePlace(writtenAt)})` : `\`${text}\``;
}

function hintOf({ uploaded, similar }: AbsentArtifact): string {
  if (similar !== undefined) return ` One is called \`${similar}\`.`;
  return uploaded.length === 0 ? "" : ` They upload ${describeList(uploaded.map((name) => `\`${name}\``))}.`;
}

function consequenceOf({ ifNoFilesFound, downloadAt }: HiddenUpload): string {
  const choice = ifNoFilesFound.known ? ifNoFilesFound.value : "";
  if (choice === "error") return " With `if-no-files-found: error` the step fails.";
  if (downloadAt) return ` ${describePlace(downloadAt)} downloads that artifact.`;
  if (choice === "warn") return " The step succeeds with a warning.";
  return choice === "ignore" ? " The step succeeds all the same." : "";
}
