import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAlias, parseDocument } from "yaml";
import { parseYAML } from "yaml-eslint-parser";
import { entryOf } from "../../src/documents/data.ts";
import { addActionInput, addUnder, removeItem, type NewEntry } from "../../src/edits/yaml.ts";
import { applyEdits, isSubsequence, linesOf, untouchedLines } from "./apply-edits.ts";
import { generated } from "./choices.ts";
import { WorkflowWriter } from "./workflow-text.ts";
import { commentsOf, dataOf, mappingAt, read, type Path } from "./yaml-text.ts";

/** Old data and, under a key of the mapping at a path, new entries. */
function extended(data: unknown, path: Path, key: string, entries: readonly NewEntry[]): unknown {
  const [head, ...rest] = path;
  if (head !== undefined) {
    const copy = Array.isArray(data) ? [...(data as unknown[])] : { ...(data as object) };
    Reflect.set(copy, head, extended(Reflect.get(copy, head), rest, key, entries));
    return copy;
  }
  const owner = data as Readonly<Record<string, object | null | undefined>>;
  return { ...owner, [key]: { ...owner[key], ...Object.fromEntries(entries.map(({ name, value }) => [name, value])) } };
}

const KEY: readonly NewEntry[] = [{ name: "KEY", value: "${{ secrets.KEY }}" }];

/** The text after `KEY` is added to the `env` or `with` of the mapping at a path; undefined where that is refused. */
function withKey(text: string, path: Path, entries = KEY, key: "env" | "with" = "env"): string | undefined {
  const document = read(text);
  const edits = addUnder(document, mappingAt(document, path), key, entries);
  return edits && applyEdits(text, edits);
}

describe("addUnder `env`", () => {
  const step = (lines: string): string => `steps:\n${lines}`;
  const cases: readonly [name: string, path: Path, before: string, after: string][] = [
    [
      "goes before `run`",
      ["steps", 0],
      step("  - name: x\n    run: y\n"),
      step("  - name: x\n    env:\n      KEY: ${{ secrets.KEY }}\n    run: y\n"),
    ],
    [
      "fills an empty string",
      ["b"],
      'b:\n  env:\n    KEY: "" # later\n    A: 1\n',
      "b:\n  env:\n    KEY: ${{ secrets.KEY }} # later\n    A: 1\n",
    ],
    ["fills a key without a value", ["b"], "b:\n  env:\n    KEY:\n", "b:\n  env:\n    KEY: ${{ secrets.KEY }}\n"],
    [
      "fills a blank in a flow mapping",
      ["b"],
      "b: { env: { KEY: '' } }\n",
      'b: { env: { KEY: "${{ secrets.KEY }}" } }\n',
    ],
    [
      "goes after `run` where that is the first key",
      ["steps", 0],
      step("  - run: y\n  - run: z\n"),
      step("  - run: y\n    env:\n      KEY: ${{ secrets.KEY }}\n  - run: z\n"),
    ],
    [
      "goes after the lines of a script",
      ["steps", 0],
      step("  - run: |\n      a\n      b\n\n  - run: z\n"),
      step("  - run: |\n      a\n      b\n    env:\n      KEY: ${{ secrets.KEY }}\n\n  - run: z\n"),
    ],
    [
      "goes after the blank lines that a script keeps",
      ["steps", 0],
      step("  - run: |+\n      a\n\n  - run: z\n"),
      step("  - run: |+\n      a\n\n    env:\n      KEY: ${{ secrets.KEY }}\n  - run: z\n"),
    ],
    [
      "leaves a comment beside its key",
      ["steps", 0],
      step("  - run: y # why\n"),
      step("  - run: y # why\n    env:\n      KEY: ${{ secrets.KEY }}\n"),
    ],
    [
      "follows the last variable",
      ["steps", 0],
      step("  - env:\n      A: 1 # a\n    run: y\n"),
      step("  - env:\n      A: 1 # a\n      KEY: ${{ secrets.KEY }}\n    run: y\n"),
    ],
    [
      "fills an `env` without a value",
      ["steps", 0],
      step("  - env: # none yet\n    run: y\n"),
      step("  - env: # none yet\n      KEY: ${{ secrets.KEY }}\n    run: y\n"),
    ],
    [
      "keeps the indentation of the file",
      ["jobs", "a"],
      "jobs:\n    a:\n        strategy:\n            x: 1\n        steps: []\n",
      "jobs:\n    a:\n        strategy:\n            x: 1\n        env:\n            KEY: ${{ secrets.KEY }}\n        steps: []\n",
    ],
    [
      "is set apart in a workflow as `jobs` is",
      [],
      "on: push\n\njobs: {}\n",
      "on: push\n\nenv:\n  KEY: ${{ secrets.KEY }}\n\njobs: {}\n",
    ],
    [
      "stands close where `jobs` does",
      [],
      "on: push\njobs: {}\n",
      "on: push\nenv:\n  KEY: ${{ secrets.KEY }}\njobs: {}\n",
    ],
    [
      "quotes an expression in a flow mapping",
      ["steps", 0],
      "steps: [{ run: y }]\n",
      'steps: [{ run: y, env: { KEY: "${{ secrets.KEY }}" } }]\n',
    ],
    [
      "extends a flow mapping",
      ["steps", 0],
      step("  - env: { A: 1, }\n    run: y\n"),
      step('  - env: { A: 1, KEY: "${{ secrets.KEY }}", }\n    run: y\n'),
    ],
    [
      "fills an empty flow mapping",
      ["steps", 0],
      step("  - env: {}\n    run: y\n"),
      step('  - env: { KEY: "${{ secrets.KEY }}" }\n    run: y\n'),
    ],
    [
      "uses CRLF where the file does",
      ["steps", 0],
      "steps:\r\n  - run: y\r\n",
      "steps:\r\n  - run: y\r\n    env:\r\n      KEY: ${{ secrets.KEY }}\r\n",
    ],
    [
      "stands below the keys of a step whose first key has an anchor",
      ["steps", 0],
      step("  - &a run: y\n    name: *a\n"),
      step("  - &a run: y\n    env:\n      KEY: ${{ secrets.KEY }}\n    name: *a\n"),
    ],
    [
      "stands below the keys of a step that asks for its first key",
      ["steps", 0],
      step("  - ? run\n    : y\n"),
      step("  - ? run\n    : y\n    env:\n      KEY: ${{ secrets.KEY }}\n"),
    ],
    [
      "follows variables that ask for their keys",
      ["steps", 0],
      step("  - run: y\n    env:\n      ? A\n      : b\n"),
      step("  - run: y\n    env:\n      ? A\n      : b\n      KEY: ${{ secrets.KEY }}\n"),
    ],
    [
      "stands beside what is merged in",
      ["steps", 1],
      "steps:\n  - env: &e { B: 1 }\n    run: x\n  - env:\n      A: 1\n      <<: *e\n    run: y\n",
      "steps:\n  - env: &e { B: 1 }\n    run: x\n  - env:\n      A: 1\n      KEY: ${{ secrets.KEY }}\n      <<: *e\n    run: y\n",
    ],
    [
      "changes a value with an anchor that nothing repeats",
      ["steps", 0],
      step("  - env: &e\n      A: 1\n    run: y\n"),
      step("  - env: &e\n      A: 1\n      KEY: ${{ secrets.KEY }}\n    run: y\n"),
    ],
  ];
  it.each(cases)("%s", (_, path, before, after) => {
    expect(withKey(before, path)).toBe(after);
  });

  it.each<[name: string, path: Path, text: string]>([
    ["an alias", ["steps", 1], "steps:\n  - env: &e { A: 1 }\n  - env: *e\n"],
    ["a mapping that an alias repeats", ["steps", 0], "steps:\n  - env: &e { A: 1 }\n  - env: *e\n"],
    ["an empty value that an alias repeats", ["steps", 0], "steps:\n  - env: &e\n  - env: *e\n"],
    ["a step that an alias repeats", ["steps", 0], "steps:\n  - &s\n    run: x\n  - *s\n"],
    ["a step inside a list that an alias repeats", ["a", 0], "a: &l\n  - run: x\nb: *l\n"],
    ["an `env` that is merged in", ["b"], "a: &a { env: { A: 1 } }\nb:\n  <<: *a\n  run: y\n"],
    ["an `env` with nothing but what is merged in", ["b"], "a: &a { A: 1 }\nb:\n  env:\n    <<: *a\n"],
    ["the same in a flow mapping", ["b"], "a: &a { A: 1 }\nb:\n  env: { <<: *a }\n"],
    ["an expression", ["b"], "b:\n  env: ${{ fromJSON(inputs.env) }}\n"],
    ["a written null", ["b"], "b:\n  env: ~\n"],
    ["a list", ["b"], "b:\n  env: []\n"],
    ["an `env` without a value in a flow mapping", ["b"], "b: { run: y, env: }\n"],
    ["an `env` that is asked for", ["b"], "b:\n  ? env\n  ? run\n"],
    ["a pair in a list, which has no braces", ["steps", 0], "steps: [run: x]\n"],
    ["the same on a line of its own", ["steps", 0], "steps: [\n  run: x\n]\n"],
    ["an empty mapping", ["b"], "b: {}\n"],
    ["a blank that an alias repeats", ["b"], 'a: &a ""\nb:\n  env:\n    KEY: *a\n'],
    ["a name that is already there", ["b"], "b:\n  env:\n    KEY: 1\n"],
    ["a name that is already there in another spelling", ["b"], "b:\n  env:\n    key: ''\n"],
    ["a name that is already there in a flow mapping", ["b"], "b:\n  env: { KEY: 1 }\n"],
  ])("refuses %s", (_, path, text) => {
    expect(withKey(text, path)).toBeUndefined();
  });

  it.each([
    ["${{ secrets.A }}", "${{ secrets.A }}"],
    ["1.3.1", "1.3.1"],
    ["1.3", '"1.3"'],
    ["true", '"true"'],
    ["", '""'],
    [">=1.2", '">=1.2"'],
    ["a: b", '"a: b"'],
    ["a # b", '"a # b"'],
    ["a\n", String.raw`"a\n"`],
    [String.raw`C:\x`, String.raw`C:\x`],
  ])("writes %j as %s", (value, expected) => {
    expect(withKey("b:\n  run: x\n", ["b"], [{ name: "A", value }])).toBe(`b:\n  run: x\n  env:\n    A: ${expected}\n`);
  });

  it("adds several variables in their order", () => {
    const entries = [
      { name: "B", value: "2.0.0" },
      { name: "A", value: "x" },
    ];
    expect(withKey("b:\n  run: x\n", ["b"], entries)).toBe("b:\n  run: x\n  env:\n    B: 2.0.0\n    A: x\n");
    expect(withKey("b: { run: x }\n", ["b"], entries)).toBe("b: { run: x, env: { B: 2.0.0, A: x } }\n");
  });
});

describe("addUnder `with`", () => {
  it.each([
    ["goes after `uses`", "b:\n  uses: x\n  name: y\n", "b:\n  uses: x\n  with:\n    KEY: v\n  name: y\n"],
    ["follows the last input", "b:\n  uses: x\n  with:\n    a: 1\n", "b:\n  uses: x\n  with:\n    a: 1\n    KEY: v\n"],
    ["goes last where nothing runs", "b:\n  name: y\n", "b:\n  name: y\n  with:\n    KEY: v\n"],
  ])("%s", (_, before, after) => {
    expect(withKey(before, ["b"], [{ name: "KEY", value: "v" }], "with")).toBe(after);
  });
});

describe("addActionInput", () => {
  const add = (text: string, description = "The key"): string | undefined => {
    const document = read(text);
    const edits = addActionInput(document, mappingAt(document, []), "key", description);
    return edits && applyEdits(text, edits);
  };

  it.each([
    [
      "follows the last input",
      "inputs:\n  a:\n    default: x # a\nruns: {}\n",
      "inputs:\n  a:\n    default: x # a\n  key:\n    description: The key\n    required: true\nruns: {}\n",
    ],
    [
      "goes before `runs`",
      "name: x\nruns: {}\n",
      "name: x\ninputs:\n  key:\n    description: The key\n    required: true\nruns: {}\n",
    ],
    [
      "keeps indentation and line endings",
      "runs-by: x\r\ninputs:\r\n    a:\r\n        default: x\r\nruns: {}\r\n",
      "runs-by: x\r\ninputs:\r\n    a:\r\n        default: x\r\n    key:\r\n        description: The key\r\n        required: true\r\nruns: {}\r\n",
    ],
  ])("%s", (_, before, after) => {
    expect(add(before)).toBe(after);
  });

  it("quotes a description that would be read as something else", () => {
    expect(add("name: x\nruns: {}\n", "a: b")).toContain('description: "a: b"');
  });

  it.each([
    ["a flow mapping", "{ name: x, runs: {} }\n"],
    ["inputs in a flow mapping", "inputs: { a: {} }\nruns: {}\n"],
    ["inputs without a value", "inputs:\nruns: {}\n"],
    ["nothing before `runs`", "runs: {}\nname: x\n"],
    ["no `runs`", "name: x\n"],
    ["an input of that name", "inputs:\n  key:\n    default: x\nruns: {}\n"],
    ["inputs that are merged in", "x: &x { inputs: { a: {} } }\n<<: *x\nruns: {}\n"],
    ["nothing but inputs that are merged in", "x: &x { a: {} }\ninputs:\n  <<: *x\nruns: {}\n"],
    ["inputs that an alias repeats", "inputs: &i\n  a: {}\nother: *i\nruns: {}\n"],
    ["inputs that are an alias", "other: &i\n  a: {}\ninputs: *i\nruns: {}\n"],
  ])("refuses %s", (_, text) => {
    expect(add(text)).toBeUndefined();
  });
});

describe("removeItem", () => {
  const remove = (text: string, path: Path): string | undefined => {
    const document = read(text);
    const edits = removeItem(document, mappingAt(document, path));
    return edits && applyEdits(text, edits);
  };

  it.each<[name: string, path: Path, before: string, after: string]>([
    ["in the middle", ["s", 1], "s:\n  - a: 1\n  - b: 2\n    c: 3\n  - d: 4\n", "s:\n  - a: 1\n  - d: 4\n"],
    ["first", ["s", 0], "s:\n  - a: 1\n  - b: 2\n", "s:\n  - b: 2\n"],
    ["last", ["s", 1], "s:\n  - a: 1\n  - b: 2\nt: 1\n", "s:\n  - a: 1\nt: 1\n"],
    ["last before a blank line", ["s", 1], "s:\n  - a: 1\n  - b: 2\n\nt: 1\n", "s:\n  - a: 1\n\nt: 1\n"],
    ["between blank lines", ["s", 1], "s:\n  - a: 1\n\n  - b: 2\n\n  - c: 3\n", "s:\n  - a: 1\n\n  - c: 3\n"],
    ["last, between blank lines", ["s", 1], "s:\n  - a: 1\n\n  - b: 2\n\nt: 1\n", "s:\n  - a: 1\n\nt: 1\n"],
    ["with its script", ["s", 0], "s:\n  - run: |\n      a\n      b\n  - b: 2\n", "s:\n  - b: 2\n"],
    ["below comments, which stay", ["s", 1], "s:\n  - a: 1\n  # why\n  - b: 2\n", "s:\n  - a: 1\n  # why\n"],
    ["with CRLF", ["s", 0], "s:\r\n  - a: 1\r\n  - b: 2\r\n", "s:\r\n  - b: 2\r\n"],
    ["at the end of a file without a last line break", ["s", 1], "s:\n  - a: 1\n  - b: 2", "s:\n  - a: 1\n"],
  ])("removes an item %s", (_, path, before, after) => {
    expect(remove(before, path)).toBe(after);
  });

  it.each<[name: string, path: Path, text: string]>([
    ["the only item", ["s", 0], "s:\n  - a: 1\n"],
    ["an item of a flow sequence", ["s", 0], "s: [{ a: 1 }, { b: 2 }]\n"],
    ["an item with an anchor on the line above", ["s", 0], "s:\n  - &a\n    a: 1\n  - b: 2\n"],
    ["an item that an alias repeats", ["s", 0], "s:\n  - &a { a: 1 }\n  - *a\n"],
    ["an item of which an alias repeats a part", ["s", 0], "s:\n  - a: &x { b: 1 }\n  - a: *x\n"],
    ["an empty item", ["s", 0], "s:\n  - {}\n  - b: 2\n"],
    ["the first item of a sequence in a sequence", ["s", 0], "s: \n  - - a: 1\n    - b: 2\n"],
  ])("refuses %s", (_, path, text) => {
    const target = path.length === 2 && text.includes("- -") ? [...path, 0] : path;
    expect(remove(text, target)).toBeUndefined();
  });
});

describe("any workflow, in any layout", () => {
  const workflow = generated((choices) => ({ ...new WorkflowWriter(choices).file(), pick: choices.below(2520) }));
  const value = fc.oneof(
    fc.constantFrom(
      "${{ secrets.KEY }}",
      "${{ a || 'b: c # d' }}",
      "1.10",
      "1.3.1",
      ">=1.2.0 <2",
      "true",
      "null",
      "",
      "~",
      "- x",
      "a: b",
    ),
    fc.string({ maxLength: 8 }),
  );
  const entries = fc.uniqueArray(fc.record({ name: fc.constantFrom("NEW", "OTHER_1", "null", "Y"), value }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ name }) => name,
  });

  it.each(["env", "with"] as const)("`%s` gets exactly what is added, and all else stays", (key) => {
    let added = 0;
    fc.assert(
      fc.property(workflow, entries, ({ text, owners, pick }, variables) => {
        const parsed = parseDocument(text, { merge: true });
        expect(parsed.errors).toEqual([]);
        const path = owners[pick % owners.length] ?? [];
        const document = read(text);
        const owner = mappingAt(document, path);
        const edits = addUnder(document, owner, key, variables);
        const existing = entryOf(owner, key)?.value;
        if (isAlias(parsed.getIn([...path, key], true))) {
          expect(edits).toBeUndefined();
          return;
        }
        if (owner.style === "flow" && existing?.kind === "scalar") {
          expect(edits).toBeUndefined();
          return;
        }
        if (!edits) throw new Error("nothing was added");
        added++;
        const output = applyEdits(text, edits);
        expect(dataOf(output)).toEqual(extended(dataOf(text), path, key, variables));
        expect(commentsOf(output)).toEqual(commentsOf(text));
        const lines = linesOf(text);
        const untouched = untouchedLines(text, edits);
        expect(isSubsequence(untouched, linesOf(output))).toBe(true);
        const isInLine = owner.style === "flow" || (existing?.kind === "mapping" && existing.style === "flow");
        expect(untouched.length).toBeGreaterThanOrEqual(lines.length - (isInLine ? 1 : 0));
        if (!/(?<!\r)\n/.test(text)) expect(output).not.toMatch(/(?<!\r)\n/);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(added).toBeGreaterThan(150);
  });

  it("loses a step and nothing else", () => {
    let removed = 0;
    fc.assert(
      fc.property(workflow, ({ text, owners, pick }) => {
        const steps = owners.filter((path) => path.length === 4);
        const path = steps[pick % steps.length] ?? [];
        const document = read(text);
        const edits = removeItem(document, mappingAt(document, path));
        if (!edits) return;
        removed++;
        const output = applyEdits(text, edits);
        const parsed = parseDocument(text, { merge: true });
        parsed.deleteIn(path);
        expect(dataOf(output)).toEqual(parsed.toJS());
        const [[from, to] = [0, 0]] = edits.map(({ range }) => range);
        const kept = parseYAML(text).comments.filter(({ range }) => range[0] < from || range[0] >= to);
        expect(commentsOf(output)).toEqual(kept.map(({ value: comment }) => comment));
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(removed).toBeGreaterThan(60);
  });
});
