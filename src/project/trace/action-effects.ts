import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { unknown } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import { ACTION_EXPORTS, DOTENV_WRITERS } from "../../tools/actions.data.ts";
import { CACHE_ACTIONS, QUIET_ACTIONS } from "../../tools/quiet-commands.data.ts";
import { TASK_FILES } from "../../tools/unread-code.data.ts";
import type { Repository } from "../repository.ts";
import { openLayer, type Bound, type Layer } from "./environment.ts";
import type { Effects } from "./step-effects.ts";

/** What the name or an input of an action speaks of that may set variables. */
const LOADS_SECRETS = /secret|env|vault|credential|doppler|infisical|1password|varlock|(?:^|[/_-])op-/i;
/** What a script says that may set variables or write a dotenv file, or runs what is in another file. */
const LEAVES_CREDENTIALS =
  /(?<!process)\.env\b|GITHUB_ENV|exportVariable|\bconvex\b|\b(?:require|import)\s*\(\s*[^"')]*["'`]?\.|exec/;
const DOTENV = /(?:^|[\s/=:,])\.env(?:\.production)?(?:\.local)?(?![\w.-])/;
/** A path of a cache that holds a dotenv file, a local deployment of Convex, or everything. */
const CACHED_CREDENTIALS = /(?:^|\/)\.(?:convex|env)|^\s*(?:\.?\/?\*{0,2}|\$\{\{\s*github\.workspace\s*\}\})\s*$/m;

/** What a `uses` step sets for later steps, by the table of actions; other actions can pass on what their inputs mention. */
export function actionLayer(
  step: Step,
  name: string | undefined,
  lookup: Lookup,
  repository: Repository,
): Layer | undefined {
  // What a local action runs is read where it is composite.
  if (name === undefined) return openLayer(`\`${step.uses?.text ?? ""}\` may set any variable`);
  const exportsOf = ACTION_EXPORTS.get(name);
  if (exportsOf) {
    const names = exportsOf((input) => {
      const template = step.inputs.get(input);
      const value = template && evaluateTemplate(template, lookup);
      return value?.known ? value.value : template?.text;
    });
    if (names === "any") return openLayer(`\`${name}\` may set any variable`);
    const bound: Bound = { state: "bound", value: unknown("an action sets it") };
    return (variable) => (names.includes(variable) ? bound : undefined);
  }
  if (mayLoadSecrets(step, name, repository)) return openLayer(`\`${name}\` may set any variable`);
  const texts = [...step.inputs.values(), ...step.env.entries.flatMap(({ value }) => value ?? [])].map(
    ({ text }) => text,
  );
  if (texts.length === 0) return undefined;
  const passesAll = texts.some((text) => /toJSON\(\s*secrets\s*\)/i.test(text));
  return (variable) => {
    const mentions = passesAll || texts.some((text) => text.includes(variable));
    return mentions ? { state: "open", why: `an action is given \`${variable}\` and may set it` } : undefined;
  };
}

/** Whether an action that is in no table may set variables that its inputs do not mention. */
function mayLoadSecrets({ inputs }: Step, name: string, repository: Repository): boolean {
  if (QUIET_ACTIONS.has(name)) return false;
  if (name === "actions/github-script") return LEAVES_CREDENTIALS.test(inputs.get("script")?.text ?? "");
  if (name === "jdx/mise-action") return inputs.get("env")?.text !== "false" && setsVariablesByMise(inputs, repository);
  // Some have an input for credentials or secrets that they keep to themselves.
  if (/^(?:actions|docker|github)\//.test(name)) return false;
  return [name, ...inputs.keys()].some((text) => LOADS_SECRETS.test(text));
}

/** https://github.com/jdx/mise-action: what `[env]` says is exported. */
function setsVariablesByMise(inputs: Step["inputs"], { files }: Repository): boolean {
  if (["mise_toml", "mise_dir", "working_directory"].some((name) => inputs.has(name))) return true;
  const texts = (TASK_FILES.get("mise") ?? []).flatMap((path) => files.read(path)?.text ?? []);
  return texts.some((text) => /^\s*\[+\s*env\b|^\s*env\s*[.=]/m.test(text));
}

/** What an action leaves in the workspace, added to what was there. */
export function effectsOfAction(before: Effects, step: Step, name: string | undefined): Effects {
  return mayBringDotenv(step, name)
    ? { ...before, dotenv: `\`${step.uses?.text ?? ""}\` may write a dotenv file` }
    : before;
}

function mayBringDotenv({ inputs }: Step, name: string | undefined): boolean {
  if (name === undefined || DOTENV_WRITERS.has(name)) return true;
  if (CACHE_ACTIONS.has(name)) return CACHED_CREDENTIALS.test(inputs.get("path")?.text ?? "");
  if (QUIET_ACTIONS.has(name)) return false;
  if (name === "actions/github-script") return LEAVES_CREDENTIALS.test(inputs.get("script")?.text ?? "");
  return /dotenv|envfile|env-file/i.test(name) || [...inputs.values()].some(({ text }) => DOTENV.test(text));
}
