import { createRequire } from "node:module";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { Range } from "./documents/source.ts";
import type * as Engine from "./engine.ts";

export { describePlace } from "./documents/source.ts";

/** What a rule wants to hear of in the file that is linted. */
export interface DocumentVisitor {
  /** A place of a workflow or action from which a command is reached whose credentials are missing. */
  readonly missingCredential?: (fault: Engine.MissingCredential) => void;
  /** A variable that this turbo configuration keeps from a task that needs it. */
  readonly droppedVariable?: (dropped: Engine.DroppedVariable) => void;
  /** A place at which Bun installs without keeping to the lockfile. */
  readonly installFault?: (fault: Engine.InstallFault) => void;
  /** A place at which a Bun is chosen that does not fit the repository. */
  readonly versionFault?: (fault: Engine.VersionFault) => void;
  /** What is wrong with the Bun that this package.json declares. */
  readonly declarationFault?: (fault: Engine.DeclarationFault) => void;
}

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
    if (visitor.missingCredential) file.missingCredentials().forEach(visitor.missingCredential);
    if (visitor.droppedVariable) file.droppedVariables().forEach(visitor.droppedVariable);
    if (visitor.installFault) file.installFaults().forEach(visitor.installFault);
    if (visitor.versionFault) file.versionFaults().forEach(visitor.versionFault);
    if (visitor.declarationFault) file.declarationFaults().forEach(visitor.declarationFault);
  };
  // `Document` is the root of @eslint/json's trees.
  return { Program: visit, Document: visit };
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
