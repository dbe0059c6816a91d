import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { addDependency } from "../edits/turbo.ts";
import { insertStep } from "../edits/steps.ts";

export default createRule({
  name: "codegen-before-typecheck",
  meta: {
    type: "problem",
    docs: {
      description:
        "require generated code that git ignores to be generated before a command checks, tests or builds what imports it",
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
        "`{{task}}` fails in a fresh checkout: {{importer}} {{relation}} `{{module}}`, which git ignores, and the task does not wait for `{{generatingTask}}`. `{{from}}` runs it at {{place}}.",
      otherJob:
        "{{subject}} fails: {{importer}} {{relation}} `{{module}}`, which git ignores and this job does not generate. Jobs share no files: what {{place}} generates stays there.",
      unbuiltPackage:
        "{{subject}} fails: {{importer}} imports `{{specifier}}`, which {{entry}} leads to `{{module}}`. Git ignores that, and nothing before it in this job builds it.",
      unbuiltDependency:
        "`{{task}}` fails in a fresh checkout: {{importer}} imports `{{specifier}}`, which {{entry}} leads to `{{module}}`. Git ignores that, and the task, which `{{from}}` runs at {{place}}, does not wait for `{{generatingTask}}`.",
      builtInOtherJob:
        "{{subject}} fails: {{importer}} imports `{{specifier}}`, which {{entry}} leads to `{{module}}`. Git ignores that, and jobs share no files: what {{place}} builds stays there.",
      addBuild: "Build `{{package}}` in a step before this one.",
      addStep: "Run `{{generator}}` in a step before this one.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      ungeneratedCode(fault) {
        const { place, importer, relation, module, generator, ofPackage, generatedAt, document, newStep } = fault;
        const [elsewhere, nowhere] = ofPackage
          ? (["builtInOtherJob", "unbuiltPackage"] as const)
          : (["otherJob", "missingCode"] as const);
        context.report({
          loc: locationOf(context, place.range),
          messageId: generatedAt ? elsewhere : nowhere,
          data: {
            subject: describeCommand(fault, fault.check),
            importer,
            relation,
            module,
            ...ofPackage,
            place: generatedAt ? describePlace(generatedAt) : "",
          },
          suggest: suggestWith([
            {
              messageId: ofPackage ? "addBuild" : "addStep",
              data: { generator, package: ofPackage?.name ?? "" },
              edits: newStep && insertStep(document, newStep.before, "before", newStep.lines),
            },
          ]),
        });
      },
      missingDependency(fault) {
        const { place, task, generatingTask, importer, relation, module, ofPackage, from, fromPlace } = fault;
        const { config, entry, dependsOn, item } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: ofPackage ? "unbuiltDependency" : "missingDependency",
          data: {
            task,
            generatingTask,
            importer,
            relation,
            module,
            ...ofPackage,
            from,
            place: describePlace(fromPlace),
          },
          fix: item === undefined ? null : fixWith(addDependency(config, entry, dependsOn, item)),
        });
      },
    }),
});
