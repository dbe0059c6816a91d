import { stringOf, valueAt, type DataDocument, type Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { BunPin } from "../../documents/version-pins.ts";
import {
  cannotRead,
  differs,
  firstReader,
  ignoresTextLockfile,
  linkerOf,
  readBunVersion,
  type BunVersion,
} from "../../tools/bun.ts";
import { bunJobsConcerning, type BunInstall, type BunJob } from "./bun-jobs.ts";
import { bunPinsOf, type BunSource } from "./bun-source.ts";
import { staleSign, type StaleSign } from "./stale-declaration.ts";
import { keyOfPlace } from "../call-sites.ts";
import { folderOf, type Repository } from "../../project/repository.ts";

/** A Bun in CI that is not the one that the repository declares, or that cannot read its lockfile. */
export interface VersionFault {
  readonly source: BunSource;
  readonly used: BunVersion;
  /** The declaration; undefined where there is none and the lockfile alone tells. */
  readonly pin: BunPin | undefined;
  readonly declared: BunVersion | undefined;
  readonly effect: VersionEffect;
  /** Whether the declared Bun reads the lockfile, so that CI can follow it. */
  readonly canFollow: boolean;
  /** Why the declaration may be what is wrong, so that CI should not follow it unasked. */
  readonly sign: StaleSign | undefined;
  /** The step that sets Bun up, with the file that it is written in. */
  readonly document: DataDocument | undefined;
  readonly step: Mapping | undefined;
  /** Whether the step can read a file of the repository. */
  readonly hasFiles: boolean;
}

/** What a difference between two versions of Bun does. */
export type VersionEffect =
  | ({ readonly kind: "unreadable" } & UnreadableLockfile)
  | { readonly kind: "linker"; readonly used: "hoisted" | "isolated"; readonly declared: "hoisted" | "isolated" }
  | { readonly kind: "floating" }
  | { readonly kind: "other" };

/** A bun.lock that a Bun cannot read. */
export interface UnreadableLockfile {
  readonly formatVersion: number;
  /** The first release that reads it. */
  readonly since: string;
  /** True where the Bun does not even know the file, and installs as if there were none. */
  readonly isIgnored: boolean;
}

/** A declaration of Bun in package.json that cannot be right: it cannot read the lockfile, or a file beside it says otherwise. */
export interface DeclarationFault {
  readonly pin: BunPin;
  readonly conflict: BunPin | undefined;
  /** With where CI installs by this declaration; undefined where it brings another Bun. */
  readonly unreadable: (UnreadableLockfile & { readonly installAt: Place | undefined }) | undefined;
}

/** The places of a workflow or action at which a Bun is chosen that does not fit the repository. */
export function versionFaults(repository: Repository, path: string): readonly VersionFault[] {
  const found = new Map<string, VersionFault>();
  for (const job of bunJobsConcerning(repository, path)) {
    for (const source of job.sources) {
      const fault = source.place.source.path === path ? versionFault(repository, job, source) : undefined;
      const key = keyOfPlace(source.place);
      if (fault && !found.has(key)) found.set(key, fault);
    }
  }
  return [...found.values()];
}

function versionFault(repository: Repository, job: BunJob, source: BunSource): VersionFault | undefined {
  const { version: used, pin: followed, run } = source;
  const [pin, ...others] = job.pins;
  // A declaration that CI follows is judged where it is declared. What engines allow is less than the version that a file names.
  if (!used || isMeant(job, used) || (followed && followed.label !== "engines.bun")) return undefined;
  const declared = pin && readBunVersion(pin.version);
  const install = job.installs.find((candidate) => candidate.source === source);
  const unreadable = install && unreadableBy(install, used);
  const isOther = declared !== undefined && differs(used, declared);
  if (!isOther && (!unreadable || pin)) return undefined;
  const lock = job.installs.find(({ lockfile }) => lockfile.kind === "present");
  return {
    source,
    used,
    pin: isOther ? pin : undefined,
    declared: isOther ? declared : undefined,
    effect: unreadable
      ? { kind: "unreadable", ...unreadable }
      : declared
        ? effectOf(used, declared, lock)
        : { kind: "other" },
    canFollow: declared?.kind === "exact" && !(lock && unreadableBy(lock, declared)),
    sign: isOther ? (conflictSign(declared, others) ?? staleSign(repository, used, declared, lock)) : undefined,
    document: run?.document,
    step: run?.step.node,
    hasFiles: run?.workspace.isCheckedOut === true,
  };
}

/** Jobs that run another Bun on purpose: "Oldest supported Bun", "Bun canary". */
const OTHERS = /compat|experimental|minimum|newest|nightly|oldest/i;

function isMeant({ job: { job } }: BunJob, { kind }: BunVersion): boolean {
  const name = `${job.id} ${stringOf(valueAt(job.node, "name")) ?? ""}`;
  return OTHERS.test(name) || (kind === "canary" && /canary/i.test(name));
}

function unreadableBy({ lockfile }: BunInstall, version: BunVersion): UnreadableLockfile | undefined {
  const formatVersion = lockfile.kind === "present" ? lockfile.formatVersion : undefined;
  const since = formatVersion === undefined ? undefined : firstReader(formatVersion);
  if (formatVersion === undefined || since === undefined || !cannotRead(version, formatVersion)) return undefined;
  return { formatVersion, since, isIgnored: ignoresTextLockfile(version) };
}

function effectOf(used: BunVersion, declared: BunVersion, install: BunInstall | undefined): VersionEffect {
  if (install?.lockfile.kind === "present" && install.workspace.isMonorepo && !install.hasLinker) {
    const isNewLayout = install.lockfile.configVersion === 1;
    const [here, there] = [used, declared].map((version) => linkerOf(version, isNewLayout));
    if (here && there && here !== there) return { kind: "linker", used: here, declared: there };
  }
  return used.kind === "floating" ? { kind: "floating" } : { kind: "other" };
}

function conflicts({ version }: BunPin, declared: BunVersion): boolean {
  const other = readBunVersion(version);
  return other !== undefined && differs(declared, other) && differs(other, declared);
}

function conflictSign(declared: BunVersion, others: readonly BunPin[]): StaleSign | undefined {
  const pin = others.find((other) => conflicts(other, declared));
  return pin && { kind: "pin", place: pin.place, version: pin.version };
}

/** The declarations of a package.json that cannot be right. */
export function declarationFaults(repository: Repository, path: string): readonly DeclarationFault[] {
  const folder = folderOf(path);
  const [pin, ...others] = bunPinsOf(repository, folder);
  const declared = pin && readBunVersion(pin.version);
  if (!pin || declared?.kind !== "exact" || pin.place.source.path !== path) return [];
  const conflict = others.find((other) => conflicts(other, declared));
  const installs = bunJobsConcerning(repository, path).flatMap((job) => job.installs);
  const own = installs.filter(({ workspace }) => workspace.root.directory === folder);
  const unreadable = own[0] && unreadableBy(own[0], declared);
  if (!conflict && !unreadable) return [];
  const place = keyOfPlace(pin.place);
  const follower = own.find(({ source }) => source?.pin && keyOfPlace(source.pin.place) === place);
  return [{ pin, conflict, unreadable: unreadable && { ...unreadable, installAt: follower?.reach.entry.place } }];
}
