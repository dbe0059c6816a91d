import type { Place } from "../../documents/source.ts";
import { textOf } from "../../commands/arguments.ts";
import { readInvocation } from "../../commands/index.ts";
import { known, type Known } from "../../documents/known.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries, reachesOfBinary, reachesOfKind } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { enterDirectory, type LocatedCommand } from "../../project/trace/routine.ts";
import { onceForEach, onceForTexts } from "../../memo.ts";
import type { Word } from "../../shell/command.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { FILE_RUNNERS, PATH_FLAGS, PATH_WORDS } from "../../tools/named-paths.data.ts";
import { namedPaths, type NamedPath } from "../../tools/named-paths.ts";
import { writtenPlace } from "../call-sites.ts";
import { subjectOf, type Naming } from "./naming.ts";

const PROGRAMS: ReadonlySet<string> = new Set([...FILE_RUNNERS.keys(), ...PATH_FLAGS.keys(), ...PATH_WORDS.keys()]);

/** The paths that the commands of a step name, which fail without them. */
export function pathsOfCommands(run: StepRun): readonly Naming[] {
  const { reaches } = run;
  if (reaches.length === 0) return [];
  const namers = [...reachesOfKind(reaches, "file"), ...reachesOfBinaries(reaches, PROGRAMS)].filter(
    ({ located }) => !located.command.words.some(({ shape }) => shape === "xargs"),
  );
  return [
    ...reachesOfBinary(reaches, "cd").flatMap((reach) => enteredBy(run, reach)),
    ...namers.flatMap((reach) =>
      namedPaths(reach.invocation).map((path) => namingOf(run, reach, reach.directory, path)),
    ),
    // What a manager would run in a folder that is not there is not followed.
    ...(["install", "nothing"] as const).flatMap((kind) =>
      reachesOfKind(reaches, kind).flatMap((reach) => movedTo(run, reach)),
    ),
  ];
}

/** `cd app`, as a command of the step's own script. */
function enteredBy(run: StepRun, reach: Reach): readonly Naming[] {
  const { located, entry, invocation } = reach;
  const [word, ...others] = invocation.kind === "binary" ? invocation.args : [];
  const path = textOf(word);
  if (!word || path === undefined || others.length > 0 || located !== entry) return [];
  return [namingOf(run, reach, located.directory, { path, word, kind: "folder", others: [] })];
}

const MOVABLE = new Set(["bun", "npm", "pnpm"]);

/** `pnpm -C app run build`. Yarn makes the folder, and so does npm where it installs anew. */
function movedTo(run: StepRun, reach: Reach): readonly Naming[] {
  const { located } = reach;
  const { words } = located.command;
  if (!MOVABLE.has(textOf(words[0]) ?? "")) return [];
  const invocation = readInvocation(words);
  const isInstall = invocation.kind === "install";
  if (!isInstall && invocation.kind !== "script") return [];
  const { directory, manager } = invocation;
  if (!directory.known || directory.value === "") return [];
  if (manager === "npm" && isInstall && invocation.verb?.shape !== "ci") return [];
  return words.flatMap((word) => {
    const written = textOf(word)?.replace(/^--?[\w-]+=/, "") ?? "";
    const isFolder = normalizeDirectory(written) === normalizeDirectory(directory.value);
    return isFolder
      ? [namingOf(run, reach, located.directory, { path: written, word, kind: "folder", others: [] })]
      : [];
  });
}

type Targets = Pick<Naming, "path" | "others">;

/** The same scripts are reached in many ways. */
const targetsFrom = onceForEach((named: NamedPath) => onceForTexts((folder) => resolved(known(folder), named)));

/** Where a path leads from a folder. */
function resolved(from: Known<string>, { path, others }: NamedPath): Targets {
  const targets = [path, ...others].map((to) => enterDirectory(from, known(to)));
  const [first, ...alike] = targets.map((target) => (target.known ? target.value : undefined));
  return { path: first, others: alike.filter((target) => target !== undefined) };
}

function namingOf(run: StepRun, reach: Reach, from: Known<string>, named: NamedPath): Naming {
  const { located } = reach;
  const { path: written, word, kind } = named;
  const { path, others } = from.known ? targetsFrom(named)(from.value) : resolved(from, named);
  return {
    kind: kind === "either" ? "file" : kind,
    path,
    others,
    written,
    get nameAt() {
      return nameIn(located, word, written);
    },
    get place() {
      return writtenPlace(run, reach);
    },
    get text() {
      return located.text;
    },
    get subject() {
      return subjectOf(this.place, reach, [path ?? ""]);
    },
    reach,
  };
}

/** Where a path stands in its word; undefined where that is not exact, or where a caller of a package script appends it. */
export function nameIn(located: LocatedCommand, { range: [, end] }: Word, written: string): Place | undefined {
  const place = located.placeOf([end - written.length, end]);
  return located.host.isExact && place.source.text.slice(...place.range) === written ? place : undefined;
}
