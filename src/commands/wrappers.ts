import { known, unknown, type Known } from "../documents/known.ts";
import type { Assignment, Word } from "../shell/command.ts";
import { hasFlag, readArguments, textOf } from "./arguments.ts";
import { HERE, NOTHING, type Invocation } from "./invocation.ts";

/** Reads the words after the name of a program that runs another one. */
type Wrapper = (words: readonly Word[]) => Invocation;

const ASSIGNMENT = /^([A-Za-z_]\w*)=([^]*)$/;

/** Programs that run the rest of their words, by name. */
export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries({
    builtin: plain([]),
    chronic: plain([]),
    command: plain([]),
    "cross-env": readCrossEnv,
    "cross-env-shell": readCrossEnvShell,
    doppler: fromSecretManager("run"),
    dotenv: readDotenv,
    dotenvx: fromSecretManager("run"),
    env: readEnv,
    "env-cmd": loadsFile(["-f", "--file", "-e", "--environments", "-r", "--rc-file"]),
    exec: plain(["-a"]),
    infisical: fromSecretManager("run"),
    ionice: plain(["-c", "-n"]),
    nice: plain(["-n"]),
    nohup: plain([]),
    op: fromSecretManager("run"),
    setsid: plain([]),
    stdbuf: plain(["-i", "-o", "-e"]),
    sudo: readSudo,
    time: plain([]),
    timeout: readTimeout,
    varlock: fromSecretManager("run"),
    xargs: readXargs,
    "xvfb-run": plain(
      "-e --error-file -f --auth-file -n --server-num -p --xauth-protocol -s --server-args -w --wait".split(" "),
    ),
  }),
);

function wrapped(words: readonly Word[], assignments: readonly Assignment[] = [], opened?: string): Invocation {
  if (words.length === 0) return NOTHING;
  return { kind: "wrapped", words, assignments, directory: known(""), ...(opened !== undefined && { opened }) };
}

function plain(valueFlags: readonly string[]): Wrapper {
  return (words) => {
    const { positionals, rest, isCertain, flags } = readArguments(
      words,
      {
        valueFlags: new Set(valueFlags),
      },
      1,
    );
    // `command -v x` only looks for x.
    return isCertain && !flags.has("-v") && !flags.has("-V") ? wrapped([...positionals, ...rest]) : NOTHING;
  };
}

/** Splits leading `NAME=value` words from the command after them. */
function splitAssignments(words: readonly Word[]): { assignments: readonly Assignment[]; rest: readonly Word[] } {
  const assignments: Assignment[] = [];
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index];
    const match = word && ASSIGNMENT.exec(word.shape);
    if (!match) break;
    const [, name = "", value = ""] = match;
    assignments.push({
      name,
      value: { ...word, shape: value, value: word.value.known ? known(value) : word.value },
      reach: "exported",
    });
  }
  return { assignments, rest: words.slice(index) };
}

// https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html
function readEnv(words: readonly Word[]): Invocation {
  const { flags } = readArguments(words, { valueFlags: new Set(["-u", "--unset", "-C", "--chdir"]) }, 1);
  // `-S` splits its value into words.
  if (["-S", "--split-string", "-vS"].some((name) => flags.has(name))) return NOTHING;
  let index = 0;
  const removed: Assignment[] = [];
  for (; words[index]?.text.startsWith("-"); index++) {
    const text = textOf(words[index]);
    if (text === "-u" || text === "--unset" || text === "-C" || text === "--chdir") index++;
    if (text === "-u" || text === "--unset")
      removed.push({ name: textOf(words[index]) ?? "", value: undefined, reach: "exported" });
    const long = text === undefined ? undefined : /^(?:-u|--unset=)(.+)$/.exec(text)?.[1];
    if (long !== undefined) removed.push({ name: long, value: undefined, reach: "exported" });
  }
  const { assignments, rest } = splitAssignments(words.slice(index));
  const clears = flags.has("-i") || flags.has("--ignore-environment") || words[0]?.shape === "-";
  const invocation = wrapped(
    rest,
    [...removed, ...assignments],
    clears ? "`env -i` clears the environment" : undefined,
  );
  const chdir = flags.get("-C")?.at(-1) ?? flags.get("--chdir")?.at(-1);
  if (invocation.kind !== "wrapped" || chdir === undefined) return invocation;
  return { ...invocation, directory: directoryIn(chdir) };
}

function directoryIn(word: Word | true): Known<string> {
  const target = textOf(word);
  return target === undefined ? unknown("the directory is computed") : known(target);
}

// https://github.com/kentcdodds/cross-env
function readCrossEnv(words: readonly Word[]): Invocation {
  const { assignments, rest } = splitAssignments(words);
  return wrapped(rest, assignments);
}

function readCrossEnvShell(words: readonly Word[]): Invocation {
  const { assignments, rest } = splitAssignments(words);
  const [only, ...others] = rest;
  const text = textOf(only);
  if (!only || text === undefined || others.length > 0) return wrapped(rest, assignments);
  return assignments.length === 0 ? { kind: "text", text, word: only, directory: known("") } : NOTHING;
}

// https://github.com/entropitor/dotenv-cli
function readDotenv(words: readonly Word[]): Invocation {
  const { positionals, rest, isCertain } = readArguments(
    words,
    {
      valueFlags: new Set(["-e", "-v", "-p"]),
      optionalValueFlags: new Set(["-c"]),
    },
    1,
  );
  return isCertain ? wrapped([...positionals, ...rest], [], "`dotenv` loads variables from files") : NOTHING;
}

function loadsFile(valueFlags: readonly string[]): Wrapper {
  return (words) => {
    const { positionals, rest, isCertain } = readArguments(words, { valueFlags: new Set(valueFlags) }, 1);
    return isCertain ? wrapped([...positionals, ...rest], [], "variables are loaded from a file") : NOTHING;
  };
}

/** `doppler run -- command`: the command's environment comes from elsewhere. */
function fromSecretManager(verb: string): Wrapper {
  return (words) => {
    const separator = words.findIndex((word) => word.text === "--");
    if (textOf(words[0]) !== verb || separator < 0) return NOTHING;
    return wrapped(words.slice(separator + 1), [], "variables are loaded from a secret manager");
  };
}

function readSudo(words: readonly Word[]): Invocation {
  const { positionals, rest, isCertain, flags } = readArguments(
    words,
    {
      valueFlags: new Set(["-u", "-g", "-h", "-p", "-C", "-D", "--chdir"]),
    },
    1,
  );
  if (!isCertain) return NOTHING;
  const chdir = flags.get("-D")?.at(-1) ?? flags.get("--chdir")?.at(-1);
  const keeps = flags.has("-E") || flags.has("--preserve-env");
  const command = splitAssignments([...positionals, ...rest]);
  const invocation = wrapped(command.rest, command.assignments, keeps ? undefined : "`sudo` chooses the environment");
  return invocation.kind === "wrapped" && chdir !== undefined
    ? { ...invocation, directory: directoryIn(chdir) }
    : invocation;
}

function readTimeout(words: readonly Word[]): Invocation {
  const { rest, isCertain } = readArguments(
    words,
    {
      valueFlags: new Set(["-k", "--kill-after", "-s", "--signal"]),
    },
    1,
  );
  return isCertain ? wrapped(rest) : NOTHING;
}

const MANAGERS_OF_COREPACK = /^(npm|npx|pnpm|pnpx|yarn|yarnpkg)(?:@.+)?$/;

/** `corepack pnpm …`, `corepack yarn@1.22 …`. https://github.com/nodejs/corepack#utility-commands */
export function readCorepack(words: readonly Word[]): Invocation {
  const [first, ...rest] = words;
  const name = MANAGERS_OF_COREPACK.exec(textOf(first) ?? "")?.[1];
  if (first && name !== undefined) return wrapped([{ ...first, value: known(name), shape: name }, ...rest]);
  return { kind: "binary", name: "corepack", fetches: false, args: words, directory: known(""), scope: HERE };
}

/** The command that xargs builds has more words than the ones written; it may also run never or many times. */
function readXargs(words: readonly Word[]): Invocation {
  const { positionals, rest, isCertain } = readArguments(
    words,
    {
      valueFlags: new Set("-a -d -E -I -L -n -P -s".split(" ")),
    },
    1,
  );
  const [command] = positionals;
  if (!command || !isCertain) return NOTHING;
  const more: Word = { ...command, value: unknown("xargs adds words"), shape: "\0", splits: true };
  return wrapped([command, ...rest, more]);
}

/** `sh -c text`, `bash file`. */
export function readShell(words: readonly Word[]): Invocation {
  // The `o` of `-euo` takes the next word, the `c` of `-ec` does not: the text is the first word that is no flag.
  const settings = words.map(({ shape }) => shape).filter((shape) => /^[-+][A-Za-z]*[oO]$/.test(shape));
  const parsed = readArguments(
    words,
    {
      valueFlags: new Set(["--rcfile", "--init-file", ...settings]),
    },
    1,
  );
  const [word, ...args] = [...parsed.positionals, ...parsed.rest];
  const text = textOf(word);
  if (!word || text === undefined || !parsed.isCertain || hasFlag(parsed, "-n", "-s")) return NOTHING;
  const isText = [...parsed.flags.keys()].some((flag) => /^-[A-Za-z]*c[A-Za-z]*$/.test(flag));
  if (isText) return { kind: "text", text, word, directory: known("") };
  const flags = [...parsed.flags.keys()];
  return { kind: "file", path: text, word, interpreter: "shell", flags, args, directory: known("") };
}
