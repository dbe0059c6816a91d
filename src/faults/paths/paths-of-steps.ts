import { posix } from "node:path";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { PATH_INPUTS, type PathInput } from "../../tools/action-paths.data.ts";
import { CACHE_ACTIONS } from "../../tools/quiet-commands.data.ts";
import { toldApart, type Naming } from "./naming.ts";

/** The paths that a step itself names: where its script starts, an action of the checkout, what it gives to an action. */
export function pathsOfStep(run: StepRun): readonly Naming[] {
  const { step } = run;
  if (step.run) return startOf(run);
  const name = step.uses && actionName(step.uses);
  if (name === undefined) return localAction(run);
  const given = (PATH_INPUTS.get(name) ?? []).flatMap((input) => givenPath(run, input));
  return CACHE_ACTIONS.has(name) ? [...given, ...hashedFiles(run)] : given;
}

function startOf(run: StepRun): readonly Naming[] {
  const template = workingDirectoryOf(run);
  return template ? named(run, template, "working-directory", "folder") : [];
}

/** Where a step's script starts; the defaults of a job are not those of the actions that it uses. */
function workingDirectoryOf({ step, job, workflow, frames }: StepRun): Template | undefined {
  const isOfAction = frames.some((frame) => frame.step);
  return step.workingDirectory ?? (isOfAction ? undefined : (job.defaults ?? workflow.defaults)?.workingDirectory);
}

function localAction({ step: { uses }, source }: StepRun): readonly Naming[] {
  // `$/x` is found without a checkout.
  if (uses?.target.kind !== "local" || !uses.text.trim().startsWith(".")) return [];
  const place: Place = { source, range: uses.range };
  const path = normalizeDirectory(uses.target.path);
  const text = `uses: ${uses.text}`;
  return [{ kind: "action", path, others: [], written: uses.text, nameAt: place, place, text, subject: path }];
}

/** What an action is given, where it reads it. */
function givenPath(
  run: StepRun,
  { input, kind, unless = [], with: needed, below, file }: PathInput,
): readonly Naming[] {
  const { inputs } = run.step;
  const isGiven = (name: string): boolean => (inputs.get(name)?.text ?? "").trim() !== "";
  const isCertain = (name: string): boolean => {
    const given = inputs.get(name);
    const value = given && evaluateTemplate(given, run.lookup);
    return value?.known === true && value.value.trim() !== "";
  };
  const template = inputs.get(input);
  const base = below === undefined ? undefined : inputs.get(below);
  if (!template || unless.some(isGiven) || (needed !== undefined && !isCertain(needed))) return [];
  if (base && !isPath(base.text)) return [];
  return named(run, template, keyOf(run, template), kind, file);
}

const HASH = /\bhashFiles\(\s*((?:'(?:[^']|'')*'\s*,?\s*)+)\)/gi;

/** What the key of a cache depends on, by each call of `hashFiles`. */
function hashedFiles({ source, step }: StepRun): readonly Naming[] {
  const { node, expressions = [] } = step.inputs.get("key") ?? {};
  if (!node) return [];
  const map = scalarTextOf(node, source.text);
  return expressions.flatMap(({ text, start, end }) =>
    Array.from(text.matchAll(HASH), ([call, list = ""]): Naming => {
      const patterns = Array.from(list.matchAll(/'((?:[^']|'')*)'/g), ([, pattern = ""]) =>
        pattern.replaceAll("''", "'"),
      );
      const [written = "", ...others] = patterns;
      const at = node.value === null || others.length > 0 ? -1 : String(node.value).indexOf(`'${written}'`, start) + 1;
      return {
        kind: "hashed",
        path: patterns.join("\n"),
        others: [],
        written,
        nameAt: map && at > 0 ? { source, range: map.rangeOf(at, at + written.length) } : undefined,
        place: map ? { source, range: map.rangeOf(start, end) } : { source, range: node.range },
        text: call,
        subject: call,
      };
    }),
  );
}

/** An input's name as it is written. */
function keyOf({ source }: StepRun, { node }: Template): string {
  const before = source.text.slice(0, node.range[0]);
  return /([\w-]+)["']?:\s*(?:[|>][^\n]*\s*)?["']?$/.exec(before)?.[1] ?? "";
}

function named(run: StepRun, template: Template, key: string, kind: Naming["kind"], file?: string): readonly Naming[] {
  const { text, node, expressions } = template;
  const value = evaluateTemplate(template, run.lookup);
  const place = { source: run.source, range: node.range };
  const written = text.trim();
  const folder = value.known ? pathIn(value.value.trim(), kind) : undefined;
  const path = folder === undefined || file === undefined ? folder : posix.join(folder, file);
  return [
    {
      kind,
      path,
      // Docker finds it in small letters too.
      others: path === undefined || kind !== "file" ? [] : [path.replace(/Dockerfile$/, "dockerfile")],
      written,
      nameAt: expressions.length === 0 && node.style === "plain" && file === undefined ? place : undefined,
      place,
      text: `${key}: ${written.replaceAll(/\s*\n\s*/g, " ")}`,
      subject: toldApart(text, [path ?? ""]).join(),
      within: file === undefined ? undefined : folder,
      asksForHosted: kind === "patterns",
    },
  ];
}

function pathIn(value: string, kind: Naming["kind"]): string | undefined {
  if (kind === "patterns") return value;
  return isPath(value) ? normalizeDirectory(value) : undefined;
}

/** Whether a text is no address, and nothing that an action fills in. */
function isPath(text: string): boolean {
  return !/:\/\/|\{\{|^git@/.test(text);
}
