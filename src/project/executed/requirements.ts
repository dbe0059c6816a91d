import { readEvaluatedFile } from "../../documents/evaluated-functions.ts";
import type { RequiredVariable } from "../../documents/env-schema.ts";
import type { ImportedName } from "../../documents/imported-names.ts";
import { checksIn } from "../../documents/required-variables.ts";
import { onceForEach } from "../../memo.ts";
import type { Repository } from "../repository.ts";

/** The file that a module is loaded from; undefined where it is not followed. */
export type Resolve = (importer: string, specifier: string) => string | undefined;

const evaluatedFileOf = onceForEach(readEvaluatedFile);

/** The variables that have to be there when files are loaded, by the file that names them: also in functions that others call. */
export function requirementsOfFiles(
  { files }: Repository,
  paths: ReadonlySet<string>,
  resolve: Resolve,
): ReadonlyMap<string, readonly RequiredVariable[]> {
  const sources = new Map(
    [...paths].flatMap((path) => {
      const source = files.read(path);
      return source ? [[path, source] as const] : [];
    }),
  );
  const found = new Map<string, Set<RequiredVariable>>();
  if (![...sources.values()].some((source) => checksIn(source).length > 0)) return new Map();
  const called = new Set<string>();
  const add = (path: string, required: readonly RequiredVariable[]): void => {
    const known = found.get(path) ?? new Set();
    for (const variable of required) known.add(variable);
    if (known.size > 0) found.set(path, known);
  };
  const call = (importer: string, { specifier, name }: ImportedName): void => {
    const path = resolve(importer, specifier);
    const source = path === undefined ? undefined : sources.get(path);
    if (path === undefined || !source || called.has(`${path}\0${name}`)) return;
    called.add(`${path}\0${name}`);
    const { functions, passedOn } = evaluatedFileOf(source);
    const passed = passedOn.get(name);
    const { required = [], calls = passed ? [passed] : [] } = functions.get(name) ?? {};
    add(path, required);
    for (const other of calls) call(path, other);
  };
  for (const [path, source] of sources) {
    const { required, calls } = evaluatedFileOf(source).whenLoaded;
    add(path, required);
    for (const other of calls) call(path, other);
  }
  return new Map([...found].map(([path, variables]) => [path, [...variables]] as const));
}
