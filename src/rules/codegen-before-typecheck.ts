import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { addDependency } from "../edits/turbo-dependency.ts";
import { insertStep } from "../edits/steps.ts";

export default createRule({
  name: "codegen-before-typecheck",
  meta: {
    type: "problem",
    docs: {
      description: "require generated code that git ignores to be generated before a command checks what imports it",
      documents: ["workflow", "action", "turbo-config"],
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      missingCode:
        "{{subject}} fails: {{importer}} {{relation}} `{{module}}`, which git ignores and nothing before it in this job generates.",
      missingDependency:
        "`{{task}}` fails in a fresh checkout: {{importer}} {{relation}} `{{module}}`, which git ignores, and it does not wait for `{{generatingTask}}`. `{{from}}` runs it at {{place}}.",
      otherJob:
        "{{subject}} fails: {{importer}} {{relation}} `{{module}}`, which git ignores and this job does not generate. Jobs share no files: what {{place}} generates stays there.",
      addStep: "Run `{{generator}}` in a step before this one.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      ungeneratedCode(fault) {
        const { place, importer, relation, module, generator, generatedAt, document, newStep } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: generatedAt ? "otherJob" : "missingCode",
          data: {
            subject: describeCommand(fault, fault.check),
            importer,
            relation,
            module,
            place: generatedAt ? describePlace(generatedAt) : "",
          },
          suggest: suggestWith([
            {
              messageId: "addStep",
              data: { generator },
              edits: newStep && insertStep(document, newStep.before, "before", newStep.lines),
            },
          ]),
        });
      },
      missingDependency(fault) {
        const { place, task, generatingTask, importer, relation, module, from, fromPlace } = fault;
        const { config, entry, dependsOn, item } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "missingDependency",
          data: { task, generatingTask, importer, relation, module, from, place: describePlace(fromPlace) },
          fix: item === undefined ? null : fixWith(addDependency(config, entry, dependsOn, item)),
        });
      },
    }),
});
