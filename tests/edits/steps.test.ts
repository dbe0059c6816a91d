import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryOf } from "../../src/documents/data.ts";
import { addStepKey, insertStepBefore, removeInput, testThroughEnv, type NewStep } from "../../src/edits/steps.ts";
import { applyEdits, isSubsequence, linesOf, untouchedLines } from "./apply-edits.ts";
import { generated } from "./choices.ts";
import { WorkflowWriter } from "./workflow-text.ts";
import { commentsOf, dataOf, mappingAt, read, type Path } from "./yaml-text.ts";

const NEW: NewStep = { name: "Check", condition: undefined, env: [], script: ["x"] };
const FULL: NewStep = {
  name: "Check: all",
  condition: "github.ref == 'x'",
  env: [{ name: "A", value: "${{ secrets.A }}" }],
  script: [': "${A:?not set}"', "y"],
};

describe("removeInput", () => {
  const remove = (text: string): string | undefined => {
    const document = read(text);
    const edits = removeInput(document, mappingAt(document, ["s", 0]), "version");
    return edits && applyEdits(text, edits);
  };

  it.each<[name: string, before: string, after: string]>([
    [
      "one of several",
      "s:\n  - uses: a\n    with:\n      a: 1\n      version: 9\n",
      "s:\n  - uses: a\n    with:\n      a: 1\n",
    ],
    [
      "the first",
      "s:\n  - uses: a\n    with:\n      version: 9\n      a: 1\n",
      "s:\n  - uses: a\n    with:\n      a: 1\n",
    ],
    ["the only one", "s:\n  - uses: a\n    with:\n      version: 9\n  - run: b\n", "s:\n  - uses: a\n  - run: b\n"],
    ["the only one between braces", "s:\n  - uses: a\n    with: { version: 9 }\n", "s:\n  - uses: a\n"],
    ["without a line break after it", "s:\n  - uses: a\n    with:\n      version: 9", "s:\n  - uses: a"],
    ["in any case", "s:\r\n  - uses: a\r\n    with:\r\n      Version: 9\r\n", "s:\r\n  - uses: a\r\n"],
    [
      "of several lines",
      "s:\n  - uses: a\n    with:\n      version: >-\n        9\n    id: b\n",
      "s:\n  - uses: a\n    id: b\n",
    ],
  ])("%s", (_, before, after) => {
    expect(remove(before)).toBe(after);
    expect(dataOf(after)).toEqual(dataOf(remove(before) ?? ""));
  });

  it.each<[name: string, text: string]>([
    ["a comment beside it", "s:\n  - uses: a\n    with:\n      version: 9 # b\n"],
    ["a comment above the only one", "s:\n  - uses: a\n    with:\n      # b\n      version: 9\n"],
    ["braces with others", "s:\n  - uses: a\n    with: { version: 9, a: 1 }\n"],
    ["a step between braces", "s:\n  - { uses: a, with: { version: 9 } }\n"],
    ["a step that starts with it", "s:\n  - with:\n      version: 9\n    uses: a\n"],
    ["an alias", "s:\n  - &x\n    uses: a\n    with:\n      version: 9\n  - *x\n"],
    ["inputs of an alias", "w: &w\n  version: 9\ns:\n  - uses: a\n    with: *w\n"],
    ["none", "s:\n  - uses: a\n    with:\n      a: 1\n"],
  ])("not with %s", (_, text) => {
    expect(remove(text)).toBeUndefined();
  });
});

describe("insertStepBefore", () => {
  const insert = (text: string, path: Path, step = NEW): string | undefined => {
    const document = read(text);
    const edits = insertStepBefore(document, mappingAt(document, path), step);
    return edits && applyEdits(text, edits);
  };

  it.each<[name: string, path: Path, before: string, after: string]>([
    ["first", ["s", 0], "s:\n  - a: 1\n", "s:\n  - name: Check\n    run: |\n      x\n  - a: 1\n"],
    ["last", ["s", 1], "s:\n  - a: 1\n  - b: 2\n", "s:\n  - a: 1\n  - name: Check\n    run: |\n      x\n  - b: 2\n"],
    ["in a list without indentation", ["s", 0], "s:\n- a: 1\n", "s:\n- name: Check\n  run: |\n    x\n- a: 1\n"],
    ["after a wide dash", ["s", 0], "s:\n  -   a: 1\n", "s:\n  -   name: Check\n      run: |\n        x\n  -   a: 1\n"],
    [
      "with the indentation of its neighbour",
      ["s", 0],
      "s:\n  - env:\n        A: 1\n",
      "s:\n  - name: Check\n    run: |\n        x\n  - env:\n        A: 1\n",
    ],
    [
      "above its comments",
      ["s", 1],
      "s:\n  - a: 1 # a\n  # b\n  # b too\n  - b: 2\n",
      "s:\n  - a: 1 # a\n  - name: Check\n    run: |\n      x\n  # b\n  # b too\n  - b: 2\n",
    ],
    [
      "above comments of the first",
      ["s", 0],
      "s: # steps\n  # a\n  - a: 1\n",
      "s: # steps\n  - name: Check\n    run: |\n      x\n  # a\n  - a: 1\n",
    ],
    [
      "below comments of the one before",
      ["s", 1],
      "s:\n  - a: 1\n    # c: 2\n  - b: 2\n",
      "s:\n  - a: 1\n    # c: 2\n  - name: Check\n    run: |\n      x\n  - b: 2\n",
    ],
    [
      "below a script that ends with what looks like a comment",
      ["s", 1],
      "s:\n  - a: |\n     # text\n  - b: 2\n",
      "s:\n  - a: |\n     # text\n  - name: Check\n    run: |\n      x\n  - b: 2\n",
    ],
    [
      "apart, where the steps are",
      ["s", 1],
      "s:\n  - a: 1\n\n  # b\n  - b: 2\n",
      "s:\n  - a: 1\n\n  - name: Check\n    run: |\n      x\n\n  # b\n  - b: 2\n",
    ],
    [
      "with CRLF",
      ["s", 1],
      "s:\r\n  - a: 1\r\n\r\n  - b: 2\r\n",
      "s:\r\n  - a: 1\r\n\r\n  - name: Check\r\n    run: |\r\n      x\r\n\r\n  - b: 2\r\n",
    ],
    [
      "after an alias",
      ["s", 1],
      "t: &t { b: 1 }\ns:\n  - *t\n  # a\n  - a: 1\n",
      "t: &t { b: 1 }\ns:\n  - *t\n  - name: Check\n    run: |\n      x\n  # a\n  - a: 1\n",
    ],
  ])("puts a step %s", (_, path, before, after) => {
    expect(insert(before, path)).toBe(after);
  });

  it("writes a condition, variables and a script", () => {
    expect(insert("s:\n  - a: 1\n", ["s", 0], FULL)).toBe(
      's:\n  - name: "Check: all"\n    if: github.ref == \'x\'\n    env:\n      A: ${{ secrets.A }}\n    run: |\n      : "${A:?not set}"\n      y\n  - a: 1\n',
    );
  });

  it.each<[name: string, path: Path, text: string]>([
    ["a flow sequence", ["s", 0], "s: [{ a: 1 }]\n"],
    ["a step with an anchor", ["s", 0], "s:\n  - &a\n    a: 1\n"],
    ["a step that an alias repeats", ["s", 0], "s:\n  - &a { a: 1 }\n  - *a\n"],
    ["steps that an alias repeats", ["s", 0], "s: &s\n  - a: 1\nt: *s\n"],
    ["a step below its dash", ["s", 0], "s:\n  -\n    a: 1\n"],
    ["no step", ["s"], "s:\n  a: 1\n"],
  ])("refuses %s", (_, path, text) => {
    expect(insert(text, path)).toBeUndefined();
  });
});

describe("addStepKey", () => {
  const add = (text: string): string | undefined => {
    const document = read(text);
    const edits = addStepKey(document, mappingAt(document, ["s", 0]), "if", "${{ env.A != '' }}");
    return edits && applyEdits(text, edits);
  };

  it.each([
    ["after what comes before `run`", "s:\n  - name: x # x\n    run: y\n", "s:\n  - name: x # x\n    IF\n    run: y\n"],
    ["after a `run` that comes first", "s:\n  - run: |\n      y\n", "s:\n  - run: |\n      y\n    IF\n"],
    ["after the first key of something else", "s:\n  - a: 1\n    b: 2\n", "s:\n  - a: 1\n    IF\n    b: 2\n"],
    ["with CRLF", "s:\r\n  - uses: y\r\n", "s:\r\n  - uses: y\r\n    IF\r\n"],
  ])("goes %s", (_, before, after) => {
    expect(add(before)).toBe(after.replace("IF", "if: ${{ env.A != '' }}"));
  });

  it.each([
    ["a step with a condition", "s:\n  - run: x\n    if: true\n"],
    ["a condition that is merged in", "t: &t { if: true }\ns:\n  - run: x\n    <<: *t\n"],
    ["a flow mapping", "s:\n  - { run: x }\n"],
    ["a step that an alias repeats", "s:\n  - &a\n    run: x\n  - *a\n"],
    ["an empty step", "s:\n  - {}\n"],
  ])("refuses %s", (_, text) => {
    expect(add(text)).toBeUndefined();
  });
});

describe("testThroughEnv", () => {
  const test = (text: string, ...secrets: readonly string[]): string | undefined => {
    const document = read(text);
    const edits = testThroughEnv(document, mappingAt(document, ["s", 0]), secrets);
    return edits && applyEdits(text, edits);
  };
  const env = (name: string): string => `    env:\n      ${name}: \${{ secrets.${name} }}\n`;

  it.each([
    ["a plain condition", "    if: secrets.A != ''\n", "    if: env.A != ''\n", ["A"]],
    ["an expression", "    if: ${{ secrets.A }}\n", "    if: ${{ env.A }}\n", ["A"]],
    ["a text", "    if: secrets.A == 'secrets.B'\n", "    if: env.A == 'secrets.B'\n", ["A"]],
    ["single quotes", "    if: 'secrets.A == '''''\n", "    if: 'env.A == '''''\n", ["A"]],
    ["double quotes", `    if: "\\u0073ecrets.A"\n`, `    if: "env.A"\n`, ["A"]],
    ["several lines", "    if: |\n      x &&\n      secrets.A\n", "    if: |\n      x &&\n      env.A\n", ["A"]],
    ["one secret twice", "    if: secrets.A || secrets.A\n", "    if: env.A || env.A\n", ["A"]],
  ])("reads `env` in %s", (_, before, after, secrets) => {
    expect(test(`s:\n  - run: x\n${before}`, ...secrets)).toBe(`s:\n  - run: x\n${env("A")}${after}`);
  });

  it("uses a variable that has the secret", () => {
    const before = "s:\n  - if: secrets.A\n    env: { B: '${{ secrets.A }}' }\n";
    expect(test(before, "A")).toBe("s:\n  - if: env.B\n    env: { B: '${{ secrets.A }}' }\n");
  });

  it.each([
    ["a variable of that name with another value", "    if: secrets.A\n    env: { A: 1 }\n", ["A"]],
    ["a secret in brackets", "    if: secrets['A']\n", ["A"]],
    ["all secrets", "    if: toJSON(secrets)\n", []],
    ["one secret in two spellings, which would be defined twice", "    if: secrets.a || secrets.A\n", ["a", "A"]],
    ["a variable of that name in another spelling", "    if: secrets.A\n    env: { a: 1 }\n", ["A"]],
    ["no condition", "", ["A"]],
    ["a condition that is no text", "    if: [1]\n", ["A"]],
    ["a condition that an alias repeats", "    if: &a secrets.A\n  - if: *a\n", ["A"]],
  ])("refuses %s", (_, text, secrets) => {
    expect(test(`s:\n  - run: x\n${text}`, ...secrets)).toBeUndefined();
  });
});

describe("any workflow, in any layout", () => {
  const workflow = generated((choices) => ({ ...new WorkflowWriter(choices).file(), pick: choices.below(2520) }));

  it("gets a step and nothing else", () => {
    let inserted = 0;
    fc.assert(
      fc.property(workflow, fc.constantFrom(NEW, FULL), ({ text, owners, pick }, step) => {
        const paths = owners.filter((path) => path.length === 4);
        const path = paths[pick % paths.length] ?? [];
        const document = read(text);
        const edits = insertStepBefore(document, mappingAt(document, path), step);
        if (!edits) return;
        inserted++;
        const output = applyEdits(text, edits);
        const data = dataOf(text) as { jobs: Record<string, { steps: unknown[] }> };
        const [, job = "", , index] = path;
        data.jobs[job]?.steps.splice(Number(index), 0, {
          name: step.name,
          ...(step.condition !== undefined && { if: step.condition }),
          ...(step.env.length > 0 && { env: Object.fromEntries(step.env.map(({ name, value }) => [name, value])) }),
          run: step.script.map((line) => `${line}\n`).join(""),
        });
        expect(dataOf(output)).toEqual(data);
        expect(commentsOf(output)).toEqual(commentsOf(text));
        expect(untouchedLines(text, edits)).toEqual(linesOf(text));
        expect(isSubsequence(linesOf(text), linesOf(output))).toBe(true);
        if (!/(?<!\r)\n/.test(text)) expect(output).not.toMatch(/(?<!\r)\n/);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(inserted).toBeGreaterThan(100);
  });

  it("gets a condition and nothing else", () => {
    let added = 0;
    fc.assert(
      fc.property(workflow, ({ text, owners, pick }) => {
        const paths = owners.filter((path) => path.length === 4);
        const path = paths[pick % paths.length] ?? [];
        const document = read(text);
        const step = mappingAt(document, path);
        const edits = addStepKey(document, step, "if", "a == 'b'");
        if (!edits) return;
        added++;
        expect(entryOf(step, "if")).toBeUndefined();
        const output = applyEdits(text, edits);
        const data = dataOf(text) as { jobs: Record<string, { steps: object[] }> };
        const [, job = "", , index] = path;
        const target = data.jobs[job]?.steps[Number(index)];
        if (target) Reflect.set(target, "if", "a == 'b'");
        expect(dataOf(output)).toEqual(data);
        expect(commentsOf(output)).toEqual(commentsOf(text));
        expect(isSubsequence(linesOf(text), linesOf(output))).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(added).toBeGreaterThan(20);
  });
});
