import { data, Evaluator, Lexer, Parser, type Expr } from "@actions/expressions";
import { IndexAccess, Literal, Star } from "@actions/expressions/ast";
import type { ContextAccess, FunctionCall, Logical, Unary } from "@actions/expressions/ast";
import { TokenType } from "@actions/expressions/lexer";
import { falsy, truthy } from "@actions/expressions/result";
import type { Known } from "./known.ts";

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

/** What the others answer where something before them failed. */
const AFTER_FAILURE: ReadonlyMap<string, boolean> = new Map([
  ["cancelled", false],
  ["failure", true],
  ["success", false],
]);

/** A parsed expression. */
export type ExpressionTree = Expr;

/** When a condition is asked: at any time, or after something before it failed. */
export type Moment = "anytime" | "afterFailure";

/** The value of a parsed expression, as far as `lookup` knows what it reads; throws {@link UnknownValue} where that is not far enough. */
export function evaluateTree(tree: ExpressionTree, lookup: Lookup, moment: Moment = "anytime"): ExpressionValue {
  const value = new PartialEvaluator(tree, lookup, moment).evaluate();
  switch (value.kind) {
    case data.Kind.String:
    case data.Kind.Number:
    case data.Kind.Boolean:
      return value.value;
    case data.Kind.Null:
      return null;
    default:
      throw new UnknownValue("the value is an object");
  }
}

/** Whether a value counts as true. */
export function isTruthy(value: ExpressionValue): boolean {
  return truthy(toData(value));
}

/** Everything that a parsed expression reads. */
export function referencesOf(tree: ExpressionTree): readonly Reference[] {
  return new ReferenceCollector(tree).references;
}

/** Whether a parsed expression asks how the steps or jobs before it went. */
export function asksForStatus(tree: ExpressionTree): boolean {
  return new ReferenceCollector(tree).functions.some((name) => name === "always" || AFTER_FAILURE.has(name));
}

/** Thrown where a value depends on what is not known; it may still be known whether the value counts as true. */
export class UnknownValue extends Error {
  readonly truthy: boolean | undefined;

  constructor(message: string, isTruthy?: boolean) {
    super(message);
    this.truthy = isTruthy;
  }
}

/** Parses the text between `${{` and `}}`; false where it is no expression. */
export function parseExpression(text: string): ExpressionTree | false {
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
  readonly #moment: Moment;

  constructor(tree: Expr, lookup: Lookup, moment: Moment) {
    super(tree, new data.Dictionary());
    this.#lookup = lookup;
    this.#moment = moment;
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
    // `failure('job')` asks for one job alone.
    const answer = this.#moment === "afterFailure" && call.args.length === 0 ? AFTER_FAILURE.get(name) : undefined;
    if (answer !== undefined) return new data.BooleanData(answer);
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
    const isAnd = logical.operator.type === TokenType.AND;
    const decides = isAnd ? falsy : truthy;
    let missing: UnknownValue | undefined;
    let isOpen = false;
    let result: data.ExpressionData = new data.Null();
    for (const operand of logical.args) {
      try {
        result = this.eval(operand);
      } catch (error) {
        if (!(error instanceof UnknownValue)) throw error;
        missing ??= error;
        isOpen ||= error.truthy === undefined;
        if (error.truthy !== undefined && decides(new data.BooleanData(error.truthy))) throw error;
        continue;
      }
      if (!decides(result)) continue;
      if (missing) throw new UnknownValue(missing.message, truthy(result));
      return result;
    }
    // No operand decides: the last one is the value, and counts as the others do.
    if (missing) throw new UnknownValue(missing.message, isOpen ? undefined : isAnd);
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
  readonly references: Reference[] = [];
  /** In lower case. */
  readonly functions: string[] = [];

  constructor(tree: Expr) {
    this.#visit(tree);
  }

  #visit(node: Expr): void {
    const parts = node as Expr &
      Partial<ContextAccess & Unary & Logical & FunctionCall> & { left?: Expr; right?: Expr; group?: Expr };
    if (node instanceof IndexAccess) {
      this.#index(node);
    } else if (parts.name) {
      this.references.push({ context: parts.name.lexeme.toLowerCase(), path: [] });
    } else {
      if (parts.functionName) this.functions.push(parts.functionName.lexeme.toLowerCase());
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
    else this.references.push({ context: name.toLowerCase(), path });
  }
}
