import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  CodeActionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  TextDocumentEdit,
  TextEdit,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type ProtocolConnection,
  type Range,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { install } from "./installation.ts";
import { connectFolder, type Settings } from "./language-server.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "./temporary.ts";

export type { Settings } from "./language-server.ts";

const CONFIG = `import preflight from "eslint-plugin-preflight";\nexport default [...preflight.configs.recommended];\n`;

/** What the ESLint extension of VS Code answers where nothing is set. */
const VS_CODE: Settings = {
  validate: "on",
  packageManager: "npm",
  useESLintClass: true,
  useFlatConfig: true,
  experimental: { useFlatConfig: false },
  codeAction: {
    disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
    showDocumentation: { enable: true },
  },
  codeActionOnSave: { mode: "all" },
  format: false,
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workingDirectory: { mode: "location" },
};

/** What nvim-lspconfig answers: https://github.com/neovim/nvim-lspconfig/blob/221c4388/lsp/eslint.lua */
export const NEOVIM: Settings = {
  validate: "on",
  packageManager: null,
  useESLintClass: false,
  experimental: {},
  codeActionOnSave: { enable: false, mode: "all" },
  format: true,
  quiet: false,
  onIgnoredFiles: "off",
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: "",
  workingDirectory: { mode: "auto" },
  codeAction: { disableRuleComment: { enable: true, location: "separateLine" }, showDocumentation: { enable: true } },
};

/** What a diagnostic says. */
export function messageOf({ message }: Diagnostic): string {
  return typeof message === "string" ? message : message.value;
}

/** A repository that is open in an editor: its buffers, and ESLint's server for them. */
export class Editor {
  readonly root: string;
  readonly #server: ProtocolConnection;
  readonly #buffers = new Map<string, TextDocument>();

  private constructor(root: string, server: ProtocolConnection) {
    this.root = root;
    this.#server = server;
  }

  /** Opens a folder with these files, in which ESLint and the plugin are installed. */
  static async open(files: RepositoryFiles, settings = VS_CODE): Promise<Editor> {
    const root = writeRepository({ "eslint.config.mjs": CONFIG, ...files });
    install(root);
    const server = await connectFolder(root, settings, (edit) => editor.#edit(edit));
    const editor = new Editor(root, server);
    return editor;
  }

  /** Shows a file of the disk in a buffer, and asks at once what is wrong with it, as editors do. */
  async show(path: string, languageId: string): Promise<void> {
    const buffer = TextDocument.create(this.#uri(path), languageId, 1, readFileSync(join(this.root, path), "utf8"));
    this.#buffers.set(buffer.uri, buffer);
    await this.#server.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: buffer.uri, languageId, version: buffer.version, text: buffer.getText() },
    });
    await this.diagnostics(path);
  }

  /** The text of a buffer, or of a range of it. */
  text(path: string, range?: Range): string {
    return this.#buffer(this.#uri(path)).getText(range);
  }

  /** Replaces the text of a buffer. */
  async type(path: string, text: string): Promise<void> {
    await this.#change(this.#uri(path), text);
  }

  /** Asks what is wrong in a buffer. */
  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const textDocument = { uri: this.#uri(path) };
    const report = await this.#server.sendRequest(DocumentDiagnosticRequest.type, {
      identifier: "eslint",
      textDocument,
    });
    return report.kind === "full" ? report.items : [];
  }

  /** Asks what can be done about a diagnostic. */
  async actions(path: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    return this.#actions(path, diagnostic.range, { diagnostics: [diagnostic], only: ["quickfix"] });
  }

  /** Does what an action says. */
  async run({ edit, command }: CodeAction): Promise<void> {
    if (edit) await this.#edit(edit);
    if (command) await this.#server.sendRequest(ExecuteCommandRequest.type, command);
  }

  /** Saves a buffer with `"editor.codeActionsOnSave": { "source.fixAll.eslint": "explicit" }`. */
  async save(path: string): Promise<void> {
    const whole = { start: { line: 0, character: 0 }, end: { line: this.text(path).split("\n").length, character: 0 } };
    const actions = await this.#actions(path, whole, { diagnostics: [], only: ["source.fixAll.eslint"] });
    for (const action of actions) await this.run(action);
    writeFileSync(join(this.root, path), this.text(path));
    const textDocument = { uri: this.#uri(path) };
    await this.#server.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
  }

  /** Changes files on disk behind the editor's back. */
  write(files: RepositoryFiles): void {
    writeFiles(this.root, files);
  }

  async #actions(path: string, range: Range, context: CodeActionContext): Promise<readonly CodeAction[]> {
    const textDocument = { uri: this.#uri(path) };
    const actions = await this.#server.sendRequest(CodeActionRequest.type, { textDocument, range, context });
    return (actions ?? []) as readonly CodeAction[];
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  #buffer(uri: string): TextDocument {
    const buffer = this.#buffers.get(uri);
    if (!buffer) throw new Error(`${uri} is not shown`);
    return buffer;
  }

  async #change(uri: string, text: string): Promise<void> {
    const { languageId, version } = this.#buffer(uri);
    this.#buffers.set(uri, TextDocument.create(uri, languageId, version + 1, text));
    await this.#server.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: version + 1 },
      contentChanges: [{ text }],
    });
  }

  async #edit({ documentChanges = [] }: WorkspaceEdit): Promise<void> {
    for (const change of documentChanges) {
      if (!TextDocumentEdit.is(change)) throw new Error("an edit that is not one of text");
      const buffer = this.#buffer(change.textDocument.uri);
      if (change.textDocument.version !== buffer.version) throw new Error("an edit of a text that is no longer there");
      await this.#change(buffer.uri, TextDocument.applyEdits(buffer, change.edits.filter(TextEdit.is)));
    }
  }
}
