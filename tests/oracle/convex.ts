import { spawn } from "node:child_process";
import { symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandFaults } from "../../src/faults/convex/command-faults.ts";
import { missingCredentials } from "../../src/faults/credentials/needs.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const ORACLE = fileURLToPath(new URL(".", import.meta.url));
const WORKFLOW = ".github/workflows/ci.yml";
const home = writeRepository({});

/** The releases that judge, around the one since which `codegen` needs a deployment, with the folders of their packages. */
export const CONVEX_RELEASES = { "1.27.5": "convex-1.27", "1.48.0": "convex" } as const;

/** One of the releases that judge. */
export type ConvexRelease = keyof typeof CONVEX_RELEASES;

/** One command line with what it is given. */
export interface ConvexCase {
  readonly release: ConvexRelease;
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: RepositoryFiles;
}

/** Stands for the servers that the CLI talks to: refuses whoever shows no credential as Convex does, and everybody else otherwise. */
export class FakeConvex {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeConvex> {
    const server = createServer((request, response) => {
      const isAnonymous = request.headers.authorization === undefined;
      const body = isAnonymous
        ? { code: "MissingAccessToken", message: "An access token is required for this command." }
        : { code: "OracleReached", message: "The credential was sent." };
      response.writeHead(isAnonymous ? 401 : 400, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FakeConvex(server);
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** The repository of a case, with the CLI installed; `$URL` stands for the server. */
function writeCase({ release, line, env, files }: ConvexCase, url: string): string {
  const steps = ["      - uses: actions/checkout@v5", `      - run: ${JSON.stringify(line)}`];
  if (Object.keys(env).length > 0) steps.push(`        env: ${JSON.stringify(withUrl(env, url))}`);
  const workflow = ["on: push", "jobs:", "  build:", "    runs-on: ubuntu-latest", "    steps:", ...steps, ""];
  const root = writeRepository({
    "package.json": JSON.stringify({ dependencies: { convex: release }, scripts: { generate: "convex codegen" } }),
    "convex/messages.ts": "export {};\n",
    "data.jsonl": "{}\n",
    [WORKFLOW]: workflow.join("\n"),
    ...withUrl(files, url),
  });
  writeFiles(root, { "node_modules/.bin/.keep": "" });
  symlinkSync(join(ORACLE, "node_modules", CONVEX_RELEASES[release]), join(root, "node_modules/convex"));
  symlinkSync("../convex/bin/main.js", join(root, "node_modules/.bin/convex"));
  return root;
}

function withUrl(texts: Readonly<Record<string, string>>, url: string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll("$URL", url)]));
}

/** What the CLI and the model say of a case. */
export interface Verdicts {
  /** Whether the CLI stops because it has no credential. */
  readonly cli: "lacks a credential" | "goes on";
  readonly model: "lacks a credential" | "goes on";
  readonly output: string;
}

/** What the CLI prints for a case, and the kinds of mistakes that the model finds in it. */
export async function tryCommand(
  item: ConvexCase,
  server: FakeConvex,
): Promise<{ readonly output: string; readonly mistakes: readonly string[] }> {
  const line = item.line.replaceAll("$URL", server.url);
  const root = writeCase({ ...item, line }, server.url);
  const mistakes = commandFaults(new Repository(root), WORKFLOW).map(({ mistake }) => mistake.kind);
  return { output: await runLine(line, root, withUrl(item.env, server.url), server.url), mistakes };
}

/** Runs a case, and asks the model about it. */
export async function judge(item: ConvexCase, server: FakeConvex): Promise<Verdicts> {
  const line = item.line.replaceAll("$URL", server.url);
  const root = writeCase({ ...item, line }, server.url);
  const faults = missingCredentials(new Repository(root), WORKFLOW);
  const output = await runLine(line, root, withUrl(item.env, server.url), server.url);
  // Not to be told apart by the exit code: beyond the credential nothing works here.
  const lacks = /No CONVEX_DEPLOYMENT set|MissingAccessToken|You are currently developing anonymously/.test(output);
  return {
    cli: lacks ? "lacks a credential" : "goes on",
    model: faults.length > 0 ? "lacks a credential" : "goes on",
    output,
  };
}

function runLine(line: string, cwd: string, env: Readonly<Record<string, string>>, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", line], {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        CI: "true",
        GITHUB_ACTIONS: "true",
        CONVEX_PROVISION_HOST: url,
        NODE_OPTIONS: `--require ${JSON.stringify(join(ORACLE, "no-network.cjs"))}`,
        ...env,
      },
    });
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    // `logs` follows, and `dev` watches: what they lack they say at once.
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0)), 20_000);
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(output);
    });
  });
}
