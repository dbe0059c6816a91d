import { stringOf, textOf, type DataNode, type Scalar } from "./data.ts";
import {
  isTruthy,
  ParsedExpression,
  UnknownValue,
  type Flaw,
  type Lookup,
  type Moment,
} from "./expression-evaluation.ts";
import type { ExpressionValue, Reference } from "./expression-references.ts";
import { onceForTexts } from "../memo.ts";
import { known, unknown, type Known } from "./known.ts";

export type { Flaw, Lookup } from "./expression-evaluation.ts";
export type { ExpressionValue, Reference } from "./expression-references.ts";

/** The same few expressions stand in every workflow. */
const parse = onceForTexts((text: string) => ParsedExpression.parse(text));

/** One GitHub Actions expression. `start` and `end` are offsets in the text that holds it, with its `${{` and `}}`. */
export class Expression {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  #result: ParsedExpression | Flaw | undefined;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  get #parsed(): ParsedExpression | undefined {
    this.#result ??= parse(this.text);
    return this.#result instanceof ParsedExpression ? this.#result : undefined;
  }

  /** Everything that the expression reads. */
  get references(): readonly Reference[] {
    return this.#parsed?.references ?? [];
  }

  /** What it calls, in lower case. */
  get functions(): readonly string[] {
    return this.#parsed?.functions ?? [];
  }

  /** Why GitHub rejects it; undefined for an expression that it can parse. */
  get flaw(): Flaw | undefined {
    this.#result ??= parse(this.text);
    return this.#result instanceof ParsedExpression ? undefined : this.#result;
  }

  /** What it compares with. */
  get literals(): readonly ExpressionValue[] {
    return this.#parsed?.literals ?? [];
  }

  /** What it reads in another way than to compare it for equality. */
  get measured(): readonly Reference[] {
    return this.#parsed?.measured ?? [];
  }

  /** What it reads with something else behind `||`, for where that is empty. */
  get replaced(): readonly Reference[] {
    return this.#parsed?.replaced ?? [];
  }

  /** The value, as far as `lookup` knows what the expression reads. */
  evaluate(lookup: Lookup): Known<ExpressionValue> {
    const sole = this.#parsed?.sole;
    if (sole) return lookup(sole);
    try {
      return known(this.#value(lookup));
    } catch (error) {
      return unknown(error instanceof UnknownValue ? error.why : `\`${this.text}\` cannot be evaluated`);
    }
  }

  /** Whether it asks how the steps or jobs before it went: `failure()`, `always()`. */
  get asksForStatus(): boolean {
    return this.#parsed?.asksForStatus ?? false;
  }

  /** Whether the value counts as true, which can be known where the value is not: `false && x`. */
  holds(lookup: Lookup, moment?: Moment): Known<boolean> {
    try {
      return known(isTruthy(this.#value(lookup, moment)));
    } catch (error) {
      if (error instanceof UnknownValue && error.truthy !== undefined) return known(error.truthy);
      return unknown(`\`${this.text}\` depends on the run`);
    }
  }

  #value(lookup: Lookup, moment?: Moment): ExpressionValue {
    if (!this.#parsed) throw new UnknownValue(`\`${this.text}\` is not an expression`);
    return this.#parsed.evaluate(lookup, moment);
  }
}

/** Text that can hold expressions, as workflow values do. */
export interface Template {
  readonly node: Scalar;
  readonly text: string;
  readonly expressions: readonly Expression[];
}

/** A scalar as text with its expressions; other nodes are no template. */
export function readTemplate(node: DataNode | undefined): Template | undefined {
  const text = textOf(node);
  return node?.kind === "scalar" && text !== undefined ? { node, text, expressions: expressionsIn(text) } : undefined;
}

/** The expressions in a text. `}}` inside a quoted string does not end one. */
export function expressionsIn(text: string): readonly Expression[] {
  const expressions: Expression[] = [];
  for (let start = text.indexOf("${{"); start >= 0; start = text.indexOf("${{", start)) {
    const body = /^(?:[^'}]|'(?:[^']|'')*'|\}(?!\}))*\}\}/.exec(text.slice(start + 3))?.[0];
    if (body === undefined) break;
    const end = start + 3 + body.length;
    expressions.push(new Expression(body.slice(0, -2).trim(), start, end));
    start = end;
  }
  return expressions;
}

/** The part of a template that begins an expression and does not end it, by its offset; undefined where there is none. */
export function unclosedIn({ text, expressions }: Pick<Template, "text" | "expressions">): number | undefined {
  const start = text.indexOf("${{", expressions.at(-1)?.end);
  return start < 0 ? undefined : start;
}

/** The text of a template with its expressions replaced by their values; null becomes the empty string. */
export function evaluateTemplate(template: Template, lookup: Lookup): Known<string> {
  let text = "";
  let end = 0;
  for (const expression of template.expressions) {
    const value = expression.evaluate(lookup);
    if (!value.known) return value;
    text += template.text.slice(end, expression.start) + String(value.value ?? "");
    end = expression.end;
  }
  return known(text + template.text.slice(end));
}

/** A text with something else for each of its expressions; `before` is what comes before one. */
export function replaceExpressions(
  { text, expressions }: Pick<Template, "text" | "expressions">,
  replacementOf: (expression: Expression, before: string) => string,
): string {
  let replaced = "";
  let end = 0;
  for (const expression of expressions) {
    replaced += text.slice(end, expression.start);
    replaced += replacementOf(expression, replaced);
    end = expression.end;
  }
  return replaced + text.slice(end);
}

/** The single expression that a template consists of, if it is nothing else. */
export function soleExpression(template: Template): Expression | undefined {
  const [only] = template.expressions;
  return only?.start === 0 && only.end === template.text.length ? only : undefined;
}

/** The value of an `if` key. Without `${{ }}` the whole text is the expression. */
export class Condition {
  readonly node: DataNode;
  readonly #expressions: readonly Expression[];
  readonly #expression: Expression | undefined;
  readonly #constant: Known<boolean>;
  /** True for expressions with text around them: then it is a string that is never empty, and holds whatever they are. */
  readonly isText: boolean;

  constructor(node: DataNode) {
    this.node = node;
    const text = stringOf(node);
    this.isText = false;
    if (text === undefined) {
      // A condition that is left out holds, as one that is blank.
      this.#expressions = [];
      this.#constant =
        node.kind === "scalar" ? known(node.value !== false && node.value !== 0) : unknown("it is no scalar");
      return;
    }
    const template = readTemplate(node);
    this.isText = template !== undefined && template.expressions.length > 0 && !soleExpression(template);
    this.#constant = known(true);
    if (!this.isText && text.trim() !== "") {
      this.#expression = (template && soleExpression(template)) ?? new Expression(text.trim(), 0, text.length);
    }
    this.#expressions = this.#expression ? [this.#expression] : (template?.expressions ?? []);
  }

  /** Whether the condition lets its step or job run. */
  holds(lookup: Lookup): Known<boolean> {
    return this.#expression ? this.#expression.holds(lookup) : this.#constant;
  }

  /** Whether it asks how the steps or jobs before it went. Where it does not, it holds after success alone. */
  get asksForStatus(): boolean {
    return this.#expressions.some((expression) => expression.asksForStatus);
  }

  /** Whether the condition lets its step or job run after something before it failed. */
  holdsAfterFailure(lookup: Lookup): Known<boolean> {
    if (!this.asksForStatus) return known(false);
    return this.#expression ? this.#expression.holds(lookup, "afterFailure") : this.#constant;
  }

  /** Everything that the condition reads. */
  get references(): readonly Reference[] {
    return this.#expression?.references ?? [];
  }

  /** The expression that decides, if one does. */
  get expression(): Expression | undefined {
    return this.#expression;
  }
}
