import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { suggestWith } from "../edits/fix.ts";

export default createRule({
  name: "node-fits-tools",
  meta: {
    type: "problem",
    docs: {
      description: "require the Node.js that a job sets up to run the tools of its steps",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      oldNode:
        "Node.js {{node}} is too old: `{{command}}` ({{commandAt}}) fails{{chain}}, as {{tool}} needs Node.js `{{need}}`.{{others}}",
      raiseNode: "Set up Node.js {{line}}.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      unfitNode({ place, node, file, command, commandAt, chain, tool, need, others, written, line = "" }) {
        const isHere = written?.source.path === place.source.path;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "oldNode",
          data: {
            node: file === undefined ? node : `${node} (\`${file}\`)`,
            command,
            commandAt: describePlace(commandAt),
            chain: chain === "" ? "" : ` at ${chain}`,
            tool,
            need,
            others:
              others === 0
                ? ""
                : ` ${String(others)} more ${others === 1 ? "command" : "commands"} of the job would fail.`,
          },
          suggest: suggestWith([
            {
              messageId: "raiseNode",
              data: { line },
              edits: isHere && line !== "" ? [{ range: written.range, text: line }] : undefined,
            },
          ]),
        });
      },
    }),
});
