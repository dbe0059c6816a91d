import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation } from "../../commands/invocation.ts";
import { entryOf, stringOf } from "../../documents/data.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { isCommitted } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";
import { withoutExtension } from "../../project/typescript/resolution.ts";
import type { Workspace, WorkspacePackage } from "../../project/workspace.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { GENERATORS, type Generator } from "../../tools/generators.data.ts";
import { SOURCE_EXTENSIONS } from "../../tools/executed-files.data.ts";

/** Where a package's generator writes. */
export interface GeneratedOutput {
  readonly generator: Generator;
  readonly owner: WorkspacePackage;
  /** A folder, or a file without extension, relative to the repository root. */
  readonly path: string;
}

const KINDS = Object.keys(GENERATORS) as (keyof typeof GENERATORS)[];
const outputsByWorkspace = (): Map<Workspace, readonly GeneratedOutput[]> => new Map();

/** What generators write for the packages of a workspace, as far as it is known where. */
export function outputsOf(repository: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  const known = repository.derive(outputsByWorkspace);
  let outputs = known.get(workspace);
  if (!outputs) known.set(workspace, (outputs = findOutputs(repository, workspace)));
  return outputs;
}

function findOutputs(repository: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  return [workspace.root, ...workspace.members].flatMap((owner) =>
    KINDS.flatMap((kind) => {
      const generator: Generator = GENERATORS[kind];
      if (generator.packages.every((name) => dependencyRange(owner.manifest, name) === undefined)) return [];
      const output = LOCATIONS[kind](repository, owner);
      if (output === undefined) return [];
      return [{ generator, owner, path: normalizeDirectory(posix.join(owner.directory, output)) }];
    }),
  );
}

/** Where each generator writes for a package, relative to it; undefined where that is computed. */
const LOCATIONS: Readonly<
  Record<keyof typeof GENERATORS, (repository: Repository, owner: WorkspacePackage) => string | undefined>
> = {
  convex: (repository, owner) => posix.join(convexFunctions(repository, owner), "_generated"),
  panda: (repository, owner) => configuredOutput(repository, owner, "panda.config", "outdir", GENERATORS.panda),
  tanstack: (repository, owner) => {
    const inFile = stringOf(
      entryOf(repository.json(posix.join(owner.directory, "tsr.config.json"))?.root, "generatedRouteTree")?.value,
    );
    if (inFile !== undefined) return withoutExtension(inFile);
    return configuredOutput(repository, owner, "vite.config", "generatedRouteTree", GENERATORS.tanstack);
  },
};

/** The folder of a package's Convex functions, relative to it. Without convex.json it is another one beside `react-scripts`. */
function convexFunctions(repository: Repository, { directory, manifest }: WorkspacePackage): string {
  const document = repository.json(posix.join(directory, "convex.json"));
  if (!document && dependencyRange(manifest, "react-scripts") !== undefined) return "src/convex";
  return stringOf(entryOf(document?.root, "functions")?.value) ?? "convex";
}

/** The value of an option in a configuration that is code: the default without it, undefined where it is no plain string. */
function configuredOutput(
  repository: Repository,
  { directory }: WorkspacePackage,
  config: string,
  option: string,
  { output }: Generator,
): string | undefined {
  const texts = SOURCE_EXTENSIONS.flatMap(
    (extension) => repository.files.read(posix.join(directory, config + extension))?.text ?? [],
  );
  if (!texts.some((text) => text.includes(option))) return output;
  const written = texts.flatMap((text) => new RegExp(`\\b${option}:\\s*["']([^"'$]+)["']`).exec(text)?.[1] ?? []);
  return written.length === 1 ? withoutExtension(written[0] ?? "") : undefined;
}

/** Whether a module that is looked for at a path is one that the generator writes. */
export function isGenerated({ path, generator: { modules } }: GeneratedOutput, target: string): boolean {
  const module = withoutExtension(target);
  if (module === path) return modules === undefined;
  if (!module.startsWith(`${path}/`)) return false;
  return modules?.includes(module.slice(path.length + 1)) ?? true;
}

/** Whether a command is the one that writes the code. */
export function runsGenerator(invocation: Invocation, { words: [executable, ...rest] }: Generator): boolean {
  return (
    invocation.kind === "binary" &&
    invocation.name === executable &&
    rest.every((word, index) => textOf(invocation.args[index]) === word)
  );
}

const SOURCES = [".ts", ".d.ts"];
const FORMS = [...SOURCES, ".js", ".tsx", ".mjs", ".d.mts", "/index.ts", "/index.d.ts", "/index.js", "/index.mjs"];

/** Whether a fresh checkout certainly lacks a module because git ignores it. */
export function isLeftOut(repository: Repository, target: string): boolean {
  const stem = withoutExtension(target);
  const isAbsent = FORMS.every((form) => {
    const committed = isCommitted(repository, stem + form);
    return committed.known && !committed.value;
  });
  return isAbsent && SOURCES.some((form) => repository.files.isIgnored(stem + form));
}
