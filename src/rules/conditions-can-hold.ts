import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";

export default createRule({
  name: "conditions-can-hold",
  meta: {
    type: "problem",
    docs: {
      description: "require the conditions of jobs and steps to be able to hold where GitHub asks them",
      documents: ["workflow"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      excludedResult:
        "This {{subject}} never runs: without `failure()` or `always()` in its condition GitHub {{asks}}, where `{{asked}}` tells of no failure.",
      exclusiveNeeds:
        "This job never runs: of the jobs that it waits for, {{skipped}} never run together, and without `always()` or `!cancelled()` in its condition a job is skipped with any of them.",
      skippedNeed:
        "This job never runs: where its condition holds, {{skipped}}, which it waits for, is skipped, and without `always()` or `!cancelled()` in its condition so is the job.",
      askAlways: "Ask it in any case, with `always()`.",
      askFailure: "Ask it after a failure, with `failure()`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      impossibleCondition(fault) {
        const loc = locationOf(context, fault.place.range);
        if (fault.kind === "skippedNeeds") {
          const skipped = fault.skipped.map(({ id, place }) => `\`${id}\` (${describePlace(place)})`).join(" and ");
          const messageId = fault.skipped.length > 1 ? "exclusiveNeeds" : "skippedNeed";
          context.report({ loc, messageId, data: { skipped } });
          return;
        }
        const { place, subject, asked, text } = fault;
        const start = place.source.text.indexOf(text, place.range[0]);
        const isPlain = start >= 0 && start + text.length <= place.range[1];
        const edits = (status: string) =>
          isPlain ? [{ range: [start, start + text.length] as const, text: `${status} && (${text})` }] : undefined;
        context.report({
          loc,
          messageId: "excludedResult",
          data: {
            subject,
            asked,
            asks:
              subject === "job"
                ? "asks it only after the success of all jobs that it waits for"
                : "asks it only after success",
          },
          suggest: suggestWith([
            { messageId: "askFailure", edits: edits("failure()") },
            { messageId: "askAlways", edits: edits("always()") },
          ]),
        });
      },
    }),
});
