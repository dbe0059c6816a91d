import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";

export default createRule({
  name: "scripts-exist",
  meta: {
    type: "problem",
    docs: {
      description: "require the scripts, turbo tasks and packages that CI asks for to exist",
      documents: ["workflow", "action", "manifest"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missingScript: "{{subject}} fails: {{owner}} script {{name}}.{{hint}}",
      missingTask: "{{subject}} fails: {{owner}} task {{name}}.{{hint}}",
      missingPackage: "{{subject}} fails: no package of the workspace is called {{name}}.{{hint}}",
      ignoredPackage: "{{subject}} runs nothing: no package of the workspace is called {{name}}.{{hint}}",
      emptyTask:
        "{{subject}} runs nothing, and succeeds: no package in its scope has a script for {{name}}, or for what turbo runs before.{{hint}}",
      useName: "Write `{{similar}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      missingScript(fault) {
        const { place, names, path, similar, nameAt } = fault;
        const edits = nameAt && similar !== undefined ? [{ range: nameAt.range, text: similar }] : undefined;
        context.report({
          loc: locationOf(context, place.range),
          messageId: MESSAGES[fault.kind],
          data: {
            subject: describeCommand(fault, fault.command),
            name: names.map((name) => `\`${name}\``).join(" or "),
            owner: path === undefined ? "no package that it selects has a" : `\`${path}\` has no`,
            hint: similar === undefined ? "" : ` There is \`${similar}\`.`,
          },
          suggest: suggestWith([{ messageId: "useName", data: { similar: similar ?? "" }, edits }]),
        });
      },
    }),
});

const MESSAGES = {
  script: "missingScript",
  task: "missingTask",
  package: "missingPackage",
  ignoredPackage: "ignoredPackage",
  emptyTask: "emptyTask",
} as const;
