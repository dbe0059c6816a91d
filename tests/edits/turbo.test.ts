import fc from "fast-check";
import { getStaticJSONValue, parseJSON } from "jsonc-eslint-parser";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/documents/read-data.ts";
import { readTurboConfig, type TurboConfig } from "../../src/documents/turbo-config.ts";
import { declareVariable, type Declaration, type DeclarationKey } from "../../src/edits/turbo.ts";
import { applyEdits } from "./apply-edits.ts";
import { generated } from "./choices.ts";
import { JsoncWriter } from "./jsonc.ts";

const KEYS: readonly DeclarationKey[] = ["env", "passThroughEnv", "globalEnv", "globalPassThroughEnv"];

function configOf(text: string): TurboConfig {
  const config = readTurboConfig(readJson({ path: "turbo.json", text }));
  if (!config) throw new Error(`${text} is no turbo.json`);
  return config;
}

/** The declaration of `KEY` for `build`, with the lists that its entry has. */
function declarationIn(text: string, changes: Partial<Declaration> = {}): Declaration {
  const config = configOf(text);
  const task = config.tasks.get("build");
  if (!task) throw new Error("there is no task `build`");
  const { entry } = task;
  const listOf = (key: "env" | "passThroughEnv") => task[key] && { entry, list: task[key] };
  const lists = { env: listOf("env"), passThroughEnv: listOf("passThroughEnv") };
  return { name: "KEY", config, entry, lists, isExcluded: false, isLegacy: false, ...changes };
}

function declared(text: string, key: DeclarationKey, changes?: Partial<Declaration>): string | undefined {
  const edits = declareVariable(declarationIn(text, changes), key);
  return edits && applyEdits(text, edits);
}

describe("declareVariable", () => {
  it.each<[name: string, key: DeclarationKey, before: string, after: string]>([
    ["a new list of a task", "env", '{ "tasks": { "build": {} } }', '{ "tasks": { "build": { "env": ["KEY"] } } }'],
    [
      "beside other keys of a task",
      "passThroughEnv",
      '{ "tasks": { "build": { "env": ["A"] } } }',
      '{ "tasks": { "build": { "env": ["A"], "passThroughEnv": ["KEY"] } } }',
    ],
    [
      "in a list that a task has",
      "env",
      '{ "tasks": { "build": { "env": ["A"] } } }',
      '{ "tasks": { "build": { "env": ["A", "KEY"] } } }',
    ],
    [
      "after `$TURBO_EXTENDS$`",
      "env",
      '{ "tasks": { "build": { "env": ["$TURBO_EXTENDS$"] } } }',
      '{ "tasks": { "build": { "env": ["$TURBO_EXTENDS$", "KEY"] } } }',
    ],
    [
      "in the pipeline of turbo 1",
      "env",
      '{ "pipeline": { "build": {} } }',
      '{ "pipeline": { "build": { "env": ["KEY"] } } }',
    ],
    [
      "for all tasks",
      "globalEnv",
      '{ "tasks": { "build": {} } }',
      '{ "tasks": { "build": {} }, "globalEnv": ["KEY"] }',
    ],
    [
      "in a list for all tasks",
      "globalPassThroughEnv",
      '{ "globalPassThroughEnv": ["A"], "tasks": { "build": {} } }',
      '{ "globalPassThroughEnv": ["A", "KEY"], "tasks": { "build": {} } }',
    ],
    [
      "for all tasks under `global`",
      "globalPassThroughEnv",
      '{ "futureFlags": { "globalConfiguration": true }, "global": {}, "tasks": { "build": {} } }',
      '{ "futureFlags": { "globalConfiguration": true }, "global": { "passThroughEnv": ["KEY"] }, "tasks": { "build": {} } }',
    ],
    [
      "in a list under `global`",
      "globalEnv",
      '{ "futureFlags": { "globalConfiguration": true }, "global": { "env": ["A"] }, "tasks": { "build": {} } }',
      '{ "futureFlags": { "globalConfiguration": true }, "global": { "env": ["A", "KEY"] }, "tasks": { "build": {} } }',
    ],
  ])("declares %s", (_, key, before, after) => {
    expect(declared(before, key)).toBe(after);
  });

  it.each(KEYS)("refuses `%s` where a pattern takes the variable out", (key) => {
    expect(declared('{ "tasks": { "build": {} } }', key, { isExcluded: true })).toBeUndefined();
  });

  it.each<[DeclarationKey, boolean]>([
    ["env", true],
    ["globalEnv", true],
    ["passThroughEnv", false],
    ["globalPassThroughEnv", false],
  ])("offers `%s` to turbo 1: %s", (key, isOffered) => {
    const output = declared('{ "pipeline": { "build": {} } }', key, { isLegacy: true });
    expect(output !== undefined).toBe(isOffered);
  });

  it.each<[name: string, key: DeclarationKey, text: string]>([
    ["all tasks from a package configuration", "globalEnv", '{ "extends": ["//"], "tasks": { "build": {} } }'],
    [
      "`global` where the file has none",
      "globalEnv",
      '{ "futureFlags": { "globalConfiguration": true }, "tasks": { "build": {} } }',
    ],
    ["a task that is no object", "env", '{ "tasks": { "build": [] } }'],
    ["a list that is no array", "env", '{ "tasks": { "build": { "env": null } } }'],
    ["a list for all tasks that is no array", "globalEnv", '{ "globalEnv": null, "tasks": { "build": {} } }'],
  ])("refuses to declare for %s", (_, key, text) => {
    expect(declared(text, key)).toBeUndefined();
  });

  it("refuses a list that stands under another key", () => {
    const text = '{ "tasks": { "build": {}, "web#build": { "env": ["A"] } } }';
    const other = configOf(text).tasks.get("web#build");
    const env = other?.env && { entry: other.entry, list: other.env };
    expect(declared(text, "env", { lists: { env, passThroughEnv: undefined } })).toBeUndefined();
    expect(declared(text, "passThroughEnv", { lists: { env, passThroughEnv: undefined } })).toBeDefined();
  });
});

describe("any turbo.json, in any layout", () => {
  const list = fc.option(fc.array(fc.constantFrom("A", "!B", "C_*", "$TURBO_EXTENDS$"), { maxLength: 3 }), {
    nil: undefined,
  });
  const withLists = (env: string, passThroughEnv: string) =>
    fc
      .record({ [env]: list, [passThroughEnv]: list })
      .map((lists) => JSON.parse(JSON.stringify(lists)) as Record<string, unknown>);
  const build = fc
    .tuple(withLists("env", "passThroughEnv"), fc.constantFrom({}, { dependsOn: ["^build"] }))
    .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);
  const config = fc
    .tuple(
      withLists("globalEnv", "globalPassThroughEnv"),
      build.map((task) => ({ tasks: { lint: {}, build: task } })),
      fc.constantFrom({}, { ui: "tui" }),
    )
    .map(
      (parts) => Object.assign({}, ...parts) as Record<string, unknown> & { tasks: { build: Record<string, unknown> } },
    );
  const file = config.chain((data) => generated((choices) => ({ data, text: new JsoncWriter(choices).file(data) })));

  it("declares the variable at its key and nowhere else, and keeps every comment", () => {
    const commentsOf = (text: string) => parseJSON(text).comments.map(({ value }) => value);
    fc.assert(
      fc.property(file, fc.constantFrom(...KEYS), ({ data, text }, key) => {
        const output = declared(text, key) ?? "";
        const expected = structuredClone(data);
        const holder = key === "env" || key === "passThroughEnv" ? expected.tasks.build : expected;
        holder[key] = [...((holder[key] ?? []) as readonly string[]), "KEY"];
        expect(getStaticJSONValue(parseJSON(output, { jsonSyntax: "JSONC" }))).toEqual(expected);
        expect(commentsOf(output)).toEqual(commentsOf(text));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
