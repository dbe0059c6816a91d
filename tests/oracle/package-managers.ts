import { execFile } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { known } from "../../src/documents/known.ts";
import { bindingLayer, Environment } from "../../src/project/trace/environment.ts";
import { reachesOf } from "../../src/project/trace/reach.ts";
import { Repository } from "../../src/project/repository.ts";
import { fileHost, UNKNOWN_SCOPE } from "../../src/project/trace/routine.ts";
import { textOf } from "../../src/commands/arguments.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const TOOLS = fileURLToPath(new URL("node_modules", import.meta.url));

/** A real package manager. */
export interface Tool {
  readonly name: string;
  readonly kind: "bun" | "npm" | "pnpm" | "yarn1" | "yarn4";
  /** What its executables run, as shell words; none where the machine's own are used. */
  readonly executables: Readonly<Record<string, string>>;
}

const node = (path: string): string => `"${process.execPath}" "${join(TOOLS, path)}"`;

/** Every package manager that is installed beside this file, and the machine's own npm. */
export const PACKAGE_MANAGERS: readonly Tool[] = [
  { name: "npm", kind: "npm", executables: {} },
  {
    name: "pnpm10",
    kind: "pnpm",
    executables: { pnpm: node("pnpm10/bin/pnpm.cjs"), pnpx: node("pnpm10/bin/pnpx.cjs") },
  },
  {
    name: "pnpm12",
    kind: "pnpm",
    executables: { pnpm: node("pnpm12/bin/pnpm.mjs"), pnpx: node("pnpm12/bin/pnpx.mjs") },
  },
  { name: "yarn1", kind: "yarn1", executables: { yarn: node("yarn1/bin/yarn.js") } },
  { name: "yarn4", kind: "yarn4", executables: { yarn: node("yarn4/bin/yarn.js") } },
  ...readdirSync(TOOLS).flatMap((folder): Tool[] => {
    const name = new RegExp(`^(bun-[\\d.]+)-${process.platform}-${process.arch}$`).exec(folder)?.[1];
    const bun = `"${join(TOOLS, folder, "bin", "bun")}"`;
    return name === undefined ? [] : [{ name, kind: "bun", executables: { bun, bunx: `${bun} x` } }];
  }),
];

const TOOL = `#!/usr/bin/env node
require("node:child_process").spawnSync("record", ["tool", ...process.argv.slice(2)]);
`;
const LIFECYCLE = "preinstall install postinstall prepare".split(" ");

function manifest(name: string, scripts: readonly string[], more: object = {}): string {
  const texts = Object.fromEntries(scripts.map((script) => [script, `record ${script}`]));
  return JSON.stringify({ name, version: "1.0.0", ...more, scripts: texts });
}

/** A workspace with scripts of the same name in several packages, and the executable `tool` of a member. */
function workspaceFiles({ kind }: Tool): RepositoryFiles {
  const dependencies = { tool: kind === "npm" || kind === "yarn1" ? "1.0.0" : "workspace:*" };
  const root = "prebuild build postbuild test only-root start check".split(" ");
  const web = "prebuild build postbuild pretest test only-web colon:web colon:two".split(" ");
  return {
    "package.json": manifest("root", [...root, ...LIFECYCLE], {
      private: true,
      dependencies,
      ...(kind !== "pnpm" && { workspaces: ["packages/*"] }),
    }),
    "packages/web/package.json": manifest("web", [...web, ...LIFECYCLE], { dependencies }),
    "packages/api/package.json": manifest("@acme/api", ["build", "only-api", "colon:two"]),
    "packages/tool/package.json": manifest("tool", [], { bin: "tool.js" }),
    "packages/tool/tool.js": TOOL,
    ...(kind === "pnpm" && { "pnpm-workspace.yaml": "packages: [packages/*]\nverifyDepsBeforeRun: false\n" }),
    ...(kind === "yarn4" && {
      "yarn.lock": "",
      ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\nenableNetwork: false\n",
    }),
    ...(kind === "npm" && { ".npmrc": "offline=true\naudit=false\nfund=false\nupdate-notifier=false\n" }),
  };
}

/** How each installs the workspace without a network. */
export const INSTALLS: Readonly<Record<Tool["kind"], string>> = {
  npm: "npm install",
  pnpm: "pnpm install --offline",
  yarn1: "yarn install --offline",
  yarn4: "yarn install",
  bun: "bun install",
};

const NOWHERE = "http://127.0.0.1:1";
const NO_NETWORK = { npm_config_registry: NOWHERE, BUN_CONFIG_REGISTRY: NOWHERE, npm_config_fetch_retries: "0" };

/** One thing that ran: where, its words, and the variable `INIT` that it saw. */
export type Run = string;

/** A workspace in which commands are run by a real package manager, and read by the models. */
export class Lab {
  readonly root: string;
  readonly #home: string;
  readonly #path: string;
  #logs = 0;

  constructor(tool: Tool, files: RepositoryFiles = {}) {
    this.root = realpathSync(writeRepository({ ...workspaceFiles(tool), ...files }));
    this.#home = writeRepository({});
    const stubs = Object.entries({
      ...tool.executables,
      record: `printf '%s: %s [%s]\\n' "$(pwd -P)" "record $*" "$INIT" >> "$RECORD_FILE"; :`,
    });
    writeFiles(
      this.#home,
      Object.fromEntries(stubs.map(([name, words]) => [`bin/${name}`, `#!/bin/sh\n${words} "$@"\n`])),
    );
    for (const [name] of stubs) chmodSync(join(this.#home, "bin", name), 0o755);
    chmodSync(join(this.root, "packages/tool/tool.js"), 0o755);
    this.#path = [join(this.#home, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(":");
  }

  /** What really runs. */
  async run(command: string, directory = ""): Promise<{ readonly runs: readonly Run[]; readonly output: string }> {
    const log = join(this.#home, `log-${String(this.#logs++)}`);
    const output = await new Promise<string>((resolve) => {
      const env = { ...NO_NETWORK, PATH: this.#path, HOME: this.#home, INIT: "ci", RECORD_FILE: log };
      const options = { cwd: join(this.root, directory), env, timeout: 60_000 };
      execFile("/bin/sh", ["-c", command], options, (error, stdout, stderr) => {
        resolve([stdout, stderr, error?.message ?? ""].join("\n"));
      });
    });
    const lines = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
    return { output, runs: lines.map((line) => line.replace(this.root, "").replace(/^\//, "")) };
  }

  /** What the models say that runs. */
  read(command: string, directory = ""): readonly Run[] {
    const repository = new Repository(this.root);
    const environment = new Environment(bindingLayer(new Map([["INIT", { state: "bound", value: known("ci") }]])));
    const script = {
      text: command,
      host: fileHost({ path: "command", text: command }),
      directory: known(directory),
      options: { errexit: false, pipefail: false },
      isPosix: true,
    };
    return reachesOf(repository, script, UNKNOWN_SCOPE, environment).flatMap((reach) => {
      const { invocation, directory: folder } = reach;
      if (invocation.kind !== "binary" || !["record", "tool"].includes(invocation.name)) return [];
      const words = invocation.args.map((word) => textOf(word) ?? "?");
      const name = invocation.name === "tool" ? ["record", "tool"] : ["record"];
      const init = reach.environment.valueOf("INIT");
      return [
        `${folder.known ? folder.value : "?"}: ${[...name, ...words].join(" ")} [${init.known ? init.value : "?"}]`,
      ];
    });
  }
}

/** Packages may run side by side: only the order within each is compared. */
export function byPackage(runs: readonly Run[]): readonly Run[] {
  const folderOf = (run: Run): string => run.slice(0, run.indexOf(":"));
  return runs.toSorted((left, right) => folderOf(left).localeCompare(folderOf(right)));
}
