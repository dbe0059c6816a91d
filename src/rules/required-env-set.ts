import { createRule } from "../create-rule.ts";
import {
  defineDocumentVisitor,
  describeCommand,
  describeList,
  describePlace,
  locationOf,
} from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";
import { addUnder } from "../edits/yaml.ts";

export default createRule({
  name: "required-env-set",
  meta: {
    type: "problem",
    docs: {
      description: "require the variables without which a command that CI reaches stops at once",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      emptyCredential: "{{subject}} fails: `{{name}}` is empty here ({{place}}), and an empty value counts as none.",
      missingCredential: "{{subject}} fails without {{names}}.",
      unsetVariables: "{{subject}} fails: {{requiredAt}}{{via}} requires {{names}}, and nothing sets {{pronoun}}.",
      addJobEnv: "Add {{names}} to the `env` of this job.",
      addStepEnv: "Add {{names}} to the `env` of this step.",
      skipCheck: "Set `{{name}}` for this step, so that nothing is checked.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      missingCredential(fault) {
        // Convex has a rule of its own; of other tools it is not known well enough where they look.
        if (fault.requirement.tool !== "wrangler" || fault.unpassed || fault.mayComeFromElsewhere) return;
        const { document, step, job, emptyAt, emptyIn, expressions } = fault;
        const names = describeList(fault.names.map((name) => `\`${name}\``));
        const variables = fault.names.map((name, index) => ({
          name,
          value: expressions?.[index] ?? `\${{ secrets.${name} }}`,
        }));
        const inStep = step && (!emptyAt || emptyIn) ? addUnder(document, step, "env", variables) : undefined;
        const inJob =
          job && (!emptyAt || emptyIn === "job" || emptyIn === "workflow")
            ? addUnder(document, job, "env", variables)
            : undefined;
        context.report({
          loc: locationOf(context, fault.place.range),
          messageId: emptyAt ? "emptyCredential" : "missingCredential",
          data: {
            subject: describeCommand(fault, fault.requirement.command),
            names,
            name: fault.names[0] ?? "",
            place: emptyAt ? describePlace(emptyAt) : "",
          },
          suggest: suggestWith([
            { messageId: "addStepEnv", data: { names }, edits: job && inStep },
            { messageId: "addJobEnv", data: { names }, edits: inJob },
          ]),
        });
      },
      unsetVariables(fault) {
        const { document, step, job, requiredAt, loadedBy, skippedBy } = fault;
        const names = describeList(fault.names.map((name) => `\`${name}\``));
        const variables = fault.names.map((name) => ({ name, value: expressionOf(name) }));

        context.report({
          loc: locationOf(context, fault.place.range),
          messageId: "unsetVariables",
          data: {
            subject: describeCommand(fault, fault.command),
            requiredAt: describePlace(requiredAt),
            via: loadedBy === undefined ? "" : `, which ${loadedBy} loads,`,
            names,
            pronoun: fault.names.length > 1 ? "them" : "it",
          },
          suggest: suggestWith([
            {
              messageId: "addStepEnv",
              data: { names },
              edits: step && job && addUnder(document, step, "env", variables),
            },
            { messageId: "addJobEnv", data: { names }, edits: job && addUnder(document, job, "env", variables) },
            {
              messageId: "skipCheck",
              data: { name: skippedBy?.name ?? "" },
              edits: step && skippedBy && addUnder(document, step, "env", [skippedBy]),
            },
          ]),
        });
      },
    }),
});

/** What goes into the code that browsers get is no secret. */
function expressionOf(name: string): string {
  return /^(?:EXPO_PUBLIC|NEXT_PUBLIC|PUBLIC|VITE)_/.test(name) ? `\${{ vars.${name} }}` : `\${{ secrets.${name} }}`;
}
