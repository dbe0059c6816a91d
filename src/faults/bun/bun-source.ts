import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { readPackageSpec } from "../../commands/package-spec.ts";
import type { Place } from "../../documents/source.ts";
import { bunPinOfFile, bunPinsOfManifest, BUN_PIN_FILES, type BunPin } from "../../documents/version-pins.ts";
import { readBunVersion, readImageTag, readReleaseTag, type BunVersion } from "../../tools/bun.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { setupBun } from "./setup-bun.ts";
import { writtenAt } from "../written-values.ts";

/** Where a job gets its Bun from. */
export interface BunSource {
  /** Undefined where it cannot be known. */
  readonly version: BunVersion | undefined;
  /** The version as written; empty where none is. */
  readonly text: string;
  /** What brings it, as messages name it. */
  readonly by: string;
  /** Where a change has to be made: the written version, or what brings Bun. */
  readonly place: Place;
  /** The version's own characters, where their position is exact. */
  readonly written?: Place;
  /** Where the version is one that the repository declares. */
  readonly pin?: BunPin;
  readonly run: StepRun | undefined;
  /** True for the step that sets Bun up without writing a version itself. */
  readonly isUnpinned: boolean;
  /** True where that step can be told a file to read the version from. */
  readonly takesVersionFile?: boolean;
}

/** The pins that a folder declares, strongest first: package.json, then the files beside it, then ranges of engines. */
export function bunPinsOf({ packages }: Repository, folder: string): readonly BunPin[] {
  return packages.deriveFor(folder, findPins);
}

function findPins(repository: Repository, folder: string): readonly BunPin[] {
  const manifest = repository.manifest(folder);
  const manifestPins = manifest ? bunPinsOfManifest(manifest) : [];
  const filePins = BUN_PIN_FILES.flatMap((name) => {
    const source = repository.files.read(posix.join(folder, name));
    return source ? (bunPinOfFile(source) ?? []) : [];
  });
  const isEngine = ({ label }: BunPin): boolean => label === "engines.bun";
  return [...manifestPins.filter((pin) => !isEngine(pin)), ...filePins, ...manifestPins.filter(isEngine)];
}

/** The sources of Bun in a job, each with the step that brings it, in order. */
export function bunSourcesOf(repository: Repository, job: JobRun): readonly BunSource[] {
  const sources: BunSource[] = [];
  const container = containerSource(job);
  if (container) sources.push(container);
  for (const run of job.steps) {
    const { uses } = run.step;
    if (uses?.target.kind === "repository") {
      const { repository: action } = uses.target;
      if (action === "oven-sh/setup-bun") sources.push(setupBun(repository, job, run));
      else if (action === "jdx/mise-action" || action === "asdf-vm/actions")
        sources.push(versionManager(repository, run));
    }
    for (const reach of run.reaches) {
      const source = installedBy(run, reach);
      if (source) sources.push(source);
    }
  }
  return sources;
}

/** `container: oven/bun:1.3.1-alpine`. A tag that moves is nobody's mistake, and its version is not known. */
function containerSource({ job, workflow, steps }: JobRun): BunSource | undefined {
  const template = job.container?.image;
  const [image, tag = ""] = /^(?:docker\.io\/)?oven\/bun(?::([^@]*))?(?:@.*)?$/.exec(template?.text ?? "") ?? [];
  if (!template || image === undefined) return undefined;
  const version = image.includes("@") ? undefined : readImageTag(tag);
  const text = version?.kind === "exact" ? version.version : "";
  const written = writtenAt(template.node, workflow.source, text);
  return {
    version,
    text,
    by: `the image \`${template.text}\``,
    place: { source: workflow.source, range: template.node.range },
    run: steps[0],
    isUnpinned: false,
    ...(written && { written }),
  };
}

/** mise and asdf read their own files; a version that comes from elsewhere is not followed. */
function versionManager(repository: Repository, run: StepRun): BunSource {
  const { step, source } = run;
  const pin =
    step.inputs.size === 0
      ? bunPinsOf(repository, "").find(({ label }) => /\.toml$|^\.tool-versions$/.test(label))
      : undefined;
  return {
    version: pin && readBunVersion(pin.version),
    text: pin?.version ?? "",
    by: `\`${step.uses?.text ?? ""}\``,
    place: { source, range: step.uses?.range ?? step.node.range },
    run,
    isUnpinned: false,
    ...(pin && { pin }),
  };
}

/** `npm install -g bun@1.3.1`, `curl … | bash -s "bun-v1.3.1"`, `bun upgrade`. */
function installedBy(run: StepRun, reach: Reach): BunSource | undefined {
  const { located, hops } = reach;
  const asked = askedBy(reach);
  if (!asked) return undefined;
  // Behind a condition of the shell it may stay with what is there.
  const isCertain = reach.guards.length === 0 && !reach.isApproximate;
  return {
    version: isCertain ? asked.version : undefined,
    text: asked.text,
    by: `\`${located.text}\``,
    place: (hops[0] ?? located).place,
    run,
    isUnpinned: false,
  };
}

interface Asked {
  readonly text: string;
  readonly version: BunVersion | undefined;
}

/** The version of Bun that a command installs; undefined for a command that installs none. */
function askedBy({ invocation, located: { command } }: Reach): Asked | undefined {
  if (invocation.kind === "binary" && /^(?:npm|pnpm|yarn|bun)$/.test(invocation.name)) {
    const args = invocation.args.map(textOf);
    if (invocation.name === "bun" && args[0] === "upgrade") {
      const text = args.includes("--canary") ? "canary" : "latest";
      return { text, version: readBunVersion(text) };
    }
    const isGlobal = args.some((arg) => arg === "-g" || arg === "--global" || arg === "global");
    const installs = args.some((arg) => arg === "add" || arg === "i" || arg === "install");
    const spec = args.find((arg) => arg !== undefined && /^bun(?:@|$)/.test(arg));
    const text = spec === undefined ? undefined : (readPackageSpec(spec).version ?? "latest");
    return text !== undefined && isGlobal && installs ? { text, version: readBunVersion(text) } : undefined;
  }
  const isScript = command.pipedFrom?.words.some((word) => /\bbun\.(?:sh|com)\/install\b/.test(word.text));
  if (isScript !== true || !/^(?:bash|sh)$/.test(textOf(command.words[0]) ?? "")) return undefined;
  const argument = command.words.slice(1).find((word) => !word.text.startsWith("-"));
  if (!argument) return { text: "latest", version: readBunVersion("latest") };
  const tag = textOf(argument) ?? "";
  return { text: tag, version: readReleaseTag(tag) };
}
