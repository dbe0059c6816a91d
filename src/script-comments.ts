import type { TSESLint } from "@typescript-eslint/utils";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const ABOVE = /^\s*#\s*eslint-disable-next-line(?![-\w])(.*)$/;
const BEHIND = /(?:^|\s)#\s*eslint-disable-line(?![-\w])(.*)$/;

/**
 * The context of a rule in which `# eslint-disable-next-line` and `# eslint-disable-line` count in a script as well. To ESLint a
 * script is text, but there an editor writes the comment that is to silence a line.
 */
export function heedScriptComments<T extends Context>(context: T): T {
  return new HeedingContext(context) as Partial<Context> as T;
}

/** What rules use of a context. Objects of one class are made and read faster than those that inherit from each context. */
class HeedingContext implements Pick<Context, "physicalFilename" | "report" | "sourceCode"> {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  get physicalFilename(): string {
    return this.#context.physicalFilename;
  }

  get sourceCode(): Context["sourceCode"] {
    return this.#context.sourceCode;
  }

  report(descriptor: TSESLint.ReportDescriptor<string>): void {
    if (!("loc" in descriptor && isSilenced(this.#context, lineOf(descriptor.loc)))) this.#context.report(descriptor);
  }
}

function lineOf(loc: object): number {
  return (loc as { readonly start: { readonly line: number } }).start.line;
}

function isSilenced({ id, sourceCode }: Context, line: number): boolean {
  // What is a comment to YAML, ESLint heeds itself, and tells where it is of no use. The trees of @eslint/json have no list of them.
  const { comments } = sourceCode.ast as Partial<TSESLint.SourceCode.Program>;
  const isComment = (at: number): boolean => comments?.some(({ loc }) => loc.start.line === at) ?? false;
  const isNamed = (at: number, pattern: RegExp): boolean => {
    const names = pattern
      .exec(sourceCode.lines[at - 1] ?? "")?.[1]
      ?.replace(/\s-{2,}\s.*$/, "")
      .trim();
    if (names === undefined || isComment(at)) return false;
    return names === "" || names.split(",").some((name) => name.trim() === id);
  };
  return isNamed(line - 1, ABOVE) || isNamed(line, BEHIND);
}
