import { describe, expect, it } from "vitest";
import { entryOf } from "../../src/documents/data.ts";
import {
  Condition,
  evaluateTemplate,
  Expression,
  expressionsIn,
  readTemplate,
  replaceExpressions,
  soleExpression,
  type ExpressionValue,
  type Lookup,
} from "../../src/documents/expression.ts";
import { known, unknown } from "../../src/documents/known.ts";
import { readYaml } from "../../src/documents/read-data.ts";

const VALUES: Readonly<Record<string, ExpressionValue>> = {
  "env.A": "a",
  "env.EMPTY": "",
  "env.TEN": "10",
  "inputs.flag": true,
  "github.event_name": "push",
  "vars.NULL": null,
};

/** Knows a few names, and of `secrets` nothing. */
const lookup: Lookup = ({ context, path }) => {
  const value = VALUES[[context, ...path].join(".")];
  return value === undefined ? unknown(`${context} is not known`) : known(value);
};

const expression = (text: string): Expression => new Expression(text, 0, text.length);

function nodeOf(value: string) {
  const node = entryOf(readYaml({ path: "file.yml", text: `key: ${value}` }).root, "key")?.value;
  if (!node) throw new Error(`there is no value in ${value}`);
  return node;
}

function templateOf(value: string) {
  const template = readTemplate(nodeOf(value));
  if (!template) throw new Error(`${value} is no scalar`);
  return template;
}

describe("evaluate", () => {
  it.each<[text: string, value: ExpressionValue]>([
    ["'it''s'", "it's"],
    ["1.5", 1.5],
    ["0xff", 255],
    ["null", null],
    ["env.A", "a"],
    ["ENV.A", "a"],
    ["env['A']", "a"],
    ["env[format('{0}', 'A')]", "a"],
    ["vars.NULL", null],
    ["env.A == 'A'", true],
    ["env.TEN == 10", true],
    ["env.EMPTY == 0", true],
    ["env.A != 'b' && env.TEN > 9", true],
    ["!env.EMPTY", true],
    ["env.EMPTY || 'b'", "b"],
    ["env.A && 'b' || 'c'", "b"],
    ["inputs.flag && 'x' || secrets.Y", "x"],
    ["env.A || secrets.X", "a"],
    ["env.EMPTY && secrets.X", ""],
    ["contains('Hello', 'ell')", true],
    ["startsWith(env.A, 'A')", true],
    ["format('{0}-{1}', env.A, 'b')", "a-b"],
    ["join(fromJSON('[1,2]'), '-')", "1-2"],
    ["always()", true],
    ["case(inputs.flag, 'x', 'y')", "x"],
  ])("%s is %s", (text, value) => {
    expect(expression(text).evaluate(lookup)).toEqual({ known: true, value });
  });

  it.each([
    "secrets.X",
    "secrets.X || 'b'",
    "env.A && secrets.X",
    "secrets.X == ''",
    "format('{0}', secrets.X)",
    "hashFiles('bun.lock')",
    "success()",
    "failure() || env.A",
    "matrix",
    "env[secrets.X]",
    "github.event.*.name",
    "steps.x.outputs[matrix.name]",
    "toJSON(secrets)",
    "fromJSON('{}')",
    "unknownFunction()",
    "env.A ==",
    "",
  ])("%s is not known", (text) => {
    expect(expression(text).evaluate(lookup).known).toBe(false);
  });
});

describe("holds", () => {
  it.each<[text: string, holds: boolean | undefined]>([
    ["env.A", true],
    ["env.EMPTY", false],
    ["'false'", true],
    ["0", false],
    ["secrets.X", undefined],
    ["!secrets.X", undefined],
    ["env.EMPTY && secrets.X", false],
    ["secrets.X && env.EMPTY", false],
    ["secrets.X && env.A", undefined],
    ["secrets.X || env.A", true],
    ["secrets.X || env.EMPTY", undefined],
    ["!(secrets.X || env.A)", false],
    ["!(secrets.X && false)", true],
    ["(secrets.X && false) || env.EMPTY", false],
    ["(secrets.X || true) && secrets.Y", undefined],
    ["(secrets.X || true) && env.A", true],
    ["secrets.X && secrets.Y && false", false],
    ["always() || secrets.X", true],
    ["success() && github.event_name == 'schedule'", false],
    ["success() && github.event_name == 'push'", undefined],
    ["cancelled() || failure()", undefined],
    ["this is no expression", undefined],
  ])("%s: %s", (text, holds) => {
    const answer = expression(text).holds(lookup);
    expect(answer.known ? answer.value : undefined).toBe(holds);
  });
});

describe("references", () => {
  it.each<[text: string, references: readonly string[]]>([
    ["secrets.TOKEN", ["secrets.TOKEN"]],
    ["SECRETS['TOKEN']", ["secrets.TOKEN"]],
    ["secrets", ["secrets"]],
    ["secrets[env.NAME]", ["env.NAME", "secrets"]],
    ["secrets[env.NAME].x", ["env.NAME", "secrets"]],
    ["needs.*.result", ["needs"]],
    ["toJSON(secrets)", ["secrets"]],
    ["env.A && (vars.B || !inputs.c) == matrix.d.e", ["env.A", "vars.B", "inputs.c", "matrix.d.e"]],
    ["format('{0}', github.sha)", ["github.sha"]],
    ["fromJSON(vars.X).y", ["vars.X"]],
    ["'secrets.TOKEN'", []],
    ["not an expression", []],
  ])("%s reads %j", (text, references) => {
    const found = expression(text).references.map(({ context, path }) => [context, ...path].join("."));
    expect(found.toSorted()).toEqual(references.toSorted());
  });
});

describe("replaced", () => {
  it.each<[text: string, references: readonly string[]]>([
    ["env.A || env.B", ["env.A"]],
    ["env.A || env.B || env.C", ["env.A", "env.B"]],
    ["(env.A && env.B) || env.C", ["env.A", "env.B"]],
    ["format('{0}', env.A || env.B)", ["env.A"]],
    ["env.A == '1' || env.B", []],
    ["(env.A == '1') || env.B", []],
    ["env.A && env.B", []],
    ["!env.A", []],
  ])("of %s: %j", (text, references) => {
    expect(expression(text).replaced.map(({ context, path }) => [context, ...path].join("."))).toEqual(references);
  });
});

describe("expressionsIn", () => {
  it.each<[text: string, found: readonly string[]]>([
    ["no expression", []],
    ["${{ a }} and ${{b}}", ["a", "b"]],
    ["${{ '}}' }}", ["'}}'"]],
    ["${{ 'it''s }}' }} x", ["'it''s }}'"]],
    ["${{ a } }}", ["a }"]],
    ["${{ a\n && b }}", ["a\n && b"]],
    ["${{ never closed", []],
    ["${{ a }} ${{ never closed", ["a"]],
    ["$ {{ a }}", []],
    ["${{}}", [""]],
  ])("%j holds %j", (text, found) => {
    const expressions = expressionsIn(text);
    expect(expressions.map((item) => item.text)).toEqual(found);
    for (const { start, end } of expressions) expect(text.slice(start, end)).toMatch(/^\$\{\{[^]*\}\}$/);
  });
});

describe("templates", () => {
  it.each<[text: string, value: string | undefined]>([
    ["text", "text"],
    ["a-${{ env.A }}-${{ env.TEN }}", "a-a-10"],
    ["${{ vars.NULL }}x", "x"],
    ["${{ inputs.flag }}", "true"],
    ["${{ secrets.X }}", undefined],
    ["a${{ secrets.X }}", undefined],
    ["12", "12"],
    ["true", "true"],
    ["~", ""],
  ])("%s becomes %s", (text, value) => {
    const answer = evaluateTemplate(templateOf(text), lookup);
    expect(answer.known ? answer.value : undefined).toBe(value);
  });

  it.each<[text: string, replaced: string, seen: readonly string[]]>([
    ["${{ env.A }}", "_", [""]],
    ["a ${{ env.A }}/${{ 1 }} b", "a _/_ b", ["a ", "a _/"]],
    ["plain", "plain", []],
  ])("%s without its expressions is %s", (text, replaced, seen) => {
    const before: string[] = [];
    const replacementOf = (_: unknown, start: string): string => {
      before.push(start);
      return "_";
    };
    expect(replaceExpressions(templateOf(text), replacementOf)).toBe(replaced);
    expect(before).toEqual(seen);
  });

  it.each<[text: string, sole: string | undefined]>([
    ["${{ env.A }}", "env.A"],
    ["'${{ env.A }} '", undefined],
    ["x${{ env.A }}", undefined],
    ["${{ env.A }}${{ env.B }}", undefined],
    ["env.A", undefined],
  ])("%s consists of %s", (text, sole) => {
    expect(soleExpression(templateOf(text))?.text).toBe(sole);
  });

  it("are scalars only", () => {
    expect(readTemplate(nodeOf("[a]"))).toBeUndefined();
    expect(readTemplate(undefined)).toBeUndefined();
  });
});

describe("Condition", () => {
  it.each<[value: string, holds: boolean | undefined]>([
    ["env.A == 'a'", true],
    ["${{ env.A == 'a' }}", true],
    ["false", false],
    ["'false'", false],
    ['"${{ false }}"', false],
    [`"'false'"`, true],
    ["${{ 'false' }}", true],
    ["0", false],
    ["''", true],
    ["", true],
    ["${{ env.EMPTY }} && ${{ env.A }}", true],
    ['"${{ env.EMPTY }} "', true],
    ["|\n  ${{ env.EMPTY }}", true],
    ["|-\n  ${{ env.EMPTY }}", false],
    ["|\n  env.EMPTY", false],
    ["secrets.X != ''", undefined],
    ["[a]", undefined],
  ])("%s: %s", (value, holds) => {
    const answer = new Condition(nodeOf(value)).holds(lookup);
    expect(answer.known ? answer.value : undefined).toBe(holds);
  });

  it("tells what it reads", () => {
    expect(new Condition(nodeOf("env.A != ''")).references).toEqual([{ context: "env", path: ["A"] }]);
    expect(new Condition(nodeOf("true")).references).toEqual([]);
  });

  it.each<[value: string, afterFailure: boolean | undefined]>([
    ["failure()", true],
    ["always()", true],
    ["Always() && env.A == 'a'", true],
    ["${{ !success() }}", true],
    ["${{ !cancelled() }}", true],
    ["failure() && secrets.X == 'x'", undefined],
    ["failure('build')", undefined],
    ["contains(format('{0}', failure()), 'true')", true],
    ["success()", false],
    ["cancelled()", false],
    ["${{ !failure() }}", false],
    ["failure() && env.A == 'b'", false],
    ["env.A == 'a'", false],
    ["secrets.X == 'x'", false],
    ["hashFiles('a')", false],
    ["true", false],
    ["", false],
    ["${{ failure() }} && env.A", true],
    ["failure(", false],
  ])("after a failure, %s: %s", (value, afterFailure) => {
    const answer = new Condition(nodeOf(value)).holdsAfterFailure(lookup);
    expect(answer.known ? answer.value : undefined).toBe(afterFailure);
  });
});
