import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ESLint } from "eslint";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGES = { "eslint-plugin-preflight": ".", eslint: "node_modules/eslint" } as const;

/** What a command printed, and the code that it ended with. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Puts this plugin and ESLint, and more of its packages, into a folder's node_modules. */
export function installInto(folder: string, more: readonly string[] = []): void {
  const packages = { ...PACKAGES, ...Object.fromEntries(more.map((name) => [name, `node_modules/${name}`])) };
  for (const [name, path] of Object.entries(packages)) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, path), link, "junction");
  }
}

/** Runs a program of Node.js in a folder. */
export function runNode(
  folder: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<CommandRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: "", FORCE_COLOR: "0", ...options.env };
    const child = execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
    child.stdin?.end(options.input ?? "");
  });
}

/** A run of ESLint's command. */
export interface CliRun {
  /** One line a finding, as in `lintRepository`. */
  readonly report: readonly string[];
  /** Paths of the files whose results were not taken from the cache. */
  readonly linted: readonly string[];
}

/** Runs `eslint` in a folder, as a user does. */
export async function runEslint(folder: string, args: readonly string[]): Promise<CliRun> {
  const { code, stdout, stderr } = await runNode(
    folder,
    [join(root, "node_modules/eslint/bin/eslint.js"), "--format=json", ...args],
    { env: { DEBUG: "eslint:lint-result-cache" } },
  );
  if (code > 1 || code < 0) throw new Error(stderr);
  const pathOf = (file: string): string => relative(folder, file).replaceAll("\\", "/");
  const results = JSON.parse(stdout) as ESLint.LintResult[];
  return {
    report: results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, column, ruleId, messageId, message }) =>
          `${pathOf(filePath)}:${String(line)}:${String(column)} ${ruleId ?? "-"}/${messageId ?? "-"}: ${message}`,
      ),
    ),
    linted: Array.from(stderr.matchAll(/no longer valid: (.*?)(?: \+\d+\w+)?$/gm), ([, path = ""]) => pathOf(path)),
  };
}
