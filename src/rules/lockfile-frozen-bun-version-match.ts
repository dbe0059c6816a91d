import { createRule } from "../create-rule.ts";
import { commentBehind, defineDocumentVisitor, describePlace, locationOf } from "../document-visitor.ts";
import { fixWith, suggestWith } from "../edits/fix.ts";
import { insert } from "../edits/text-edit.ts";
import { addUnder } from "../edits/yaml.ts";
import type { InstallFault, UnreadableLockfile, VersionFault } from "../engine.ts";

export default createRule({
  name: "lockfile-frozen-bun-version-match",
  meta: {
    type: "problem",
    docs: {
      description:
        "require CI to install with Bun from the committed lockfile, by the Bun that the repository declares",
      documents: ["workflow", "action", "manifest"],
      recommended: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      unfrozenInstall:
        "`{{command}}`{{writtenAt}} can change {{lockfile}} in CI{{runAt}}. With `--frozen-lockfile` it fails instead where the lockfile is out of date.",
      unknownFlag:
        "Bun has no flag `{{flag}}`: up to 1.4.3 it is ignored and `{{command}}` can change {{lockfile}}, later it is an error. The flag is `--frozen-lockfile`.",
      missingCommand:
        "Bun {{version}} has no command `bun ci`, which came with 1.2.19, and looks for a script of that name instead.",
      missingLockfile:
        "`{{command}}` freezes nothing: {{folder}} has no `bun.lock`, which Bun lets pass. Each run can install other versions.",
      ignoredLockfile: "`{{command}}` freezes nothing: git ignores `{{path}}`, so CI has none, which Bun lets pass.",
      mismatchedVersion: "CI gets {{used}} here, but {{pin}} declares Bun {{declared}}: {{effect}}.{{sign}}",
      unreadableLockfile:
        "Bun {{used}} cannot read `bun.lock` with `lockfileVersion` {{format}}, which takes Bun {{since}}: {{consequence}}{{installAt}}.",
      conflictingDeclaration:
        "`{{label}}` declares Bun {{declared}}, but {{pin}} declares {{other}}. One of them is wrong.",
      followDeclaration: "Use Bun {{declared}}, which {{pin}} declares.",
      raiseDeclaration: "Declare Bun {{since}}, the first that reads this lockfile.",
      freezeInstall: "Add `--frozen-lockfile`.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      installFault(fault) {
        const { freezing, lockfile, runAt, verb, flag } = fault;
        const missing = lockfile.kind === "ignored" ? "ignoredLockfile" : "missingLockfile";
        const edits = freezeEdits(fault);
        // A script of package.json also runs where the lockfile has to be updated, which comes first where it is out of date.
        const isSuggestion = runAt !== undefined || fault.mayFailFrozen;
        context.report({
          loc: locationOf(context, fault.place.range),
          messageId:
            freezing === "frozen"
              ? missing
              : freezing === "unknownFlag" || freezing === "missingCommand"
                ? freezing
                : "unfrozenInstall",
          data: {
            command: fault.text,
            folder: fault.folder,
            lockfile: lockfile.kind === "present" ? `\`${lockfile.path}\`` : "the lockfile",
            path: lockfile.kind === "ignored" ? lockfile.path : "",
            flag: flag ? context.sourceCode.text.slice(...flag.range) : "--frozen",
            writtenAt: fault.writtenAt ? ` (${describePlace(fault.writtenAt)})` : "",
            runAt: runAt ? `, where ${describePlace(runAt)} runs it` : "",
            version: fault.version?.kind === "exact" ? fault.version.version : "",
          },
          fix: isSuggestion ? null : fixWith(edits),
          suggest: suggestWith([{ messageId: "freezeInstall", edits: isSuggestion && verb ? edits : undefined }]),
        });
      },
      versionFault(fault) {
        const { source, pin, declared } = fault;
        const data = {
          used: usedText(fault),
          pin: pin ? `${describePlace(pin.place)} (\`${pin.label}\`)` : "",
          declared: pin?.version ?? "",
          effect: effectText(fault),
          sign: signText(fault),
          format: fault.effect.kind === "unreadable" ? String(fault.effect.formatVersion) : "",
          since: fault.effect.kind === "unreadable" ? fault.effect.since : "",
          consequence: fault.effect.kind === "unreadable" ? consequenceOf(fault.effect) : "",
          installAt: "",
        };
        const edits = followEdits(fault);
        // `1.3.8 # 1.3.10 is broken`
        const isMeant = pin !== undefined && commentBehind(source.written ?? source.place).includes(pin.version);
        const isSuggestion = source.by.startsWith("the image") || fault.sign !== undefined || isMeant;
        context.report({
          loc: locationOf(context, source.place.range),
          messageId: declared ? "mismatchedVersion" : "unreadableLockfile",
          data: declared ? data : { ...data, used: source.text },
          fix: isSuggestion ? null : fixWith(edits),
          suggest: suggestWith([{ messageId: "followDeclaration", data, edits: isSuggestion ? edits : undefined }]),
        });
      },
      declarationFault({ pin, conflict, unreadable }) {
        const { range } = pin.place;
        const at = context.sourceCode.text.slice(...range).indexOf(pin.version);
        const written = [range[0] + at, range[0] + at + pin.version.length] as const;
        if (unreadable) {
          const { formatVersion, since, installAt } = unreadable;
          const consequence = consequenceOf(unreadable);
          context.report({
            loc: locationOf(context, range),
            messageId: "unreadableLockfile",
            data: {
              used: pin.version,
              format: String(formatVersion),
              since,
              consequence,
              installAt: installAt ? ` (${describePlace(installAt)})` : "",
            },
            suggest: suggestWith([
              {
                messageId: "raiseDeclaration",
                data: { since },
                edits: at < 0 ? undefined : [{ range: written, text: since }],
              },
            ]),
          });
        }
        if (conflict) {
          context.report({
            loc: locationOf(context, range),
            messageId: "conflictingDeclaration",
            data: {
              label: pin.label,
              declared: pin.version,
              pin: describePlace(conflict.place),
              other: conflict.version,
            },
          });
        }
      },
    }),
});

function freezeEdits({ freezing, verb, flag }: InstallFault) {
  if (freezing === "unknownFlag" && flag) return [{ range: flag.range, text: "--frozen-lockfile" }];
  if (freezing === "unfrozen" && verb) return [insert(verb.range[1], " --frozen-lockfile")];
  return freezing === "missingCommand" && verb ? [{ range: verb.range, text: "install --frozen-lockfile" }] : undefined;
}

function usedText({ source, used }: VersionFault): string {
  if (used.kind === "exact") return `Bun ${used.version}${source.pin ? ` (\`${source.pin.label}\`)` : ""}`;
  if (used.kind === "canary") return "a canary build of Bun";
  return used.range === "*"
    ? `the newest Bun (${used.newest} or later)`
    : `the newest Bun of \`${source.pin ? `${source.pin.label}: ` : ""}${source.text}\` (${used.newest} or later)`;
}

function consequenceOf({ isIgnored }: UnreadableLockfile): string {
  return isIgnored
    ? "it installs as if there were no lockfile"
    : "a frozen install fails with `Unknown lockfile version`";
}

function signText({ sign }: VersionFault): string {
  if (!sign) return "";
  if (sign.kind === "lockfile") return ` \`${sign.path}\` was written by Bun ${sign.since} or later.`;
  return ` ${describePlace(sign.place)} ${sign.kind === "image" ? "has" : "declares"} Bun ${sign.version}.`;
}

const OUT_OF_DATE = "one of the two is out of date";

function effectText({ effect, pin, used, sign }: VersionFault): string {
  const subject = used.kind === "exact" ? used.version : "it";
  switch (effect.kind) {
    case "unreadable":
      return `${subject} cannot read \`bun.lock\` with \`lockfileVersion\` ${String(effect.formatVersion)}, and ${consequenceOf(effect)}`;
    case "linker":
      return `${subject} installs ${effect.used} and ${pin?.version ?? ""} ${effect.declared}, so a dependency that is not declared is found by one and not by the other`;
    case "floating":
      return sign?.kind === "lockfile" ? OUT_OF_DATE : "CI moves on with each release while the repository stays";
    default:
      return used.kind === "canary"
        ? "CI runs an unreleased Bun"
        : sign
          ? OUT_OF_DATE
          : "CI does not run what the repository is developed with";
  }
}

/** CI follows the declaration: its version takes the place of the one in the workflow, or setup-bun is told where to read it. */
function followEdits({ source, pin, declared, canFollow, document, step, hasFiles }: VersionFault) {
  if (!pin || declared?.kind !== "exact" || !canFollow) return undefined;
  if (source.written) return [{ range: source.written.range, text: pin.version }];
  if (!source.isUnpinned || !document || !step) return undefined;
  const isFile =
    hasFiles &&
    source.takesVersionFile === true &&
    /^(?:packageManager|\.bun-version|\.tool-versions)$/.test(pin.label);
  const input = isFile
    ? { name: "bun-version-file", value: pin.place.source.path }
    : { name: "bun-version", value: pin.version };
  return addUnder(document, step, "with", [input]);
}
