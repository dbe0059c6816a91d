import type { Positioned } from "./source-tokens.ts";

/** What a `{` stands after where it begins an object, so that what is inside runs with what is around it. */
const BEFORE_OBJECT = new Set(["=", "(", ",", ":", "[", "?", "??", "||", "&&", "default"]);

/** What stands before the `{` of a branch, or before the condition in front of it. */
const BRANCHES = new Set(["if", "else", "switch", "for", "while", "catch"]);

/** After these the rest of an expression is evaluated only where what stands before asks for it. */
const PASSING = new Set(["?", "?.", "&&", "||", "??", "&&=", "||=", "??=", "else"]);

/** What begins another expression or statement, and what does so where it does not depend on a condition. */
const NEXT = new Set([",", ";", "const", "export", "import", "let", "var"]);
const EXITS = new Set(["return", "throw"]);

/** How the place is run that was reached by entering the tokens of a file one after the other. */
export class Nesting {
  readonly #outer: {
    readonly isLoaded: boolean;
    readonly isBranch: boolean;
    readonly isPassedOver: boolean;
    readonly isDefault: boolean;
    readonly before: string;
  }[] = [];
  /** What stands before the brackets that were last closed. */
  #closed = "";
  /** Whether it is outside of functions and classes. */
  #isLoaded = true;
  /** Whether it is in the block of a branch, or in the brackets of what may be passed over. */
  #isBranch = false;
  /** Whether it is a part of an expression, or of a statement without a block, that may be passed over. */
  #isPassedOver = false;
  /** Whether it is what a parameter is for want of an argument, or a property that is not there. */
  #isDefault = false;

  /** Whether it runs whenever the function around it does, if there is one. */
  get isOutsideBranches(): boolean {
    return !this.#isBranch && !this.#isPassedOver;
  }

  /** Whether it runs whenever the file is loaded. */
  get isCertain(): boolean {
    return this.#isLoaded && !this.#isDefault && this.isOutsideBranches;
  }

  enter(tokens: readonly Positioned[], index: number): void {
    const { type, value = "" } = tokens[index] ?? {};
    const before = tokens[index - 1]?.value ?? "";
    if (before === "=" && this.#outer.length > 0) this.#isDefault = true;
    else if (/^[,;]$/.test(value)) this.#isDefault = this.#outer.at(-1)?.isDefault ?? false;
    // What follows the first part of a `for` need not run.
    if (value === ";" && this.#outer.at(-1)?.before === "for") this.#isBranch = true;
    const isDependent = before === "else" || (before === ")" && BRANCHES.has(this.#closed));
    const isCall = value === "import" && tokens[index + 1]?.value === "(";
    const isNext = EXITS.has(value) ? !isDependent : NEXT.has(value) && !isCall;
    if (isNext) this.#isPassedOver = false;
    else if (isDependent || PASSING.has(value)) this.#isPassedOver = true;
    if (/^[([{]$/.test(value) || type === "TemplateHead")
      this.#open(value, tokens[index - 2]?.value === "." ? "" : before);
    else if (/^[)\]}]$/.test(value) || type === "TemplateTail") this.#close(value);
    else if (value === "=>") this.#isLoaded = false;
    // Without semicolons the next statement shows that an arrow function has ended.
    else if (this.#outer.length === 0 && /^(?:;|const|export|let|var)$/.test(value)) this.#isLoaded = true;
  }

  #open(bracket: string, before: string): void {
    const [isLoaded, isBranch, isPassedOver] = [this.#isLoaded, this.#isBranch, this.#isPassedOver];
    this.#outer.push({ isLoaded, isBranch, isPassedOver, isDefault: this.#isDefault, before });
    if (isPassedOver) this.#isBranch = true;
    this.#isPassedOver = false;
    if (bracket !== "{") return;
    // Outside of brackets a label or the name of what has a type stands before the colon.
    const isObject = BEFORE_OBJECT.has(before) && (before !== ":" || this.#outer.length > 1);
    if (!isObject) this.#isLoaded = false;
    if (BRANCHES.has(before === ")" ? this.#closed : before)) this.#isBranch = true;
  }

  #close(bracket: string): void {
    const outer = this.#outer.pop();
    this.#isLoaded = outer?.isLoaded ?? true;
    this.#isBranch = outer?.isBranch ?? false;
    this.#isDefault = outer?.isDefault ?? false;
    // A block ends the statement that it is.
    this.#isPassedOver = outer?.isPassedOver === true && !(bracket === "}" && /^(?:\)|else)$/.test(outer.before));
    this.#closed = outer?.before ?? "";
  }
}
