import { CHILDREN, readComponent, type RenderedElement } from "../../documents/components.ts";
import { readImportedNames } from "../../documents/imported-names.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import {
  MAY_BE_DYNAMIC,
  MAY_SUSPEND,
  PASSING_ELEMENTS,
  REQUESTLESS_PACKAGES,
  SEGMENT_SETTINGS,
} from "../../tools/next.data.ts";
import type { Repository } from "../repository.ts";
import { isActionModule, isClientModule, isRequestlessFolder, loadedFileOf, resolveBundled } from "./modules.ts";
import type { Route } from "./routes.ts";

const MAX_DEPTH = 12;
const MAX_MODULES = 500;

const namesOf = onceForEach(readImportedNames);

/** A module for the browser of which a component is rendered. */
export interface RenderedModule {
  readonly path: string;
  /** The page or layout that leads to it. */
  readonly entry: string;
}

/** What is certainly rendered for one app: the modules for the browser that the server evaluates for it. */
export class Rendering {
  readonly #repository: Repository;
  readonly #app: string;

  constructor(repository: Repository, app: string) {
    this.#repository = repository;
    this.#app = app;
  }

  /** The modules for the browser that are certainly evaluated when a page is prerendered. */
  clientModules({ chain, beside }: Route): readonly RenderedModule[] {
    if (!this.#isStatic(chain, beside)) return [];
    const modules: RenderedModule[] = [];
    for (const entry of chain) {
      const found: string[] = [];
      const passes = this.#render(entry, "default", found, 0);
      modules.push(...found.map((path) => ({ path, entry })));
      if (!passes) break;
    }
    return modules;
  }

  /** Whether nothing that runs on the server for a page can ask for a request. */
  #isStatic(chain: readonly string[], beside: readonly string[]): boolean {
    const queue = new Set([...chain, ...beside]);
    for (const path of queue) {
      const source = this.#repository.files.read(path);
      if (!source || queue.size > MAX_MODULES) return false;
      if (chain.includes(path) && SEGMENT_SETTINGS.test(source.text)) return false;
      if (isClientModule(source)) continue;
      if (isActionModule(source) || MAY_BE_DYNAMIC.test(source.text)) return false;
      for (const specifier of loadedFileOf(source).modules) {
        const target = resolveBundled(this.#repository, this.#app, path, specifier);
        if (target !== undefined) queue.add(target);
        else if (!this.#isRequestless(path, specifier)) return false;
      }
    }
    return true;
  }

  #isRequestless(importer: string, specifier: string): boolean {
    return REQUESTLESS_PACKAGES.test(specifier) || isRequestlessFolder(this.#repository, importer, specifier);
  }

  /** Adds the modules that a component certainly leads to, and tells whether it certainly renders its children. */
  #render(path: string, name: string, found: string[], depth: number): boolean {
    const source = depth > MAX_DEPTH ? undefined : this.#repository.files.read(path);
    if (!source) return false;
    const isClient = isClientModule(source);
    const passedOn = namesOf(source).exports.get(name);
    if (passedOn && !isClient) return this.#renderImported(path, passedOn.specifier, passedOn.name, found, depth);
    if (isClient && !found.includes(path)) found.push(path);
    const elements = readComponent(source, name);
    if (!elements || (isClient && MAY_SUSPEND.test(source.text))) return false;
    let passes = false;
    // What a component for the browser renders is loaded by its imports.
    for (const element of isClient ? elements.filter((it) => it.name === CHILDREN) : elements) {
      if (!this.#isReached(source, element, depth)) continue;
      if (element.name === CHILDREN) passes = true;
      else this.#renderElement(source, element.name, found, depth);
    }
    return passes;
  }

  /** Whether all elements around one render what is inside them. */
  #isReached(source: Source, { around }: RenderedElement, depth: number): boolean {
    return around.every((name) => this.#renderElement(source, name, [], depth));
  }

  #renderElement(source: Source, name: string, found: string[], depth: number): boolean {
    if (name === "" || /^[a-z][\w-]*$/.test(name)) return true;
    const imported = namesOf(source).imports.get(name);
    if (!imported) {
      const [namespace = "", member] = name.split(".");
      const isReact = namesOf(source).imports.get(namespace)?.specifier === "react";
      return member === undefined
        ? this.#render(source.path, name, found, depth + 1)
        : isReact && PASSING_ELEMENTS.has(`react ${member}`);
    }
    return this.#renderImported(source.path, imported.specifier, imported.name, found, depth);
  }

  #renderImported(importer: string, specifier: string, name: string, found: string[], depth: number): boolean {
    const target = resolveBundled(this.#repository, this.#app, importer, specifier);
    if (target !== undefined) return this.#render(target, name, found, depth + 1);
    return PASSING_ELEMENTS.has(`${specifier} ${name}`);
  }
}
