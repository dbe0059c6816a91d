import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import {
  ApplyWorkspaceEditRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeWorkspaceFoldersNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  ShutdownRequest,
  TextDocumentEdit,
  type ProtocolConnection,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

/** What an editor answers where the server asks for its settings. */
export type Settings = Readonly<Record<string, unknown>>;

/** A folder that is open in an editor. */
interface Folder {
  readonly settings: Settings;
  readonly edit: (edit: WorkspaceEdit) => Promise<void>;
}

const SERVER = fileURLToPath(
  new URL("../editor/node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server", import.meta.url),
);

const folders = new Map<string, Folder>();
let running: Promise<ProtocolConnection> | undefined;
let stop: (() => Promise<unknown>) | undefined;

afterAll(async () => {
  await stop?.();
});

/** Opens a folder with the server of the ESLint extension of VS Code; there is one server for all tests of a file. */
export async function connectFolder(
  root: string,
  settings: Settings,
  edit: Folder["edit"],
): Promise<ProtocolConnection> {
  const folder = { name: "repository", uri: pathToFileURL(root).href };
  folders.set(folder.uri, { settings: { ...settings, workspaceFolder: folder }, edit });
  running ??= startServer();
  const connection = await running;
  await connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
    event: { added: [folder], removed: [] },
  });
  return connection;
}

async function startServer(): Promise<ProtocolConnection> {
  if (!existsSync(SERVER)) throw new Error("The server is not installed: npm install --prefix tests/editor");
  const server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(server.stdout, server.stdin);
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ scopeUri }) => folderOf(scopeUri ?? "").settings),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
  connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
    const [change] = edit.documentChanges ?? [];
    if (TextDocumentEdit.is(change)) await folderOf(change.textDocument.uri).edit(edit);
    return { applied: true };
  });
  connection.onUnhandledNotification(() => undefined);
  connection.listen();
  await connection.sendRequest(InitializeRequest.method, {
    processId: process.pid,
    workspaceFolders: [],
    capabilities: {
      workspace: {
        configuration: true,
        applyEdit: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
        workspaceEdit: { documentChanges: true },
      },
      textDocument: {
        diagnostic: {},
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll.eslint"] } },
        },
      },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  stop = async () => {
    await connection.sendRequest(ShutdownRequest.type);
    const exit = once(server, "exit");
    await connection.sendNotification(ExitNotification.type);
    await exit;
    connection.dispose();
  };
  return connection;
}

function folderOf(uri: string): Folder {
  for (const [root, folder] of folders) if (uri.startsWith(`${root}/`)) return folder;
  throw new Error(`${uri} is in no open folder`);
}
