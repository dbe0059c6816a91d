import { createRule } from "../create-rule.ts";
import {
  defineDocumentVisitor,
  describeCommand,
  describeList,
  describePlace,
  locationOf,
} from "../document-visitor.ts";
import type { Place } from "../documents/source.ts";
import type { MissingScript } from "../engine.ts";
import { suggestWith } from "../edits/fix.ts";

export default createRule({
  name: "scripts-exist",
  meta: {
    type: "problem",
    docs: {
      description: "require the scripts, turbo tasks, packages, files and folders that CI asks for to exist",
      documents: ["workflow", "action", "manifest"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missingScript: "{{subject}} fails: {{owner}} script {{name}}.{{hint}}",
      unselectedScript:
        "{{subject}} runs nothing: {{owner}} script {{name}}. Before pnpm 10.28.1, it succeeds all the same.{{hint}}",
      missingTask: "{{subject}} fails: {{owner}} task {{name}}.{{hint}}",
      neededTask: "{{subject}} fails: `{{neededBy}}` needs the task {{name}}, which is not defined.{{hint}}",
      missingPackage: "{{subject}} fails: no package of the workspace is called {{name}}.{{hint}}",
      ignoredPackage: "{{subject}} runs nothing: no package of the workspace is called {{name}}.{{hint}}",
      emptyTask:
        "{{subject}} runs nothing, and succeeds: no package in its scope has a script for {{name}}, or for what turbo runs before.{{hint}}",
      shadowedScript: "{{subject}} does not run the script {{name}}, but pnpm's own command of that name.{{hint}}",
      bundlerCommand:
        "{{subject}} fails: {{name}} is Bun's bundler, which needs an entrypoint, and not the script of that name.{{hint}}",
      listing:
        "{{subject}} runs nothing, and succeeds: with a space after {{name}}, Bun prints its scripts instead.{{hint}}",
      lostRun: "{{subject}} fails: with a space after {{name}}, Bun takes `run` for the script that is meant.{{hint}}",
      removedCommand: "{{subject}} fails: `{{release}}` has no command {{name}} any more.{{hint}}",
      emptiedCommand:
        "{{subject}} runs nothing, and succeeds: `{{release}}` has no command {{name}} any more, and only says so.{{hint}}",
      uncheckedProjects:
        "{{subject}} checks nothing, and succeeds: {{name}} names no file, only other projects, which it passes over without `-b`.{{hint}}",
      missingFile: "{{subject}} fails: the repository has no file `{{path}}`.{{hint}}",
      ignoredFile: "{{subject}} fails: git ignores `{{path}}`{{place}}, so that no checkout has it.",
      missingFolder: "{{subject}} fails: the repository has no folder `{{path}}`.{{hint}}",
      unmatchedPaths: "{{subject}} fails: the repository has no file that matches.{{hint}}",
      unmatchedHash:
        "{{subject}} is always empty: the repository has no file that matches{{ignored}}, so that this part of the key never changes.{{hint}}",
      unmatchedTests: "{{subject}} fails: no test file matches {{paths}}.{{hint}}",
      missingAction: "{{subject}} fails: the repository has no `action.yml` in `{{path}}`.{{hint}}",
      earlyAction:
        "{{subject}} fails: no step before it checks out the repository, so that `{{path}}` is not there yet. Put `actions/checkout` before it.",
      switchedOffAction:
        "GitHub fails every job with `{{text}}`: it has switched off the releases of this action before v{{oldest}}.",
      retiredRunner:
        "No machine starts this job: GitHub has retired `{{label}}`, and a job that waits for one fails after a day.",
      misplacedWorkflow:
        "{{outcome}}: a step uses an action, not a workflow. A job of its own calls one: `jobs.<job_id>.uses`.",
      missingWorkflow: "GitHub rejects this workflow: the repository has no `{{path}}`.{{hint}}",
      missingDispatch:
        "{{subject}} fails: GitHub looks for `{{path}}` on the default branch, and the repository has none.{{hint}}",
      missingTrigger: "`workflow_run` never starts this workflow: no workflow is called {{names}}.{{hint}}",
      unmatchedFilter:
        "{{event}} starts this workflow only where {{patterns}} changes, and the repository has no such file.",
      useName: "Write `{{similar}}`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      missingScript(fault) {
        const { kind, place, names, owner, similar, nameAt } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: kind,
          data: {
            subject: describeCommand(fault, fault.command),
            name: names.map((name) => `\`${name}\``).join(" or "),
            owner: owner === undefined ? "no package that it selects has a" : `\`${owner}\` has no`,
            neededBy: owner ?? "",
            release: owner ?? "",
            hint: hintOf(fault),
          },
          suggest: useName(similar, nameAt),
        });
      },
      missingPath(fault) {
        const { kind, place, text, writtenAt, path, ignoredAt, similar, replacement } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: kind,
          data: {
            subject: writtenAt ? `\`${text}\` (${describePlace(writtenAt)})` : describeCommand(fault, fault.command),
            path,
            paths: describeNames(path.split("\n")),
            ignored: ignoredAt ? `, and git ignores any (${describePlace(ignoredAt)})` : "",
            place: ignoredAt ? ` (${describePlace(ignoredAt)})` : "",
            hint: describeSimilar(similar),
          },
          suggest: useName(replacement?.text, replacement?.at),
        });
      },
      switchedOffAction({ place, text, oldest, replacement }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "switchedOffAction",
          data: { text, oldest: String(oldest) },
          suggest: useName(replacement, place),
        });
      },
      retiredRunner({ place, label, successor }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "retiredRunner",
          data: { label },
          suggest: useName(successor, place),
        });
      },
      misplacedWorkflow({ place, text, isRejected }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "misplacedWorkflow",
          data: { outcome: isRejected ? `GitHub rejects this workflow for \`${text}\`` : `\`uses: ${text}\` fails` },
        });
      },
      missingWorkflow({ place, path, similar, replacement }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "missingWorkflow",
          data: { path, hint: describeSimilar(similar) },
          suggest: useName(replacement, place),
        });
      },
      missingDispatch(fault) {
        const { place, command, path, similar, replacement } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "missingDispatch",
          data: { subject: describeCommand(fault, command), path, hint: describeSimilar(similar) },
          suggest: useName(replacement?.text, replacement?.at),
        });
      },
      missingTrigger({ place, names, similar }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "missingTrigger",
          data: { names: describeNames(names), hint: describeSimilar(similar) },
        });
      },
      unmatchedFilter({ place, event, patterns }) {
        context.report({
          loc: locationOf(context, place.range),
          messageId: "unmatchedFilter",
          data: {
            event: event === "push" ? "A push to a branch" : "A pull request",
            patterns: describeNames(patterns),
          },
        });
      },
    }),
});

function useName(similar: string | undefined, at: Place | undefined) {
  const edits = similar === undefined || !at ? undefined : [{ range: at.range, text: similar }];
  return suggestWith([{ messageId: "useName", data: { similar: similar ?? "" }, edits }]);
}

function describeNames(names: readonly string[]): string {
  return describeList(
    names.map((name) => `\`${name}\``),
    "or",
  );
}

function describeSimilar(similar: string | undefined): string {
  return similar === undefined ? "" : ` There is \`${similar}\`.`;
}

/** Where what is offered is not another name. */
const REWRITTEN = new Set([
  "bundlerCommand",
  "emptiedCommand",
  "listing",
  "lostRun",
  "removedCommand",
  "shadowedScript",
  "uncheckedProjects",
]);

/** How a message offers what may have been meant. */
function hintOf({ kind, similar, advice }: MissingScript): string {
  if (similar === undefined) return advice === undefined ? "" : ` ${advice}`;
  return ` ${REWRITTEN.has(kind) ? "Write" : "There is"} \`${similar}\`.`;
}
