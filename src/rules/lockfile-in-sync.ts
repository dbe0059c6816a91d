import { createRule } from "../create-rule.ts";
import {
  defineDocumentVisitor,
  describeCommand,
  describeList,
  describePlace,
  locationOf,
} from "../document-visitor.ts";
import type { LockfileFault } from "../engine.ts";

/** Options of the rule. */
export interface Options {
  /** Whether what a frozen install may let pass is reported too: stale texts, and a second lockfile. */
  readonly reportStale?: boolean;
}

export default createRule<
  [Options],
  LockfileFault["problem"] | "missingCacheKey" | "missingLockfile" | "secondLockfile" | "unlockedImport"
>({
  name: "lockfile-in-sync",
  meta: {
    type: "problem",
    docs: {
      description:
        "require lockfiles to be there, and to hold what the package.json files of their workspace declare and its sources import",
      documents: ["manifest", "workflow", "action"],
      recommended: true,
      strictOptions: { reportStale: true },
    },
    schema: [
      {
        type: "object",
        properties: {
          reportStale: {
            description:
              "Whether what a frozen install may let pass is reported too: stale texts, and a second lockfile.",
            type: "boolean",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      missingMember:
        "`bun install` fails: {{declared}} asks for `{{name}}` in the workspace, which has no package of that name.",
      missingCatalogEntry:
        "`bun install` fails: {{declared}} takes `{{name}}` from a catalog, and {{place}} has no such entry.",
      unlockedDependency: "{{effect}}: {{place}} has no package for `{{name}}`. {{remedy}}",
      mismatchedDependency: "{{effect}}: {{place}} locks {{locked}}, which {{declared}} does not allow. {{remedy}}",
      changedDependency: "{{effect}}: {{place}} {{difference}}. {{remedy}}",
      removedDependency: "{{effect}}: {{place}} still has `{{name}}`, which is no longer in `{{kind}}`. {{remedy}}",
      unlockedMember: "{{effect}}: {{place}} has no member `{{name}}`. {{remedy}}",
      renamedMember: "{{effect}}: {{place}} calls this member {{locked}}, not {{declared}}. {{remedy}}",
      removedMember:
        "{{effect}}: {{place}} still has the member `{{name}}`, which is no longer in the workspace. {{remedy}}",
      changedOverride: "{{effect}}: {{place}} {{difference}}. {{remedy}}",
      missingLockfile: "`{{text}}` fails: there is no `{{lockfile}}`{{ignored}}{{others}}. {{remedy}}",
      missingCacheKey:
        "`{{text}}` fails: for this cache it looks for {{lockfiles}} at the root of the repository, where there is none{{others}}. Say where it lies in `cache-dependency-path`, or leave `cache` out.",
      unlockedImport:
        "{{subject}} fails: {{importer}} imports `{{specifier}}`, which no package.json declares, and {{lockfiles}} {{have}} no such package.{{others}}",
      secondLockfile:
        "{{lockfiles}} lie side by side, and each install changes only one of them. Delete those that CI does not install from.",
      changedCatalog: "{{effect}}: {{place}} {{difference}}. {{remedy}}",
      repeatedPackage:
        "{{effect}}: {{place}} is a second entry for `{{name}}`, with which Bun ignores the lockfile. Delete one of the two, run `bun install`{{withBun}} and commit the lockfile.",
      conflictedLockfile:
        "{{effect}}: {{place}} holds both sides of a merge. Take one of them, run `bun install` and commit the lockfile.",
    },
  },
  create: (context, [{ reportStale = false }]) =>
    defineDocumentVisitor(context, {
      lockfileFault(fault) {
        const { problem, isCertain, place, name, kind = "", lockedKind, declared, locked, lockedAt } = fault;
        if (!isCertain && !reportStale) return;
        const withBun = fault.manager === "bun" && fault.bun !== undefined ? ` with Bun ${fault.bun}` : "";
        context.report({
          loc: locationOf(context, place.range),
          messageId: problem,
          data: {
            effect: effectOf(fault),
            place: describePlace(lockedAt),
            name,
            kind,
            declared: valueText(declared),
            locked: valueText(locked),
            difference:
              lockedKind === undefined
                ? differenceText(SUBJECTS[problem]?.(name) ?? `\`${name}\``, locked, declared)
                : `has \`${name}\` in \`${lockedKind}\`, not in \`${kind}\``,
            withBun,
            remedy: `Run \`${fault.manager} install\`${withBun} and commit \`${lockedAt.source.path}\`.`,
          },
        });
      },
      missingLockfile({ place, text, cache, lockfiles, folder, ignoredAt, others }) {
        const [name = ""] = lockfiles;
        const lockfile = folder === "" ? name : `${folder}/${name}`;
        const install = name === "pnpm-lock.yaml" ? "pnpm install" : "npm install";
        context.report({
          loc: locationOf(context, place.range),
          messageId: cache === undefined ? "missingLockfile" : "missingCacheKey",
          data: {
            text,
            lockfile,
            lockfiles: listText(lockfiles, "or"),
            ignored: ignoredAt ? `, which ${describePlace(ignoredAt)} ignores` : "",
            others: others.length === 0 ? "" : `, only ${listText(others, "and")}`,
            remedy: `Run \`${install}\`${folder === "" ? "" : " there"} and commit it.`,
          },
        });
      },
      unlockedImport(fault) {
        const { place, importer, specifier, others, lockfiles } = fault;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "unlockedImport",
          data: {
            subject: describeCommand(fault, fault.command),
            importer,
            specifier,
            lockfiles: listText(lockfiles, "and"),
            have: lockfiles.length > 1 ? "have" : "has",
            others:
              others.length === 0 ? "" : ` The same is true of ${describeList(others.map((name) => `\`${name}\``))}.`,
          },
        });
      },
      secondLockfile({ place, lockfiles }) {
        if (!reportStale) return;
        context.report({
          loc: locationOf(context, place.range),
          messageId: "secondLockfile",
          data: { lockfiles: listText(lockfiles, "and") },
        });
      },
    }),
});

/** What an install does: of npm and pnpm one is told that certainly fails, with its place. */
function effectOf(fault: LockfileFault): string {
  if (fault.manager !== "bun") return `\`${fault.install.text}\` at ${describePlace(fault.install.place)} fails`;
  return fault.isCertain
    ? "`bun install --frozen-lockfile` fails"
    : "`bun install` rewrites the lockfile, and a frozen one can fail";
}

/** What is changed, where it is no dependency. */
const SUBJECTS: Readonly<Record<string, (name: string) => string>> = {
  changedCatalog: (name) => `\`${name}\` in this catalog`,
  changedOverride: (name) => `the override of \`${name}\``,
};

function differenceText(subject: string, locked: string, declared: string): string {
  if (locked === "") return `does not have ${subject}, which is \`${declared}\` here`;
  if (declared === "") return `still has ${subject}, \`${locked}\``;
  return `has \`${locked}\` for ${subject}, not \`${declared}\``;
}

function listText(names: readonly string[], conjunction: "and" | "or"): string {
  return names.map((name) => `\`${name}\``).join(` ${conjunction} `);
}

function valueText(value: string): string {
  return value === "" ? "nothing" : `\`${value}\``;
}
