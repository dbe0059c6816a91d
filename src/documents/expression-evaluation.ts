import { data, Evaluator, Lexer, Parser, type Expr } from "@actions/expressions";
import type { ContextAccess, FunctionCall, IndexAccess, Logical, Unary } from "@actions/expressions/ast";
import { TokenType } from "@actions/expressions/lexer";
import { falsy, truthy } from "@actions/expressions/result";
import {
  ReferenceCollector,
  referenceOf,
  soleReferenceOf,
  type ExpressionValue,
  type Reference,
} from "./expression-references.ts";
import type { Known } from "./known.ts";

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

/** When a condition is asked: at any time, or after something before it failed. */
export type Moment = "anytime" | "afterFailure";

/** What keeps a text from being an expression. */
export interface Flaw {
  readonly kind: "context" | "function" | "syntax";
  /** The name that GitHub does not know, or what it does not expect; empty where something more is to come. */
  readonly symbol: string;
}

/** An expression that GitHub can parse. */
export class ParsedExpression {
  /** The one thing that it reads, where it does nothing else. */
  readonly sole: Reference | undefined;
  readonly #tree: Expr;
  #collected: ReferenceCollector | undefined;

  private constructor(tree: Expr) {
    this.#tree = tree;
    this.sole = soleReferenceOf(tree);
  }

  /** Parses the text between `${{` and `}}`. */
  static parse(text: string): ParsedExpression | Flaw {
    if (text === "") return { kind: "syntax", symbol: "" };
    try {
      return new ParsedExpression(new Parser(new Lexer(text).lex().tokens, CONTEXTS, STATUS_FUNCTIONS).parse());
    } catch (error) {
      return flawOf(error);
    }
  }

  /** The value, as far as `lookup` knows what it reads; throws {@link UnknownValue} where that is not far enough. */
  evaluate(lookup: Lookup, moment: Moment = "anytime"): ExpressionValue {
    const value = new PartialEvaluator(this.#tree, lookup, moment).evaluate();
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

  /** Everything that it reads. */
  get references(): readonly Reference[] {
    return this.#collector.references;
  }

  /** What it compares with. */
  get literals(): readonly ExpressionValue[] {
    return this.#collector.literals;
  }

  /** What it reads in another way than to compare it for equality: in functions, and with `<`. */
  get measured(): readonly Reference[] {
    return this.#collector.measured;
  }

  /** What it calls, in lower case. */
  get functions(): readonly string[] {
    return this.#collector.functions;
  }

  /** What it reads with something else behind `||`, for where that is empty. */
  get replaced(): readonly Reference[] {
    return this.#collector.replaced;
  }

  /** Whether it asks how the steps or jobs before it went. */
  get asksForStatus(): boolean {
    return this.functions.some((name) => name === "always" || AFTER_FAILURE.has(name));
  }

  get #collector(): ReferenceCollector {
    return (this.#collected ??= new ReferenceCollector(this.#tree));
  }
}

/** Of an error of GitHub's own lexer or parser, which tells by its message alone. */
function flawOf(error: unknown): Flaw {
  const { message } = error as Error;
  const [, what = "", symbol = ""] = /^([^:]*): '([^]*?)'(?:\. Located at [^]*)?$/.exec(message) ?? [];
  const kind =
    what === "Unrecognized function" ? "function" : what === "Unrecognized named-value" ? "context" : "syntax";
  return { kind, symbol: symbol === "EOF" || what === "Unexpected end of expression" ? "" : symbol };
}

/** Whether a value counts as true. */
export function isTruthy(value: ExpressionValue): boolean {
  return truthy(toData(value));
}

/**
 * Thrown where a value depends on what is not known; it may still be known whether the value counts as true. No `Error`, whose
 * stack takes longer to collect than the expression to evaluate.
 */
export class UnknownValue {
  readonly why: string;
  readonly truthy: boolean | undefined;

  constructor(why: string, isTruthy?: boolean) {
    this.why = why;
    this.truthy = isTruthy;
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
      if (missing) throw new UnknownValue(missing.why, truthy(result));
      return result;
    }
    // No operand decides: the last one is the value, and counts as the others do.
    if (missing) throw new UnknownValue(missing.why, isOpen ? undefined : isAnd);
    return result;
  }

  #resolve(reference: Reference): data.ExpressionData {
    const value = this.#lookup(reference);
    if (value.known) return toData(value.value);
    throw new UnknownValue(value.why);
  }
}
