import { posix } from "node:path";
import type { TsConfig } from "../../documents/tsconfig.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { folderOf, type Repository } from "../repository.ts";
import { baseOf } from "./configs.ts";

/** The versions of TypeScript of which what follows is true: 4.9, 5.0, 5.3, 5.5, 5.6, 5.9, 6.0 and 7.0, run. */
const VERSIONS = ">=4.9";
/** Later ones fail with `baseUrl`: TS5101, TS5102. */
const BEFORE_DEPRECATIONS = "<6";
/** Options without which there is nothing to be wrong, whatever the others are. */
const HARMLESS_SWITCHES = new Set(
  "allowJs checkJs composite declaration declarationMap esModuleInterop allowSyntheticDefaultImports emitDecoratorMetadata exactOptionalPropertyTypes experimentalDecorators forceConsistentCasingInFileNames importHelpers incremental isolatedModules noEmit noEmitOnError noFallthroughCasesInSwitch noImplicitAny noImplicitOverride noImplicitReturns noImplicitThis noPropertyAccessFromIndexSignature noUncheckedIndexedAccess noUncheckedSideEffectImports noUnusedLocals noUnusedParameters removeComments resolveJsonModule skipLibCheck sourceMap strict strictNullChecks strictPropertyInitialization useDefineForClassFields".split(
    " ",
  ),
);
const HARMLESS_LISTS = new Set(["lib", "plugins", "types"]);
const HARMLESS_VALUES: Readonly<Record<string, RegExp>> = {
  jsx: /^(?:preserve|react|react-jsx|react-native)$/i,
  module: /^(?:commonjs|es2020|es2022|esnext|node16|nodenext)$/i,
  moduleResolution: /^(?:bundler|node16|nodenext)$/i,
  target: /^(?:es20(?:1[5-9]|2[0-2])|esnext)$/i,
};

/**
 * Whether a configuration names no file, only other projects, so that the compiler checks nothing without `--build`, and
 * succeeds: TypeScript fails without `references` (TS18002), and where one is not there (TS6053).
 */
export function isSolution(repository: Repository, path: string, typescript: string | undefined): boolean {
  const own = repository.tsConfig(path);
  if (!own || own.references.length === 0 || own.files?.[0] !== undefined || own.include?.[0] !== undefined)
    return false;
  const chain = chainOf(repository, path, []);
  return (
    chain !== undefined &&
    liesWithin(typescript, VERSIONS) &&
    namesNoFile(chain) &&
    own.references.every(({ name }) => isThere(repository, posix.join(folderOf(path), name))) &&
    chain.every((config) => isHarmless(config, typescript))
  );
}

/** A configuration and what it extends, the one whose lists count first; undefined where one is not read. */
function chainOf(repository: Repository, path: string, visited: readonly string[]): readonly TsConfig[] | undefined {
  const config = repository.files.isTracked(path) ? repository.tsConfig(path) : undefined;
  if (!config || config.isUnusual || visited.includes(path)) return undefined;
  const chain = [config];
  for (const { name } of config.extends.toReversed()) {
    const base = baseOf(repository, path, name);
    const bases = typeof base === "string" ? chainOf(repository, base, [...visited, path]) : undefined;
    if (!bases) return undefined;
    chain.push(...bases);
  }
  return chain;
}

/** Without both lists all files of the folder are meant. */
function namesNoFile(chain: readonly TsConfig[]): boolean {
  const lists = [chain.find(({ files }) => files)?.files, chain.find(({ include }) => include)?.include];
  return lists.some((list) => list !== undefined) && lists.every((list) => list === undefined || list.length === 0);
}

/** Here a name without `.json` is always a folder's. */
function isThere({ files }: Repository, target: string): boolean {
  const path = normalizeDirectory(target);
  return files.isTracked(path.endsWith(".json") ? path : posix.join(path, "tsconfig.json"));
}

function isHarmless({ options, paths, baseUrl }: TsConfig, typescript: string | undefined): boolean {
  const isOld = liesWithin(typescript, BEFORE_DEPRECATIONS);
  return [...options].every(([name, value]) => {
    if (HARMLESS_SWITCHES.has(name)) return value === true || (value === false && !/interop|synthetic/i.test(name));
    if (name === "verbatimModuleSyntax") return liesWithin(typescript, ">=5") && typeof value === "boolean";
    if (HARMLESS_LISTS.has(name)) return value === undefined;
    if (name === "baseUrl") return isOld && typeof value === "string";
    if (name === "paths")
      return baseUrl !== undefined || [...(paths?.values() ?? [])].flat().every((target) => /^\.{1,2}\//.test(target));
    return typeof value === "string" && HARMLESS_VALUES[name]?.test(value) === true;
  });
}
