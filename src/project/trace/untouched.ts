import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import type { Command } from "../../shell/command.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import {
  asksVersion,
  isHarmlessTarget,
  isQuietBinary,
  isQuietProgram,
  onlyReadsFiles,
  writesSource,
} from "../../tools/quiet-commands.ts";
import { onlyWritesJson } from "../../tools/node-code.ts";
import { reachesBefore } from "./before.ts";
import { bringsOthers, isRefOfRun, isWholeCheckout } from "./checkout.ts";
import type { JobRun, StepRun } from "./job-run.ts";
import type { Reach } from "./reach.ts";
import { isKept, leavesAlone, mayRestore, type Concern } from "./workspace-changes.ts";

/** What package managers write where it is not there yet. */
const LOCKFILE =
  /(?:^|\/)(?:bun\.lockb?|npm-shrinkwrap\.json|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|\.pnp\.c?js)$/;

/** Compilers that write beside their sources where they are told no other folder. */
const COMPILERS = new Set(["tsc", "tsc-alias", "tsgo", "vue-tsc"]);

/**
 * Whether nothing can have put something at a path of the checkout before a step, or before a command of its script: there is
 * what was committed, and no more.
 */
export function isUntouched(job: JobRun, run: StepRun, at: Reach | undefined, path: string): boolean {
  return isLeftAlone(job, run, at, concernOf(path));
}

/**
 * The same of a path that git ignores, where what is no source is made: by installs, builds and tools that only check sources. It is
 * asked of paths whose last part is a name, which no action knows by chance.
 */
export function isIgnoredUntouched(job: JobRun, run: StepRun, at: Reach | undefined, path: string): boolean {
  const concern = concernOf(path);
  const makesNothing: Concern["isKeptByCommand"] = (reach, reaches, isCaller) =>
    isKept(reach, reaches, {
      nothing: () => true,
      install: () => false,
      binary: ({ name, args }) =>
        asksVersion(args.map(textOf)) || isQuietProgram(name, args) || MAKES_NO_FILE.has(name),
    }) && concern.isKeptByCommand(reach, reaches, isCaller);
  return (
    !/[*?[\]{}]/.test(posix.basename(path)) && isLeftAlone(job, run, at, { ...concern, isKeptByCommand: makesNothing })
  );
}

/** Tools of which the quiet commands make no file of the workspace, be it ignored. */
const MAKES_NO_FILE = new Set(["corepack", "docker", "gh", "git", "openssl", "rm"]);

function isLeftAlone({ steps }: JobRun, run: StepRun, at: Reach | undefined, concern: Concern): boolean {
  const before = steps.slice(0, steps.indexOf(run));
  // What was there before, a checkout clears away.
  const since = before.slice(Math.max(before.findLastIndex(isWholeCheckout), 0));
  const aside = steps.filter(({ step }) => step.background);
  return (
    [...since, ...aside].every((other) => leavesAlone(concern, other, steps)) &&
    (at === undefined ||
      reachesBefore(run.reaches, at).every((reach) => concern.isKeptByCommand(reach, run.reaches, leadsTo(reach, at))))
  );
}

/** Whether a command runs another one, to which it hands what it names. */
function leadsTo({ hops }: Reach, at: Reach): boolean {
  return hops.length < at.hops.length && hops.every((hop, index) => hop === at.hops[index]);
}

/** A path with nothing at it. */
function concernOf(path: string): Concern {
  return {
    isKeptByCommand: (reach, reaches, isCaller) => keepsEmpty(reach, reaches, path, isCaller),
    isKeptByCheckout: ({ step }) =>
      !bringsOthers(step) &&
      ["clean", "sparse-checkout", "submodules"].every((input) => !step.inputs.has(input)) &&
      isRefOfRun(step.inputs.get("ref")),
    isKeptByCache: (paths) => !mayRestore(paths, path) && !/[*?[\]]/.test(path),
  };
}

/** Whether a command makes nothing at a path. What is not known may. */
function keepsEmpty(reach: Reach, reaches: readonly Reach[], path: string, isCaller = false): boolean {
  const { command } = reach.located;
  if (writesSource(command) || writesAlike(command, path) || (!isCaller && namesAlike(command, path))) return false;
  const [name = "", ...args] = command.words.map(textOf);
  return isKept(reach, reaches, {
    nothing: () =>
      asksVersion(args) || onlyWritesJson(command.words) || (QUIET_COMMANDS.has(name) && !mayMakeAlike(name, path)),
    // Anything may lie in the packages that it brings.
    install: ({ runsScripts }) =>
      (!runsScripts || reach.directory.known) && !LOCKFILE.test(path) && !path.startsWith("**"),
    binary: (binary) =>
      asksVersion(binary.args.map(textOf)) ||
      binary.name === "rm" ||
      (isQuietBinary(binary) && !isToldToMake(binary) && !mayMakeAlike(binary.name, path)),
  });
}

/** Whether a redirect that is harmless to sources writes what is called like the path. */
function writesAlike({ redirects }: Command, path: string): boolean {
  return (
    isHarmlessTarget(path) &&
    redirects.some(
      ({ operator, target }) =>
        operator.includes(">") &&
        (target.shape.includes(posix.basename(path)) || (!target.value.known && !target.text.includes("GITHUB_"))),
    )
  );
}

/** Commands that make nothing of what they name, as it has to be there or is a text. */
const MAKES_NOTHING = new Set(["cd", "chmod", "echo", "printf"]);

/** Whether a command may be told to write what is called like the path: `eslint -o report.json`. */
function namesAlike(command: Command, path: string): boolean {
  const [name, ...words] = command.words;
  if (onlyReadsFiles(command) || MAKES_NOTHING.has(textOf(name) ?? "")) return false;
  const base = posix.basename(path);
  // Without an extension it may be a part of any word.
  const isBare = posix.extname(path) === "";
  return words.some(({ shape }) => (isBare ? posix.basename(shape) === base : shape.includes(base)));
}

/** `npx biome init`, `mkdir {a,b}.d`, `apt-get source hello`. */
function isToldToMake({ name, args }: RunBinary): boolean {
  const words = args.map(({ shape }) => shape);
  if (name === "mkdir") return args.some(({ value, text }) => !value.known || text.includes("{"));
  if (name === "apt-get") return words.some((word) => word === "source" || word === "download");
  return /^(?:--)?init$/.test(words[0] ?? "");
}

/** With the `.d` of declarations. */
function extensionOf(path: string, extension: string): string {
  return /\.d\.[cm]?ts$/.exec(path)?.[0] ?? extension;
}

/** Whether a command that leaves the sources alone makes folders, or files with such an extension. */
function mayMakeAlike(name: string, path: string): boolean {
  const extension = posix.extname(path);
  if (name === "mkdir") return extension === "";
  // The folder of Husky's hooks, the reports of jscpd.
  if (name === "husky") return /(?:^|\/)_(?:\/|$)/.test(path);
  if (name === "jscpd") return true;
  // Requirements may name a package of the checkout, whose build writes its version.
  if (/^(?:pip|python)3?$/.test(name))
    return /version|(?:^|\/)(?:build|dist)(?:\/|$)|\.egg-info|\.(?:c|pyd|so)$/.test(path);
  return (
    COMPILERS.has(name) && /^(?:\.(?:[cm]?jsx?|d\.[cm]?ts|json|map|tsbuildinfo))?$/.test(extensionOf(path, extension))
  );
}
