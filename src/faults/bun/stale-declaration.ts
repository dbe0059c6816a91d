import { gt } from "semver";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { CONFIG_VERSION_SINCE } from "../../tools/bun.data.ts";
import { cannotRead, firstReader, isWrittenByNewer, readImageTag, type BunVersion } from "../../tools/bun.ts";
import type { BunInstall } from "./bun-jobs.ts";

/** Why a declaration may be what is wrong: another one, a newer Bun that an image has, or that has written the lockfile. */
export type StaleSign =
  | { readonly kind: "pin"; readonly place: Place; readonly version: string }
  | { readonly kind: "image"; readonly place: Place; readonly version: string }
  | { readonly kind: "lockfile"; readonly path: string; readonly since: string };

/** A sign that the repository has moved on from the Bun that it declares, to the one that CI gets. */
export function staleSign(
  repository: Repository,
  used: BunVersion,
  declared: BunVersion | undefined,
  install: BunInstall | undefined,
): StaleSign | undefined {
  if (declared?.kind !== "exact" || (used.kind === "exact" && !gt(used.version, declared.version))) return undefined;
  const { lockfile } = install ?? {};
  if (lockfile?.kind === "present") {
    const { path, formatVersion, configVersion } = lockfile;
    if (isWrittenByNewer(declared.version, configVersion))
      return { kind: "lockfile", path, since: CONFIG_VERSION_SINCE };
    const since = formatVersion === undefined ? undefined : firstReader(formatVersion);
    if (formatVersion !== undefined && since !== undefined && cannotRead(declared, formatVersion))
      return { kind: "lockfile", path, since };
  }
  return repository.derive(findImages).find(({ version }) => gt(version, declared.version));
}

/** `FROM oven/bun:1.3.5`, `COPY --from=oven/bun:1.3.5`, `ARG BUN_VERSION=1.3.5`, `image: oven/bun:1.3.5`. */
const IMAGE_OF_BUN = /^(?![ \t]*#).*?(?:\boven\/bun:|\bBUN_VERSION=["']?v?)([\w.-]+)/gim;
const IMAGE_FILES = [
  "**/{Dockerfile,Containerfile}*",
  "**/*.{Dockerfile,dockerfile}",
  "**/{docker-,}compose*.{yml,yaml}",
];

/** The images of Bun, of a whole version, that Dockerfiles and compose files of the repository name. */
function findImages({ files }: Repository): readonly (StaleSign & { readonly kind: "image" })[] {
  return files.glob("", IMAGE_FILES).flatMap((path) => {
    const source = files.isTracked(path) ? files.read(path) : undefined;
    return Array.from(source?.text.matchAll(IMAGE_OF_BUN) ?? []).flatMap(({ 0: text, 1: tag = "", index }) => {
      const version = readImageTag(tag);
      const range = [index + text.length - tag.length, index + text.length] as const;
      return source && version?.kind === "exact"
        ? [{ kind: "image", place: { source, range }, version: version.version } as const]
        : [];
    });
  });
}
