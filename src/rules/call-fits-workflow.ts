import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeList, describePlace, locationOf } from "../document-visitor.ts";
import type { Place } from "../documents/source.ts";
import { suggestWith } from "../edits/fix.ts";
import { grantPermissions } from "../edits/permissions.ts";

export default createRule({
  name: "call-fits-workflow",
  meta: {
    type: "problem",
    docs: {
      description:
        "require a job that calls a workflow to pass the inputs and to grant the permissions that it asks for",
      documents: ["workflow"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      exceededPermissions:
        "GitHub rejects this run: the called workflow asks for {{asked}}, and this job is only allowed {{allowed}} ({{place}}).",
      missingInput: "GitHub rejects this run: the called workflow requires the input `{{name}}` ({{place}}).",
      undeclaredInput: "GitHub rejects this run: the called workflow declares no input `{{name}}` ({{place}}).{{hint}}",
      unfitInput:
        "GitHub rejects this run: the called workflow takes a {{declared}} as `{{name}}` ({{place}}), and this is a {{passed}}.",
      grantPermissions: "Grant this job {{permissions}}.",
      useName: "Write `{{similar}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      exceededCall({ place, exceeded, grantedAt, granted, document, job }) {
        const asked = exceeded.map(({ name, asked: level, askedAt, isOfAll }) =>
          describeAt(isOfAll ? `${level}-all` : `${name}: ${level}`, askedAt),
        );
        const permissions = exceeded.map(({ name, asked: level }) => ({ name, level }));
        const wanted = permissions.map(({ name, level }) => `\`${name}: ${level}\``);
        const isListed = exceeded.every(({ isOfAll }) => !isOfAll);
        context.report({
          loc: locationOf(context, place.range),
          messageId: "exceededPermissions",
          data: {
            asked: describeList([...new Set(asked)]),
            allowed: describeList(exceeded.map(({ name, allowed }) => `\`${name}: ${allowed}\``)),
            place: describePlace(grantedAt),
          },
          suggest: suggestWith([
            {
              messageId: "grantPermissions",
              data: { permissions: describeList(wanted) },
              edits: isListed ? grantPermissions(document, job.node, granted, permissions) : undefined,
            },
          ]),
        });
      },
      rejectedInput({ place, kind, name, declaredAt, similar, isShared, types: [declared = "", passed = ""] = [] }) {
        const edits = similar === undefined || isShared ? undefined : [{ range: place.range, text: similar }];
        context.report({
          loc: locationOf(context, place.range),
          messageId: `${kind}Input`,
          data: {
            name,
            place: describePlace(declaredAt),
            declared,
            passed,
            hint: similar === undefined ? "" : ` There is \`${similar}\`.`,
          },
          suggest: suggestWith([{ messageId: "useName", data: { similar: similar ?? "" }, edits }]),
        });
      },
    }),
});

function describeAt(text: string, place: Place): string {
  return `\`${text}\` (${describePlace(place)})`;
}
