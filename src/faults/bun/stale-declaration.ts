import { gt } from "semver";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { CONFIG_VERSION_SINCE } from "../../tools/bun.data.ts";
import { readImageTag, type BunVersion } from "../../tools/bun.ts";
import type { BunInstall } from "./bun-jobs.ts";

/** Why a declaration may be what is out of date: a newer Bun that an image has, or that has written the lockfile. */
export type StaleSign =
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
  if (lockfile?.kind === "present" && lockfile.hasConfigVersion && gt(CONFIG_VERSION_SINCE, declared.version))
    return { kind: "lockfile", path: lockfile.path, since: CONFIG_VERSION_SINCE };
  return repository
    .derive(findImages)
    .find(({ version }) => (used.kind === "exact" ? version === used.version : gt(version, declared.version)));
}

const FROM_BUN = /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:docker\.io\/)?oven\/bun:(\S+)/gim;

/** The images of Bun, of a whole version, on which Dockerfiles of the repository are built. */
function findImages({ files }: Repository): readonly (StaleSign & { readonly kind: "image" })[] {
  return files.glob("", ["**/{Dockerfile,Containerfile}*", "**/*.{Dockerfile,dockerfile}"]).flatMap((path) => {
    const source = files.isTracked(path) ? files.read(path) : undefined;
    return Array.from(source?.text.matchAll(FROM_BUN) ?? []).flatMap(({ 0: text, 1: tag = "", index }) => {
      const version = readImageTag(tag);
      const range = [index + text.length - tag.length, index + text.length] as const;
      return source && version?.kind === "exact"
        ? [{ kind: "image", place: { source, range }, version: version.version } as const]
        : [];
    });
  });
}
