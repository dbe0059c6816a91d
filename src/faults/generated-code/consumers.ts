import type { Place } from "../../documents/source.ts";
import { loaderOf } from "../../project/executed/loaders.ts";
import { loadedImports, type Loading } from "../../project/executed/loading.ts";
import { bundledByNext } from "../../project/next/bundling.ts";
import { checkedByNext, isNextBuild, isPassedOverByNext } from "../../project/next/type-check.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { checkOf, isCompiler, needsBuilt } from "../../project/typescript/compiler.ts";
import { foreignImportsOf, type ForeignImport } from "../../project/typescript/foreign-imports.ts";
import { importsOf, type CheckedImport } from "../../project/typescript/imports.ts";

/** Where a file names another one, and as what. */
export interface Use {
  readonly place: Place;
  /** The path that is looked for. */
  readonly target: string;
  readonly relation: "extends" | "imports" | "refers to";
  /** The file that leads to this one, where that is another. */
  readonly entry?: string;
  /** The name that is imported and where its package leads from there to the path, where the output is what a package is built to. */
  readonly ofPackage?: { readonly specifier: string; readonly entry: Place };
}

/** A command that fails where a file is not there that others need. */
export interface Consumer {
  /** True where plugins of a framework or bundler may generate code before it is looked for. */
  readonly runsPlugins: boolean;
  /** What it certainly looks for when it runs in a folder, in the order in which that is told. */
  readonly usesIn: (repository: Repository, folder: string) => readonly Use[];
  /** Whether it looks for the types of what it imports, and builds none of it itself. */
  readonly checksTypes: (repository: Repository, folder: string) => boolean;
  /** The imports whose types it looks for. */
  readonly typesIn: (repository: Repository, folder: string) => readonly CheckedImport[];
  /** The imports of packages that nothing in the repository gives it. */
  readonly foreignIn: (repository: Repository, folder: string) => readonly ForeignImport[];
}

/** What a reached command needs: type checkers, test runners, bundlers and runtimes; undefined for any other one. */
export function consumerOf(reach: Reach): Consumer | undefined {
  const { invocation } = reach;
  if (isCompiler(invocation)) {
    const importsIn = (repository: Repository, { projects }: ReturnType<typeof checkOf>): readonly CheckedImport[] =>
      projects.flatMap((project) => importsOf(repository, project));
    return {
      runsPlugins: false,
      usesIn: (repository, folder) => {
        const check = checkOf(repository, invocation, folder);
        return [...check.missing, ...usesOf(importsIn(repository, check))];
      },
      checksTypes: (repository, folder) => needsBuilt(repository, invocation, folder),
      typesIn: (repository, folder) => importsIn(repository, checkOf(repository, invocation, folder)),
      foreignIn: (repository, folder) =>
        checkOf(repository, invocation, folder).projects.flatMap((project) => foreignImportsOf(repository, project)),
    };
  }
  if (isNextBuild(invocation)) {
    const typesIn: Consumer["typesIn"] = (repository, folder) =>
      checkedByNext(repository, invocation, folder)
        .flatMap((project) => importsOf(repository, project))
        .filter(({ place: { source } }) => !isPassedOverByNext(source.path));
    return {
      runsPlugins: true,
      // It bundles before it checks. What it says of a configuration that is not there was not asked.
      usesIn: (repository, folder) => [
        ...loadedUses(repository, bundledByNext(repository, invocation, folder)),
        ...usesOf(typesIn(repository, folder)),
      ],
      checksTypes: () => true,
      typesIn,
      foreignIn: (repository, folder) =>
        checkedByNext(repository, invocation, folder)
          .flatMap((project) => foreignImportsOf(repository, project))
          .filter(({ place: { source } }) => !isPassedOverByNext(source.path)),
    };
  }
  const loader = loaderOf(reach);
  return (
    loader && {
      runsPlugins: loader.runsPlugins,
      usesIn: (repository, folder) => loadedUses(repository, loader.loadingIn(repository, folder)),
      // It may have aliases and conditions of its own.
      checksTypes: () => false,
      typesIn: () => [],
      foreignIn: () => [],
    }
  );
}

function usesOf(imports: readonly CheckedImport[]): readonly Use[] {
  return imports.flatMap(({ place, target }) =>
    target === undefined ? [] : [{ place, target, relation: "imports" as const }],
  );
}

function loadedUses(repository: Repository, loading: Loading | undefined): readonly Use[] {
  return (loading ? loadedImports(repository, loading) : []).map(({ place, target, entry }) => ({
    place,
    target,
    relation: "imports",
    ...(entry !== place.source.path && { entry }),
  }));
}
