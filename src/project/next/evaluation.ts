import { entryOf } from "../../documents/data.ts";
import { readConstructions, type Construction } from "../../documents/constructions.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { DEMANDING_CLIENTS } from "../../tools/clients.data.ts";
import { folderOf, type Repository } from "../repository.ts";
import { packageFolderOf } from "../workspace.ts";
import { isActionModule, isClientModule, loadedFileOf, resolveBundled } from "./modules.ts";

/** Where modules are evaluated: only on the server, or as both sides have them. */
export type Layer = "both" | "server";

const MAX_MODULES = 2000;

const readsOf = onceForEach(readSourceReads);
const constructionsOf = onceForEach(readConstructions);

/** Modules of which a component of the server can have nothing but references. */
const BROWSER_MODULES = new Set(
  DEMANDING_CLIENTS.filter(({ isForBrowser }) => isForBrowser).map(({ module }) => module),
);

/** A module that stops the build for want of a variable. */
export interface DemandingModule {
  readonly source: Source;
  /** The file of the app because of which it is evaluated. */
  readonly entry: string;
  /** The clients that throw where their variable is not set. */
  readonly clients: readonly Construction[];
}

/** The clients that a module makes, whenever it is loaded, of a variable that has to be there. */
function demandingClients(source: Source): readonly Construction[] {
  return constructionsOf(source).filter(({ module, name, options }) =>
    DEMANDING_CLIENTS.some(
      (client) =>
        client.module === module &&
        client.name === name &&
        options?.some((option) => client.unless.includes(option)) === false,
    ),
  );
}

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

  /** Those modules, and the modules that they import, that make clients. */
  demanding(): readonly DemandingModule[] {
    const written = new Set<string>();
    const found = new Map<string, DemandingModule>();
    for (const layer of ["both", "server"] as const) {
      const queue = new Map(this.#entered[layer]);
      for (const [path, entry] of queue) {
        const source = this.#repository.files.read(path);
        if (!source || (layer === "server" && !this.#isForServer(source))) continue;
        if (path === entry && layer === "both" && /\bruntime\b/.test(source.text)) continue;
        const reads = readsOf(source);
        if (queue.size > MAX_MODULES || reads.setsAny) return [];
        for (const name of reads.written) written.add(name);
        const clients = demandingClients(source);
        if (clients.length > 0 && !found.has(path)) found.set(path, { source, entry, clients });
        for (const specifier of loadedFileOf(source).modules) {
          const target = resolveBundled(this.#repository, this.#app, path, specifier);
          if (target !== undefined && !queue.has(target) && this.#isKept(target)) queue.set(target, entry);
        }
      }
    }
    // What is set on the way need not come from outside.
    return [...found.values()].map((module) => ({
      ...module,
      clients: module.clients.filter(({ variable }) => !written.has(variable)),
    }));
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
