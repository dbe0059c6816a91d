import type { DoubleQuotedChild, ParsedScript, ParameterExpansionPart, Word as SyntaxWord, WordPart } from "unbash";
import type { Expression } from "../documents/expression.ts";
import { known, unknown, type Known } from "../documents/known.ts";
import { HOLE, type Word } from "./command.ts";

/** Characters that mean nothing to a shell, so that a value made of them can be put into a script as it is. */
const PLAIN = /^[\w%+,./:=@-]*$/;

/** Answers for variables and expressions inside words. */
export interface WordScope {
  expression(expression: Expression): Known<string>;
  variable(name: string): Known<string>;
}

/** Expands the words of one script. */
export class WordReader {
  readonly #text: string;
  readonly #expressions: readonly Expression[];
  readonly #scope: WordScope;

  /** `text` is the script as written; the parser saw it with each expression masked by as many underscores. */
  constructor(text: string, expressions: readonly Expression[], scope: WordScope) {
    this.#text = text;
    this.#expressions = expressions;
    this.#scope = scope;
  }

  /** The words that one written word becomes: one, or for an expression with a known value also none or several. */
  read(word: SyntaxWord): readonly Word[] {
    const [only] = this.expressionsIn(word.pos, word.end);
    if (only?.start === word.pos && only.end === word.end) {
      const value = this.#scope.expression(only);
      const parts = value.known ? value.value.split(/\s+/).filter((part) => part !== "") : [];
      if (value.known && parts.every((part) => PLAIN.test(part))) {
        return parts.map((part) => this.#word(word, known(part), part, [], false));
      }
    }
    const one = this.readOne(word);
    return one.splits && one.value.known && one.value.value === "" ? [] : [one];
  }

  /** One word as one value, as in assignments, redirects and quotes. */
  readOne(word: { readonly pos: number; readonly end: number } & Pick<SyntaxWord, "parts" | "text" | "value">): Word {
    const expansion = new Expansion(this, this.#scope);
    if (word.parts) expansion.addParts(word.parts, false);
    else expansion.addText(word.pos, word.text, word.value, false);
    return this.#word(word, expansion.value, expansion.shape, [...expansion.variables], expansion.splits);
  }

  /** The expressions that overlap a range of the script. */
  expressionsIn(start: number, end: number): readonly Expression[] {
    return this.#expressions.filter((expression) => expression.start < end && start < expression.end);
  }

  #word(
    word: { readonly pos: number; readonly end: number },
    value: Known<string>,
    shape: string,
    variables: readonly string[],
    splits: boolean,
  ): Word {
    return {
      range: [word.pos, word.end],
      text: this.#text.slice(word.pos, word.end),
      value,
      shape,
      variables,
      expressions: this.expressionsIn(word.pos, word.end),
      splits,
    };
  }
}

class Expansion {
  shape = "";
  readonly variables = new Set<string>();
  splits = false;
  #why: string | undefined;
  readonly #reader: WordReader;
  readonly #scope: WordScope;

  constructor(reader: WordReader, scope: WordScope) {
    this.#reader = reader;
    this.#scope = scope;
  }

  get value(): Known<string> {
    return this.#why === undefined ? known(this.shape) : unknown(this.#why);
  }

  addParts(parts: readonly (WordPart | DoubleQuotedChild)[], quoted: boolean): void {
    for (const part of parts) this.#addPart(part, quoted);
  }

  /** Adds literal text in which expressions may be masked. */
  addText(start: number, text: string, value: string, quoted: boolean): void {
    const expressions = this.#reader.expressionsIn(start, start + text.length);
    if (expressions.length === 0) {
      this.shape += value;
      return;
    }
    if (text !== value) {
      this.#hole("an expression stands in escaped text", !quoted);
      return;
    }
    let end = start;
    for (const expression of expressions) {
      this.shape += text.slice(end - start, expression.start - start);
      this.#addValue(this.#scope.expression(expression), quoted);
      end = expression.end;
    }
    this.shape += text.slice(end - start);
  }

  #addPart(part: WordPart | DoubleQuotedChild, quoted: boolean): void {
    switch (part.type) {
      case "Literal":
      case "Glob":
        this.addText(part.pos, part.text, part.value, quoted);
        break;
      case "SingleQuoted":
        this.addText(part.pos + 1, part.text.slice(1, -1), part.value, true);
        break;
      case "AnsiCQuoted":
        this.addText(part.pos, part.text, part.value, true);
        break;
      case "DoubleQuoted":
      case "LocaleString":
        this.addParts(part.parts, true);
        break;
      case "SimpleExpansion":
        this.#addVariable(part.text.slice(1), part, quoted);
        break;
      case "ParameterExpansion":
        this.#addParameter(part, quoted);
        break;
      default:
        this.#hole(`\`${part.text}\` is computed`, !quoted);
    }
  }

  #addVariable(name: string, part: { readonly pos: number; readonly end: number }, quoted: boolean): void {
    if (this.#reader.expressionsIn(part.pos, part.end).length > 0) {
      this.#hole("an expression is part of a variable's name", !quoted);
      return;
    }
    this.variables.add(name);
    if (/^[A-Za-z_]/.test(name)) this.#addValue(this.#scope.variable(name), quoted);
    else this.#hole(`\`$${name}\` is known only at run time`, !quoted || name === "@");
  }

  #addParameter(part: ParameterExpansionPart, quoted: boolean): void {
    const { parameter, operation } = part;
    if (part.index || part.prefix || operation) {
      this.variables.add(parameter);
      const isDefault = operation?.type === "Default" && /^:?[-=]$/.test(operation.operator);
      const value = isDefault && !part.index && !part.prefix ? this.#scope.variable(parameter) : undefined;
      if (isDefault && value?.known === true && value.value !== "") this.#addValue(value, quoted);
      else if (isDefault && value?.known === true) {
        const operand = this.#reader.readOne(operation.operand);
        for (const name of operand.variables) this.variables.add(name);
        this.#addValue(operand.value, quoted);
      } else this.#hole(`\`${part.text}\` is computed`, !quoted || part.index !== undefined);
    } else this.#addVariable(parameter, part, quoted);
  }

  #addValue(value: Known<string>, quoted: boolean): void {
    if (!value.known) this.#hole(value.why, !quoted);
    else if (quoted || PLAIN.test(value.value)) {
      this.shape += value.value;
      // An empty value that is not quoted makes the word vanish.
      if (!quoted && value.value === "") this.splits = true;
    } else this.#hole("the value has more than one word", true);
  }

  #hole(why: string, splits: boolean): void {
    this.shape += HOLE;
    this.#why ??= why;
    this.splits ||= splits;
  }
}

/** The scripts inside a word: command and process substitutions, also within quotes. */
export function scriptsIn(parts: readonly WordPart[] | undefined): readonly ParsedScript[] {
  return (parts ?? []).flatMap((part) => {
    if (part.type === "CommandExpansion" || part.type === "ProcessSubstitution")
      return part.script ? [part.script] : [];
    if (part.type === "DoubleQuoted" || part.type === "LocaleString") return scriptsIn(part.parts);
    if (part.type === "ParameterExpansion" && part.operation?.type === "Default")
      return scriptsIn(part.operation.operand.parts);
    return [];
  });
}
