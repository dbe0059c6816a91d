import { posix } from "node:path";
import { flagText, hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { foldersUp, type Repository } from "../repository.ts";
import { versionOf } from "../versions.ts";
import { configAt, missingConfigs, type ConfigLookup } from "./configs.ts";
import { projectAt, type Project } from "./project.ts";

/** How a compiler is told what to check. */
interface Compiler {
  readonly valueFlags: ReadonlySet<string>;
  /** Flags with which it still checks all files of the project. */
  readonly booleanFlags: ReadonlySet<string>;
  /** The flags that name the project. */
  readonly project: readonly string[];
  /** What it looks for without them, from its folder upwards. */
  readonly configs: readonly string[];
  /** The versions of which this is true. */
  readonly versions?: string;
  /** True where it takes the sources of the projects that one refers to in place of what they are built to. */
  readonly readsReferences?: boolean;
}

/** https://www.typescriptlang.org/docs/handbook/compiler-options.html */
const TSC: Compiler = {
  valueFlags: new Set("-p --project --tsBuildInfoFile --outDir --declarationDir --target --module".split(" ")),
  booleanFlags: new Set(
    "-b --build -d --declaration --emitDeclarationOnly --diagnostics --extendedDiagnostics -f --force -i --incremental --composite --noEmit --noEmitOnError --pretty --skipLibCheck --strict --noErrorTruncation --preserveWatchOutput -v --verbose".split(
      " ",
    ),
  ),
  project: ["-p", "--project"],
  configs: ["tsconfig.json"],
};

const COMPILERS: ReadonlyMap<string, Compiler> = new Map([
  ["tsc", TSC],
  // The compiler itself with a plugin: vue-tsc 2.0, 2.2, 3.0 and 3.3, run.
  ["vue-tsc", TSC],
  // 4.0, 4.2 and 4.7, run: older ones pass over a configuration that is not there.
  [
    "svelte-check",
    {
      valueFlags: new Set(["--compiler-warnings", "--output", "--threshold", "--tsconfig"]),
      booleanFlags: new Set(["--color", "--fail-on-warnings", "--no-color"]),
      project: ["--tsconfig"],
      configs: ["tsconfig.json", "jsconfig.json"],
      versions: ">=4",
      // 4.7.8, run.
      readsReferences: true,
    },
  ],
]);
/** A build only lists what it would do; without one the version is printed (typescript 5.9.3, run). */
const DRY_FLAGS = ["-d", "--d"];
const VERSION_FLAGS = ["-v", "--v"];
const MAX_PROJECTS = 100;

/** Whether a command runs the compiler, by itself or for the files of a framework. */
export function isCompiler(invocation: Invocation): invocation is RunBinary {
  return invocation.kind === "binary" && COMPILERS.has(invocation.name);
}

/** What the compiler checks where it is run in a folder. */
export interface Check {
  readonly projects: readonly Project[];
  /** The configurations of which it finds that they are not there. */
  readonly missing: readonly ConfigLookup[];
}

/** What a compiler checks where it is run in a folder; nothing where that is not certain. */
export function checkOf(repository: Repository, invocation: RunBinary, folder: string): Check {
  const start = startOf(repository, invocation, folder);
  if (!start) return { projects: [], missing: [] };
  const { configs, isBuild } = start;
  // Most ask for one of the two.
  return {
    get projects() {
      return isBuild
        ? withReferences(repository, configs)
        : configs.flatMap((path) => projectAt(repository, path) ?? []);
    },
    get missing() {
      return missingConfigs(repository, configs, isBuild);
    },
  };
}

/** The configuration of the one project that a compiler checks without `--build`; undefined where that is not certain. */
export function soleConfigOf(repository: Repository, invocation: RunBinary, folder: string): string | undefined {
  const start = startOf(repository, invocation, folder);
  return start?.isBuild === false ? start.configs[0] : undefined;
}

/** Whether a compiler that is run in a folder certainly needs what other packages are built to: it neither builds them nor reads their sources. */
export function needsBuilt(repository: Repository, invocation: RunBinary, folder: string): boolean {
  const config = soleConfigOf(repository, invocation, folder);
  if (config === undefined) return false;
  const isReferring = repository.tsConfig(config)?.references.length !== 0;
  return COMPILERS.get(invocation.name)?.readsReferences !== true || !isReferring;
}

/** Whether a compiler that is run in a folder writes no file: it is told so by a flag, or by the configuration of its project. */
export function emitsNothing(repository: Repository, invocation: RunBinary, folder: string): boolean {
  const words = invocation.args.map(textOf);
  if (words.some((word) => word === undefined || /^--?(?:b|build|watch|w)$/i.test(word))) return false;
  const at = words.findLastIndex((word) => /^--?noEmit$/i.test(word ?? ""));
  if (at >= 0) return words[at + 1] !== "false";
  const config = soleConfigOf(repository, invocation, folder);
  return config !== undefined && projectAt(repository, config)?.emitsNothing === true;
}

/** The folder that a compiler which is run in another one writes the declarations of its project to; undefined where that is not certain. */
export function declarationFolderOf(repository: Repository, invocation: RunBinary, folder: string): string | undefined {
  const config = startOf(repository, invocation, folder)?.configs[0];
  const isPlain = !invocation.args.some((word) => /^--?(?:outDir|declarationDir|noEmit)/i.test(textOf(word) ?? ""));
  return config !== undefined && isPlain ? projectAt(repository, config)?.declarationFolder : undefined;
}

/** Where a compiler starts. */
interface Start {
  /** The configurations that the command names or finds. */
  readonly configs: readonly string[];
  readonly isBuild: boolean;
}

const knownStarts = (): WeakMap<RunBinary, Map<string, Start | undefined>> => new WeakMap();

/** What a command names or finds, which many jobs ask for; undefined where that is not certain. */
function startOf({ packages }: Repository, invocation: RunBinary, folder: string): Start | undefined {
  if (!COMPILERS.has(invocation.name)) return undefined;
  const known = packages.derive(knownStarts);
  const starts = known.get(invocation) ?? new Map<string, Start | undefined>();
  known.set(invocation, starts);
  if (!starts.has(folder)) starts.set(folder, findStart(packages, invocation, folder));
  return starts.get(folder);
}

function findStart(
  repository: Repository,
  { name, args, version, fetches }: RunBinary,
  folder: string,
): Start | undefined {
  const compiler = COMPILERS.get(name);
  if (!compiler) return undefined;
  const { versions } = compiler;
  const asked = { fetches, ...(version !== undefined && { version }) };
  if (versions !== undefined && !liesWithin(versionOf(repository, name, folder, asked), versions)) return undefined;
  const parsed = readArguments(args, compiler);
  // `--incremental false`
  const words = parsed.positionals.map(textOf).filter((word) => word !== "true" && word !== "false");
  const isOrdinary = [...parsed.flags.keys()].every((flag) => isOrdinaryFlag(compiler, flag));
  if (!isOrdinary || !parsed.isCertain || parsed.rest.length > 0) return undefined;
  const inFolder = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : configAt(repository, posix.join(folder, path));
  const isBuild = hasFlag(parsed, "-b", "--build");
  if (hasFlag(parsed, ...(isBuild ? DRY_FLAGS : VERSION_FLAGS))) return undefined;
  const isNamed = hasFlag(parsed, ...compiler.project);
  if (!isBuild && words.length > 0) return undefined;
  const named = isBuild ? (words.length === 0 ? ["."] : words) : [flagText(parsed, ...compiler.project)];
  const configs = isBuild || isNamed ? named.map(inFolder) : [nearestConfig(repository, folder, compiler)];
  return configs.every((path) => path !== undefined) ? { configs, isBuild } : undefined;
}

/** One dash is as good as two. */
function isOrdinaryFlag({ valueFlags, booleanFlags }: Compiler, flag: string): boolean {
  const name = flag.replace(/^-+/, "");
  return [`-${name}`, `--${name}`].some((form) => valueFlags.has(form) || booleanFlags.has(form));
}

function nearestConfig(repository: Repository, folder: string, { configs }: Compiler): string | undefined {
  const paths = [...foldersUp(folder)].flatMap((above) => configs.map((name) => posix.join(above, name)));
  return paths.find((path) => repository.files.isTracked(path));
}

/** `tsc --build` builds what a project refers to before the project itself, and fails if any of them does. Empty where one is not certain. */
export function withReferences(repository: Repository, roots: readonly string[]): readonly Project[] {
  const queue = new Set<string | undefined>(roots);
  const found: Project[] = [];
  for (const path of queue) {
    const project = path === undefined ? undefined : projectAt(repository, path);
    if (!project?.references || queue.size > MAX_PROJECTS) return [];
    found.push(project);
    for (const reference of project.references) queue.add(reference);
  }
  return found;
}
