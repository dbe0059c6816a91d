import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { SHELLS } from "../../commands/index.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import type { Word } from "../../shell/command.ts";
import {
  CODE_FILE,
  DOWNLOADED_INSTALLERS,
  INTERPRETERS,
  OTHER_TASK_FILES,
  QUIET_MISE_COMMANDS,
  TASK_FILES,
} from "../../tools/unread-code.data.ts";
import type { Known } from "../../documents/known.ts";
import type { Source } from "../../documents/source.ts";
import { foldersUp, type Repository } from "../repository.ts";
import type { Reach } from "./reach.ts";
import { enterDirectory, isShellScript } from "./routine.ts";

/** Code that a command runs and that is not followed. */
export interface UnreadCode {
  /** A path, or the command that holds it. */
  readonly name: string;
  /** Undefined where it is not known either. */
  readonly text: string | undefined;
  readonly isJavaScript: boolean;
}

/** A file of the repository that is run in another language than the shell's. */
export function scriptSource(
  invocation: Reach["invocation"],
  directory: Known<string>,
  repository: Repository,
): Source | undefined {
  const source = invocation.kind === "file" ? sourceAt(repository, directory, invocation.path) : undefined;
  return source && invocation.kind === "file" && !isShellScript(invocation, source) ? source : undefined;
}

/** The code that a command runs in another language than the shell's, or by a runner of tasks. */
export function unreadCode({ invocation, located, directory }: Reach, repository: Repository): readonly UnreadCode[] {
  const script = scriptSource(invocation, directory, repository);
  if (script) return [codeOf(script)];
  if (invocation.kind !== "binary" && invocation.kind !== "nothing") return [];
  const words = invocation.kind === "binary" ? invocation.args : located.command.words;
  // A script that is downloaded or computed.
  const isShell = words.some((word) => SHELLS.has(textOf(word) ?? ""));
  if (invocation.kind === "nothing" && isShell) {
    const sources = [...words, ...(located.command.pipedFrom?.words ?? [])];
    const isInstaller = sources.some(({ shape }) => DOWNLOADED_INSTALLERS.test(shape));
    return isInstaller ? [] : [{ name: located.text, text: undefined, isJavaScript: false }];
  }
  const name = invocation.kind === "binary" ? invocation.name : programOf(words);
  if (TASK_FILES.has(name)) return [tasksOf(repository, directory, name, words)];
  if (!INTERPRETERS.has(name)) return [];
  const inline = [...words, ...(located.command.input ? [located.command.input] : [])].map(({ shape }) => shape);
  const files = words.flatMap((word) => filesOf(repository, directory, textOf(word)));
  return [{ name: located.text, text: inline.join("\n"), isJavaScript: isJavaScript(name) }, ...files.map(codeOf)];
}

function programOf(words: readonly Word[]): string {
  return words.map(textOf).find((word) => word !== undefined && INTERPRETERS.has(word)) ?? "";
}

function isJavaScript(name: string): boolean {
  return !/^(?:go|lua|perl|php|pipx|poetry|powershell|pwsh|python3?|ruby|uv)$/.test(name);
}

function codeOf(source: Source): UnreadCode {
  const isShebang = source.text.startsWith("#!");
  const isScript = /\.[cm]?[jt]sx?$/.test(source.path) || (isShebang && /^#!.*\b(?:bun|node|tsx)\b/.test(source.text));
  return { name: source.path, text: source.text, isJavaScript: isScript };
}

function sourceAt(repository: Repository, directory: Known<string>, name: string): Source | undefined {
  const path = enterDirectory(directory, { known: true, value: name });
  return path.known ? repository.files.read(path.value) : undefined;
}

/** The files that a word after an interpreter may mean: a file, a module of Python, the folder of a program in Go. */
function filesOf(repository: Repository, directory: Known<string>, word: string | undefined): readonly Source[] {
  if (word === undefined || word.startsWith("-")) return [];
  const folder = enterDirectory(directory, { known: true, value: word });
  const listed = folder.known ? repository.files.list(folder.value).filter((name) => name.endsWith(".go")) : [];
  const module = word.replaceAll(".", "/");
  const names = [word, `${module}.py`, `${module}/__main__.py`, ...listed.map((name) => posix.join(word, name))];
  return names.filter((name) => CODE_FILE.test(name)).flatMap((name) => sourceAt(repository, directory, name) ?? []);
}

/** What a task runner may run: all that its file says. */
function tasksOf(
  repository: Repository,
  directory: Known<string>,
  runner: string,
  [first, ...others]: readonly Word[],
): UnreadCode {
  const unknown = { name: runner, text: undefined, isJavaScript: false };
  const verb = first ? textOf(first) : "";
  if (runner === "mise" && QUIET_MISE_COMMANDS.has(verb ?? "")) return { ...unknown, text: "" };
  const isElsewhere = [first, ...others].some((word) =>
    /^-(?:[CdFf]|-(?:dir|directory|file|justfile))/.test(word?.shape ?? ""),
  );
  if (!directory.known || isElsewhere) return unknown;
  const paths = [...foldersUp(directory.value)].flatMap((folder) =>
    (TASK_FILES.get(runner) ?? []).map((name) => normalizeDirectory(posix.join(folder, name))),
  );
  const source = paths.map((path) => repository.files.read(path)).find((file) => file !== undefined);
  return !source || OTHER_TASK_FILES.test(source.text) ? unknown : { ...unknown, name: source.path, text: source.text };
}
