import { join } from "node:path";
import { ESLint, RuleTester as ESLintRuleTester, type Rule } from "eslint";
import preflight from "eslint-plugin-preflight";
import * as jsonParser from "jsonc-eslint-parser";
import { describe, it } from "vitest";
import * as yamlParser from "yaml-eslint-parser";
import { writeRepository, type RepositoryFiles } from "./temporary.ts";

ESLintRuleTester.describe = describe;
ESLintRuleTester.it = it;
ESLintRuleTester.itOnly = it.only;

/** A case: the files of a repository, of which one is linted. */
interface RepositoryCase {
  readonly name: string;
  /** The path of the linted file among `files`. */
  readonly file: string;
  readonly files: RepositoryFiles;
  readonly options?: unknown[];
}

/** A case in which the rule reports. */
interface InvalidCase extends RepositoryCase {
  readonly errors: ESLintRuleTester.TestCaseError[];
  /** The fixed text; left out where there is no fix. */
  readonly output?: string;
}

// ESLint's tester reads the source of a failing test at the line of its compiled form; a caller without a file name avoids that.
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const call = new Function("run", "run()") as (run: () => void) => void;

// Came with ESLint 10: in 9 nothing demands that each expected error names its message.
const HAS_ASSERTION_OPTIONS = Number.parseInt(ESLint.version) >= 10;

/** Runs a rule on repositories that are written to real folders, with ESLint's own tester at its strictest. */
export class RuleTester {
  run(
    name: string,
    cases: { readonly valid: readonly RepositoryCase[]; readonly invalid: readonly InvalidCase[] },
  ): void {
    const rule: Rule.RuleModule | undefined = preflight.rules[name];
    if (!rule) throw new Error(`there is no rule ${name}`);
    const tester = new ESLintRuleTester();
    const prepare = ({ name: title, file, files, options }: RepositoryCase) => ({
      name: title,
      code: files[file] ?? "",
      filename: join(writeRepository(files), file),
      languageOptions: { parser: /\.ya?ml$/.test(file) ? yamlParser : jsonParser },
      ...(options && { options }),
    });
    call(() => {
      tester.run(name, rule, {
        ...(HAS_ASSERTION_OPTIONS && { assertionOptions: { requireMessage: true } }),
        valid: cases.valid.map(prepare),
        invalid: cases.invalid.map((item) => ({ ...prepare(item), errors: item.errors, output: item.output ?? null })),
      });
    });
  }
}
