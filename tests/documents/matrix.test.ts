import { describe, expect, it } from "vitest";
import type { DataNode } from "../../src/documents/data.ts";
import { combinationsOf, matrixNames, matrixNamesBelow, matrixValuesOf } from "../../src/documents/matrix.ts";
import { readYaml } from "../../src/documents/read-data.ts";
import { readWorkflow, type Job } from "../../src/documents/workflow.ts";

/** The job `x` with the given keys, in flow style. */
function job(keys: string): Job {
  const document = readYaml({ path: ".github/workflows/ci.yml", text: `jobs:\n  x: ${keys}` });
  const [read] = readWorkflow(document)?.jobs ?? [];
  if (!read) throw new Error(`${keys} is no job`);
  return read;
}

const plain = (node: DataNode | undefined): unknown => {
  if (node?.kind === "mapping") return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node?.kind === "sequence" ? node.items.map(plain) : node?.value;
};

/** The combinations that a job with a step that reads some names has. */
function combinations(matrix: string, names: string, others = ""): readonly (object | undefined)[] {
  const run = names.split(" ").map((name) => `\${{ matrix.${name} }}`);
  const read = combinationsOf(
    job(`{ strategy: { matrix: ${matrix} }, steps: [{ run: "${run.join(" ")}" }], ${others} }`),
  );
  return read.map((one) => one && Object.fromEntries([...one].map(([name, node]) => [name, plain(node)])));
}

describe("combinationsOf", () => {
  it.each<[matrix: string, names: string, combinations: readonly (object | undefined)[]]>([
    ["{ a: [1, 2] }", "a", [{ a: 1 }, { a: 2 }]],
    [
      "{ a: [1, 2], b: [x, y] }",
      "a b",
      [
        { a: 1, b: "x" },
        { a: 1, b: "y" },
        { a: 2, b: "x" },
        { a: 2, b: "y" },
      ],
    ],
    ["{ a: [1, 2], b: [x, y] }", "b", [{ b: "x" }, { b: "y" }]],
    ["{ a: [1, 1] }", "a", [{ a: 1 }]],
    ["{ A: [1], b: [2] }", "a B", [{ a: 1, b: 2 }]],
    ["{ a: [{ b: 1 }, { b: 2 }] }", "a.b", [{ a: { b: 1 } }, { a: { b: 2 } }]],
    ["{ a: [1] }", "b", [{ b: undefined }]],
    ["{ a: [1, 2, 3], exclude: [{ a: 2 }] }", "a", [{ a: 1 }, { a: 3 }]],
    ["{ a: [1, 2], b: [x, y], exclude: [{ a: 1 }, { a: 2, b: y }] }", "a b", [{ a: 2, b: "x" }]],
    ["{ a: [{ b: 1, c: 2 }, 3], exclude: [{ a: { c: 2, b: 1 } }] }", "a", [{ a: 3 }]],
    ["{ a: [1], exclude: [{ c: 1 }] }", "a", [{ a: 1 }]],
    [
      "{ include: [{ a: 1 }, { a: 2, b: x }] }",
      "a b",
      [
        { a: 1, b: undefined },
        { a: 2, b: "x" },
      ],
    ],
    // https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations#expanding-or-adding-matrix-configurations
    [
      "{ fruit: [apple, pear], animal: [cat, dog], include: [{ color: green }, { color: pink, animal: cat }, { fruit: apple, shape: circle }, { fruit: banana }, { fruit: banana, animal: cat }] }",
      "fruit animal color shape",
      [
        { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
        { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
        { fruit: "pear", animal: "cat", color: "pink", shape: undefined },
        { fruit: "pear", animal: "dog", color: "green", shape: undefined },
        { fruit: "banana", animal: undefined, color: undefined, shape: undefined },
        { fruit: "banana", animal: "cat", color: undefined, shape: undefined },
      ],
    ],
    [
      "{ a: [1, 2], include: [{ b: x }] }",
      "a b",
      [
        { a: 1, b: "x" },
        { a: 2, b: "x" },
      ],
    ],
    ["{ a: [1], exclude: [{ a: 1 }], include: [{ a: 1, b: x }] }", "a b", [{ a: 1, b: "x" }]],
  ])("%s, of which %s is read", (matrix, names, expected) => {
    expect(combinations(matrix, names)).toEqual(expected);
  });

  it.each([
    "'${{ fromJSON(vars.M) }}'",
    "{ a: '${{ fromJSON(vars.A) }}' }",
    "{ a: ['${{ vars.A }}'] }",
    "{ a: [1], include: '${{ fromJSON(vars.A) }}' }",
    "{ a: [1], include: [b] }",
    "{ a: [1], exclude: 3 }",
    "{ a: [] }",
    "{}",
    "[]",
    "3",
    `{ a: [${Array.from({ length: 33 }, (_, index) => String(index)).join(", ")}] }`,
    `{ ${["a", "b", "c"].map((axis) => `${axis}: [0, 1, 2, 3, 4, 5, 6, 7]`).join(", ")} }`,
  ])("is not known of %s", (matrix) => {
    expect(combinations(matrix, "a")).toEqual([undefined]);
  });

  it.each<[keys: string, isRead: boolean]>([
    ["runs-on: '${{ matrix.b }}'", true],
    ["if: matrix.b == 1", false],
    ["env: { B: '${{ matrix.b }}' }", true],
    ["container: 'node:${{ matrix.b }}'", true],
    ["continue-on-error: '${{ matrix.b }}'", true],
    ["with: { b: '${{ matrix.b }}' }", true],
    ["name: 'on ${{ matrix.b }}'", false],
    ["timeout-minutes: '${{ matrix.b }}'", false],
    ["concurrency: { group: '${{ matrix.b }}' }", false],
  ])("with %s: %s", (keys, isRead) => {
    expect(combinations("{ a: [1], b: [1, 2] }", "a", keys)).toHaveLength(isRead ? 2 : 1);
  });

  it.each<[step: string, isRead: boolean]>([
    ["if: matrix.b == 1", true],
    ["env: { B: '${{ matrix.b }}' }", true],
    ["working-directory: 'apps/${{ matrix.b }}'", true],
    ["uses: ./.github/actions/a, with: { b: '${{ matrix.b }}' }", true],
    ["uses: oven-sh/setup-bun@v2, with: { bun-version: '${{ matrix.b }}' }", false],
    ["name: 'on ${{ matrix.b }}'", false],
  ])("with a step with %s: %s", (step, isRead) => {
    const read = combinationsOf(job(`{ strategy: { matrix: { b: [1, 2] } }, steps: [{ ${step} }] }`));
    expect(read).toHaveLength(isRead ? 2 : 1);
  });

  it("is not known of more steps than can be followed", () => {
    const step = "{ run: 'make ${{ matrix.a }}' }";
    const read = (count: number) =>
      combinationsOf(
        job(`{ strategy: { matrix: { a: [1, 2] } }, steps: [${Array.from({ length: count }, () => step).join()}] }`),
      );
    expect(read(500)).toHaveLength(2);
    expect(read(501)).toEqual([undefined]);
  });

  it("is not known without a matrix", () => {
    expect(combinationsOf(job("{ steps: [{ run: '${{ matrix.a }}' }] }"))).toEqual([undefined]);
  });
});

describe("matrixValuesOf", () => {
  it.each<[matrix: string, path: readonly string[], values: readonly unknown[] | undefined]>([
    ["{ v: [1, 2] }", ["v"], [1, 2]],
    ["{ v: [{ a: 1 }, { a: 2 }] }", ["v", "a"], [1, 2]],
    ["{ v: [{ a: 1 }, { b: 2 }] }", ["v", "a"], [1, undefined]],
    ["{ v: [1], include: [{ v: 2 }, { w: 3 }] }", ["v"], [1, 2]],
    ["{ v: [1], include: [{ w: 3 }] }", ["w"], [3, undefined]],
    ["{ include: [{ v: 1 }, { v: 2 }] }", ["v"], [1, 2]],
    ["{ include: [{ v: 1 }, {}] }", ["v"], [1, undefined]],
    ["{ v: [1], exclude: [{ v: 1 }] }", ["v"], [1]],
    ["{ v: [1] }", ["w"], [undefined]],
    ["{ v: [[1]] }", ["v"], [undefined]],
    ["{ v: '${{ fromJSON(vars.V) }}' }", ["v"], undefined],
    ["{ v: [1], include: '${{ fromJSON(vars.V) }}' }", ["v"], undefined],
    ["'${{ fromJSON(vars.M) }}'", ["v"], undefined],
    ["{ v: [1] }", [], undefined],
  ])("%s at %j: %j", (matrix, path, values) => {
    const read = matrixValuesOf(job(`{ strategy: { matrix: ${matrix} } }`), path);
    expect(read?.map((scalar) => scalar?.value)).toEqual(values);
  });
});

describe("matrixNames", () => {
  it.each<[keys: string, names: readonly string[] | undefined]>([
    ["{}", []],
    ["{ strategy: { fail-fast: false } }", []],
    ["{ strategy: '${{ fromJSON(vars.S) }}' }", undefined],
    ["{ strategy: { matrix: { a: [1], B: '${{ fromJSON(vars.B) }}' } } }", ["a", "B"]],
    ["{ strategy: { matrix: { a: [1], exclude: [{ b: 1 }], include: [{ a: 2, c: 1 }, { d: 1 }] } } }", ["a", "c", "d"]],
    ["{ strategy: { matrix: { a: [1], include: '${{ fromJSON(vars.I) }}' } } }", undefined],
    ["{ strategy: { matrix: { a: [1], include: ['${{ fromJSON(vars.I) }}'] } } }", undefined],
    ["{ strategy: { matrix: { '${{ vars.A }}': [1] } } }", undefined],
    ["{ strategy: { matrix: '${{ fromJSON(vars.M) }}' } }", undefined],
    ["{ strategy: { matrix: [] } }", undefined],
  ])("of %s: %j", (keys, names) => {
    expect(matrixNames(job(keys))).toEqual(names);
  });

  it.each<[matrix: string, names: readonly string[] | undefined]>([
    ["{ a: [{ b: 1 }, { c: 1 }], include: [{ A: { d: 1 } }] }", ["b", "c", "d"]],
    ["{ a: [{ b: 1 }, 3] }", undefined],
    ["{ a: [{ b: 1 }, '${{ fromJSON(vars.A) }}'] }", undefined],
    ["{ a: '${{ fromJSON(vars.A) }}' }", undefined],
    ["{ a: [{ b: 1 }], include: '${{ fromJSON(vars.I) }}' }", undefined],
  ])("below `a` of %s: %j", (matrix, names) => {
    expect(matrixNamesBelow(job(`{ strategy: { matrix: ${matrix} } }`), "a")).toEqual(names);
  });
});
