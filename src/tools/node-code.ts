import { textOf } from "../commands/arguments.ts";
import type { Word } from "../shell/command.ts";

/** What is read of a file of JSON, and modules that write nothing. */
const READ = /\brequire\(\s*(["'`])(?:(?:node:)?(?:crypto|os|path)|[^"'`]*\.json)\1\s*\)/g;
const FS = /\brequire\(\s*(["'`])(?:node:)?fs\1\s*\)/g;
/** `const fs = require("fs")`, `const { readFileSync } = …` */
const NAMES = /\b(?:const|let|var)\s+(?:fs|\{[\w\s,]*\})\s*=\s*_fs_(?!\s*\.)/g;
/** Calls that read, and those that write a file that is named there and is one of JSON. */
const FILE_CALLS =
  /(?:\bfs\s*\.\s*|_fs_\s*\.\s*|(?<![\w.]))(?:(?:existsSync|readFileSync|readdirSync|statSync)\(|writeFileSync\(\s*(["'`])[^"'`$]*\.json\1\s*,)/g;
/**
 * With which code could load, run, write or make a program: of `node -e` all modules of Node.js are variables.
 * https://nodejs.org/api/cli.html#-e---eval-script
 */
const POWERS =
  /\b(?:require|import|eval|Function|constructor|globalThis|global|this|module|child_process|cluster|fs|fsPromises|inspector|repl|sqlite|vm|worker_threads|v8|trace_events|wasi|WebAssembly|Worker|\w*(?:Sync|Stream))\b|\bprocess\s*(?:\[|\.\s*(?!env\b|argv\b|exit\b|exitCode\b|stdout\.write\b|platform\b|cwd\b|version))|_fs_/;

/** Whether `node -e` or `-p` is given code that writes nothing but files of JSON that it names, and runs no other. */
export function onlyWritesJson([program, flag, code, ...others]: readonly Word[]): boolean {
  const isCode = textOf(program) === "node" && /^(?:-e|-p|-pe|--eval|--print)$/.test(textOf(flag) ?? "");
  if (!isCode || !code || code.splits || others.some(({ splits }) => splits)) return false;
  const plain = code.shape
    .replaceAll(READ, "_read_")
    .replaceAll(FS, "_fs_")
    .replaceAll(NAMES, "")
    .replaceAll(FILE_CALLS, "_call_(");
  return !POWERS.test(plain);
}
