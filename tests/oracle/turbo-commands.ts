import fc from "fast-check";
import type { TurboCall, TurboVersion } from "./turbo-binaries.ts";
import { TASKS } from "./turbo-configs.ts";
import { FOLDERS } from "./turbo-repositories.ts";

const PATHS = ["./apps/web", "./packages/*", "./packages/lib", "./packages/**", "./apps", "../ui", "./nope"];
const BRACED = ["{./packages/*}", "{packages/ui}", "{./apps/web}", "{apps/*}", "{.}", "{./nope}", "{../lib}", "{**}"];
const NAMES = ["@acme/*", "*", "w*", "*ui*", "nope", "*nope*", "//", "root", "lib", "ui", "core", "@acme/u*"];

/** A filter: a name, a folder or both, with or without its dependencies and dependents. */
function filter(names: readonly string[]): fc.Arbitrary<string> {
  const named = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.constantFrom(...NAMES));
  const core = fc.oneof(
    { weight: 6, arbitrary: named },
    { weight: 2, arbitrary: fc.constantFrom(...PATHS) },
    { weight: 1, arbitrary: fc.constantFrom(...BRACED) },
    { weight: 1, arbitrary: fc.tuple(named, fc.constantFrom(...BRACED)).map(([name, folder]) => name + folder) },
  );
  const before = fc.constantFrom(...Array<string>(6).fill(""), "...", "...^");
  const after = fc.constantFrom(...Array<string>(6).fill(""), "...", "^...");
  const not = fc.constantFrom(...Array<string>(5).fill(""), "!");
  return fc.oneof(
    { weight: 20, arbitrary: fc.tuple(not, before, core, after).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: fc.constantFrom(".", "./", "{.}...", "!.") },
  );
}

function flags(version: TurboVersion, names: readonly string[]): fc.Arbitrary<readonly string[]> {
  const filtering = fc
    .tuple(fc.constantFrom("--filter=", "--filter", "-F"), filter(names))
    .map(([flag, value]): readonly string[] => (flag.endsWith("=") ? [flag + value] : [flag, value]));
  const others: readonly (readonly string[])[] = [
    ["--only"],
    ["--parallel"],
    ["--continue"],
    ["--no-cache"],
    ["--concurrency", "3"],
    ["--concurrency=1"],
    ["--output-logs", "none"],
    ["--log-order=stream"],
    ["--env-mode=loose"],
    ["--env-mode", "strict"],
    ["--env-mode=strict"],
    ["--env-mode", "loose"],
    ["--framework-inference=false"],
    ["--framework-inference", "false"],
    ["--framework-inference=true"],
    ...(version === "1.13.4" ? [["--env-mode=infer"]] : []),
  ];
  const flag: fc.Arbitrary<readonly string[]> = fc.oneof(
    { weight: 2, arbitrary: filtering },
    { weight: 3, arbitrary: fc.constantFrom(...others) },
  );
  return fc
    .array(flag, { maxLength: 3 })
    .map((list) => list.filter((item, index) => isFirst(list, item, index)).flat());
}

/** Only a filter may be repeated. */
function isFirst(list: readonly (readonly string[])[], [flag = ""]: readonly string[], index: number): boolean {
  const nameOf = (text: string | undefined): string => (text ?? "").replace(/=.*/, "");
  if (/^(?:--filter|-F)/.test(flag)) return true;
  return list.findIndex(([other]) => nameOf(other) === nameOf(flag)) === index;
}

function task(names: readonly string[]): fc.Arbitrary<string> {
  const owned = fc
    .tuple(fc.constantFrom(...names, "//", "nobody"), fc.constantFrom(...TASKS))
    .map(([name, id]) => `${name}#${id}`);
  return fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...TASKS) },
    { weight: 3, arbitrary: owned },
    { weight: 1, arbitrary: fc.constantFrom("nothing") },
  );
}

/** A call of turbo in a repository with packages of these names. */
export function calls(version: TurboVersion, names: readonly string[]): fc.Arbitrary<TurboCall> {
  return fc
    .record({
      isRun: fc.boolean(),
      tasks: fc.array(task(names), { minLength: 1, maxLength: 2 }),
      flags: flags(version, names),
      rest: fc.constantFrom<string[]>(...Array<string[]>(6).fill([]), ["--", "--env-mode=loose"], ["--", "lint"]),
      folder: fc.constantFrom(...Array<string>(16).fill(""), ...FOLDERS),
      mode: fc.constantFrom(...Array<undefined>(6), "strict", "loose", "LOOSE", ""),
    })
    .map(({ isRun, tasks, flags: chosen, rest, folder, mode }) => ({
      args: [...(isRun ? ["run"] : []), ...tasks, ...chosen, ...rest],
      folder,
      mode,
    }));
}
