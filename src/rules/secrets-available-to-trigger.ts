import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { addStepKey, testThroughEnv } from "../edits/steps.ts";
import { addUnder } from "../edits/yaml.ts";
import type { SecretToPass } from "../engine.ts";

/** Options of the rule. */
export interface Options {
  /** Also report what fails in pull requests from forks and by Dependabot. */
  readonly forks?: boolean;
}

type MessageIds =
  | "emptySecret"
  | "missingSecret"
  | "rejectedCondition"
  | "rejectedInput"
  | "rejectedWorkflow"
  | "reservedName"
  | "secretlessPullRequest"
  | "unavailableSecrets"
  | "undeclaredSecret"
  | "passSecret"
  | "skipStep"
  | "testEnv";

export default createRule<[Options], MessageIds>({
  name: "secrets-available-to-trigger",
  meta: {
    type: "problem",
    docs: {
      description: "require that a secret is there where a workflow, a called workflow or an action reads it",
      documents: ["workflow", "action"],
      recommended: true,
      strictOptions: { forks: true },
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          forks: {
            description: "Also report what fails in pull requests from forks and by Dependabot.",
            type: "boolean",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      emptySecret:
        "{{subject}} fails: `{{name}}` is `{{value}}` ({{place}}), and the call at {{call}} does not pass this secret.",
      missingSecret: "GitHub rejects this run: the called workflow requires the secret `{{name}}` ({{place}}).",
      rejectedCondition:
        "GitHub rejects this workflow: `{{key}}` cannot read `secrets`. The `if` of a step can test `env` instead, which can hold the secret.",
      rejectedInput:
        "GitHub rejects this workflow: `{{key}}` cannot read `secrets`. A called workflow gets them through `secrets`.",
      rejectedWorkflow: "GitHub rejects this workflow: `{{key}}` cannot read `secrets`.",
      reservedName:
        "`{{context}}.{{name}}` is always empty: GitHub takes no {{kind}} whose name begins with `GITHUB_`. Create it by another name.",
      secretlessPullRequest:
        "{{subject}} fails in every pull request {{from}}, which gets no secrets: it needs `secrets.{{secret}}`.",
      unavailableSecrets:
        "A job that uses this action fails: `{{key}}` cannot read `secrets`. An action gets a secret as an input or through `env`.",
      undeclaredSecret: "GitHub rejects this run: the called workflow declares no secret `{{name}}` ({{place}}).",
      passSecret: "Pass `{{name}}` to the called workflow.",
      skipStep: "Skip this step where `{{variable}}` is empty.",
      testEnv: "Test the secret through the `env` of this step.",
    },
  },
  create: (context, [{ forks = false }]) =>
    defineDocumentVisitor(context, {
      unavailableSecrets({ place, kind, key, names, document, step }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: kind === "workflow" ? rejectionOf(key) : "unavailableSecrets",
          data: { key },
          suggest: suggestWith([{ messageId: "testEnv", edits: step && testThroughEnv(document, step, names) }]),
        });
      },
      rejectedCall({ place, kind, name, declaredAt, toPass }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: kind === "missing" ? "missingSecret" : "undeclaredSecret",
          data: { name, place: describePlace(declaredAt) },
          ...passing(toPass),
        });
      },
      reservedName({ context: from, name, place }) {
        const kind = from === "secrets" ? "secret" : "variable";
        context.report({
          loc: locationOf(context, place.range),
          messageId: "reservedName",
          data: { context: from, name, kind },
        });
      },
      emptySecret(fault) {
        const { place, name, value, setAt, callAt, toPass } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "emptySecret",
          data: {
            subject: describeCommand(fault, fault.command),
            name,
            value,
            place: describePlace(setAt),
            call: describePlace(callAt),
          },
          ...passing(toPass),
        });
      },
      ...(forks && {
        forkSecret(fault) {
          const { place, secret, variable, canSkip, hasDependabot, document, step } = fault;
          const condition = `\${{ env.${variable} != '' }}`;
          context.report({
            loc: locationOf(context, place.range),
            messageId: "secretlessPullRequest",
            data: {
              subject: describeCommand(fault, fault.command),
              secret,
              from: hasDependabot ? "from a fork or by Dependabot" : "from a fork",
            },
            suggest: suggestWith([
              {
                messageId: "skipStep",
                data: { variable },
                edits: canSkip ? addStepKey(document, step, "if", condition) : undefined,
              },
            ]),
          });
        },
      }),
    }),
});

/** Where a stranger's code runs beside the secret, the choice is not ours. */
function passing(toPass: SecretToPass | undefined) {
  const edits = toPass && addUnder(toPass.document, toPass.job, "secrets", [toPass]);
  const data = { name: toPass?.name ?? "" };
  return toPass?.isPrivileged === true
    ? { suggest: suggestWith([{ messageId: "passSecret", data, edits }]) }
    : { fix: fixWith(edits) };
}

function rejectionOf(key: string): "rejectedCondition" | "rejectedInput" | "rejectedWorkflow" {
  if (key.endsWith(".if")) return "rejectedCondition";
  return /^jobs\.[^.]+\.with\./.test(key) ? "rejectedInput" : "rejectedWorkflow";
}
