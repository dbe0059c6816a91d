import { posix } from "node:path";
import { entryOf, entriesOf, stringOf, type Mapping, type Scalar } from "../../documents/data.ts";
import type { DependencyKind } from "../../documents/manifest.ts";
import { keyPlaceOf, placeOf, type Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import { allRuns } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { workspaceOf, type WorkspacePackage } from "../../project/workspace.ts";
import { isOfRepository } from "../call-sites.ts";
import { publicationsOf, type Publication } from "./publications.ts";
import { asksForProvenance } from "./provenance.ts";

/** What of a package.json makes npm's registry refuse what CI publishes, or its package useless. */
export interface PublishingFault {
  readonly kind: "missingRepository" | "unresolvedRange";
  readonly place: Place;
  /** The command that publishes the package, and the workflow's command that runs it. */
  readonly command: string;
  readonly commandAt: Place;
  /** The dependency with its range as it is published; empty for a missing repository. */
  readonly dependency: string;
  readonly manifest: Mapping;
  /** The address that another package of the workspace has for the repository. */
  readonly url: string | undefined;
}

/** What is wrong in a package.json with what CI publishes: one of a kind for each place. */
export function publishingFaults(repository: Repository, path: string): readonly PublishingFault[] {
  if (posix.basename(path) !== "package.json") return [];
  return repository.derive(findFaults).filter(({ place }) => place.source.path === path);
}

function findFaults(repository: Repository): readonly PublishingFault[] {
  const found = new Map<string, PublishingFault>();
  for (const job of allRuns(repository).filter(isOfRepository)) {
    const publications = publicationsOf(repository, job).filter(({ run, reach }) =>
      failsJob(run, { ...reach, guards: [] }),
    );
    const all = publications.flatMap((publication) =>
      publication.packages.flatMap((member) => faultsOf(repository, job, publication, member)),
    );
    for (const fault of all) {
      const key = [fault.place.source.path, fault.kind, fault.dependency].join("\0");
      if (!found.has(key)) found.set(key, fault);
    }
  }
  return [...found.values()];
}

function faultsOf(
  repository: Repository,
  job: JobRun,
  publication: Publication,
  member: WorkspacePackage,
): readonly PublishingFault[] {
  const { reach, keepsRanges } = publication;
  const { node, source } = member.manifest;
  const told = { command: reach.located.text, commandAt: reach.entry.place, manifest: node, url: undefined };
  const ranges = keepsRanges ? unresolvedRanges(node) : [];
  const name = entryOf(node, "name");
  const isUnlinked = name && !hasRepository(node) && asksForProvenance(repository, job, publication, member);
  return [
    ...ranges.map(({ dependency, value }) => ({
      ...told,
      kind: "unresolvedRange" as const,
      place: placeOf(source, value),
      dependency,
    })),
    ...(isUnlinked
      ? [
          {
            ...told,
            kind: "missingRepository" as const,
            place: keyPlaceOf(source, name),
            dependency: "",
            url: urlOfOthers(repository, member),
          },
        ]
      : []),
  ];
}

/** The kinds of dependencies that are installed with a package. */
const INSTALLED: readonly DependencyKind[] = ["dependencies", "optionalDependencies", "peerDependencies"];

/** The ranges that only the workspace can resolve. */
function unresolvedRanges(manifest: Mapping): readonly { readonly dependency: string; readonly value: Scalar }[] {
  return INSTALLED.flatMap((kind) =>
    entriesOf(entryOf(manifest, kind)?.value).flatMap(({ key, value }) => {
      const range = stringOf(value);
      return value.kind === "scalar" && range !== undefined && /^(?:workspace|catalog):/.test(range)
        ? [{ dependency: `${key}@${range}`, value }]
        : [];
    }),
  );
}

function hasRepository(manifest: Mapping): boolean {
  return entryOf(manifest, "repository") !== undefined;
}

function urlOfOthers(repository: Repository, { directory }: WorkspacePackage): string | undefined {
  const packages = workspaceOf(repository, directory)?.packages ?? [];
  const urls = packages.flatMap(({ manifest }) => {
    const value = entryOf(manifest.node, "repository")?.value;
    return stringOf(value?.kind === "mapping" ? entryOf(value, "url")?.value : value) ?? [];
  });
  return new Set(urls).size === 1 ? urls[0] : undefined;
}
