import type { Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { textOf } from "./arguments.ts";
import { NOTHING, type Invocation, type PackageScope } from "./invocation.ts";

/** A package as a command line names it: `convex`, `convex@1.20`, `@scope/name@latest`. */
export interface PackageSpec {
  readonly name: string;
  readonly version?: string;
}

/** Splits a package spec at its version. */
export function readPackageSpec(text: string): PackageSpec {
  const at = text.indexOf("@", 1);
  return at < 0 ? { name: text } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** The executable that `npx <spec>` and its like run: the one of the package's name, or the word itself beside `--package`. */
export function binaryOf(
  target: Word,
  args: readonly Word[],
  context: { readonly directory: Known<string>; readonly scope: PackageScope; readonly packages: readonly string[] },
): Invocation {
  const text = textOf(target);
  if (text === undefined) return NOTHING;
  const spec = readPackageSpec(text);
  const name = spec.name.slice(spec.name.lastIndexOf("/") + 1);
  const named = context.packages.map(readPackageSpec).find((candidate) => candidate.name === name);
  const version = spec.version ?? named?.version;
  return {
    kind: "binary",
    // A scoped package runs the executable of its last part, as a rule; it keeps its scope so that it is not taken for another.
    name: spec.name.startsWith("@") && context.packages.length === 0 ? spec.name : name,
    fetches: true,
    args,
    directory: context.directory,
    scope: context.scope,
    ...(version !== undefined && { version }),
  };
}
