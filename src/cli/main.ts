#!/usr/bin/env node
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createTwoFilesPatch } from "diff";
import manifest from "../../package.json" with { type: "json" };
import { diagnose } from "./doctor.ts";
import { tasksFor, type Task } from "./init.ts";

const HELP = `Usage: eslint-plugin-preflight <command> [options]

Commands
  init      Set up ESLint, VS Code and CI in this folder. Asks before it writes a file.
  doctor    Say which files ESLint lints with the plugin's rules, and which it does not, and why.

Options of init
  --yes      Write without asking.
  --dry-run  Show what would be written.

  --help     Show this.
  --version  Show the version.

Exit codes: 0 all is well, 1 something is missing or left to do by hand, 2 it could not be found out.
`;

const OPTIONS = {
  yes: { type: "boolean", short: "y" },
  "dry-run": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

interface InitOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [command, ...more] = positionals;
  if (values.version) return print(manifest.version, 0);
  if (values.help) return print(HELP, 0);
  if (more.length > 0) throw new Error(`Unexpected argument '${more.join(" ")}'`);
  if (command === "doctor") return print(...(await diagnose(process.cwd())));
  if (command === "init") return init(process.cwd(), { yes: values.yes ?? false, dryRun: values["dry-run"] ?? false });
  throw new Error(command === undefined ? "A command is missing" : `There is no command '${command}'`);
}

function print(text: string, code: number): number {
  console.log(text.trimEnd());
  return code;
}

async function init(folder: string, options: InitOptions): Promise<number> {
  const tasks = tasksFor(folder);
  const answers = answersFrom(process.stdin);
  for (const task of tasks) await perform(folder, task, options, answers);
  answers.close();
  const isLeft = tasks.some(({ kind }) => kind === "left");
  if (!isLeft) print("Next: npx eslint-plugin-preflight doctor", 0);
  return isLeft ? 1 : 0;
}

async function perform(folder: string, task: Task, { yes, dryRun }: InitOptions, answers: Answers): Promise<void> {
  if (task.kind !== "write") {
    print(`${task.kind === "done" ? "✔" : "✖"} ${task.text}`, 0);
    return;
  }
  const { path, before, after } = task;
  const isNew = before === "";
  if (dryRun || !yes)
    print(createTwoFilesPatch(isNew ? "/dev/null" : path, path, before, after, "", "", { context: 2 }), 0);
  if (dryRun || (!yes && !(await answers.ask(`${isNew ? "Write" : "Change"} ${path}? [Y/n] `)))) {
    print(`- ${path} is as it was.`, 0);
    return;
  }
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), after);
  print(`✔ ${path} is ${isNew ? "written" : "changed"}.`, 0);
}

interface Answers {
  readonly ask: (question: string) => Promise<boolean>;
  readonly close: () => void;
}

/** Asks on the terminal. Where the input ends, the answer is no. */
function answersFrom(input: NodeJS.ReadableStream): Answers {
  const lines = createInterface({ input });
  const iterator = lines[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      process.stdout.write(question);
      const line = await iterator.next();
      return line.done !== true && /^(?:y(?:es)?)?$/i.test(line.value.trim());
    },
    close: () => {
      lines.close();
    },
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\nSee eslint-plugin-preflight --help.`);
  process.exitCode = 2;
}
