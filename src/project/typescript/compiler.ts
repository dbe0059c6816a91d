import { posix } from "node:path";
import { flagText, hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { foldersUp, type Repository } from "../repository.ts";
import { configAt, projectAt, type Project } from "./project.ts";

const VALUE_FLAGS = "-p --project --tsBuildInfoFile --outDir --declarationDir --target --module".split(" ");
/** Flags with which it still checks all files of the project. https://www.typescriptlang.org/docs/handbook/compiler-options.html */
const BOOLEAN_FLAGS =
  "-b --build -d --declaration --emitDeclarationOnly --diagnostics --extendedDiagnostics -f --force -i --incremental --composite --noEmit --noEmitOnError --pretty --skipLibCheck --strict --noErrorTruncation --preserveWatchOutput -v --verbose".split(
    " ",
  );
const SYNTAX = { valueFlags: new Set(VALUE_FLAGS), booleanFlags: new Set(BOOLEAN_FLAGS) };
/** One dash is as good as two. */
const ORDINARY_NAMES = new Set([...VALUE_FLAGS, ...BOOLEAN_FLAGS].map((flag) => flag.replace(/^-+/, "")));
const MAX_PROJECTS = 100;

/** Whether a command runs the compiler. */
export function isCompiler(invocation: Invocation): invocation is RunBinary {
  return invocation.kind === "binary" && invocation.name === "tsc";
}

/** The projects that `tsc` checks where it is run in a folder; none where that is not certain. */
export function projectsChecked(repository: Repository, { args }: RunBinary, folder: string): readonly Project[] {
  const parsed = readArguments(args, SYNTAX);
  // `--incremental false`
  const words = parsed.positionals.map(textOf).filter((word) => word !== "true" && word !== "false");
  const isOrdinary = [...parsed.flags.keys()].every((flag) => ORDINARY_NAMES.has(flag.replace(/^-+/, "")));
  if (!isOrdinary || !parsed.isCertain || parsed.rest.length > 0) return [];
  const inFolder = (path: string): string | undefined => configAt(repository, posix.join(folder, path));
  if (hasFlag(parsed, "-b", "--build")) {
    const roots = (words.length === 0 ? ["."] : words).map((word) => (word === undefined ? word : inFolder(word)));
    return withReferences(repository, roots);
  }
  if (words.length > 0) return [];
  const isNamed = hasFlag(parsed, "-p", "--project");
  const named = flagText(parsed, "-p", "--project");
  const path = isNamed ? named && inFolder(named) : nearestConfig(repository, folder);
  const project = path === undefined || path === "" ? undefined : projectAt(repository, path);
  return project ? [project] : [];
}

function nearestConfig(repository: Repository, folder: string): string | undefined {
  const paths = [...foldersUp(folder)].map((candidate) => posix.join(candidate, "tsconfig.json"));
  return paths.find((path) => repository.files.isTracked(path));
}

/** `tsc --build` builds what a project refers to before the project itself, and fails if any of them does. */
function withReferences(repository: Repository, roots: readonly (string | undefined)[]): readonly Project[] {
  const queue = new Set(roots);
  const found: Project[] = [];
  for (const path of queue) {
    const project = path === undefined ? undefined : projectAt(repository, path);
    if (!project?.references || queue.size > MAX_PROJECTS) return [];
    found.push(project);
    for (const reference of project.references) queue.add(reference);
  }
  return found;
}
