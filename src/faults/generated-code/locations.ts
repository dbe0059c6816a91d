import { posix } from "node:path";
import { entriesOf, entryOf, stringOf, type DataNode } from "../../documents/data.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { sourcesNamed } from "../../project/executed/modules.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { packageFolderOf, type WorkspacePackage } from "../../project/workspace.ts";
import { GENERATORS, type Generator } from "../../tools/generators.data.ts";

/**
 * Where a generator writes for a package: folders, and files with or without extension, relative to the package. What is
 * computed is left out.
 */
type Locate = (repository: Repository, owner: WorkspacePackage) => readonly string[];

/** By the name of the tool. */
export const LOCATIONS: Readonly<Record<keyof typeof GENERATORS, Locate>> = {
  buf: bufOutputs,
  convex: (repository, owner) => [posix.join(convexFunctions(repository, owner), "_generated")],
  graphqlCodegen: graphqlOutputs,
  nuxt: () => [GENERATORS.nuxt.output],
  panda: (repository, owner) => configuredOutput(repository, owner, "panda.config", "outdir", GENERATORS.panda),
  paraglide: paraglideOutputs,
  prisma: prismaOutputs,
  svelteKit: () => [GENERATORS.svelteKit.output],
  tanstack: (repository, owner) => {
    const inFile = stringOf(
      entryOf(repository.json(posix.join(owner.directory, "tsr.config.json"))?.root, "generatedRouteTree")?.value,
    );
    if (inFile !== undefined) return [inFile];
    return configuredOutput(repository, owner, "vite.config", "generatedRouteTree", GENERATORS.tanstack);
  },
};

/** The folder of a package's Convex functions, relative to it. Without convex.json it is another one beside `react-scripts`. */
function convexFunctions(repository: Repository, { directory, manifest }: WorkspacePackage): string {
  const document = repository.json(posix.join(directory, "convex.json"));
  if (!document && dependencyRange(manifest, "react-scripts") !== undefined) return "src/convex";
  return stringOf(entryOf(document?.root, "functions")?.value) ?? "convex";
}

/** The value of an option in a configuration that is code: the default without it, nothing where it is no plain string. */
function configuredOutput(
  repository: Repository,
  owner: WorkspacePackage,
  config: string,
  option: string,
  { output }: Generator,
): readonly string[] {
  const texts = textsOf(repository, owner, [config]);
  if (!texts.some((text) => text.includes(option))) return output === undefined ? [] : [output];
  const written = texts.flatMap((text) => new RegExp(`\\b${option}:\\s*["']([^"'$]+)["']`).exec(text)?.[1] ?? []);
  return written.length === 1 ? written : [];
}

/** The configurations of a package that are code, by their names without extension. */
function textsOf(repository: Repository, { directory }: WorkspacePackage, names: readonly string[]): readonly string[] {
  return sourcesNamed(repository, directory, names).map(({ text }) => text);
}

/** https://buf.build/docs/configuration/v2/buf-gen-yaml/#plugins */
function bufOutputs(repository: Repository, { directory }: WorkspacePackage): readonly string[] {
  const plugins = entryOf(repository.yaml(posix.join(directory, "buf.gen.yaml"))?.root, "plugins")?.value;
  if (plugins?.kind !== "sequence") return [];
  return plugins.items.flatMap((plugin) => stringOf(entryOf(plugin, "out")?.value) ?? []);
}

/** https://the-guild.dev/graphql/codegen/docs/config-reference/codegen-config: the keys of `generates`. */
function graphqlOutputs(repository: Repository, owner: WorkspacePackage): readonly string[] {
  const inFile = (root: DataNode | undefined): readonly string[] =>
    entriesOf(entryOf(root, "generates")?.value).map(({ key }) => key);
  const path = (name: string): string => posix.join(owner.directory, name);
  return [
    ...["codegen.yml", "codegen.yaml"].flatMap((name) => inFile(repository.yaml(path(name))?.root)),
    ...inFile(repository.json(path("codegen.json"))?.root),
    ...textsOf(repository, owner, ["codegen"]).flatMap((text) => {
      const generates = text.slice(text.search(/\bgenerates\s*:/));
      return Array.from(generates.matchAll(/["']([^"'\n]*[./][^"'\n]*)["']\s*:\s*[[{]/g), ([, key = ""]) => key);
    }),
  ];
}

/** https://paraglidejs.com/compiling-messages: where the plugin of a bundler is told to write, or the command. */
function paraglideOutputs(repository: Repository, owner: WorkspacePackage): readonly string[] {
  const bundlers = ["astro", "next", "nuxt", "rollup", "rspack", "vite", "webpack"].map((name) => `${name}.config`);
  const configs = textsOf(repository, owner, bundlers).filter((text) => text.includes("paraglide"));
  const scripts = [...owner.manifest.scripts.values()].map(({ text }) => text);
  return [
    ...configs.flatMap((text) => Array.from(text.matchAll(/\boutdir:\s*["']([^"'$]+)["']/g), ([, path = ""]) => path)),
    ...scripts.flatMap((text) => /\bparaglide-js compile\b.*?--outdir[ =]["']?([\w@./-]+)/.exec(text)?.[1] ?? []),
  ];
}

/** https://www.prisma.io/docs/orm/prisma-schema/overview/generators: relative to the file that names it (prisma 7.10.1, run). */
function prismaOutputs(repository: Repository, { directory }: WorkspacePackage): readonly string[] {
  return repository.files.glob(directory, ["**/*.prisma"]).flatMap((path) => {
    const file = posix.join(directory, path);
    const isOwn = packageFolderOf(repository, folderOf(file)) === directory && repository.files.isTracked(file);
    const text = isOwn ? (repository.files.read(file)?.text ?? "") : "";
    return Array.from(text.matchAll(/^\s*generator\s+\w+\s*\{([^}]*)\}/gm)).flatMap(([, block = ""]) => {
      const isClient = /^\s*provider\s*=\s*"prisma-client(?:-js)?"/m.test(block);
      const output = /^\s*output\s*=\s*"([^"]+)"/m.exec(block)?.[1];
      return isClient && output !== undefined ? [posix.join(folderOf(path), output)] : [];
    });
  });
}
