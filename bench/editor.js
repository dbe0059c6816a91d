// Types into a workflow through the language server of editors, and waits for what it says.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PLUGIN = fileURLToPath(new URL("..", import.meta.url));
const SERVER = fileURLToPath(
  new URL("others/node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server", import.meta.url),
);
/** What the ESLint extension of VS Code answers where nothing is set. */
const SETTINGS = {
  validate: "on",
  useESLintClass: true,
  useFlatConfig: true,
  experimental: { useFlatConfig: false },
  codeAction: { disableRuleComment: { enable: false }, showDocumentation: { enable: false } },
  codeActionOnSave: { mode: "all" },
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workingDirectory: { mode: "location" },
};

/** A workflow that is open in an editor, with a server of its own. */
export class TypedWorkflow {
  #server;
  #uri;
  #folder;
  #text;
  #version = 1;
  #received = Buffer.alloc(0);
  #ids = 0;
  /** @type {Map<number, (result: any) => void>} */
  #waiting = new Map();

  /**
   * @param {string} root The repository, to which a configuration is added.
   * @param {string} path The workflow.
   * @param {string} config One of the configurations of subjects.js.
   */
  constructor(root, path, config) {
    for (const name of ["eslint", "eslint-plugin-preflight"]) {
      mkdirSync(join(root, "node_modules"), { recursive: true });
      symlinkSync(
        name === "eslint" ? join(PLUGIN, "node_modules/eslint") : PLUGIN,
        join(root, "node_modules", name),
        "junction",
      );
    }
    const subjects = new URL("subjects.js", import.meta.url).href;
    writeFileSync(
      join(root, "eslint.config.mjs"),
      `import { CONFIGS } from ${JSON.stringify(subjects)};\nexport default await CONFIGS[${JSON.stringify(config)}]();\n`,
    );
    this.#folder = { name: "repository", uri: pathToFileURL(root).href };
    this.#uri = pathToFileURL(join(root, path)).href;
    this.#text = readFileSync(join(root, path), "utf8");
    this.#server = spawn(process.execPath, [SERVER, "--stdio"], {
      cwd: dirname(root),
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#server.stdout.on("data", (chunk) => this.#receive(chunk));
  }

  /** Opens the workflow and waits for the first answer. */
  async open() {
    await this.#request("initialize", {
      processId: process.pid,
      rootUri: this.#folder.uri,
      workspaceFolders: [this.#folder],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
        textDocument: { diagnostic: {} },
      },
    });
    this.#send({ method: "initialized", params: {} });
    const textDocument = { uri: this.#uri, languageId: "yaml", version: 1, text: this.#text };
    this.#send({ method: "textDocument/didOpen", params: { textDocument } });
    return await this.#diagnostics();
  }

  /** Types at the end of the workflow and waits for the answer; gives the milliseconds that it took, and the findings. */
  async type(/** @type {string} */ text) {
    this.#text += text;
    const start = performance.now();
    this.#send({
      method: "textDocument/didChange",
      params: { textDocument: { uri: this.#uri, version: ++this.#version }, contentChanges: [{ text: this.#text }] },
    });
    const findings = await this.#diagnostics();
    return { took: performance.now() - start, findings: findings.length };
  }

  close() {
    this.#server.kill();
  }

  async #diagnostics() {
    const textDocument = { uri: this.#uri };
    return (await this.#request("textDocument/diagnostic", { identifier: "eslint", textDocument })).items;
  }

  /** @param {string} method @param {object} params @returns {Promise<any>} */
  #request(method, params) {
    const id = ++this.#ids;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** @param {object} message */
  #send(message) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#server.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  }

  /** @param {Buffer} chunk */
  #receive(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString("latin1", 0, Math.max(end, 0)))?.[1]);
      if (end < 0 || this.#received.length < end + 4 + length) return;
      const message = JSON.parse(this.#received.toString("utf8", end + 4, end + 4 + length));
      this.#received = this.#received.subarray(end + 4 + length);
      this.#answer(message);
    }
  }

  /** @param {any} message */
  #answer({ id, method, params, result }) {
    if (method === undefined) {
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    } else if (id !== undefined) {
      const settings = { ...SETTINGS, workspaceFolder: this.#folder };
      this.#send({ id, result: method === "workspace/configuration" ? params.items.map(() => settings) : null });
    }
  }
}
