import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, flagTexts, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { HERE, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";

// https://pnpm.io/pnpm-cli and https://pnpm.io/cli/run
const VALUE_FLAGS = new Set(
  "-C --dir --filter -F --filter-prod --loglevel --reporter --resume-from --test-pattern --workspace-concurrency --package --store-dir --changed-files-ignore-pattern".split(
    " ",
  ),
);
const INSTALL = new Set(["i", "install"]);
const RUN = new Set(["run", "run-script"]);
const LIFECYCLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    start: "start",
    stop: "stop",
    restart: "restart",
    t: "test",
    test: "test",
    tst: "test",
  }),
);
/** Commands of pnpm itself: a script of the same name is only reached by `pnpm run`. */
const BUILTINS = new Set(
  "add approve-builds audit bin bugs c cache cat-file cat-index ci config create deploy doctor dedupe dlx env exec fetch help ignored-builds import info init install-clean install-test it la licenses link list ll ln ls node outdated owner pack patch patch-commit patch-remove prune publish rb rebuild recursive remove rm root rt runtime search self-update server set-script setup sbom stage store un uninstall unlink up update upgrade version view whoami why with".split(
    " ",
  ),
);

/** `pnpm …` */
export function readPnpm(words: readonly Word[]): Invocation {
  const before = readArguments(words, { valueFlags: VALUE_FLAGS, positionals: 1 });
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain) return NOTHING;
  const directory = directoryOf(before);
  if (verb === "dlx") return readPnpx(before.rest, before);
  if (INSTALL.has(verb)) return install(command, before);
  if (verb === "exec") {
    const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS, positionals: 1 });
    const target = after.positionals[0] ?? after.rest[0];
    const args = after.positionals[0] ? after.rest : after.rest.slice(1);
    if (!target || !after.isCertain) return NOTHING;
    if (hasFlag(after, "-c", "--shell-mode")) return NOTHING;
    const binary = binaryOf(target, args, {
      directory: directoryOf(before, after),
      scope: scopeOf(before, after),
      packages: [],
    });
    return binary.kind === "binary" ? { ...binary, fetches: false } : binary;
  }
  if (RUN.has(verb)) {
    const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS, positionals: 1 });
    const name = textOf(after.positionals[0]);
    if (name === undefined || !after.isCertain) return NOTHING;
    // All that follows the name goes to the script, the first `--` included: https://pnpm.io/cli/run
    return script(name, after.rest, "nothing", before, after);
  }
  const lifecycle = LIFECYCLE.get(verb);
  if (lifecycle !== undefined) return script(lifecycle, before.rest, "nothing", before);
  if (BUILTINS.has(verb))
    return { kind: "binary", name: "pnpm", fetches: false, args: words, directory, scope: scopeOf(before) };
  return script(verb, before.rest, "binary", before);
}

function install(verb: Word, before: Arguments): Invocation {
  const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS });
  return {
    kind: "install",
    manager: "pnpm",
    verb,
    args: before.rest,
    directory: directoryOf(before, after),
    runsScripts:
      after.isCertain &&
      !hasFlag(after, "--ignore-scripts", "--lockfile-only", "--filter", "-F") &&
      !hasFlag(before, "--ignore-scripts", "--filter", "-F"),
  };
}

function script(
  name: string,
  args: readonly Word[],
  otherwise: "binary" | "nothing",
  ...parsed: readonly Arguments[]
): Invocation {
  return {
    kind: "script",
    manager: "pnpm",
    names: [name],
    args,
    directory: directoryOf(...parsed),
    scope: scopeOf(...parsed),
    otherwise,
    hooks: true,
  };
}

function directoryOf(...parsed: readonly Arguments[]): Known<string> {
  for (const flags of parsed) {
    if (!hasFlag(flags, "-C", "--dir")) continue;
    const directory = flagText(flags, "-C", "--dir");
    return directory === undefined ? unknown("the directory is computed") : known(directory);
  }
  return known("");
}

function scopeOf(...parsed: readonly Arguments[]): PackageScope {
  const filters = parsed.flatMap((flags) => flagTexts(flags, "-F", "--filter", "--filter-prod") ?? ["\0"]);
  if (filters.length > 0) return { kind: "filtered", filters, includesRoot: false };
  if (parsed.some((flags) => hasFlag(flags, "-r", "--recursive")))
    return { kind: "filtered", filters: ["*"], includesRoot: false };
  return parsed.some((flags) => hasFlag(flags, "-w", "--workspace-root")) ? { kind: "root" } : HERE;
}

/** `pnpx …`, `pnpm dlx …` */
export function readPnpx(words: readonly Word[], outer?: Arguments): Invocation {
  const before = readArguments(words, { valueFlags: VALUE_FLAGS, positionals: 1 });
  const [target] = before.positionals;
  if (!target || !before.isCertain) return NOTHING;
  const directory = directoryOf(...(outer ? [outer] : []), before);
  return binaryOf(target, before.rest, { directory, scope: HERE, packages: flagTexts(before, "--package") ?? [] });
}
