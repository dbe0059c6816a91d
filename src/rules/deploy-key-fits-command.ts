import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";

export default createRule({
  name: "deploy-key-fits-command",
  meta: {
    type: "problem",
    docs: {
      description: "require Convex commands to be called with the flags and the kind of deploy key that they take",
      documents: ["workflow", "action", "manifest"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      conflictingDeployment:
        "{{subject}} fails: `CONVEX_DEPLOYMENT` ({{setAt}}) must not be set beside `{{other}}`, which names a deployment too.",
      idleFlag:
        "{{subject}} ignores `{{name}}`: it names a variable for the command that `{{other}}` runs, and there is none.",
      ignoredFlag:
        "{{subject}} ignores `{{name}}`, which counts only together with `{{other}}`. It goes to the deployment that its environment names.",
      malformedKey: "{{subject}} fails: the value of `{{name}}` ({{setAt}}) has no `|`, as every deploy key has.",
      personalCommand: "{{subject}} fails in CI: `{{name}}` is for somebody who is logged in, and refuses deploy keys.",
      previewKey:
        "{{subject}} fails: `{{name}}` ({{setAt}}) is a preview deploy key, which `{{other}}` refuses. It takes the key of a deployment or of the project.",
      productionKey:
        "{{subject}} pushes to production: `{{name}}` ({{setAt}}) is a production key. `convex dev` is for development deployments, `convex deploy` for this one.",
      rejectedFlag: "{{subject}} fails: `{{command}}` has no flag `{{name}}`.",
      removedCommand: "{{subject}} fails: `{{name}}` was removed from the Convex CLI.",
      unknownCommand: "{{subject}} fails: the Convex CLI has no command `{{name}}`.",
      removeFlag: "Remove `{{name}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      commandFault(fault) {
        const { mistake, place, flag, removal, command } = fault;
        const { kind, name, other, setAt } = mistake;
        context.report({
          loc: locationOf(context, flag?.range ?? place.range),
          messageId: kind,
          data: {
            subject: describeCommand(fault, fault.command),
            name,
            other,
            command,
            setAt: setAt ? describePlace(setAt) : "",
          },
          suggest: suggestWith([
            { messageId: "removeFlag", data: { name }, edits: removal && [{ range: removal, text: "" }] },
          ]),
        });
      },
    }),
});
