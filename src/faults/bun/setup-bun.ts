import { posix } from "node:path";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { bunPinOfFile, bunPinsOfManifest, type BunPin } from "../../documents/version-pins.ts";
import { readBunVersion, setupBunRelease } from "../../tools/bun.ts";
import { SETUP_BUN_VERSION_FILES, type SetupBunRelease } from "../../tools/bun.data.ts";
import type { BunSource } from "./bun-source.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { originOf, writtenAt } from "../written-values.ts";

/** What a file tells setup-bun: a version, nothing, so that it looks elsewhere, or what is not known. */
type Reading = BunPin | "nothing" | "unknown";

/** The Bun that a step with oven-sh/setup-bun brings: `bun-version`, then `bun-version-file`, then what the release reads by itself. */
export function setupBun(repository: Repository, job: JobRun, run: StepRun): BunSource {
  const { step, source, lookup } = run;
  const { uses } = step;
  const place: Place = { source, range: uses?.range ?? step.node.range };
  const unknownSource: BunSource = {
    version: undefined,
    text: "",
    by: `\`${uses?.text ?? ""}\``,
    place,
    run,
    isUnpinned: false,
  };
  if (uses?.target.kind !== "repository" || step.inputs.has("bun-download-url")) return unknownSource;
  const input = step.inputs.get("bun-version");
  const given = input && evaluateTemplate(input, lookup);
  if (given?.known === false) return unknownSource;
  if (input && given && given.value.trim() !== "")
    return { ...unknownSource, ...givenVersion(input, given.value, run) };
  const release = setupBunRelease(uses.target.ref, uses.target.versionComment);
  const found = release && readingOf(repository, job, run, release);
  if (!release || !found || found === "unknown") return unknownSource;
  const unpinned: BunSource = { ...unknownSource, isUnpinned: true, takesVersionFile: release.takesVersionFile };
  if (found === "nothing") return { ...unpinned, version: readBunVersion("latest") };
  return { ...unpinned, version: readBunVersion(found.version), text: found.version, pin: found };
}

function givenVersion(input: Template, value: string, run: StepRun): Partial<BunSource> {
  const { literal, place } = originOf(input, run, value) ?? {
    literal: input.node,
    place: { source: run.source, range: input.node.range },
  };
  const written = writtenAt(literal, place.source, value);
  return { version: readBunVersion(value), text: value, place, ...(written && { written }) };
}

/** What the files say that a step is told to read, or reads by itself. */
function readingOf(repository: Repository, job: JobRun, run: StepRun, release: SetupBunRelease): Reading {
  if (run.workspace.foreign !== undefined) return "unknown";
  // Before a checkout there is nothing to read on a machine that is new for each job.
  if (!run.workspace.isCheckedOut && job.workspace.isCheckedOut)
    return job.runner.os === undefined ? "unknown" : "nothing";
  const input = release.takesVersionFile ? run.step.inputs.get("bun-version-file") : undefined;
  const named = input && evaluateTemplate(input, run.lookup);
  if (named?.known === false) return "unknown";
  const given = named && named.value !== "" ? readNamedFile(repository, named.value, release) : "nothing";
  if (given !== "nothing") return given;
  const readings = release.reads.map((name) => readVersionFile(repository, name, release));
  return readings.find((reading) => reading !== "nothing") ?? "nothing";
}

/** A file that is not in the repository may be written by the job. */
function readNamedFile(repository: Repository, path: string, release: SetupBunRelease): Reading {
  if (!SETUP_BUN_VERSION_FILES.has(posix.basename(path))) return "nothing";
  return repository.files.exists(posix.normalize(path)) ? readVersionFile(repository, path, release) : "unknown";
}

/** A file is read by its base name. */
function readVersionFile(repository: Repository, path: string, { readsEngines }: SetupBunRelease): Reading {
  const name = posix.basename(path);
  const source = repository.files.read(posix.normalize(path));
  if (!source) return "nothing";
  if (name === "package.json") {
    const manifest = repository.manifest(folderOf(posix.normalize(path)));
    const pins = manifest ? bunPinsOfManifest(manifest) : [];
    const labels = readsEngines ? ["packageManager", "engines.bun"] : ["packageManager"];
    const found = labels.flatMap((label) => pins.find((pin) => pin.label === label) ?? []);
    return found[0] ?? (manifest ? "nothing" : "unknown");
  }
  if (name === ".bumrc") return "unknown";
  const isSilent = name === ".tool-versions" ? !/^bun/m.test(source.text) : source.text.trim() === "";
  return bunPinOfFile(source) ?? (isSilent ? "nothing" : "unknown");
}
