import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { addActionInput, addUnder, removeItem } from "../edits/yaml.ts";
import type { EnvLevel, MissingCredential } from "../engine.ts";

export default createRule({
  name: "convex-codegen-needs-deploy-key",
  meta: {
    type: "problem",
    docs: {
      description: "require Convex credentials where a workflow step reaches a command that needs a deployment",
      documents: ["workflow", "action"],
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      emptyDeployKey: "{{subject}} fails: {{names}} is empty here ({{place}}), and an empty value counts as none.",
      loneFlag:
        "{{subject}} fails: `{{flag}}` counts only together with `{{other}}`, and without them it needs {{names}}.",
      missingDeployKey: "{{subject}} fails without {{names}}.",
      onlyDeployment:
        "{{subject}} fails with `401 MissingAccessToken`: `CONVEX_DEPLOYMENT` names a deployment but does not authenticate. It needs {{names}}.",
      onlyUrl: "{{subject}} fails without {{names}}: the Convex CLI does not read `{{url}}`.",
      unpassedDeployKey:
        "{{subject}} fails: {{names}} is `{{value}}` ({{place}}), and the call at {{call}} does not pass this secret.",
      addActionInput: "Add an input for {{names}}, which callers then have to give, and pass it to this step.",
      addJobEnv: "Add {{names}} to the `env` of this job.",
      addStepEnv: "Add {{names}} to the `env` of this step.",
      addWorkflowEnv: "Add {{names}} to the `env` of this workflow.",
      passSecret: "Pass `{{name}}` to the called workflow.",
      removeStep: "Remove this step, and commit the generated code instead, as Convex advises.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      missingCredential(fault) {
        if (fault.requirement.tool !== "convex") return;
        const { document, step, job, workflow, emptyAt, emptyIn, unpassed } = fault;
        const names = fault.names.map((name) => `\`${name}\``).join(" and ");
        const { command, loneFlag } = fault.requirement;
        const subject = describeCommand(fault, command);
        const loc = locationOf(context, fault.place.range);
        if (loneFlag) {
          // What is meant is a backend of one's own: the key of another one would send it there.
          context.report({
            loc,
            messageId: "loneFlag",
            data: { subject, names, flag: loneFlag.flag, other: loneFlag.other },
          });
          return;
        }
        // An empty value is in force at every level further out.
        const add = (owner: typeof step, overrides: readonly EnvLevel[]) =>
          owner && (!emptyAt || (emptyIn && overrides.includes(emptyIn)))
            ? addUnder(document, owner, "env", variablesOf(fault))
            : undefined;
        const inStep = add(step, ["step", "job", "workflow"]);
        const isCertain = fault.canUseSecrets && fault.expressions !== undefined;
        const toPass = unpassed?.toPass;
        const inCall = toPass && addUnder(toPass.document, toPass.job, "secrets", [toPass]);
        const canPass = inCall !== undefined && toPass?.isPrivileged === false && fault.canPassSecret;
        context.report({
          loc,
          messageId: attemptOf(fault),
          data: {
            subject,
            names,
            url: urlOf(fault) ?? "",
            place: emptyAt ? describePlace(emptyAt) : "",
            value: unpassed?.value ?? "",
            call: unpassed ? describePlace(unpassed.callAt) : "",
          },
          fix: canPass ? fixWith(inCall) : isCertain ? fixWith(inStep) : null,
          suggest: suggestWith([
            { messageId: "addStepEnv", data: { names }, edits: workflow && !isCertain ? inStep : undefined },
            {
              messageId: "passSecret",
              data: { name: toPass?.name ?? "" },
              edits: canPass ? undefined : inCall,
            },
            { messageId: "addActionInput", data: { names }, edits: workflow ? undefined : addInput(fault) },
            { messageId: "addJobEnv", data: { names }, edits: add(job, ["job", "workflow"]) },
            { messageId: "addWorkflowEnv", data: { names }, edits: add(workflow, ["workflow"]) },
            {
              messageId: "removeStep",
              edits: step && command === "convex codegen" && fault.isWholeStep ? removeItem(document, step) : undefined,
            },
          ]),
        });
      },
    }),
});

/** The message for what the workflow already tries. */
function attemptOf(fault: MissingCredential) {
  if (fault.unpassed) return "unpassedDeployKey";
  if (fault.emptyAt) return "emptyDeployKey";
  if (fault.given.includes("CONVEX_DEPLOYMENT")) return "onlyDeployment";
  return urlOf(fault) === undefined ? "missingDeployKey" : "onlyUrl";
}

function urlOf({ given }: MissingCredential): string | undefined {
  return given.find((name) => name.endsWith("CONVEX_URL"));
}

function variablesOf({ names, expressions }: MissingCredential) {
  return names.map((name, index) => ({ name, value: expressions?.[index] ?? `\${{ secrets.${name} }}` }));
}

/** An action cannot read secrets: it is given one through an input. */
function addInput({ document, names, step }: MissingCredential) {
  const [name, ...others] = names;
  if (!step || name === undefined || others.length > 0 || document.root?.kind !== "mapping") return undefined;
  const input = name.toLowerCase().replaceAll("_", "-");
  const inputEdits = addActionInput(document, document.root, input, `The secret ${name}`);
  const envEdits = addUnder(document, step, "env", [{ name, value: `\${{ inputs.${input} }}` }]);
  return inputEdits && envEdits && [...inputEdits, ...envEdits];
}
