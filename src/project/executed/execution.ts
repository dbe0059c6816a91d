import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { entryOf } from "../../documents/data.ts";
import { selectsOrPrepares, selectsTests } from "../../documents/test-selection.ts";
import type { Word } from "../../shell/command.ts";
import {
  EXECUTED_FILES,
  MOVING_FLAG,
  PRELOADING_FLAG,
  SOURCE_EXTENSIONS,
  UNCOMPILED_PATTERNS,
  type ExecutedFiles,
} from "../../tools/executed-files.data.ts";
import type { Repository } from "../repository.ts";
import type { Reach } from "../trace/reach.ts";
import { enterDirectory } from "../trace/routine.ts";
import { modulesNamed } from "./modules.ts";

/** Files of a repository that a command certainly executes, beside the modules that they import. */
export interface Execution {
  /** The same for all commands that execute the same files. */
  readonly key: string;
  /** Its configuration, and what it evaluates. */
  readonly configs: () => readonly string[];
  /** The file that it names, and those. */
  readonly files: () => readonly string[];
  readonly tests: () => readonly string[];
}

const MAX_TESTS = 300;

/** What a reached command executes; undefined for one of which nothing is known. */
export function executionOf(repository: Repository, { invocation, directory, located }: Reach): Execution | undefined {
  if (!directory.known || loadsOthers(located.command.words)) return undefined;
  const folder = directory.value;
  if (invocation.kind === "file" && invocation.interpreter !== "shell") {
    const path = enterDirectory(directory, { known: true, value: invocation.path });
    return path.known
      ? { key: `file:${path.value}`, configs: () => [], files: () => [path.value], tests: () => [] }
      : undefined;
  }
  const call = invocation.kind === "binary" ? callOf(invocation) : undefined;
  if (!call) return undefined;
  const file = call.executed.runsFile === true ? call.words.find((word) => /\.[cm]?[jt]sx?$/.test(word)) : undefined;
  const configs = (): readonly string[] => [
    ...configsOf(repository, folder, call),
    ...evaluatedFiles(repository, folder, call),
  ];
  return {
    key: `${folder}:${call.key}`,
    configs,
    files: () => [...(file === undefined ? [] : [posix.join(folder, file)]), ...configs()],
    tests: () => (runsAllTests(call) ? testsIn(repository, folder, call) : []),
  };
}

/** The sources of a package that a reached command compiles or runs. */
export function compiledFiles(
  repository: Repository,
  { invocation }: Reach,
  folder: string,
): (() => readonly string[]) | undefined {
  const call = invocation.kind === "binary" ? callOf(invocation) : undefined;
  if (!call || call.isMoved || call.executed.compiling?.includes(call.command) !== true) return undefined;
  return () => {
    // A folder with a package.json of its own is another package.
    const others = repository.files.glob(folder, ["*/**/package.json"]).map((path) => `${posix.dirname(path)}/`);
    return repository.files
      .glob(folder, [`**/*{${SOURCE_EXTENSIONS.join(",")}}`], UNCOMPILED_PATTERNS)
      .filter((path) => !others.some((other) => path.startsWith(other)))
      .map((path) => posix.join(folder, path));
  };
}

/** Whether a command loads variables from a file first, or a module that may set some. */
function loadsOthers(words: readonly Word[]): boolean {
  return words.some(({ shape }, index) => {
    const [, flag = "", value = words[index + 1]?.shape ?? ""] = PRELOADING_FLAG.exec(shape) ?? [];
    return flag !== "" && (flag.startsWith("--env-file") || /^\.|env|\0/.test(value));
  });
}

/** How a tool that executes files is called. */
interface Call {
  readonly key: string;
  readonly executed: ExecutedFiles;
  /** Its words but for the name; the empty text for one that is not known. */
  readonly words: readonly string[];
  /** The first word, the empty text where that is a flag or none. */
  readonly command: string;
  /** What stands after `-c` or `--config`: the empty text where nothing does. */
  readonly config: string | undefined;
  /** True where it may load another configuration than its usual one, or work in another folder. */
  readonly isMoved: boolean;
}

function callOf({ name, args }: RunBinary): Call | undefined {
  const isBun = name === "bun";
  const key = isBun ? `bun ${textOf(args[0]) ?? ""}` : name;
  const executed = EXECUTED_FILES.get(key);
  if (!executed) return undefined;
  const own = isBun ? args.slice(1) : args;
  const words = own.map((word) => textOf(word) ?? "");
  const [first = ""] = words;
  const command = first.startsWith("-") ? "" : first;
  const config = valueOfConfig(words);
  const others = config === undefined ? words : words.filter((word) => !CONFIG_FLAG.test(word));
  const isMoved =
    own.some((word) => !word.value.known && !word.shape.startsWith("-")) ||
    others.some((word) => MOVING_FLAG.test(word)) ||
    (executed.takesFolder === true && words.some((word, index) => index > 0 && isFolder(word, words[index - 1] ?? "")));
  return { key: [key, ...own.map(({ shape }) => shape)].join(" "), executed, words, command, config, isMoved };
}

/** Flags of tools that take a folder whose value is the next word. */
const VALUE_FLAG = /^(?:-[clmp]|--(?:base|config|hostname|logLevel|mode|outDir|port|target))$/;

/** Whether a word is the folder to work in. */
function isFolder(word: string, before: string): boolean {
  return word !== "" && !word.startsWith("-") && !VALUE_FLAG.test(before);
}

const CONFIG_FLAG = /^(?:-c|--config)(?:=|$)/;

function valueOfConfig(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => CONFIG_FLAG.test(word));
  const flag = words[index];
  if (flag === undefined) return undefined;
  if (flag.includes("=")) return flag.slice(flag.indexOf("=") + 1);
  const next = words[index + 1] ?? "";
  return next.startsWith("-") ? "" : next;
}

/** The configuration that a tool loads: the one that is named, else the usual one. */
function configsOf(repository: Repository, folder: string, call: Call): readonly string[] {
  const { executed, command, config, isMoved } = call;
  if (isMoved || executed.commands?.includes(command) === false) return [];
  if (config !== undefined && config !== "") {
    const path = posix.join(folder, config);
    return repository.files.exists(path) ? [path] : [];
  }
  if (executed.asksForConfig === true && config === undefined) return [];
  return executed.configs.flatMap((names) => {
    const [found = []] = names.map((name) => modulesNamed(repository, folder, name)).filter(({ length }) => length > 0);
    // Which of several is loaded, each tool decides in its own way.
    return found.length === 1 ? found : [];
  });
}

function evaluatedFiles(repository: Repository, folder: string, { executed, words, isMoved }: Call): readonly string[] {
  const { paths = [], commands = [] } = executed.evaluated ?? {};
  if (isMoved || !commands.includes(words.slice(0, 2).join(" "))) return [];
  return paths
    .map((path) => posix.join(folder, path))
    .filter((path) => repository.files.exists(path))
    .slice(0, 1);
}

/** Words of a test runner that select no tests. */
const UNSELECTIVE =
  /^(?:run|test|-[iu]|--(?:bail|ci|coverage|detectOpenHandles|forceExit|passWithNoTests|run|runInBand|silent|update|verbose|no-[\w-]+)|--(?:bail|coverage[\w.-]*|maxWorkers|reporters?|silent|testTimeout|timeout|watch|watchAll|workers)=\S*)$/;

/** Whether a test runner is called for all tests, as far as its words tell. */
function runsAllTests({ executed, words }: Call): boolean {
  return executed.tests !== undefined && words.every((word) => UNSELECTIVE.test(word));
}

/** The tests below a folder that a runner finds, where its configuration leaves none of them out. */
function testsIn(repository: Repository, folder: string, call: Call): readonly string[] {
  const { tests = [], settings = [] } = call.executed;
  const { node } = repository.manifest(folder) ?? {};
  if (entryOf(node, "jest") ?? entryOf(node, "mocha")) return [];
  if (settings.some((name) => repository.files.exists(posix.join(folder, name)))) return [];
  if (
    configsOf(repository, folder, call)
      .flatMap((path) => repository.files.read(path) ?? [])
      .some(selectsTests)
  )
    return [];
  // Jest puts what is in these folders in the place of packages.
  if (repository.files.glob(folder, ["**/__mocks__/**"]).length > 0) return [];
  // Vitest 3 leaves these folders out.
  const found = repository.files.glob(folder, tests, ["**/{cypress,dist}/**"]).map((path) => posix.join(folder, path));
  return found.slice(0, MAX_TESTS).filter((path) => {
    const source = repository.files.read(path);
    return source !== undefined && !selectsOrPrepares(source);
  });
}
