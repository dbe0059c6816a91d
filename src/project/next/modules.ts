import { posix } from "node:path";
import { dependencyRange } from "../../documents/manifest.ts";
import { readLoadedFile } from "../../documents/required-variables.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { CHANGES_BUILD, SPLITS_PACKAGES } from "../../tools/next.data.ts";
import { QUIET_PACKAGES, SETTING_PACKAGES } from "../../tools/variable-sources.data.ts";
import { resolveModule, sourceAt } from "../executed/modules.ts";
import { packageNameOf } from "../package-exports.ts";
import { folderOf, type Repository } from "../repository.ts";
import { mappedTargets, targetOf } from "../typescript/resolution.ts";
import { projectAt } from "../typescript/project.ts";
import { packageFolderOf, workspaceOf } from "../workspace.ts";

export const loadedFileOf = onceForEach(readLoadedFile);

/** The file that a module is bundled from: relative ones, `paths` of the app's configuration, and packages of the workspace. */
export function resolveBundled(
  repository: Repository,
  app: string,
  importer: string,
  specifier: string,
): string | undefined {
  const direct = resolveModule(repository, importer, specifier);
  if (specifier.startsWith(".") || packageFolderOf(repository, folderOf(importer)) !== app) return direct;
  const config = ["tsconfig.json", "jsconfig.json"]
    .map((name) => posix.join(app, name))
    .find((path) => repository.files.exists(path));
  const project = config === undefined ? undefined : projectAt(repository, config);
  // `paths` come before packages.
  if (direct !== undefined && !(project && mappedTargets(project, specifier))) return direct;
  const target = project && targetOf(repository, project, importer, specifier);
  return target === undefined ? undefined : sourceAt(repository, target);
}

const CLIENT = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*["']use client["']/;

/** Whether a module is for the browser, so that the server only renders it. */
export function isClientModule({ text }: Source): boolean {
  return CLIENT.test(text);
}

const SERVER_ACTIONS = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*["']use server["']/;

/** Whether all that a module exports is called from elsewhere. */
export function isActionModule({ text }: Source): boolean {
  return SERVER_ACTIONS.test(text);
}

/** Whether the configuration of an app, and all that it says, leaves what is built as it usually is. */
export function isUsualApp(repository: Repository, app: string): boolean {
  const { files } = repository;
  const isCompiledOtherwise = files.glob(app, [".babelrc*", "babel.config.*"]).length > 0;
  const configs = files.glob(app, ["next.config.*"]).map((name) => posix.join(app, name));
  if (isCompiledOtherwise || configs.length > 1) return false;
  const members = [...(workspaceOf(repository, app)?.byName.keys() ?? [])];
  const queue = new Set(configs);
  for (const path of queue) {
    const source = files.read(path);
    if (!source || queue.size > MAX_CONFIGS || CHANGES_BUILD.test(source.text)) return false;
    if (SPLITS_PACKAGES.test(source.text) && members.some((name) => namesPackage(source, name))) return false;
    const { setsAny, written } = readSourceReads(source);
    if (setsAny || written.size > 0) return false;
    for (const specifier of loadedFileOf(source).modules) {
      const target = resolveModule(repository, path, specifier);
      if (target !== undefined) queue.add(target);
      else if (/^[.#]/.test(specifier) || (SETTING_PACKAGES.test(specifier) && !QUIET_PACKAGES.test(specifier)))
        return false;
    }
  }
  return true;
}

function namesPackage({ text }: Source, name: string): boolean {
  return [`"${name}`, `'${name}`].some((start) => text.includes(start));
}

const MAX_CONFIGS = 50;

/** Whether a package that is a folder of the repository, but no member, can know nothing of a request. */
export function isRequestlessFolder(repository: Repository, importer: string, specifier: string): boolean {
  const folder = packageFolderOf(repository, folderOf(importer));
  const manifest = folder === undefined ? undefined : repository.manifest(folder);
  const range = manifest && dependencyRange(manifest, packageNameOf(specifier));
  const [, path] = /^(?:file|link):(.+)$/.exec(range ?? "") ?? [];
  const other = folder === undefined || path === undefined ? undefined : repository.manifest(posix.join(folder, path));
  return other !== undefined && dependencyRange(other, "next") === undefined;
}
