import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Command, Word } from "../../shell/command.ts";
import { onlyReadsFiles } from "../../tools/quiet-commands.ts";

/** Commands of git that bring other files into the working tree. */
const GIT_CHANGES =
  /^(?:am|apply|checkout|cherry-pick|clone|merge|pull|rebase|reset|restore|revert|stash|submodule|switch|worktree)$/;
/** Commands that unpack or copy whole folders, or fill them from a template. */
const FILLERS = /^(?:7z|cp|create-[\w-]+|degit|giget|mv|rsync|tar|unzip)$/;
/** `.env.example`, `apps/web/.env.local`, `.dev.vars`: no folder is called so, and no package has its scripts there. */
const DOTENV = /(?:^|\/)(?:[\w-]*\.env|\.dev\.vars)(?:[.-][\w.-]+)?$/;

/** Whether a command can give a package other scripts than it is committed with, or put another package in its place. */
export function isMadeAnew({ invocation, located }: Reach): boolean {
  const { words, redirects } = located.command;
  const [name, verb] = words.map(textOf);
  if (words.some(({ shape }) => shape.includes("package.json")) && !onlyReads(located.command)) return true;
  if (redirects.some(({ operator, target }) => operator.includes(">") && target.shape.includes("package.json")))
    return true;
  if (name === "git") return verb === undefined || GIT_CHANGES.test(verb);
  if (name === "gh") return /^(?:pr|release|repo|run)$/.test(verb ?? "");
  if (invocation.kind !== "binary") return false;
  const isManager = /^(?:npm|pnpm|yarn|bun)$/.test(invocation.name);
  const changesManifest = ({ shape }: Word): boolean => /^(?:c|create|init|pkg|pm|set-script)$/.test(shape);
  return (FILLERS.test(invocation.name) && !copiesVariables(invocation)) || (isManager && words.some(changesManifest));
}

/** `cp .env.example .env` */
function copiesVariables({ name, args }: RunBinary): boolean {
  const paths = args.map(textOf).filter((word) => word === undefined || !/^-[fnv]+$/.test(word));
  return /^(?:cp|mv)$/.test(name) && paths.every((path) => path !== undefined && DOTENV.test(path));
}

/** `node -p "require('./package.json').version"` */
const READS_VALUE = /^(?:JSON\.stringify\()?require\(\s*["'][\w@./-]+["']\s*\)[\w.?]*\)?;?$/;

/** With `jq`, which is what reads a manifest; where the output goes is another matter. */
function onlyReads(command: Command): boolean {
  const [name, flag, code, ...others] = command.words;
  if (onlyReadsFiles(command) || textOf(name) === "jq") return true;
  const isPrinted = textOf(name) === "node" && /^(?:-p|--print|-pe)$/.test(textOf(flag) ?? "");
  return isPrinted && others.length === 0 && READS_VALUE.test(textOf(code)?.trim() ?? "");
}
