import { createRequire } from "node:module";
import { join, posix, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { ESLint, Linter } from "eslint";
import { satisfies } from "semver";
import manifest from "../../package.json" with { type: "json" };
import { Repository } from "../project/repository.ts";
import { workspaceAt } from "../project/workspace.ts";
import { ignoringPattern } from "./ignoring-pattern.ts";

type EslintClass = typeof ESLint;

/** A file's resolved configuration, as far as it is looked at. */
interface FileConfig {
  readonly plugins?: Readonly<Record<string, ESLint.Plugin>>;
  readonly rules?: Readonly<Record<string, readonly [severity: number, ...options: unknown[]]>>;
}

const SCOPE = `Scope the configuration with that rule to scripts: { files: ["**/*.{ts,tsx}"], extends: [...] }.`;
const UNIGNORE = ` Put { ignores: ["!.github", "!.github/**"] } after it.`;

/** Says which files of a folder the user's ESLint lints with the plugin's rules, and why not the others; with the exit code. */
export async function diagnose(folder: string): Promise<readonly [report: string, code: number]> {
  const eslintClass = await installedEslint(folder);
  const eslint = new eslintClass({ cwd: folder });
  const configFile = await eslint.findConfigFile();
  if (configFile === undefined) throw new Error(`There is no eslint.config.js for ${folder}. Run init first.`);
  // Where the main configuration cannot be loaded, nothing can be said.
  await eslint.calculateConfigForFile(join(folder, "package.json"));
  const reasons = new Map<string, string[]>();
  const linted: string[] = [];
  for (const path of filesOf(folder)) {
    const reason = await reasonAgainst(eslintClass, eslint, folder, path);
    if (reason === undefined) linted.push(path);
    else reasons.set(reason, [...(reasons.get(reason) ?? []), path]);
  }
  const header = `ESLint ${eslintClass.version} with ${relative(folder, configFile)}`;
  const found = linted.map((path) => `  ${path}`);
  const missed = [...reasons].map(([reason, paths]) => [`✖ ${reason}`, ...paths.map((path) => `  ${path}`)].join("\n"));
  const total = `✔ ${String(linted.length)} ${linted.length === 1 ? "file is" : "files are"} linted with the plugin's rules.`;
  return [[header, "", total, ...found, ...missed].join("\n"), reasons.size === 0 && linted.length > 0 ? 0 : 1];
}

async function installedEslint(folder: string): Promise<EslintClass> {
  let path: string;
  try {
    path = createRequire(join(folder, "package.json")).resolve("eslint");
  } catch {
    throw new Error(`ESLint is not installed in ${folder}.`);
  }
  const { ESLint: found } = (await import(pathToFileURL(path).href)) as { readonly ESLint: EslintClass };
  if (!satisfies(found.version, manifest.peerDependencies.eslint)) {
    throw new Error(
      `ESLint ${found.version} is installed in ${folder}. The plugin needs ${manifest.peerDependencies.eslint}.`,
    );
  }
  return found;
}

/** The files of a repository that the plugin reads and git does not ignore: not those of fixtures and templates. */
function filesOf(folder: string): readonly string[] {
  const repository = new Repository(folder);
  const packages = ["", ...(workspaceAt(repository, "")?.members ?? []).map(({ directory }) => directory)];
  const names = ["package.json", "turbo.json", "turbo.jsonc"];
  return [
    ...repository.workflowPaths,
    ...repository.files.glob("", ["action.{yml,yaml}", ".github/**/action.{yml,yaml}"]),
    ...packages.flatMap((directory) => names.map((name) => posix.join(directory, name))),
  ].filter((path) => repository.files.isTracked(path));
}

async function reasonAgainst(
  eslintClass: EslintClass,
  eslint: ESLint,
  folder: string,
  path: string,
): Promise<string | undefined> {
  const absolute = join(folder, path);
  const configFile = await eslint.findConfigFile(absolute);
  const name = configFile === undefined ? "the configuration" : relative(folder, configFile);
  let config: FileConfig | undefined;
  try {
    config = (await eslint.calculateConfigForFile(absolute)) as FileConfig | undefined;
  } catch (error) {
    return `${name} cannot be loaded: ${firstLine(error)}`;
  }
  if (!config) {
    const pattern = configFile === undefined ? undefined : await ignoringPattern(eslintClass, configFile, absolute);
    return pattern === undefined
      ? `${name} ignores them, or has no configuration for them. Put \`preflight.configs.recommended\` last.`
      : `${name} ignores them by \`${pattern}\`.${path.startsWith(".github/") ? UNIGNORE : ""}`;
  }
  const prefix = Object.entries(config.plugins ?? {}).find(([, { meta }]) => meta?.name === manifest.name)?.[0];
  if (prefix === undefined)
    return `${name} does not have the plugin for them. Put \`preflight.configs.recommended\` last.`;
  const isOn = Object.entries(config.rules ?? {}).some(
    ([id, [severity]]) => id.startsWith(`${prefix}/`) && severity > 0,
  );
  return isOn ? failureOf(eslint, absolute) : `${name} switches all rules of the plugin off for them.`;
}

/** Why the rules do not get to see a file: another configuration's parser or rule fails on it. */
async function failureOf(eslint: ESLint, absolute: string): Promise<string | undefined> {
  try {
    const [result] = await eslint.lintFiles([absolute]);
    const failure = result?.messages.find((message: Linter.LintMessage) => message.fatal);
    return failure && `ESLint cannot parse them: ${failure.message}`;
  } catch (error) {
    return `ESLint stops at them: ${firstLine(error)}\n  ${SCOPE}`;
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}
