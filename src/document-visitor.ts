import { createRequire } from "node:module";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { commentBehind, describePlace, type Place, type Range } from "./documents/source.ts";
import type * as Engine from "./engine.ts";
import { joinList } from "./lists.ts";

export { commentBehind, describePlace };

/** What a rule wants to hear of in the file that is linted. */
export type DocumentVisitor = { readonly [K in keyof Engine.Faults]?: (fault: Engine.Faults[K]) => void };

const require = createRequire(import.meta.url);
const filesByTree = new WeakMap<object, Engine.LintedFile>();

/**
 * The only bridge from ESLint to the models. Works on the tree of any parser or language: it listens to the root node, takes
 * over the trees that it knows, and reads the text itself where it does not.
 */
export function defineDocumentVisitor<MessageIds extends string, Options extends readonly unknown[]>(
  context: Readonly<TSESLint.RuleContext<MessageIds, Options>>,
  visitor: DocumentVisitor,
): TSESLint.RuleListener {
  const visit = (): void => {
    const file = lintedFile(context);
    const hear = <K extends keyof Engine.Faults>(kind: K, listener: DocumentVisitor[K]): void => {
      if (listener) file.find(kind).forEach(listener);
    };
    for (const kind of Object.keys(visitor) as (keyof Engine.Faults)[]) hear(kind, visitor[kind]);
  };
  // `Program`, or `Document` of @eslint/json's trees.
  return { [context.sourceCode.ast.type]: visit };
}

function lintedFile(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): Engine.LintedFile {
  const { ast, text } = context.sourceCode;
  let file = filesByTree.get(ast);
  if (!file) {
    // Parsers, the shell and the project are loaded when the first file of ours is linted, not when the plugin is.
    const engine = require("./engine.js") as typeof Engine;
    filesByTree.set(ast, (file = engine.openLintedFile(context.physicalFilename, text, ast)));
  }
  return file;
}

/** A range of the linted file's text as ESLint's line and column. */
export function locationOf(
  { sourceCode }: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  range: Range,
): TSESTree.SourceLocation {
  return { start: sourceCode.getLocFromIndex(range[0]), end: sourceCode.getLocFromIndex(range[1]) };
}

/** What a fault says of the command at its place. */
interface ReportedCommand {
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  /** The workflow's command that runs it, where it is written in a package script. */
  readonly runAt?: Place | undefined;
}

/** The subject of a message: the command, or the one that it leads to, which is called `command`. */
export function describeCommand({ text, chain, runAt }: ReportedCommand, command: string): string {
  if (chain !== "") return `\`${text}\` runs \`${command}\` (${chain}), which`;
  return runAt ? `\`${text}\`, which ${describePlace(runAt)} runs,` : `\`${text}\``;
}

const MOST_OF_A_LIST = 5;

/** `a, b and c`; of many the first and how many there are. */
export function describeList(items: readonly string[], word: "and" | "or" = "and"): string {
  const shown = items.length > MOST_OF_A_LIST ? items.slice(0, MOST_OF_A_LIST - 1) : [...items];
  if (shown.length < items.length) shown.push(`${String(items.length - shown.length)} more`);
  return joinList(shown, word);
}
