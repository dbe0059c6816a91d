import { createRule } from "../create-rule.ts";
import {
  defineDocumentVisitor,
  describeCommand,
  describeList,
  describePlace,
  locationOf,
} from "../document-visitor.ts";
import type { Written } from "../engine.ts";
import { suggestWith } from "../edits/fix.ts";
import { grantPermissions } from "../edits/permissions.ts";
import { addUnder } from "../edits/yaml.ts";

const TOKEN = { name: "GH_TOKEN", value: "${{ github.token }}" };

export default createRule({
  name: "github-token-fits-steps",
  meta: {
    type: "problem",
    docs: {
      description: "require steps to have the `GITHUB_TOKEN`, and it the permissions, for what they do by it",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      beyondToken:
        "{{subject}} fails{{when}}: no `permissions` allow the `GITHUB_TOKEN` of a job to do that. It takes a token of an app or a person.",
      missingPermission:
        "{{subject}} fails{{when}}: it needs {{needed}}, and the `GITHUB_TOKEN` of this job has {{allowed}} ({{place}}).",
      missingToken: "{{subject}} fails{{when}}: in a workflow gh needs `GH_TOKEN`, and nothing sets it.",
      ungrantedPermission:
        "{{subject}} fails{{when}}: it needs {{needed}}, which no job has unless its `permissions` grant it.",
      unkeptToken:
        "{{subject}} fails{{when}}: with `persist-credentials: false` ({{place}}) git has nothing to log in by.",
      addToken: "Set `GH_TOKEN` in the `env` of this step.",
      grantPermissions: "Grant this job {{needed}}.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      tokenFault({ kind, told, waits, lacks, causedAt, granted, job, step }) {
        const permissions = lacks.map(({ name }) => ({ name, level: "write" as const }));
        const needed = describeList(permissions.map(({ name, level }) => `\`${name}: ${level}\``));
        const isHere = ({ document }: Written): boolean => document.source.path === told.place.source.path;
        context.report({
          loc: locationOf(context, told.place.range),
          messageId: kind,
          data: {
            subject: describeCommand(told, told.command),
            when: waits ? " where it has something to do" : "",
            needed,
            allowed: describeList(lacks.map(({ name, level }) => `\`${name}: ${level}\``)),
            place: causedAt ? describePlace(causedAt) : "",
          },
          suggest: suggestWith([
            {
              messageId: "grantPermissions",
              data: { needed },
              edits:
                granted && isHere(job) && lacks.length > 0
                  ? grantPermissions(job.document, job.node, granted, permissions)
                  : undefined,
            },
            {
              messageId: "addToken",
              edits:
                kind === "missingToken" && step && isHere(step)
                  ? addUnder(step.document, step.node, "env", [TOKEN])
                  : undefined,
            },
          ]),
        });
      },
    }),
});
