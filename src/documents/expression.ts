import { data, Evaluator, Lexer, Parser, type Expr } from "@actions/expressions";
import { IndexAccess, Literal, Star } from "@actions/expressions/ast";
import type { ContextAccess, FunctionCall, Logical, Unary } from "@actions/expressions/ast";
import { TokenType } from "@actions/expressions/lexer";
import { falsy, truthy } from "@actions/expressions/result";
import { stringOf, textOf, type DataNode, type Scalar } from "./data.ts";
import { known, unknown, type Known } from "./known.ts";

/** A value that an expression can have and a file can hold. */
export type ExpressionValue = string | number | boolean | null;

/** What an expression reads: `secrets.TOKEN` is `{ context: "secrets", path: ["TOKEN"] }`. A path stops where it is computed. */
export interface Reference {
  readonly context: string;
  readonly path: readonly string[];
}

/** Answers what a reference stands for. */
export type Lookup = (reference: Reference) => Known<ExpressionValue>;

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
const CONTEXTS = "github env vars secrets inputs matrix strategy needs steps job jobs runner".split(" ");
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
const STATUS_FUNCTIONS = ["always", "cancelled", "failure", "hashFiles", "success"].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 255,
}));

/** One GitHub Actions expression. `start` and `end` are offsets in the text that holds it, with its `${{` and `}}`. */
export class Expression {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  #tree: Expr | false | undefined;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  get #parsed(): Expr | false {
    this.#tree ??= parse(this.text);
    return this.#tree;
  }

  /** Everything that the expression reads. */
  get references(): readonly Reference[] {
    return this.#parsed ? new ReferenceCollector().collect(this.#parsed) : [];
  }

  /** The value, as far as `lookup` knows what the expression reads. */
  evaluate(lookup: Lookup): Known<ExpressionValue> {
    try {
      return known(this.#value(lookup));
    } catch (error) {
      return unknown(error instanceof UnknownValue ? error.message : `\`${this.text}\` cannot be evaluated`);
    }
  }

  /** Whether the value counts as true, which can be known where the value is not: `false && x`. */
  holds(lookup: Lookup): Known<boolean> {
    try {
      return known(truthy(toData(this.#value(lookup))));
    } catch (error) {
      if (error instanceof UnknownValue && error.truthy !== undefined) return known(error.truthy);
      return unknown(`\`${this.text}\` depends on the run`);
    }
  }

  #value(lookup: Lookup): ExpressionValue {
    if (!this.#parsed) throw new UnknownValue(`\`${this.text}\` is not an expression`);
    const value = new PartialEvaluator(this.#parsed, lookup).evaluate();
    switch (value.kind) {
      case data.Kind.String:
      case data.Kind.Number:
      case data.Kind.Boolean:
        return value.value;
      case data.Kind.Null:
        return null;
      default:
        throw new UnknownValue(`\`${this.text}\` is an object`);
    }
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

/** The single expression that a template consists of, if it is nothing else. */
export function soleExpression(template: Template): Expression | undefined {
  const [only] = template.expressions;
  return only?.start === 0 && only.end === template.text.length ? only : undefined;
}

/** The value of an `if` key. Without `${{ }}` the whole text is the expression. */
export class Condition {
  readonly node: DataNode;
  readonly #expression: Expression | undefined;
  readonly #constant: Known<boolean>;

  constructor(node: DataNode) {
    this.node = node;
    const text = stringOf(node);
    if (text === undefined) {
      this.#constant = node.kind === "scalar" ? known(Boolean(node.value)) : unknown("the condition is no scalar");
      return;
    }
    const template = readTemplate(node);
    const mixed = template !== undefined && template.expressions.length > 0 && !soleExpression(template);
    // Text around an expression makes the condition a string that is never empty, hence true.
    this.#constant = known(true);
    if (!mixed && text.trim() !== "") {
      this.#expression = (template && soleExpression(template)) ?? new Expression(text.trim(), 0, text.length);
    }
  }

  /** Whether the condition lets its step or job run. */
  holds(lookup: Lookup): Known<boolean> {
    return this.#expression ? this.#expression.holds(lookup) : this.#constant;
  }

  /** Everything that the condition reads. */
  get references(): readonly Reference[] {
    return this.#expression?.references ?? [];
  }
}

class UnknownValue extends Error {
  readonly truthy: boolean | undefined;

  constructor(message: string, isTruthy?: boolean) {
    super(message);
    this.truthy = isTruthy;
  }
}

function parse(text: string): Expr | false {
  try {
    return new Parser(new Lexer(text).lex().tokens, CONTEXTS, STATUS_FUNCTIONS).parse();
  } catch {
    return false;
  }
}

function toData(value: ExpressionValue): data.ExpressionData {
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  return typeof value === "boolean" ? new data.BooleanData(value) : new data.Null();
}

/** GitHub's evaluator, with a lookup that may not know, and an answer wherever the unknown does not matter. */
class PartialEvaluator extends Evaluator {
  readonly #lookup: Lookup;

  constructor(tree: Expr, lookup: Lookup) {
    super(tree, new data.Dictionary());
    this.#lookup = lookup;
  }

  override visitContextAccess(access: ContextAccess): data.ExpressionData {
    return this.#resolve({ context: access.name.lexeme.toLowerCase(), path: [] });
  }

  override visitIndexAccess(access: IndexAccess): data.ExpressionData {
    const reference = referenceOf(access, (index) => this.eval(index).coerceString());
    return reference ? this.#resolve(reference) : super.visitIndexAccess(access);
  }

  override visitFunctionCall(call: FunctionCall): data.ExpressionData {
    const name = call.functionName.lexeme.toLowerCase();
    if (name === "always") return new data.BooleanData(true);
    if (STATUS_FUNCTIONS.some((status) => status.name.toLowerCase() === name)) throw new UnknownValue(`\`${name}()\``);
    return super.visitFunctionCall(call);
  }

  override visitUnary(unary: Unary): data.ExpressionData {
    try {
      return super.visitUnary(unary);
    } catch (error) {
      if (error instanceof UnknownValue && error.truthy !== undefined) return new data.BooleanData(!error.truthy);
      throw error;
    }
  }

  override visitLogical(logical: Logical): data.ExpressionData {
    const decides = logical.operator.type === TokenType.AND ? falsy : truthy;
    let missing: UnknownValue | undefined;
    let result: data.ExpressionData = new data.Null();
    for (const operand of logical.args) {
      try {
        result = this.eval(operand);
      } catch (error) {
        if (!(error instanceof UnknownValue)) throw error;
        missing ??= error;
        if (error.truthy !== undefined && decides(new data.BooleanData(error.truthy))) throw error;
        continue;
      }
      if (!decides(result)) continue;
      if (missing) throw new UnknownValue(missing.message, truthy(result));
      return result;
    }
    if (missing) throw new UnknownValue(missing.message);
    return result;
  }

  #resolve(reference: Reference): data.ExpressionData {
    const value = this.#lookup(reference);
    if (value.known) return toData(value.value);
    throw new UnknownValue(value.why);
  }
}

/** `a.b['c']` as a reference; undefined where it starts from something else than a context or goes through `*`. */
function referenceOf(access: IndexAccess, textOfIndex: (index: Expr) => string): Reference | undefined {
  const path: string[] = [];
  let node: Expr = access;
  while (node instanceof IndexAccess) {
    if (node.index instanceof Star) return undefined;
    path.unshift(node.index instanceof Literal ? node.index.literal.coerceString() : textOfIndex(node.index));
    node = node.expr;
  }
  const name = (node as Partial<ContextAccess>).name?.lexeme;
  return name === undefined ? undefined : { context: name.toLowerCase(), path };
}

class ReferenceCollector {
  readonly #references: Reference[] = [];

  collect(node: Expr): readonly Reference[] {
    this.#visit(node);
    return this.#references;
  }

  #visit(node: Expr): void {
    const parts = node as Expr &
      Partial<ContextAccess & Unary & Logical & FunctionCall> & { left?: Expr; right?: Expr; group?: Expr };
    if (node instanceof IndexAccess) {
      this.#index(node);
    } else if (parts.name) {
      this.#references.push({ context: parts.name.lexeme.toLowerCase(), path: [] });
    } else {
      const children = [parts.expr, parts.left, parts.right, parts.group, ...(parts.args ?? [])];
      for (const child of children) if (child) this.#visit(child);
    }
  }

  #index(access: IndexAccess): void {
    const path: string[] = [];
    let node: Expr = access;
    while (node instanceof IndexAccess) {
      if (node.index instanceof Literal) path.unshift(node.index.literal.coerceString());
      else {
        // What comes after a computed index is not part of the path that is certain.
        path.length = 0;
        if (!(node.index instanceof Star)) this.#visit(node.index);
      }
      node = node.expr;
    }
    const name = (node as Partial<ContextAccess>).name?.lexeme;
    if (name === undefined) this.#visit(node);
    else this.#references.push({ context: name.toLowerCase(), path });
  }
}
