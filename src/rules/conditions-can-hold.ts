import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import type { ImpossibleValue, SkippedNeeds } from "../engine.ts";
import { joinList } from "../lists.ts";

export default createRule({
  name: "conditions-can-hold",
  meta: {
    type: "problem",
    docs: {
      description: "require the conditions of jobs and steps to be able to hold, and not to, where GitHub asks them",
      documents: ["workflow"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      excludedResult:
        "{{verdict}}: without `failure()` or `always()` in its condition GitHub asks it only after success{{of}}, where `{{asked}}` is {{results}}.",
      impossibleValue: "{{verdict}}: {{reason}}.",
      alwaysHolds:
        "This {{subject}} runs whatever its condition says: {{text}} around {{braces}} makes it a text, and every text but the empty one counts as true.",
      skippedNeed:
        "{{verdict}}: where {{condition}} holds, {{skipped}}, which it waits for, is skipped, and GitHub skips it too. {{advice}}.",
      askAlways: "Ask it in any case, with `always()`.",
      askFailure: "Ask it after a failure, with `failure()`.",
      stripBreak: "Write `{{indicator}}`, which leaves the line break out.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      constantCondition({ place, subject, isBreak, header }) {
        const indicator = header && `${place.source.text.slice(...header).replace("+", "")}-`;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "alwaysHolds",
          data: { subject, text: isBreak ? "the line break" : "what stands", braces: "`${{ }}`" },
          suggest: suggestWith([
            {
              messageId: "stripBreak",
              data: { indicator: indicator ?? "" },
              edits: header && indicator !== undefined ? [{ range: header, text: indicator }] : undefined,
            },
          ]),
        });
      },
      impossibleCondition(fault) {
        const loc = locationOf(context, fault.place.range);
        if (fault.kind === "skippedNeeds") {
          const needs = fault.skipped.map(({ id, place }) => `\`${id}\` (${describePlace(place)})`).join(" and ");
          const skipped = fault.skipped.length > 1 ? `one of ${needs}` : needs;
          context.report({
            loc,
            messageId: "skippedNeed",
            data: {
              verdict: verdictOf("job", fault),
              condition: fault.side === undefined ? "its condition" : "it",
              skipped,
              advice: adviceOf(fault),
            },
          });
          return;
        }
        if (fault.kind === "impossibleValue") {
          const { subject, asked, given } = fault;
          const data = { verdict: verdictOf(subject, fault), reason: reasonOf(asked, given) };
          context.report({ loc, messageId: "impossibleValue", data });
          return;
        }
        const { place, subject, asked, results, text } = fault;
        const start = place.source.text.indexOf(text, place.range[0]);
        const isPlain = fault.side === undefined && start >= 0 && start + text.length <= place.range[1];
        const edits = (status: string) =>
          isPlain ? [{ range: [start, start + text.length] as const, text: `${status} && (${text})` }] : undefined;
        context.report({
          loc,
          messageId: "excludedResult",
          data: {
            verdict: verdictOf(subject, fault),
            asked,
            of: subject === "job" ? " of all jobs that it waits for" : "",
            results: results.map((result) => `\`${result}\``).join(" or "),
          },
          suggest: suggestWith([
            // After a job that was skipped or cancelled `failure()` does not hold.
            { messageId: "askFailure", edits: /skipped|cancelled/.test(text) ? undefined : edits("failure()") },
            { messageId: "askAlways", edits: edits("always()") },
          ]),
        });
      },
    }),
});

function adviceOf({ gets }: SkippedNeeds): string {
  if (gets === undefined) return "`if: always() && …` is asked in any case: put there which results the job needs";
  return `It ${gets === "outputs" ? "reads outputs" : "downloads an artifact"} of that job, which has to run there too`;
}

function verdictOf(subject: string, { side }: { readonly side: string | undefined }): string {
  return side === undefined
    ? `This ${subject} never runs`
    : `\`${side.replaceAll(/\s+/g, " ")}\` never lets this ${subject} run`;
}

function reasonOf(asked: readonly string[], { reason, values, meant }: ImpossibleValue["given"]): string {
  const [, id = "", , output = ""] = asked;
  const name = asked.join(".");
  const listed = joinList(
    values.filter((value) => value !== "" && value !== null).map((value) => `\`${String(value)}\``),
    "or",
  );
  switch (reason) {
    case "contradiction":
      return `no value of \`${name}\` fits`;
    case "fullRef":
      if (meant) return `\`${name}\` is the full name, and that is \`${meant.full}\``;
      return `\`${name}\` is the full name, and begins with \`refs/heads/\`, \`refs/tags/\` or \`refs/pull/\`; the short one is \`github.ref_name\``;
    case "callerEvent":
      return `\`${name}\` is that of the caller, and never \`workflow_call\``;
    case "noOutput":
      return asked[0] === "needs"
        ? `the job \`${id}\` declares no output \`${output}\``
        : `the step \`${id}\` has no output \`${output}\``;
    case "noStep":
      return `no step before it has the id \`${id}\``;
    case "boolean":
      return `\`${name}\` is a boolean, which equals no text; it is a condition by itself`;
    case "booleanText":
      return `\`${name}\` is the text \`true\` or \`false\`; the boolean is \`inputs.${asked[3] ?? ""}\``;
    case "options":
    case "listed":
      return `\`${name}\` is ${listed}`;
  }
}
