import { describe, expect, it } from "vitest";
import { dependenciesOf, dependencyRange, readManifest, type Manifest } from "../../src/documents/manifest.ts";
import { readJson } from "../../src/documents/read-data.ts";
import { readTurboConfig, type EnvList, type TurboConfig } from "../../src/documents/turbo-config.ts";

function manifest(text: string): Manifest {
  const read = readManifest(readJson({ path: "package.json", text }));
  if (!read) throw new Error(`${text} is no package.json`);
  return read;
}

describe("readManifest", () => {
  it.each<[name: string, text: string, scripts: Readonly<Record<string, string>>]>([
    ["scripts", '{ "scripts": { "a": "x", "b:c": "y && z" } }', { a: "x", "b:c": "y && z" }],
    ["the last of two of one name", '{ "scripts": { "a": "x", "a": "y" } }', { a: "y" }],
    ["an empty one, which counts as none", '{ "scripts": { "a": "", "b": "  " } }', {}],
    ["values of another kind", '{ "scripts": { "a": 1, "b": ["x"], "c": null } }', {}],
    ["a list", '{ "scripts": ["x"] }', {}],
    ["nothing", "{}", {}],
  ])("reads %s", (_, text, scripts) => {
    const found = [...manifest(text).scripts.values()];
    expect(Object.fromEntries(found.map((script) => [script.name, script.text]))).toEqual(scripts);
    for (const { node, text: script } of found) expect(text.slice(...node.range)).toBe(JSON.stringify(script));
  });

  it.each<[text: string, workspaces: readonly string[] | undefined]>([
    ['{ "workspaces": ["apps/*", "!apps/x"] }', ["apps/*", "!apps/x"]],
    ['{ "workspaces": { "packages": ["apps/*"], "catalog": {} } }', ["apps/*"]],
    ['{ "workspaces": [] }', []],
    ['{ "workspaces": "apps/*" }', undefined],
    ['{ "workspaces": {} }', undefined],
    ["{}", undefined],
  ])("reads the workspaces of %s", (text, workspaces) => {
    expect(manifest(text).workspaces).toEqual(workspaces);
  });

  it("reads name and version where they are text", () => {
    expect(manifest('{ "name": "a", "version": "1.0.0" }')).toMatchObject({ name: "a", version: "1.0.0" });
    expect(manifest('{ "name": 1, "version": null }')).not.toHaveProperty("name");
  });

  it.each(["", "[]", "3", "{"])("refuses %j", (text) => {
    expect(readManifest(readJson({ path: "package.json", text }))).toBeUndefined();
  });
});

describe("dependencies", () => {
  const text = `{
    "dependencies": { "a": "1", "b": null },
    "devDependencies": { "a": "2", "c": "3" },
    "optionalDependencies": [],
    "peerDependencies": { "d": "4" }
  }`;

  it.each<[name: string, range: string | undefined]>([
    ["a", "1"],
    ["b", undefined],
    ["c", "3"],
    ["d", "4"],
    ["e", undefined],
  ])("range of %s: %s", (name, range) => {
    expect(dependencyRange(manifest(text), name)).toBe(range);
  });

  it("looks only at the kinds that are asked for", () => {
    expect(dependencyRange(manifest(text), "a", ["devDependencies"])).toBe("2");
    expect([...dependenciesOf(manifest(text), ["dependencies", "peerDependencies"])]).toEqual([
      ["a", "1"],
      ["b", ""],
      ["d", "4"],
    ]);
  });
});

function config(text: string): TurboConfig {
  const read = readTurboConfig(readJson({ path: "turbo.json", text }));
  if (!read) throw new Error(`${text} is no turbo.json`);
  return read;
}

const shown = (list: EnvList | undefined) => list && [...list.patterns, ...(list.extends ? ["+"] : [])];

describe("readTurboConfig", () => {
  it.each<[name: string, task: string, expected: object]>([
    ["nothing", "{}", {}],
    ["dependencies", '{ "dependsOn": ["^build", "gen"] }', { dependsOn: ["^build", "gen"] }],
    ["dependencies of another kind", '{ "dependsOn": "^build" }', {}],
    ["items of another kind", '{ "dependsOn": ["a", 1, null] }', { dependsOn: ["a"] }],
    ["siblings", '{ "with": ["api#dev"] }', { with: ["api#dev"] }],
    ["its mode", '{ "envMode": "loose" }', { envMode: "loose" }],
    ["inheritance", '{ "extends": false }', { extends: false }],
    ["inheritance of another kind", '{ "extends": "x" }', {}],
    ["null", "null", {}],
  ])("reads %s of a task", (_, task, expected) => {
    const { key, entry, ...rest } = config(`{ "tasks": { "build": ${task} } }`).tasks.get("build") ?? {};
    expect([key, entry?.key]).toEqual(["build", "build"]);
    expect(rest).toEqual(expected);
  });

  it.each<[task: string, env: readonly string[] | undefined, passThroughEnv: readonly string[] | undefined]>([
    ['{ "env": ["A", "!B", "C_*"] }', ["A", "!B", "C_*"], undefined],
    ['{ "env": [], "passThroughEnv": ["A"] }', [], ["A"]],
    ['{ "env": ["$TURBO_EXTENDS$", "A"] }', ["A", "+"], undefined],
    ['{ "env": null, "passThroughEnv": null }', undefined, undefined],
    ['{ "env": "A" }', undefined, undefined],
  ])("reads the lists of %s", (task, env, passThroughEnv) => {
    const read = config(`{ "tasks": { "build": ${task} } }`).tasks.get("build");
    expect([shown(read?.env), shown(read?.passThroughEnv)]).toEqual([env, passThroughEnv]);
  });

  it.each<[text: string, globals: object]>([
    ['{ "globalEnv": ["A"], "globalPassThroughEnv": ["B"] }', { env: ["A"], passThroughEnv: ["B"] }],
    ['{ "envMode": "loose" }', { envMode: "loose" }],
    ['{ "global": { "env": ["A"] } }', {}],
    [
      '{ "futureFlags": { "globalConfiguration": true }, "globalEnv": ["A"], "global": { "env": ["B"], "passThroughEnv": ["C"], "envMode": "strict" } }',
      { underGlobalKey: true, env: ["B"], passThroughEnv: ["C"], envMode: "strict" },
    ],
    ['{ "futureFlags": { "globalConfiguration": "yes" }, "globalEnv": ["A"] }', { env: ["A"] }],
  ])("reads the globals of %s", (text, expected) => {
    const { env, passThroughEnv, ...rest } = config(text).globals;
    const lists = { ...(env && { env: shown(env) }), ...(passThroughEnv && { passThroughEnv: shown(passThroughEnv) }) };
    expect({ ...rest, ...lists }).toEqual({ underGlobalKey: false, ...expected });
  });

  it.each<[text: string, isPipeline: boolean, tasks: readonly string[]]>([
    ['{ "tasks": { "build": {}, "web#build": {}, "//#check": {} } }', false, ["build", "web#build", "//#check"]],
    ['{ "pipeline": { "build": {} } }', true, ["build"]],
    ['{ "pipeline": { "build": {} }, "tasks": { "lint": {} } }', false, ["lint"]],
    ['{ "tasks": [] }', false, []],
    ["{}", false, []],
  ])("reads the tasks of %s", (text, isPipeline, tasks) => {
    const read = config(text);
    expect([read.isPipeline, [...read.tasks.keys()]]).toEqual([isPipeline, tasks]);
  });

  it("knows a package configuration, and a flag for entry points", () => {
    expect(config('{ "extends": ["//", "shared"] }').extends).toEqual(["//", "shared"]);
    expect(config("{}")).not.toHaveProperty("extends");
    const flags = '{ "futureFlags": { "strictTaskEntrypointSelection": true } }';
    expect([config(flags), config("{}")].map((read) => read.strictTaskEntrypointSelection)).toEqual([true, false]);
  });

  it.each(["", "[]", "null", "{"])("refuses %j", (text) => {
    expect(readTurboConfig(readJson({ path: "turbo.json", text }))).toBeUndefined();
  });
});
