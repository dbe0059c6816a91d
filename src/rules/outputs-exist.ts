import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addNeed } from "../edits/needs.ts";
import type { AbsentRead } from "../engine.ts";

export default createRule({
  name: "outputs-exist",
  meta: {
    type: "problem",
    docs: {
      description: "require the steps, jobs, inputs and outputs that expressions and `needs` name to be there",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      absentRead: "`{{name}}` is always empty{{here}}: {{reason}}.{{hint}}",
      missingNeed: "GitHub rejects this workflow: it has no job `{{id}}`, for which this one is to wait.{{hint}}",
      useName: "Write `{{similar}}`.",
      addNeed: "Let this job wait for `{{id}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      absentRead(read) {
        const { place, document, job, reference, absence, similar, nameRanges, toNeed } = read;
        const isName = similar !== undefined && /^[\w-]+$/.test(similar);
        context.report({
          loc: locationOf(context, place.range),
          messageId: "absentRead",
          data: {
            name: [reference.context, ...reference.path].join("."),
            here: absence.kind === "laterStep" ? " here" : "",
            reason: reasonOf(read),
            hint: similar === undefined ? "" : ` There is \`${similar}\`.`,
          },
          suggest: suggestWith([
            {
              messageId: "useName",
              data: { similar: similar ?? "" },
              edits: isName ? nameRanges.map((range) => ({ range, text: similar })) : undefined,
            },
            {
              messageId: "addNeed",
              data: { id: toNeed?.id ?? "" },
              edits: job && toNeed && addNeed(document, job.node, toNeed.id),
            },
          ]),
        });
      },
      missingNeed({ place, id, similar }) {
        const edits = similar === undefined ? undefined : [{ range: place.range, text: similar }];
        context.report({
          loc: locationOf(context, place.range),
          messageId: "missingNeed",
          data: { id, hint: similar === undefined ? "" : ` There is \`${similar}\`.` },
          suggest: suggestWith([{ messageId: "useName", data: { similar: similar ?? "" }, edits }]),
        });
      },
    }),
});

function reasonOf({ file, job, reference, absence, missing }: AbsentRead): string {
  const subject = job ? "job" : file;
  const [owner = ""] = reference.path;
  switch (absence.kind) {
    case "noStep":
      return `no step of this ${subject} has the id \`${missing}\``;
    case "laterStep":
      return `the step \`${missing}\`${absence.later ? ` (${describePlace(absence.later)})` : ""} has not run yet`;
    case "noNeed":
      return `this job does not list \`${missing}\` in its \`needs\``;
    case "noJob":
      return `there is no job \`${missing}\``;
    case "noOutput":
      return absence.outputs ? reasonOfOutput(absence.outputs, owner, missing) : "";
    case "noProperty":
      return `a ${reference.context === "steps" ? "step" : "job"} has no \`${missing}\``;
    case "noInput":
      return `this ${file} declares no input \`${missing}\``;
    case "noCombination":
      if (absence.depth > 0) return `no value of \`matrix.${owner}\` has \`${missing}\``;
      if (absence.names.length === 0) return "this job has no matrix";
      return `no combination of this job's matrix has \`${missing}\``;
  }
}

function reasonOfOutput(
  { by, place }: NonNullable<AbsentRead["absence"]["outputs"]>,
  owner: string,
  missing: string,
): string {
  const at = describePlace(place);
  switch (by) {
    case "job":
      return `the job \`${owner}\` (${at}) declares no output \`${missing}\``;
    case "workflow":
      return `the workflow that the job \`${owner}\` calls declares no output \`${missing}\` (${at})`;
    case "action":
      return `the action that the step \`${owner}\` uses declares no output \`${missing}\` (${at})`;
    case "script":
      return `the script of the step \`${owner}\` (${at}) writes no output \`${missing}\``;
  }
}
