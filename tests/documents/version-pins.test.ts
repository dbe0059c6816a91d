import { describe, expect, it } from "vitest";
import { readBunfig, type Bunfig } from "../../src/documents/bunfig.ts";
import { readManifest } from "../../src/documents/manifest.ts";
import { readJson } from "../../src/documents/read-data.ts";
import { bunPinOfFile, bunPinsOfManifest } from "../../src/documents/version-pins.ts";

describe("bunPinsOfManifest", () => {
  it.each<[name: string, text: string, pins: readonly string[]]>([
    ["packageManager", '{ "packageManager": "bun@1.3.1" }', ["packageManager 1.3.1"]],
    ["a hash", '{ "packageManager": "bun@1.3.1+sha512.abc" }', ["packageManager 1.3.1"]],
    ["another manager", '{ "packageManager": "pnpm@9.0.0" }', []],
    ["no version", '{ "packageManager": "bun" }', []],
    ["a name that begins as Bun's", '{ "packageManager": "bunny@1.0.0" }', []],
    ["engines", '{ "engines": { "bun": ">=1.2", "node": ">=20" } }', ["engines.bun >=1.2"]],
    [
      "devEngines",
      '{ "devEngines": { "packageManager": { "name": "bun", "version": "^1.3" } } }',
      ["devEngines.packageManager ^1.3"],
    ],
    ["devEngines of another manager", '{ "devEngines": { "packageManager": { "name": "npm", "version": "10" } } }', []],
    ["devEngines without version", '{ "devEngines": { "packageManager": { "name": "bun" } } }', []],
    [
      "several, strongest first",
      '{ "engines": { "bun": "1" }, "packageManager": "bun@1.3.1" }',
      ["packageManager 1.3.1", "engines.bun 1"],
    ],
    ["values of another kind", '{ "packageManager": 1, "engines": { "bun": null }, "devEngines": [] }', []],
  ])("%s", (_, text, pins) => {
    const manifest = readManifest(readJson({ path: "package.json", text }));
    const found = manifest ? bunPinsOfManifest(manifest) : [];
    expect(found.map(({ label, version }) => `${label} ${version}`)).toEqual(pins);
    for (const { place, version } of found) expect(text.slice(...place.range)).toContain(version);
  });
});

describe("bunPinOfFile", () => {
  it.each<[path: string, text: string, version: string | undefined]>([
    [".bun-version", "1.3.1\n", "1.3.1"],
    ["apps/web/.bun-version", "  1.3.1  \r\n", "1.3.1"],
    [".bun-version", "# the version\n1.3.1\n", undefined],
    [".bun-version", "", undefined],
    [".tool-versions", "nodejs 20.0.0\nbun 1.3.1\n", "1.3.1"],
    [".tool-versions", "bun\t1.3.1 1.2.0 # why\n", "1.3.1"],
    [".tool-versions", "# bun 1.3.1\n", undefined],
    [".tool-versions", "bunny 1.3.1\n", undefined],
    [".tool-versions", "bun 1.3.1\r\nnodejs 20.0.0\r\n", "1.3.1"],
    ["mise.toml", '[tools]\nbun = "1.3.1"\nnode = "20"\n', "1.3.1"],
    ["mise.toml", '[tools]\nbun = ["1.3.1", "1.2.0"]\n', "1.3.1"],
    [".mise.toml", '[tools]\nbun = { version = "1.3.1", os = ["linux"] }\n', "1.3.1"],
    ["mise.toml", '[tools.bun]\nversion = "1.3.1"\n', "1.3.1"],
    [".config/mise.toml", '[tools]\n"bun" = "latest"\n', "latest"],
    ["mise.toml", '[env]\nbun = "1.3.1"\n', undefined],
    ["mise.toml", "[tools]\nbun = 1\n", undefined],
    ["mise.toml", "[tools\n", undefined],
    [".prototools", 'bun = "1.3.1"\n[settings]\n', "1.3.1"],
    [".prototools", '[tools]\nbun = "1.3.1"\n', undefined],
  ])("%s with %j", (path, text, version) => {
    const pin = bunPinOfFile({ path, text });
    expect(pin?.version).toBe(version);
    if (pin) expect(text.slice(...pin.place.range)).toBe(version);
  });
});

describe("readBunfig", () => {
  type Settings = Omit<Bunfig, "tables">;
  const PLAIN: Settings = { isFrozen: false, keepsLockfile: false, hasLinker: false };

  it.each<[text: string, settings: Settings | undefined]>([
    ["", PLAIN],
    ["[install]\nfrozenLockfile = true\n", { ...PLAIN, isFrozen: true }],
    ["[install]\nproduction = true\n", { ...PLAIN, isFrozen: true }],
    ["[install]\nfrozenLockfile = false\n", PLAIN],
    ["frozenLockfile = true\n", PLAIN],
    ["install.frozenLockfile = true\n", { ...PLAIN, isFrozen: true }],
    ["[install.lockfile]\nsave = false\n", { ...PLAIN, keepsLockfile: true }],
    ["[install.lockfile]\nsave = true\n", PLAIN],
    ["[install]\nlockfile = 3\n", PLAIN],
    ['[install]\nlinker = "hoisted"\r\n', { ...PLAIN, hasLinker: true }],
    ["install = true\n", PLAIN],
    ["[install\n", undefined],
    ["[install]\nfrozenLockfile = true\nfrozenLockfile = true\n", undefined],
  ])("%j", (text, settings) => {
    expect(readBunfig({ path: "bunfig.toml", text })).toEqual(
      settings && { ...settings, tables: expect.any(Array) as unknown },
    );
  });

  it("names what is at the top level", () => {
    const text = 'preload = ["./a.ts"]\n[install]\nexact = true\n[test]\nroot = "src"\n';
    expect(readBunfig({ path: "bunfig.toml", text })?.tables).toEqual(["preload", "install", "test"]);
  });
});
