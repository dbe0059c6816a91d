import { textOf } from "../../commands/arguments.ts";
import type { Invocation } from "../../commands/invocation.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import type { Command } from "../../shell/command.ts";
import { makesLocalDeployment } from "../../tools/credentials.ts";
import { onlyReadsFiles } from "../../tools/quiet-commands.ts";
import { DOTENV_COMMANDS } from "../../tools/unread-code.data.ts";
import type { Repository } from "../repository.ts";
import { entriesWritten, writesFile, type Entry } from "./github-files.ts";
import { onceForCommands } from "./once-for-commands.ts";
import type { Reach } from "./reach.ts";
import type { LocatedCommand } from "./routine.ts";
import { unreadCode, type UnreadCode } from "./unread-code.ts";

/** What a command leaves behind for what runs after it, whoever calls it. */
export interface LeftBehind {
  /** What may write a dotenv file that tools read by themselves, such as `.env.local` or `.env.production`: the command, or a file that it runs. */
  readonly dotenvBy: string | undefined;
  readonly makesLocalDeployment: boolean;
  /** Tools that it logs in. */
  readonly loggedIn: readonly string[];
  /** What may give later steps any variable: a file that the command runs. */
  readonly setsAny: string | undefined;
  /** The lines that it writes to `$GITHUB_ENV`; undefined where they are not known. */
  readonly variables: readonly Entry[] | undefined;
}

const NOTHING_LEFT: LeftBehind = {
  dotenvBy: undefined,
  makesLocalDeployment: false,
  loggedIn: [],
  setsAny: undefined,
  variables: [],
};

/** What the command that is reached leaves behind; undefined where that is nothing, as for most. */
export function leftBehind(reach: Reach, repository: Repository): LeftBehind | undefined {
  const { located } = reach;
  const left = leftWherever(repository, reach);
  if (!writesUnknownDotenv(located)) return left;
  return { ...(left ?? NOTHING_LEFT), dotenvBy: left?.dotenvBy ?? located.text };
}

/** The same wherever the command is written. */
const leftWherever = onceForCommands((repository, reach: Reach): LeftBehind | undefined => {
  const { located, invocation } = reach;
  const { command } = located;
  const code = unreadCode(reach, repository);
  const bringsItself = writesPath(command, DOTENV) || mayBringDotenv(reach);
  const found: LeftBehind = {
    dotenvBy: bringsItself ? located.text : code.find(bringsDotenv)?.name,
    makesLocalDeployment: invocation.kind === "binary" && makesLocalDeployment(invocation),
    loggedIn: [...(writesPath(command, CONVEX_LOGIN) ? ["convex"] : []), ...toolLoggedIn(invocation)],
    setsAny: code.find(setsVariables)?.name,
    variables: variablesWritten(command),
  };
  const isNothing =
    found.dotenvBy === undefined &&
    !found.makesLocalDeployment &&
    found.loggedIn.length === 0 &&
    found.setsAny === undefined &&
    found.variables?.length === 0;
  return isNothing ? undefined : found;
});

/** What a script of another shell writes is not known: `"A=b" | Out-File $env:GITHUB_ENV`. */
function variablesWritten(command: Command): LeftBehind["variables"] {
  if (command.isApproximate && command.words.some(({ text }) => ENVIRONMENT_FILE.test(text))) return undefined;
  return writesFile(command, ENVIRONMENT_FILE) ? entriesWritten(command) : [];
}

/** `convex login`, `gh auth login`. */
function toolLoggedIn(invocation: Invocation): readonly string[] {
  if (invocation.kind !== "binary") return [];
  const [first, second] = invocation.args;
  const verb = textOf(first) === "auth" ? textOf(second) : textOf(first);
  return verb === "login" ? [invocation.name] : [];
}

const ENVIRONMENT_FILE = /GITHUB_ENV|github\.env\b/;

/** Whether code may give later steps any variable. */
export function setsVariables({ text }: UnreadCode): boolean {
  return text === undefined || /GITHUB_ENV|exportVariable|github\.env\b/.test(text);
}

/** Words of what writes files or runs others, and modules other than those of Node's that are read with. */
const WRITING = [
  /[Ww]rite|append|copy|\bcp(?:Sync)?\b|rename|link|exec|spawn|fork|Worker|eval/,
  /\b(?:require|import)\s*\(\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)["'])/,
  /\b(?:from|import)\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)(?:\/promises)?["'])["']/,
];

/** Whether code may write a dotenv file, or have the Convex CLI write one. */
export function bringsDotenv({ text, isJavaScript }: UnreadCode): boolean {
  if (text === undefined) return true;
  const mentions = /\.env(?:\.production)?(?:\.local)?(?!\w|\.\w)|\bconvex\b/.test(
    text.replaceAll(/process\.env|import\.meta\.env|Bun\.env/g, ""),
  );
  return mentions && (!isJavaScript || WRITING.some((pattern) => pattern.test(text)));
}

function mayBringDotenv({ invocation, located }: Reach): boolean {
  const words = invocation.kind === "binary" ? invocation.args : located.command.words;
  const name = invocation.kind === "binary" ? [invocation.name] : [];
  const line = [...name, ...words.map(({ shape }) => shape)].join(" ");
  return DOTENV_COMMANDS.some((pattern) => pattern.test(line));
}

/** Commands that write to a path among their words. */
const WRITERS = new Set(["cp", "dd", "install", "ln", "mv", "rsync", "tee"]);
const MENTIONS_DOTENV = /(?<!process|meta|Bun)\.env(?:\.production)?(?:\.local)?(?![\w.-])/;
const mentionsDotenv = onceForEach(({ text }: Source) => MENTIONS_DOTENV.test(text));

/** Whether a command of a script that speaks of a dotenv file writes to a path that is not known. */
function writesUnknownDotenv({ command: { words, redirects }, host }: LocatedCommand): boolean {
  const targets = redirects.filter(({ operator }) => operator.startsWith(">")).map(({ target }) => target);
  const paths = WRITERS.has(textOf(words[0]) ?? "") ? [...targets, ...words.slice(1)] : targets;
  return paths.some(({ value }) => !value.known) && mentionsDotenv(host.source);
}

const DOTENV = /(?:^|[/=:,])\.env(?:\.production)?(?:\.local)?$/;
/** `~/.convex/config.json`, where `convex login` leaves its token; of a project's own `.convex` the CLI reads no login. */
const CONVEX_LOGIN = /\/\.convex\/?$|(?:^|\/)\.convex\/config\.json$/;

/** Commands that take a file away, or run what is in it. */
const LEAVES_NOTHING = new Set([".", "rm", "source"]);

/** Whether a command writes to a path, or names it and does not only read. */
function writesPath(command: Command, path: RegExp): boolean {
  const { words, redirects } = command;
  if (redirects.some(({ operator, target }) => operator.startsWith(">") && path.test(target.shape))) return true;
  const isNamed = words.some((word, index) => index > 0 && path.test(word.shape));
  return isNamed && !onlyReadsFiles(command) && !LEAVES_NOTHING.has(textOf(words[0]) ?? "");
}
