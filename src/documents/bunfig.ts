import { parse as parseToml } from "smol-toml";
import type { Source } from "./source.ts";

/** The settings of a bunfig.toml that decide whether an install can change the lockfile, and what else there is. */
export interface Bunfig {
  /** `install.frozenLockfile` or `install.production`: every install is frozen. https://bun.com/docs/runtime/bunfig */
  readonly isFrozen: boolean;
  /** `install.lockfile.save` is false: installs resolve freely but do not write. */
  readonly keepsLockfile: boolean;
  /** `install.linker` decides the layout of node_modules, whatever the version. */
  readonly hasLinker: boolean;
  /** The names at the top level. */
  readonly tables: readonly string[];
}

/** Reads a bunfig.toml; undefined where it is no TOML, so that its settings cannot be known. */
export function readBunfig(source: Source): Bunfig | undefined {
  try {
    const tables = parseToml(source.text);
    const { install } = tables;
    const settings = typeof install === "object" ? (install as Readonly<Record<string, unknown>>) : {};
    const lockfile = settings["lockfile"];
    return {
      isFrozen: settings["frozenLockfile"] === true || settings["production"] === true,
      keepsLockfile: typeof lockfile === "object" && lockfile !== null && "save" in lockfile && lockfile.save === false,
      hasLinker: settings["linker"] !== undefined,
      tables: Object.keys(tables),
    };
  } catch {
    return undefined;
  }
}
