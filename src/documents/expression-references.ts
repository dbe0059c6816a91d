import { data, type Expr } from "@actions/expressions";
import { Binary, IndexAccess, Literal, Logical, Star } from "@actions/expressions/ast";
import type { ContextAccess, FunctionCall, Unary } from "@actions/expressions/ast";
import { TokenType } from "@actions/expressions/lexer";

/** A value that an expression can have and a file can hold. */
export type ExpressionValue = string | number | boolean | null;

/** What an expression reads: `secrets.TOKEN` is `{ context: "secrets", path: ["TOKEN"] }`. A path stops where it is computed. */
export interface Reference {
  readonly context: string;
  readonly path: readonly string[];
}

function valueOf({ literal }: Literal): ExpressionValue {
  const isPlain =
    literal.kind === data.Kind.String || literal.kind === data.Kind.Number || literal.kind === data.Kind.Boolean;
  return isPlain ? literal.value : null;
}

/** `a.b['c']` as a reference; undefined where an index is not known, or it starts from something else than a context. */
export function referenceOf(
  access: IndexAccess,
  textOfIndex: (index: Expr) => string | undefined,
): Reference | undefined {
  const path: string[] = [];
  let node: Expr = access;
  while (node instanceof IndexAccess) {
    if (node.index instanceof Star) return undefined;
    const text = node.index instanceof Literal ? node.index.literal.coerceString() : textOfIndex(node.index);
    if (text === undefined) return undefined;
    path.unshift(text);
    node = node.expr;
  }
  const name = (node as Partial<ContextAccess>).name?.lexeme;
  return name === undefined ? undefined : { context: name.toLowerCase(), path };
}

export function soleReferenceOf(tree: Expr): Reference | undefined {
  const { name } = tree as Partial<ContextAccess>;
  if (name) return { context: name.lexeme.toLowerCase(), path: [] };
  return tree instanceof IndexAccess ? referenceOf(tree, () => undefined) : undefined;
}

const EQUALITY: readonly TokenType[] = [TokenType.EQUAL_EQUAL, TokenType.BANG_EQUAL];

function isComparing(node: Expr | undefined): boolean {
  const group = (node as { readonly group?: Expr } | undefined)?.group;
  return node instanceof Binary || (group !== undefined && isComparing(group));
}

/** What the parts of an expression read, call and compare with. */
export class ReferenceCollector {
  readonly references: Reference[] = [];
  readonly measured: Reference[] = [];
  readonly replaced: Reference[] = [];
  readonly literals: ExpressionValue[] = [];
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
      const called = parts.functionName?.lexeme.toLowerCase();
      if (called !== undefined) this.functions.push(called);
      if (node instanceof Literal) this.literals.push(valueOf(node));
      const isComparison = node instanceof Binary && EQUALITY.includes(node.operator.type);
      const isOther = called !== undefined || (node instanceof Binary && !isComparison);
      const [first, calls] = [this.references.length, this.functions.length];
      // What it reads is the checkout.
      if (called === "hashfiles") this.references.push({ context: called, path: [] });
      const children = [parts.expr, parts.left, parts.right, parts.group, ...(parts.args ?? [])];
      const isOr = node instanceof Logical && node.operator.type === TokenType.OR;
      for (const child of children) {
        const before = this.references.length;
        if (child) this.#visit(child);
        // What a comparison comes to is no value that another one stands in for.
        if (isOr && child !== node.args.at(-1) && !isComparing(child))
          this.replaced.push(...this.references.slice(before));
      }
      // What is compared with the value of a function can be anything.
      const isMeasured = isOther || (isComparison && this.functions.length > calls);
      if (isMeasured) this.measured.push(...this.references.slice(first));
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
