import type {
  Command as SyntaxCommand,
  DoubleQuotedChild,
  HereDoc,
  ParsedScript,
  ParameterDefaultOperation,
  ParameterExpansionPart,
  Word as SyntaxWord,
  WordPart,
} from "unbash";
import type { Expression } from "../documents/expression.ts";
import { known, unknown, type Known } from "../documents/known.ts";
import { HOLE, type Word } from "./command.ts";
import { outputOf } from "./substitution.ts";

/** What quotes do to the values inside them. */
interface Quotes {
  /** True where a value can become no word or several. */
  readonly split: boolean;
  /** The values of expressions that GitHub can put into the script here without the shell seeing more than characters. */
  readonly plain: RegExp;
}

/** Characters that mean nothing to a shell, so that a value made of them can be put into a script as it is. */
const PLAIN = /^[\w%+,./:=@-]*$/;
const UNQUOTED: Quotes = { split: true, plain: PLAIN };
/** Assignments, redirects, `[[ … ]]`: one word, whatever it holds. */
const WHOLE: Quotes = { split: false, plain: PLAIN };
const SINGLE: Quotes = { split: false, plain: /^[^'\\]*$/ };
const DOUBLE: Quotes = { split: false, plain: /^[^"$`\\]*$/ };
const HERE_DOCUMENT: Quotes = { split: false, plain: /^[^$`\\]*$/ };

/** Answers for variables and expressions inside words. */
export interface WordScope {
  /** The path of the script, which `$0` stands for. */
  readonly file: string | undefined;
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

  /** The name and the arguments of a command, without assignments. */
  readCommand({ name, args }: SyntaxCommand): Word[] {
    const words = name ? [...this.read(name)] : [];
    for (const word of args) if (word.type === "Word") words.push(...this.read(word));
    return words;
  }

  /** The words that one written word becomes: one, or for an expression with a known value also none or several. */
  read(word: SyntaxWord): readonly Word[] {
    const [only] = this.expressionsIn(word.pos, word.end);
    if (only?.start === word.pos && only.end === word.end) {
      const value = this.#scope.expression(only);
      const parts = value.known ? value.value.split(/[^\S\n]+/).filter((part) => part !== "") : [];
      if (value.known && parts.every((part) => PLAIN.test(part))) {
        return parts.map((part) => this.#word(word, { shape: part, value: known(part), variables: [] }));
      }
    }
    const one = this.#expand(word, UNQUOTED);
    const isNothing = one.splits && one.value.known && one.value.value === "" && !/['"]/.test(word.text);
    return isNothing ? [] : [one];
  }

  /** One word as one value, as in assignments, redirects and `[[ … ]]`. */
  readOne(word: SyntaxWord): Word {
    return this.#expand(word, WHOLE);
  }

  /** The text of a here-document. */
  readHereDocument({ body, operator, delimiter }: HereDoc): Word {
    const { pos, end, text, parts } = body;
    const isQuoted = delimiter?.quoted === true;
    const value = isQuoted ? text : text.replaceAll(/\\([$`\\])/g, "$1");
    const word = this.#expand({ pos, end, parts, text, value }, isQuoted ? SINGLE : HERE_DOCUMENT);
    if (operator === "<<") return word;
    const shape = word.shape.replaceAll(/^\t+/gm, "");
    return { ...word, shape, value: word.value.known ? known(shape) : word.value };
  }

  #expand(word: Pick<SyntaxWord, "pos" | "end" | "parts" | "text" | "value">, quotes: Quotes): Word {
    const expansion = new Expansion(this, this.#scope);
    if (word.parts) expansion.addParts(word.parts, quotes);
    else expansion.addText(word.pos, word.text, word.value, quotes);
    return this.#word(word, expansion);
  }

  /** The expressions that overlap a range of the script. */
  expressionsIn(start: number, end: number): readonly Expression[] {
    if (this.#expressions.length === 0) return this.#expressions;
    const from = firstIndex(this.#expressions, (expression) => expression.end > start);
    const to = firstIndex(this.#expressions, (expression) => expression.start >= end);
    return from < to ? this.#expressions.slice(from, to) : [];
  }

  #word(
    { pos, end }: { readonly pos: number; readonly end: number },
    expanded: Pick<Word, "value" | "shape" | "variables"> & Partial<Pick<Word, "splits" | "isComputed">>,
  ): Word {
    const { value, shape, variables, splits = false, isComputed = false } = expanded;
    const text = this.#text.slice(pos, end);
    return {
      range: [pos, end],
      text,
      expressions: this.expressionsIn(pos, end),
      value,
      shape,
      variables,
      splits,
      isComputed,
    };
  }
}

class Expansion {
  shape = "";
  readonly variables: string[] = [];
  splits = false;
  isComputed = false;
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

  addParts(parts: readonly (WordPart | DoubleQuotedChild)[], quotes: Quotes): void {
    for (const part of parts) this.#addPart(part, quotes);
  }

  /** Adds literal text in which expressions may be masked. */
  addText(start: number, text: string, value: string, quotes: Quotes): void {
    const isHome = text.startsWith("~") && this.shape === "" && (quotes === UNQUOTED || quotes === WHOLE);
    if (isHome) {
      this.#compute("`~` is a directory of the machine", WHOLE);
      this.addText(start + 1, text.slice(1), value.slice(1), quotes);
      return;
    }
    const expressions = this.#reader.expressionsIn(start, start + text.length);
    if (expressions.length === 0) {
      this.shape += value;
      return;
    }
    if (text !== value) {
      this.#hole("an expression stands in escaped text", quotes);
      return;
    }
    let end = start;
    for (const expression of expressions) {
      this.shape += text.slice(end - start, expression.start - start);
      const written = this.#scope.expression(expression);
      if (written.known && !quotes.plain.test(written.value)) {
        this.#hole("the value of an expression means something to the shell", quotes);
      } else this.#addValue(written, quotes);
      end = expression.end;
    }
    this.shape += text.slice(end - start);
  }

  #addPart(part: WordPart | DoubleQuotedChild, quotes: Quotes): void {
    switch (part.type) {
      case "Literal":
      case "Glob":
        this.addText(part.pos, part.text, part.value, quotes);
        break;
      case "SingleQuoted":
        this.addText(part.pos + 1, part.text.slice(1, -1), part.value, SINGLE);
        break;
      case "AnsiCQuoted":
        this.addText(part.pos, part.text, part.value, SINGLE);
        break;
      case "DoubleQuoted":
      case "LocaleString":
        this.addParts(part.parts, DOUBLE);
        break;
      case "SimpleExpansion":
        this.#addVariable(part.text.slice(1), part, quotes);
        break;
      case "ParameterExpansion":
        this.#addParameter(part, quotes);
        break;
      case "CommandExpansion": {
        const output = outputOf(part.script, (word) => this.#reader.readOne(word).value);
        if (output) this.#addValue(output, quotes);
        else this.#compute(`\`${part.text}\` is computed`, quotes);
        break;
      }
      default:
        this.#compute(`\`${part.text}\` is computed`, quotes);
    }
  }

  #addVariable(name: string, part: { readonly pos: number; readonly end: number }, quotes: Quotes): void {
    if (this.#reader.expressionsIn(part.pos, part.end).length > 0) {
      this.#hole("an expression is part of a variable's name", quotes);
      return;
    }
    this.#mention(name);
    if (this.#scope.file !== undefined && /^(?:0|BASH_SOURCE)$/.test(name))
      this.#addValue(known(this.#scope.file), quotes);
    else if (/^[A-Za-z_]/.test(name)) this.#addValue(this.#scope.variable(name), quotes);
    else this.#hole(`\`$${name}\` is known only at run time`, name === "@" && quotes !== WHOLE ? UNQUOTED : quotes);
  }

  #addParameter(part: ParameterExpansionPart, quotes: Quotes): void {
    const { parameter, operation, prefix, index, text } = part;
    // In the script's own file its first source is always there.
    const isOwn = this.#scope.file !== undefined && /^\$\{BASH_SOURCE\[0\](?::?-[^}]*)?\}$/.test(text);
    if (isOwn || (!index && !prefix && !operation)) {
      this.#addVariable(parameter, part, quotes);
      return;
    }
    this.#mention(parameter);
    for (const [, name = ""] of text.matchAll(/\$\{?#?([A-Za-z_]\w*)/g)) this.#mention(name);
    if (/^\$\{!|\$\(|`/.test(text)) this.isComputed = true;
    const choice = index || prefix || operation?.type !== "Default" ? undefined : this.#choice(parameter, operation);
    if (choice) this.#addValue(choice, quotes);
    else this.#hole(`\`${text}\` is computed`, index && quotes !== WHOLE ? UNQUOTED : quotes);
  }

  #mention(name: string): void {
    if (!this.variables.includes(name)) this.variables.push(name);
  }

  /** What `${X:-word}` and its like come to, if that is known. Without a colon, what is empty may be absent. */
  #choice(parameter: string, { operator, operand }: ParameterDefaultOperation): Known<string> | undefined {
    const value = this.#scope.variable(parameter);
    if (!value.known || (value.value === "" && !operator.startsWith(":"))) return undefined;
    const isAlternative = operator.endsWith("+");
    if (isAlternative === (value.value !== "")) return this.#reader.readOne(operand).value;
    return isAlternative ? known("") : value;
  }

  #addValue(value: Known<string>, quotes: Quotes): void {
    if (!value.known) this.#hole(value.why, quotes);
    else if (!quotes.split || PLAIN.test(value.value)) {
      this.shape += value.value;
      // An empty value that is not quoted makes the word vanish.
      if (quotes.split && value.value === "") this.splits = true;
    } else this.#hole("the value has more than one word", UNQUOTED);
  }

  #compute(why: string, quotes: Quotes): void {
    this.isComputed = true;
    this.#hole(why, quotes);
  }

  #hole(why: string, { split }: Quotes): void {
    this.shape += HOLE;
    this.#why ??= why;
    this.splits ||= split;
  }
}

/** The scripts inside a word: command and process substitutions, also within quotes. */
export function scriptsIn(parts: readonly WordPart[] | undefined): readonly ParsedScript[] {
  return (parts ?? []).flatMap((part) => {
    if (part.type === "CommandExpansion" || part.type === "ProcessSubstitution") {
      // Positions inside an escaped backtick substitution refer to its decoded text, not to the script.
      return part.script && part.script.source === undefined ? [part.script] : [];
    }
    if (part.type === "DoubleQuoted" || part.type === "LocaleString") return scriptsIn(part.parts);
    if (part.type === "ParameterExpansion" && part.operation?.type === "Default")
      return scriptsIn(part.operation.operand.parts);
    return [];
  });
}

/** The index of the first item for which a test holds that holds for all items after it too. */
function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
