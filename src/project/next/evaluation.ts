import { entryOf } from "../../documents/data.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { DEMANDING_CLIENTS } from "../../tools/clients.data.ts";
import { QUIET_PACKAGES, SETTING_PACKAGES } from "../../tools/variable-sources.data.ts";
import { folderOf, type Repository } from "../repository.ts";
import { packageFolderOf } from "../workspace.ts";
import { isActionModule, isClientModule, loadedFileOf, resolveBundled } from "./modules.ts";

/** Where modules are evaluated: only on the server, or as both sides have them. */
export type Layer = "both" | "server";

/** A module that is evaluated. */
export interface EvaluatedModule {
  readonly source: Source;
  /** The file of the app because of which it is. */
  readonly entry: string;
  /** True where it is so itself, not only because another one imports it. */
  readonly isEntered: boolean;
}

/** All that is certainly evaluated. */
export interface Evaluated {
  readonly modules: readonly EvaluatedModule[];
  /** The variables that one of the modules sets: they need not come from outside. */
  readonly written: ReadonlySet<string>;
}

/** What is known where a module may set any variable. */
const NOTHING_EVALUATED: Evaluated = { modules: [], written: new Set() };

const MAX_MODULES = 2000;

const readsOf = onceForEach(readSourceReads);

/** Modules of which a component of the server can have nothing but references. */
const BROWSER_MODULES = new Set(
  DEMANDING_CLIENTS.filter(({ isForBrowser }) => isForBrowser).map(({ module }) => module),
);

/** The modules of an app that are certainly evaluated when it is built. */
export class Evaluation {
  readonly #repository: Repository;
  readonly #app: string;
  readonly #entered = { both: new Map<string, string>(), server: new Map<string, string>() };

  constructor(repository: Repository, app: string) {
    this.#repository = repository;
    this.#app = app;
  }

  /** Adds a module that is evaluated because of an entry of the app. */
  enter(path: string, entry: string, layer: Layer): void {
    const entered = this.#entered[layer];
    if (!entered.has(path)) entered.set(path, entry);
  }

  /** Those modules, and the modules that they import. */
  evaluated(): Evaluated {
    const written = new Set<string>();
    const found = new Map<string, EvaluatedModule>();
    for (const layer of ["both", "server"] as const) {
      const entered = this.#entered[layer];
      const queue = new Map(entered);
      for (const [path, entry] of queue) {
        const source = this.#repository.files.read(path);
        if (!source || (layer === "server" && !this.#isForServer(source))) continue;
        if (path === entry && layer === "both" && /\bruntime\b/.test(source.text)) continue;
        const reads = readsOf(source);
        if (queue.size > MAX_MODULES || reads.setsAny) return NOTHING_EVALUATED;
        for (const name of reads.written) written.add(name);
        if (!found.has(path)) found.set(path, { source, entry, isEntered: entered.has(path) });
        for (const specifier of loadedFileOf(source).modules) {
          const target = resolveBundled(this.#repository, this.#app, path, specifier);
          if (target === undefined && mayBringVariables(source, specifier)) return NOTHING_EVALUATED;
          if (target !== undefined && !queue.has(target) && this.#isKept(target)) queue.set(target, entry);
        }
      }
    }
    return { modules: [...found.values()], written };
  }

  #isForServer(source: Source): boolean {
    if (isClientModule(source) || isActionModule(source)) return false;
    return !loadedFileOf(source).modules.some((specifier) => BROWSER_MODULES.has(specifier));
  }

  /** Whether bundlers keep a module of which no export is used, as its package does not say that it has no effects. */
  #isKept(path: string): boolean {
    const folder = packageFolderOf(this.#repository, folderOf(path));
    const manifest = folder === undefined ? undefined : this.#repository.manifest(folder);
    return manifest !== undefined && entryOf(manifest.node, "sideEffects") === undefined;
  }
}

/** Whether a module may set variables by loading a package: the dotenv files that lie in the app are read for it. */
function mayBringVariables({ text }: Source, specifier: string): boolean {
  const isOther = specifier.startsWith("dotenv") && /\bpath\b/.test(text);
  return isOther || (SETTING_PACKAGES.test(specifier) && !QUIET_PACKAGES.test(specifier));
}
