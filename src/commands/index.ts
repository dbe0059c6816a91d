import { known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { readArguments, textOf } from "./arguments.ts";
import { readBun, readBunx } from "./bun.ts";
import { readConvexCommand } from "./convex.ts";
import { HERE, NOTHING, type Invocation, type RunBinary } from "./invocation.ts";
import { readNpm, readNpx } from "./npm.ts";
import { readPnpm, readPnpx } from "./pnpm.ts";
import { readConcurrently, readRunAll } from "./script-runners.ts";
import { readTurbo } from "./turbo.ts";
import { readCorepack, readShell, WRAPPERS } from "./wrappers.ts";
import { readYarn } from "./yarn.ts";

const PACKAGE_MANAGERS: ReadonlyMap<string, (words: readonly Word[]) => Invocation> = new Map(
  Object.entries({
    bun: readBun,
    bunx: (words) => readBunx(words),
    corepack: readCorepack,
    npm: readNpm,
    npx: readNpx,
    pn: readPnpm,
    pnpm: readPnpm,
    pnpx: (words) => readPnpx(words),
    pnx: (words) => readPnpx(words),
    yarn: (words) => readYarn(words),
    yarnpkg: (words) => readYarn(words),
  }),
);
/** Programs that run shell scripts. */
export const SHELLS: ReadonlySet<string> = new Set(["ash", "bash", "dash", "sh", "zsh"]);
/** Executables that are packages, and run something else in turn. */
const RUNNERS: ReadonlyMap<string, (binary: RunBinary) => Invocation> = new Map(
  Object.entries({
    concurrently: ({ args }) => readConcurrently(args),
    convex: readConvexCommand,
    "npm-run-all": ({ args }) => readRunAll(args),
    "npm-run-all2": ({ args }) => readRunAll(args),
    "run-p": ({ args }) => readRunAll(args),
    "run-s": ({ args }) => readRunAll(args),
    turbo: readTurbo,
  }),
);

/** Flags with which Bun and Node.js read variables from files. https://bun.com/docs/runtime/environment-variables, https://nodejs.org/api/cli.html#--env-fileconfig */
const READS_FILES: ReadonlyMap<string, RegExp> = new Map([
  ["bun", /^--env-file(?:=.*)?$/],
  ["bunx", /^--env-file(?:=.*)?$/],
  ["node", /^--env-file(?:-if-exists)?(?:=.*)?$/],
]);

/** What the words of a command ask for. */
export function readInvocation(words: readonly Word[]): Invocation {
  const invocation = readProgram(words);
  const flag = READS_FILES.get(textOf(words[0]) ?? "");
  if (invocation.kind === "nothing" || !flag || !words.some(({ shape }) => flag.test(shape))) return invocation;
  return { kind: "several", invocations: [invocation], opened: "variables are loaded from a file" };
}

function readProgram([name, ...args]: readonly Word[]): Invocation {
  const program = textOf(name) ?? binaryPath(name?.shape);
  if (program === undefined) return NOTHING;
  const read = PACKAGE_MANAGERS.get(program) ?? WRAPPERS.get(program);
  if (read) return read(args);
  if (SHELLS.has(program)) return readShell(args);
  if (program === "node") return readNode(args);
  if (program === "source" || program === ".") {
    const [word, ...others] = args;
    const path = textOf(word);
    return !word || path === undefined
      ? NOTHING
      : { kind: "file", path, word, interpreter: "shell", flags: [], args: others, directory: known("") };
  }
  const installed = installedBinary(program);
  if (installed !== undefined) return binary(installed, args);
  if (name && program.includes("/")) {
    return { kind: "file", path: program, word: name, interpreter: "shebang", flags: [], args, directory: known("") };
  }
  return binary(program, args);
}

/** Whether a command loads variables for what it runs, and so may read any of its own: `doppler run -- …`, `dotenv -- …`. */
export function loadsVariables(words: readonly Word[]): boolean {
  const invocation = readInvocation(words);
  return invocation.kind === "wrapped" && (invocation.opened !== undefined || loadsVariables(invocation.words));
}

/** What an executable runs in turn, from the folder in which it runs itself: turbo its tasks, `concurrently` its commands; nothing for most. */
export function readRunner(run: RunBinary): Invocation {
  return WRAPPERS.get(run.name)?.(run.args) ?? RUNNERS.get(run.name)?.(run) ?? NOTHING;
}

function binary(name: string, args: readonly Word[]): Invocation {
  return { kind: "binary", name, fetches: false, args, directory: known(""), scope: HERE };
}

function readNode(words: readonly Word[]): Invocation {
  const { positionals, rest, flags, isCertain } = readArguments(
    words,
    {
      valueFlags: new Set(
        "-r --require --import --loader --env-file --env-file-if-exists -C --conditions --test-reporter --test-name-pattern".split(
          " ",
        ),
      ),
    },
    1,
  );
  const [file] = positionals;
  const path = textOf(file) ?? binaryPath(file?.shape);
  if (!file || path === undefined || !isCertain || flags.has("-e") || flags.has("-p") || flags.has("--eval"))
    return NOTHING;
  const installed = installedBinary(path);
  if (installed !== undefined) return binary(installed, rest);
  return {
    kind: "file",
    path,
    word: file,
    interpreter: "javascript",
    flags: [...flags.keys()],
    args: rest,
    directory: known(""),
  };
}

/** `$(npm root)/.bin/convex`: a computed folder does not hide which executable it is. */
function binaryPath(shape: string | undefined): string | undefined {
  return shape === undefined ? undefined : /^\0(\/\.bin\/[\w.-]+)$/.exec(shape)?.[1];
}

/** The executable's name in `node_modules/.bin/turbo` and `node_modules/turbo/bin/turbo`. */
function installedBinary(path: string): string | undefined {
  const linked = /(?:^|\/)\.bin\/([\w.-]+)$/.exec(path)?.[1];
  return linked ?? /(?:^|\/)node_modules\/([\w.-]+)\/(?:bin|dist)\/[\w./-]+$/.exec(path)?.[1];
}
