import { soleExpression, type Template } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import type { Answer } from "../../project/trace/environment.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";
import type { Repository } from "../../project/repository.ts";
import { secretToPass, type SecretToPass } from "./secret-to-pass.ts";

/** Why a variable is empty: it is set to a secret that a call on the way does not pass on. */
export interface UnpassedSecret {
  /** What the variable is set to, as it is written, and where. */
  readonly value: string;
  readonly setAt: Place;
  /** The call that does not pass the secret. */
  readonly call: Frame;
  readonly callAt: Place;
  /** What it has to pass; undefined where that is not known. */
  readonly toPass: SecretToPass | undefined;
}

/** Undefined for a variable that has a value, or is empty for another reason. */
export function unpassedSecretOf(
  repository: Repository,
  { frames }: StepRun,
  answer: Answer,
): UnpassedSecret | undefined {
  if (answer.state !== "bound" || !answer.template || !answer.place) return undefined;
  const { template, value, place: setAt } = answer;
  const name = value.known && value.value === "" ? secretOf(template) : undefined;
  const end = name === undefined ? undefined : endOf(frames, name);
  if (!end) return undefined;
  const { call, secret } = end;
  const callAt = { source: call.document.source, range: call.uses.range };
  return { value: template.text, setAt, call, callAt, toPass: secretToPass(repository, call, secret) };
}

/** The innermost call that does not pass a secret, and the secret's name there. */
function endOf(frames: readonly Frame[], name: string): { readonly call: Frame; readonly secret: string } | undefined {
  let secret = name;
  for (const call of frames.filter(({ step }) => !step).reverse()) {
    const { secrets } = call.job;
    if (secrets === "inherit") continue;
    const passed = secrets.get(secret.toLowerCase());
    if (!passed) return { call, secret };
    const outer = secretOf(passed);
    if (outer === undefined) return undefined;
    secret = outer;
  }
  return undefined;
}

function secretOf(template: Template): string | undefined {
  return /^secrets\.([A-Za-z_]\w*)$/.exec(soleExpression(template)?.text ?? "")?.[1];
}
