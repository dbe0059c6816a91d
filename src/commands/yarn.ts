import { known, unknown } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { HERE, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";

// https://classic.yarnpkg.com/en/docs/cli/ and https://yarnpkg.com/cli
const VALUE_FLAGS = new Set(
  "--cwd --cache-folder --registry --mutex --network-timeout --mode --from --include --exclude --jobs -j --since".split(
    " ",
  ),
);
const BUILTINS = new Set(
  "add audit autoclean bin cache check config constraints create dedupe explain generate-lock-entry global help import info init licenses link list login logout node npm outdated owner pack patch patch-commit plugin policies publish rebuild remove search set stage tag team unlink unplug up upgrade upgrade-interactive version versions why".split(
    " ",
  ),
);

/** `yarn …`, of the classic line and of the newer one. */
export function readYarn(words: readonly Word[], scope: PackageScope = HERE): Invocation {
  const before = readArguments(words, { valueFlags: VALUE_FLAGS, positionals: 1 });
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!before.isCertain || (command && verb === undefined)) return NOTHING;
  const cwd = flagText(before, "--cwd");
  const directory =
    hasFlag(before, "--cwd") && cwd === undefined ? unknown("the directory is computed") : known(cwd ?? "");
  if (!command || verb === undefined || verb === "install") {
    if (hasFlag(before, "--help", "-h", "--version", "-v")) return NOTHING;
    const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS });
    const skips =
      hasFlag(before, "--ignore-scripts") ||
      hasFlag(after, "--ignore-scripts") ||
      flagText(after, "--mode") === "skip-build";
    const runsScripts = after.isCertain && !skips;
    return {
      kind: "install",
      manager: "yarn",
      args: before.rest,
      directory,
      runsScripts,
      ...(command && { verb: command }),
    };
  }
  if (verb === "workspace") return readWorkspace(before.rest);
  if (verb === "workspaces") return readWorkspaces(before.rest);
  if (verb === "dlx" || verb === "exec" || verb === "run") {
    const after = readArguments(before.rest, { valueFlags: new Set(["-p", "--package"]), positionals: 1 });
    const target = after.positionals[0] ?? after.rest[0];
    const args = after.positionals[0] ? after.rest : after.rest.slice(1);
    const name = textOf(target);
    if (!target || name === undefined || !after.isCertain) return NOTHING;
    if (verb === "run") return script(name, args, { directory, scope });
    const binary = binaryOf(target, args, { directory, scope, packages: [] });
    return binary.kind === "binary" ? { ...binary, fetches: verb === "dlx" } : binary;
  }
  if (BUILTINS.has(verb)) return { kind: "binary", name: "yarn", fetches: false, args: words, directory, scope };
  return script(verb, before.rest, { directory, scope });
}

function script(
  name: string,
  args: readonly Word[],
  place: Pick<Arguments & { directory: ReturnType<typeof known<string>>; scope: PackageScope }, "directory" | "scope">,
): Invocation {
  const own = args.filter((word, index) => index > 0 || textOf(word) !== "--");
  return { kind: "script", manager: "yarn", names: [name], args: own, ...place, otherwise: "binary", hooks: true };
}

function readWorkspace(words: readonly Word[]): Invocation {
  const [name, ...rest] = words;
  const text = textOf(name);
  return text === undefined ? NOTHING : readYarn(rest, { kind: "filtered", filters: [text], includesRoot: true });
}

function readWorkspaces(words: readonly Word[]): Invocation {
  const [verb, ...rest] = words;
  if (textOf(verb) === "run") return readYarn(words, { kind: "filtered", filters: ["*"], includesRoot: false });
  if (textOf(verb) !== "foreach") return NOTHING;
  const flags = readArguments(rest, { valueFlags: VALUE_FLAGS, positionals: 1 });
  // Which packages `foreach` takes without `--all` depends on git or on the dependencies of the current one.
  const isAll =
    hasFlag(flags, "--all", "-A", "-pA", "-Ap", "-tA", "-At", "-ptA", "-Apt") &&
    !hasFlag(flags, "--include", "--exclude", "--since", "--from");
  const inner = [...flags.positionals, ...flags.rest];
  return isAll && flags.isCertain ? readYarn(inner, { kind: "filtered", filters: ["*"], includesRoot: true }) : NOTHING;
}
