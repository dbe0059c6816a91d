import { createRule } from "../create-rule.ts";
import { defineDocumentVisitor, describeCommand, describePlace, locationOf } from "../document-visitor.ts";
import type { MissingManager, PnpmVersionFault } from "../engine.ts";
import { suggestWith } from "../edits/fix.ts";
import { removeInput } from "../edits/steps.ts";

export default createRule({
  name: "package-manager-set-up",
  meta: {
    type: "problem",
    docs: {
      description: "require the package manager that a step runs to be set up before it, in one version",
      documents: ["workflow", "action"],
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      missingCommand:
        "{{subject}} fails with `command not found`: `{{image}}` comes without {{name}}, and no step before sets it up.{{later}}",
      missingForTurbo:
        "{{subject}} fails: turbo runs scripts by {{name}}, which `{{image}}` comes without and no step before sets up.{{later}}",
      missingForCache:
        "`{{text}}`{{unasked}} fails: to find its cache actions/setup-node runs {{name}}, which `{{image}}` comes without and no step before sets up.{{later}}",
      oldYarn:
        "{{subject}} fails: {{declaredAt}} declares `{{declared}}`, for which the Yarn 1.22 of `{{image}}` refuses to run.{{hint}}",
      multipleVersions:
        "`{{text}}` fails: it is told pnpm {{version}}, and {{declaredAt}} declares {{declared}}. From v4 on it takes only one of the two.",
      missingVersion: "`{{text}}` fails: it has no `version`, and {{lacks}}.",
      removeVersion: "Remove `version`, so that pnpm {{declared}} is set up, which {{declaredAt}} declares.",
    },
  },
  create: (context) =>
    defineDocumentVisitor(context, {
      missingManager(fault) {
        context.report({
          loc: locationOf(context, fault.place.range),
          messageId: fault.kind,
          data: missingData(fault),
        });
      },
      pnpmVersionFault(fault) {
        const { place, text, version, declared, document, step } = fault;
        const data = {
          text,
          version,
          declared: declaredText(fault),
          declaredAt: declared ? describePlace(declared.place) : "",
          lacks: lackText(fault),
        };
        const isExact = /^pnpm@\d+\.\d+\.\d+/.test(declared?.text ?? "");
        const edits = version !== "" && isExact && step ? removeInput(document, step, "version") : undefined;
        context.report({
          loc: locationOf(context, place.range),
          messageId: version === "" ? "missingVersion" : "multipleVersions",
          data,
          suggest: suggestWith([
            { messageId: "removeVersion", data: { ...data, declared: data.declared.replace(/\+.*$/, "") }, edits },
          ]),
        });
      },
    }),
});

const NAMES = { bun: "Bun", pnpm: "pnpm", yarn: "Yarn" } as const;

function missingData(fault: MissingManager): Record<string, string> {
  const { text, command, manager, image, declared, later, isUnasked } = fault;
  const declaredAt = declared ? describePlace(declared.place) : "";
  return {
    text,
    subject: describeCommand(fault, command),
    image,
    name: NAMES[manager],
    declared: declared?.text.replace(/\+.*$/, "") ?? "",
    declaredAt,
    // Corepack runs Yarn only where it is declared, in one version.
    hint: /^yarn@\d/.test(declared?.text ?? "") ? " Run `corepack enable` before." : "",
    unasked: isUnasked ? `, which keeps a cache for what ${declaredAt} declares,` : "",
    later: later ? ` \`${later.text}\` (${describePlace(later.place)}) comes too late.` : "",
  };
}

/** What is declared: with the start of its hash where that alone makes the difference. */
function declaredText({ declared, version }: PnpmVersionFault): string {
  const [plain = "", hash = ""] = declared?.text.replace(/^pnpm@/, "").split("+") ?? [];
  return plain === version ? `${plain}+${hash.slice(0, 13)}…` : plain;
}

function lackText({ lacks, path, declared }: PnpmVersionFault): string {
  switch (lacks) {
    case "checkout":
      return `there is no \`${path}\` before the checkout`;
    case "file":
      return `the repository has no \`${path}\` to read it from`;
    case "pnpm":
      return `\`packageManager\` declares \`${declared?.text ?? ""}\` (${declared ? describePlace(declared.place) : ""})`;
    default:
      return `\`${path}\` declares none in \`packageManager\``;
  }
}
