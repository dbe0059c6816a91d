import { posix } from "node:path";
import { textOf } from "../commands/arguments.ts";
import { readPackageSpec } from "../commands/package-spec.ts";
import { entryOf, stringOf, type Scalar } from "../documents/data.ts";
import { evaluateTemplate, soleExpression, type Template } from "../documents/expression.ts";
import { scalarTextOf } from "../documents/scalar-text.ts";
import type { Place, Source } from "../documents/source.ts";
import { bunPinOfFile, bunPinsOfManifest, BUN_PIN_FILES, type BunPin } from "../documents/version-pins.ts";
import { matrixValuesOf } from "../documents/workflow.ts";
import { readBunVersion, setupBunDefault, type BunVersion } from "../tools/bun.ts";
import type { JobRun, StepRun } from "./job-run.ts";
import type { Reach } from "./reach.ts";
import type { Repository } from "./repository.ts";

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
  /** True for the step that sets Bun up without naming any version. */
  readonly isUnpinned: boolean;
  /** True where that step can be told a file to read the version from. */
  readonly takesVersionFile?: boolean;
}

/** The pins that a folder declares, strongest first: package.json, then the files beside it, then ranges of engines. */
export function bunPinsOf(repository: Repository, folder: string): readonly BunPin[] {
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

/** `container: oven/bun:1.3.1-alpine`. */
function containerSource({ job, workflow, steps }: JobRun): BunSource | undefined {
  const template = job.container?.image;
  const [, tag] = /^(?:docker\.io\/)?oven\/bun(?::([^@]*))?$/.exec(template?.text ?? "") ?? [];
  if (!template || !/^(?:docker\.io\/)?oven\/bun(?::|$)/.test(template.text)) return undefined;
  const version = (tag ?? "").replace(/-?(?:alpine|debian|slim|distroless)$/, "");
  const written = writtenAt(template.node, workflow.source, version);
  return {
    version: template.text.includes("@") ? undefined : readBunVersion(version),
    text: version,
    by: `the image \`${template.text}\``,
    place: { source: workflow.source, range: template.node.range },
    run: steps[0],
    isUnpinned: false,
    ...(written && { written }),
  };
}

/** https://github.com/oven-sh/setup-bun: `bun-version`, then `bun-version-file`, then what the release reads by itself. */
function setupBun(repository: Repository, job: JobRun, run: StepRun): BunSource {
  const { step, source, lookup } = run;
  const { uses } = step;
  const by = `\`${uses?.text ?? ""}\``;
  const whole: Place = { source, range: uses?.range ?? step.node.range };
  const unknownSource: BunSource = { version: undefined, text: "", by, place: whole, run, isUnpinned: false };
  if (uses?.target.kind !== "repository" || step.inputs.has("bun-download-url")) return unknownSource;
  const reads = setupBunDefault(uses.target.ref, uses.target.versionComment);
  const input = step.inputs.get("bun-version");
  const given = input && evaluateTemplate(input, lookup);
  if (input && given && (!given.known || given.value.trim() !== "")) {
    if (!given.known) return unknownSource;
    const { literal, place } = originOf(input, run) ?? {
      literal: input.node,
      place: { source, range: input.node.range },
    };
    const written = writtenAt(literal, place.source, given.value);
    return {
      version: readBunVersion(given.value),
      text: given.value,
      by,
      run,
      isUnpinned: false,
      place,
      ...(written && { written }),
    };
  }
  const file = step.inputs.get("bun-version-file");
  const path = file && evaluateTemplate(file, lookup);
  if (path?.known === false) return unknownSource;
  // Before a checkout there is nothing to read.
  const isEarly = isBeforeCheckout(job, run);
  const named =
    path?.known && path.value !== "" && !isEarly && reads !== "packageManagerOrToolVersions"
      ? pinOfNamedFile(repository, path.value)
      : undefined;
  const found = named ?? (isEarly ? undefined : defaultPin(repository, reads));
  if (found)
    return {
      version: readBunVersion(found.version),
      text: found.version,
      by,
      place: whole,
      pin: found,
      run,
      isUnpinned: false,
    };
  if (reads === undefined) return unknownSource;
  const takesVersionFile = reads !== "packageManagerOrToolVersions";
  return { version: readBunVersion("latest"), text: "", by, place: whole, run, isUnpinned: true, takesVersionFile };
}

function isBeforeCheckout({ steps }: JobRun, run: StepRun): boolean {
  const isCheckout = ({ step }: StepRun): boolean =>
    step.uses?.target.kind === "repository" && step.uses.target.repository === "actions/checkout";
  const index = steps.indexOf(run);
  return steps.slice(index).some(isCheckout) && !steps.slice(0, index).some(isCheckout);
}

/** A file is read by its base name; of a package.json, `packageManager` or else `engines.bun`. */
function pinOfNamedFile(repository: Repository, path: string): BunPin | undefined {
  const name = posix.basename(path);
  if (name === "package.json") {
    const manifest = repository.manifest(posix.dirname(path) === "." ? "" : posix.dirname(path));
    return manifest && manifestPin(bunPinsOfManifest(manifest));
  }
  if (name !== ".bun-version" && name !== ".tool-versions") return undefined;
  const source = repository.files.read(posix.normalize(path));
  return source && bunPinOfFile(source);
}

function manifestPin(pins: readonly BunPin[]): BunPin | undefined {
  return pins.find(({ label }) => label === "packageManager") ?? pins.find(({ label }) => label === "engines.bun");
}

function defaultPin(repository: Repository, reads: ReturnType<typeof setupBunDefault>): BunPin | undefined {
  const manifest = repository.manifest("");
  const pins = manifest ? bunPinsOfManifest(manifest) : [];
  const packageManager = pins.find(({ label }) => label === "packageManager");
  if (reads === "packageManagerOrEngines") return manifestPin(pins);
  return reads === "packageManagerOrToolVersions"
    ? (packageManager ?? pinOfNamedFile(repository, ".tool-versions"))
    : undefined;
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
function installedBy(run: StepRun, { invocation, located, hops }: Reach): BunSource | undefined {
  const words = located.command.words.map(textOf);
  const source = (text: string | undefined): BunSource => ({
    version: text === undefined ? undefined : readBunVersion(text),
    text: text ?? "",
    by: `\`${located.text}\``,
    place: (hops[0] ?? located).place,
    run,
    isUnpinned: false,
  });
  if (invocation.kind === "binary" && /^(?:npm|pnpm|yarn|bun)$/.test(invocation.name)) {
    const args = invocation.args.map(textOf);
    if (invocation.name === "bun")
      return args[0] === "upgrade" ? source(args.includes("--canary") ? "canary" : "latest") : undefined;
    const spec = args.find((arg) => arg !== undefined && /^bun(?:@|$)/.test(arg));
    const isGlobal = args.some((arg) => arg === "-g" || arg === "--global" || arg === "global");
    return spec !== undefined && isGlobal ? source(readPackageSpec(spec).version ?? "latest") : undefined;
  }
  const script = located.command.pipedFrom?.words.some((word) => /\bbun\.(?:sh|com)\/install\b/.test(word.text));
  if (!script || !/^(?:bash|sh)$/.test(words[0] ?? "")) return undefined;
  const argument = located.command.words.slice(1).find((word) => !word.text.startsWith("-"));
  return source(argument ? (argument.value.known ? argument.value.value : undefined) : "latest");
}

/** The characters of a version within the scalar that holds it. */
function writtenAt(scalar: Scalar, source: Source, version: string): Place | undefined {
  const at = String(scalar.value).indexOf(version);
  // A number is written as it is: `1.3`.
  if (typeof scalar.value === "number") return { source, range: scalar.range };
  const map = at < 0 || version === "" ? undefined : scalarTextOf(scalar, source.text);
  return map && { source, range: map.rangeOf(at, at + version.length) };
}

/** Where the text of an input is written: in place, or where the expression that it consists of takes it from. */
function originOf(input: Template, run: StepRun): { readonly literal: Scalar; readonly place: Place } | undefined {
  const sole = soleExpression(input);
  if (!sole) return undefined;
  const [reference, ...others] = sole.references;
  const [name = ""] = reference?.path ?? [];
  if (!reference || others.length > 0) return undefined;
  if (reference.context === "env") {
    const answer = run.environment.lookup(name);
    if (answer.state !== "bound" || !answer.template || !answer.place || answer.template.expressions.length > 0)
      return undefined;
    const { node } = answer.template;
    return { literal: node, place: { source: answer.place.source, range: node.range } };
  }
  if (reference.context === "matrix") {
    const [value] = matrixValuesOf(run.job, reference.path) ?? [];
    return value && { literal: value, place: { source: run.workflow.source, range: value.range } };
  }
  if (reference.context !== "inputs") return undefined;
  const frame = run.frames.at(-1);
  const passed = (frame?.step?.inputs ?? frame?.job.inputs)?.get(name.toLowerCase());
  if (frame && passed) {
    return passed.expressions.length > 0
      ? undefined
      : { literal: passed.node, place: { source: frame.document.source, range: passed.node.range } };
  }
  const inputs = entryOf(run.document.root, "inputs")?.value;
  const initial = entryOf(entryOf(inputs, name)?.value, "default")?.value;
  return initial?.kind === "scalar" && stringOf(initial)?.includes("${{") !== true
    ? { literal: initial, place: { source: run.source, range: initial.range } }
    : undefined;
}
