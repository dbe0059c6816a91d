import { describe, expect, it } from "vitest";
import { readAction, type Action } from "../../src/documents/action.ts";
import { valueAt } from "../../src/documents/data.ts";
import { readYaml } from "../../src/documents/read-data.ts";
import { readUses, type UsesTarget } from "../../src/documents/uses.ts";
import type { EnvBlock } from "../../src/documents/step.ts";
import { findJob, readWorkflow, waitsFor, type Job, type Workflow } from "../../src/documents/workflow.ts";

function workflow(text: string): Workflow {
  const read = readWorkflow(readYaml({ path: ".github/workflows/ci.yml", text }));
  if (!read) throw new Error(`${text} is no workflow`);
  return read;
}

/** The job `x` with the given keys, in flow style. */
function job(keys: string): Job {
  const [read] = workflow(`jobs:\n  x: ${keys}`).jobs;
  if (!read) throw new Error(`${keys} is no job`);
  return read;
}

const shown = ({ entries, computed }: EnvBlock) => ({
  ...Object.fromEntries(entries.map(({ name, value }) => [name, value?.text])),
  ...(computed && { computed }),
});
const texts = (map: ReadonlyMap<string, { readonly text: string }>) =>
  Object.fromEntries([...map].map(([name, { text }]) => [name, text]));

describe("readWorkflow", () => {
  it.each<[on: string, triggers: readonly string[]]>([
    ["push", ["push"]],
    ["[push, pull_request]", ["push", "pull_request"]],
    ["{ push: { branches: [main] }, workflow_dispatch: }", ["push", "workflow_dispatch"]],
    ["null", []],
    ["3", []],
  ])("reads the triggers of `on: %s`", (on, triggers) => {
    expect(workflow(`on: ${on}\njobs: {}`).triggers).toEqual(triggers);
    expect(workflow(`"on": ${on}\njobs: {}`).triggers).toEqual(triggers);
  });

  it("reads what a reusable workflow declares, by names in lower case", () => {
    const { call } = workflow(
      "on:\n  workflow_call:\n    inputs:\n      Env: { default: dev }\n      other:\n    secrets:\n      KEY: { required: true }\n      Other: { required: 'true' }\n      BARE:\n",
    );
    expect([...(call?.inputs ?? [])].map(([name, input]) => [name, input.default?.text])).toEqual([
      ["env", "dev"],
      ["other", undefined],
    ]);
    expect([...(call?.secrets ?? [])].map(([name, secret]) => [name, secret.isRequired])).toEqual([
      ["key", true],
      ["other", false],
      ["bare", false],
    ]);
    expect(workflow("on: [workflow_call]").call?.inputs.size).toBe(0);
    expect(workflow("on: push")).not.toHaveProperty("call");
  });

  it.each<[env: string, expected: object]>([
    ["{ A: x, B: 1, C: true, D: ~, E: }", { A: "x", B: "1", C: "true", D: "", E: "" }],
    ["{ A: '${{ secrets.A }}' }", { A: "${{ secrets.A }}" }],
    ["{ A: [x] }", { A: undefined }],
    ["${{ fromJSON(vars.ENV) }}", { computed: true }],
    ["{ '${{ insert }}': x }", { "${{ insert }}": "x", computed: true }],
    ["text", {}],
    ["[A]", {}],
  ])("reads `env: %s`", (env, expected) => {
    expect(shown(workflow(`env: ${env}`).env)).toEqual(expected);
  });

  it.each<[defaults: string, expected: object | undefined]>([
    ["{ run: { shell: bash, working-directory: web } }", { shell: "bash", workingDirectory: { text: "web" } }],
    ["{ run: {} }", {}],
    ["{ run: bash }", undefined],
    ["bash", undefined],
  ])("reads `defaults: %s`", (defaults, expected) => {
    const { defaults: read } = workflow(`defaults: ${defaults}`);
    if (expected) expect(read).toMatchObject(expected);
    else expect(read).toBeUndefined();
  });

  it.each(["", "text", "[a]", "a: 1\n---\nb: 2", "a: [", "jobs: &x\n  a: *x"])("refuses %j", (text) => {
    expect(readWorkflow(readYaml({ path: "ci.yml", text }))).toBeUndefined();
  });

  it.each<[text: string, ids: readonly string[]]>([
    ["jobs: { a: {}, b: {} }", ["a", "b"]],
    ["jobs: { a: 3, b: , c: [], d: {} }", ["d"]],
    ["jobs: 3", []],
    ["name: x", []],
    ["x: &job { runs-on: a }\njobs: { a: *job, b: { <<: *job } }", ["a", "b"]],
  ])("reads the jobs of %s", (text, ids) => {
    expect(workflow(text).jobs.map(({ id }) => id)).toEqual(ids);
  });
});

describe("a job", () => {
  it.each<[keys: string, needs: readonly string[]]>([
    ["{ needs: a }", ["a"]],
    ["{ needs: [a, b, 3] }", ["a", "b"]],
    ["{ needs: }", []],
    ["{}", []],
  ])("%s needs %j", (keys, needs) => {
    expect(job(keys).needs).toEqual(needs);
  });

  it("is named without case", () => {
    const read = workflow("jobs:\n  Build: { runs-on: x }\n  test: { needs: BUILD }");
    expect(findJob(read, "build")).toBe(read.jobs[0]);
    expect(findJob(read, "tests")).toBeUndefined();
    expect(read.jobs.map((one) => waitsFor(one, "build"))).toEqual([false, true]);
  });

  it.each<[keys: string, labels: readonly string[] | undefined]>([
    ["{ runs-on: ubuntu-latest }", ["ubuntu-latest"]],
    ["{ runs-on: [self-hosted, linux] }", ["self-hosted", "linux"]],
    ["{ runs-on: { labels: [a, b] } }", ["a", "b"]],
    ["{ runs-on: { labels: a } }", ["a"]],
    ["{ runs-on: { group: x, labels: a } }", undefined],
    ["{ runs-on: { group: x } }", undefined],
    ["{ runs-on: '${{ matrix.os }}' }", ["${{ matrix.os }}"]],
    ["{ runs-on: [[a]] }", undefined],
    ["{}", undefined],
  ])("%s runs on %j", (keys, labels) => {
    expect(job(keys).runsOn?.map(({ text }) => text)).toEqual(labels);
  });

  it.each<[keys: string, image: string | undefined, env: object | undefined]>([
    ["{ container: node:20 }", "node:20", {}],
    ["{ container: { image: node:20, env: { A: x } } }", "node:20", { A: "x" }],
    ["{ container: { env: { A: x } } }", undefined, { A: "x" }],
    ["{}", undefined, undefined],
  ])("%s has the container %s with %j", (keys, image, env) => {
    const { container } = job(keys);
    expect(container?.image?.text).toBe(image);
    expect(container && shown(container.env)).toEqual(env);
  });

  it.each<[keys: string, secrets: "inherit" | object]>([
    ["{ secrets: inherit }", "inherit"],
    ["{ secrets: { KEY: '${{ secrets.OTHER }}' } }", { key: "${{ secrets.OTHER }}" }],
    ["{ secrets: other }", {}],
    ["{}", {}],
  ])("%s passes on %j", (keys, secrets) => {
    const read = job(keys).secrets;
    expect(read === "inherit" ? read : texts(read)).toEqual(secrets);
  });

  it("reads the rest of its keys", () => {
    const read = job(
      "{ if: false, continue-on-error: true, environment: { name: prod }, env: { A: x }, outputs: { O: y }, with: { In: z }, uses: ./.github/workflows/b.yml }",
    );
    expect(read.condition?.holds(() => ({ known: false, why: "" }))).toEqual({ known: true, value: false });
    expect([read.continueOnError?.text, read.hasEnvironment]).toEqual(["true", true]);
    expect([shown(read.env), texts(read.outputs), texts(read.inputs)]).toEqual([{ A: "x" }, { o: "y" }, { in: "z" }]);
    expect(read.uses?.target).toEqual({ kind: "local", path: ".github/workflows/b.yml" });
  });

  it("has no other keys where it has none", () => {
    const { condition, continueOnError, container, defaults, matrix, uses, hasEnvironment, steps } = job("{}");
    expect([condition, continueOnError, container, defaults, matrix, uses]).toEqual(Array.from({ length: 6 }));
    expect([hasEnvironment, steps]).toEqual([false, []]);
  });
});

describe("steps", () => {
  it.each<[step: string, expected: object]>([
    ["{ run: x, id: a, shell: bash }", { run: { text: "x" }, id: "a", shell: "bash" }],
    ["{ run: x, working-directory: '${{ inputs.d }}' }", { workingDirectory: { text: "${{ inputs.d }}" } }],
    ["{ run: x, continue-on-error: true }", { continueOnError: { text: "true" } }],
    ["{ uses: actions/checkout@v4 }", { uses: { text: "actions/checkout@v4" } }],
    ["{ run: x, background: true }", { background: true }],
    ["{ run: x }", { background: false }],
  ])("reads %s", (step, expected) => {
    expect(job(`{ steps: [${step}] }`).steps[0]).toMatchObject(expected);
  });

  it.each<[steps: string, runs: readonly (string | undefined)[]]>([
    ["[{ run: a }, 3, ~, { run: b }]", ["a", "b"]],
    ["[{ run: 3 }]", [undefined]],
    ["[{ run: a }, { parallel: [{ run: b }, { run: c }] }, { run: d }]", ["a", "b", "c", "d"]],
    ["{ run: a }", []],
    ["null", []],
  ])("%s run %j", (steps, runs) => {
    expect(job(`{ steps: ${steps} }`).steps.map(({ run }) => run?.text)).toEqual(runs);
  });

  it("do not wait for those in `parallel`", () => {
    const { steps } = job("{ steps: [{ parallel: [{ run: b }] }, { run: d }] }");
    expect(steps.map(({ background }) => background)).toEqual([true, false]);
  });

  it("name inputs in lower case", () => {
    const [step] = job("{ steps: [{ uses: a/b@v1, with: { Bun-Version: 1.3.1, LIST: [a] } }] }").steps;
    expect(texts(step?.inputs ?? new Map())).toEqual({ "bun-version": "1.3.1" });
  });
});

describe("readUses", () => {
  it.each<[value: string, target: UsesTarget | undefined]>([
    ["actions/checkout@v4", { kind: "repository", repository: "actions/checkout", path: "", ref: "v4" }],
    ["Oven-SH/Setup-Bun@v2", { kind: "repository", repository: "oven-sh/setup-bun", path: "", ref: "v2" }],
    ["a/b/c/d@main", { kind: "repository", repository: "a/b", path: "c/d", ref: "main" }],
    [
      "a/b/.github/workflows/c.yml@v1.2",
      { kind: "repository", repository: "a/b", path: ".github/workflows/c.yml", ref: "v1.2" },
    ],
    [
      "a/b@0123abc # v2.1.0",
      { kind: "repository", repository: "a/b", path: "", ref: "0123abc", versionComment: "2.1.0" },
    ],
    ["'a/b@0123abc' # 2", { kind: "repository", repository: "a/b", path: "", ref: "0123abc", versionComment: "2" }],
    [
      "a/b@0123abc # pinned 5 days ago, v6.0.0",
      { kind: "repository", repository: "a/b", path: "", ref: "0123abc", versionComment: "6.0.0" },
    ],
    [
      "a/b@0123abc # tag=4.0",
      { kind: "repository", repository: "a/b", path: "", ref: "0123abc", versionComment: "4.0" },
    ],
    ["a/b@0123abc # 2025-09-04", { kind: "repository", repository: "a/b", path: "", ref: "0123abc" }],
    ["a/b@0123abc # pinned", { kind: "repository", repository: "a/b", path: "", ref: "0123abc" }],
    ["a/b@releases/v1", { kind: "repository", repository: "a/b", path: "", ref: "releases/v1" }],
    ["./.github/actions/setup", { kind: "local", path: ".github/actions/setup" }],
    ["./.github/actions/setup/", { kind: "local", path: ".github/actions/setup" }],
    ["$/actions/setup", { kind: "local", path: "actions/setup" }],
    ["./", { kind: "local", path: "" }],
    ["docker://node:20", { kind: "docker", image: "node:20" }],
    ["a/b", undefined],
    ["a@v1", undefined],
    ["${{ inputs.action }}", undefined],
    ["3", undefined],
    ["[a/b@v1]", undefined],
  ])("%s", (value, target) => {
    const { root, source } = readYaml({ path: "ci.yml", text: `uses: ${value}\nwith: {} # v9` });
    expect(readUses(valueAt(root, "uses"), source)?.target).toEqual(target);
  });
});

describe("readAction", () => {
  const action = (text: string): Action | undefined => readAction(readYaml({ path: "action.yml", text }));

  it.each<[text: string, isComposite: boolean, steps: number]>([
    ["runs: { using: composite, steps: [{ run: x }, { uses: a/b@v1 }] }", true, 2],
    ["runs: { using: composite }", true, 0],
    ["runs: { using: node20, main: x.js, steps: [{ run: x }] }", false, 0],
    ["runs: { using: '${{ x }}' }", false, 0],
  ])("%s", (text, isComposite, steps) => {
    const read = action(text);
    expect([read?.isComposite, read?.steps.length]).toEqual([isComposite, steps]);
  });

  it("declares inputs by names in lower case", () => {
    const read = action("inputs:\n  Key:\n    default: '${{ github.token }}'\n  other:\nruns: { using: composite }");
    expect([...(read?.inputs ?? [])].map(([name, input]) => [name, input.default?.text])).toEqual([
      ["key", "${{ github.token }}"],
      ["other", undefined],
    ]);
  });

  it.each(["", "runs: composite", "name: x", "[a]"])("refuses %j", (text) => {
    expect(action(text)).toBeUndefined();
  });
});
