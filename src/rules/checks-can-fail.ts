import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addStepKey } from "../edits/steps.ts";

const MESSAGES = {
  pipeline: "maskedStatus",
  builtin: "builtinStatus",
  between: "latterStatus",
  stopped: "constantStatus",
} as const;

export default createRule({
  name: "checks-can-fail",
  meta: {
    type: "problem",
    docs: {
      description: "require what a script asks of a command's exit status to be able to see a failure",
      documents: ["workflow", "action", "manifest"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      maskedStatus:
        "{{where}}`{{asker}}` asks `{{answering}}` here, not `{{command}}`: without `pipefail` the status of a pipeline is that of its last command, so a failed `{{command}}` counts as success. {{cure}}",
      builtinStatus:
        "{{where}}`{{asker}}` asks `{{answering}}` here, not `{{command}}`: the status is that of the builtin, so a failed `{{command}}` counts as success. Assign the value first, and use `{{answering}}` on a line of its own.",
      latterStatus:
        "{{where}}`$?` is always 0 here: it is the status of `{{answering}}`, which runs right before. Keep the status of the command that is meant before anything else runs.",
      constantStatus:
        "{{where}}`$?` is always 0 here: with `-e` the script ends where `{{command}}` fails, before anything asks. Make the command the condition, or keep its status with `|| status=$?` behind it.",
      useBash: "Add `shell: bash`, which counts every command of a pipeline.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      maskedStatus({ kind, place, asker, answering, command = "", wouldStop, writtenAt, step }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: MESSAGES[kind],
          data: {
            asker,
            answering,
            command,
            where: writtenAt ? `At ${describePlace(writtenAt)} ` : "",
            cure: wouldStop
              ? "Set `pipefail`, and keep the status with `|| status=$?` behind the pipeline."
              : "With `set -o pipefail` it does not.",
          },
          suggest: suggestWith([
            { messageId: "useBash", edits: step && addStepKey(step.document, step.node, "shell", "bash") },
          ]),
        });
      },
    }),
});
