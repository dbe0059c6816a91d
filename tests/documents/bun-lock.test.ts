import { describe, expect, it } from "vitest";
import { placementOf, readBunLock, repeatedPackages, type BunLock } from "../../src/documents/bun-lock.ts";

function bunLock(text: string): BunLock {
  const read = readBunLock({ path: "bun.lock", text });
  if (!read) throw new Error("it cannot be read");
  return read;
}

const LOCK = bunLock(`{
  "lockfileVersion": 1, // as Bun 1.3 writes it
  "workspaces": {
    "": { "name": "root", "devDependencies": { "turbo": "^2.0.0" } },
    "packages/ui": {
      "name": "@acme/ui",
      "peerDependencies": { "react": ">=18", "vue": "*" },
      "optionalPeers": ["vue"],
    },
  },
  "overrides": { "tokens": "4.0.0", },
  "catalog": { "zod": "^4.0.0" },
  "catalogs": { "old": { "zod": "^3.0.0" } },
  "packages": {
    "@acme/loose": ["@acme/loose@1.0.0", "", {}, ""],
    "@acme/ui": ["@acme/ui@workspace:packages/ui"],
    "@acme/ui/react": ["react@19.0.0", "", { "dependencies": { "loose": "^1.0.0" }, "bin": "x.js" }, "sha512-//,]=="],
    "@acme/ui/react/loose": ["loose@1.0.0", "", {}, ""],
    "@scope/tool": ["@scope/tool@1.0.0", "", { "peerDependencies": { "a": "1", "b": "2" }, "optionalPeers": ["b"] }, ""],
    "alias": ["@scope/tool@2.0.0", "", {}, ""],
    "git": ["git@github:owner/git#abc", {}, "owner-git-abc"],
    "loose": ["loose@1.4.0", "", {}, ""],
    "react": ["react@18.3.1", "", { "dependencies": { "loose": "^1.0.0" } }, ""],
  }
}`);

describe("readBunLock", () => {
  it("reads what a workspace declared", () => {
    expect(LOCK).toMatchObject({ formatVersion: 1 });
    const ui = LOCK.workspaces.get("packages/ui");
    expect(ui?.name).toBe("@acme/ui");
    expect(ui?.dependencies.dependencies.size).toBe(0);
    expect([...(ui?.dependencies.peerDependencies ?? [])]).toEqual([
      ["react", ">=18"],
      ["vue", "*"],
    ]);
    expect([...(ui?.optionalPeers ?? [])]).toEqual(["vue"]);
    expect(LOCK.workspaces.get("")?.dependencies.devDependencies.get("turbo")).toBe("^2.0.0");
  });

  it("reads overrides and catalogs", () => {
    expect(LOCK.overrides?.get("tokens")).toBe("4.0.0");
    expect(LOCK.catalogs.get("")?.get("zod")).toBe("^4.0.0");
    expect(LOCK.catalogs.get("old")?.get("zod")).toBe("^3.0.0");
  });

  it("knows no overrides where some are limited to certain dependents", () => {
    const text = `{ "lockfileVersion": 3, "workspaces": { "": {} }, "overrides": { "a": { "b": "1.0.0" } } }`;
    expect(bunLock(text).overrides).toBeUndefined();
  });

  it.each([
    ["alias", "@scope/tool", "2.0.0"],
    ["git", "git", "github:owner/git#abc"],
    ["@acme/ui", "@acme/ui", "workspace:packages/ui"],
  ])("tells the package behind %s", (placement, name, resolution) => {
    expect(LOCK.packages.get(placement)).toMatchObject({ name, resolution });
  });

  it("tells optional peers from others", () => {
    expect(LOCK.packages.get("@scope/tool")?.edges).toEqual([
      { name: "a", kind: "peerDependencies", isOptionalPeer: false },
      { name: "b", kind: "peerDependencies", isOptionalPeer: true },
    ]);
  });

  it.each<[name: string, text: string]>([
    ["nothing", ""],
    ["conflict markers", `{\n<<<<<<< HEAD\n  "lockfileVersion": 1,\n=======\n>>>>>>> x\n}`],
    ["no version", `{ "workspaces": { "": {} } }`],
    ["no workspaces", `{ "lockfileVersion": 1 }`],
    ["no root", `{ "lockfileVersion": 1, "workspaces": { "apps/web": {} } }`],
    ["a list", "[]"],
  ])("refuses %s", (_, text) => {
    expect(readBunLock({ path: "bun.lock", text })).toBeUndefined();
  });

  it("passes over values of other shapes", () => {
    const text = `{ "lockfileVersion": 1, "workspaces": { "": { "name": 3, "dependencies": [], "optionalPeers": {} }, "a": null },
      "overrides": null, "catalog": 3, "catalogs": { "x": [] },
      "packages": { "a": 1, "b": [], "c": [null], "d": ["d"], "e": ["e@1.0.0", 3, { "dependencies": { "f": 1 } }] } }`;
    const lock = bunLock(text);
    expect(lock.packages.placements).toEqual(["e"]);
    expect(lock.packages.get("e")?.edges).toEqual([]);
  });
});

describe("repeatedPackages", () => {
  const react = `    "react": ["react@19.0.0", "", {}, ""],\n\n`;
  const web = `    "web": ["web@workspace:apps/web"],\n\n`;
  const head = `{\n  "workspaces": {\n    "": { "dependencies": { "react": "^19.0.0" } },\n  },\n  "packages": {\n`;
  it.each<[what: string, packages: string, names: readonly string[]]>([
    ["each once", react + web, []],
    ["the same below another one", react + react.replace('"react"', '"web/react"'), []],
    ["one twice", react + web + react, ["react"]],
    ["one twice in another version", react + react.replace("19.0.0", "18.3.1"), ["react"]],
    ["one below another twice", `${react}${react}`.replaceAll('"react"', '"web/react"'), ["web/react"]],
    ["a member twice, of which Bun only warns", web + web, []],
  ])("finds %s", (_, packages, names) => {
    const text = `${head}${packages}  }\n}\n`;
    const found = repeatedPackages({ path: "bun.lock", text });
    expect(found.map(({ name }) => name)).toEqual(names);
    expect(found.map(({ range }) => JSON.parse(text.slice(...range)) as unknown)).toEqual(names);
  });
});

describe("placementOf", () => {
  it.each<[dependent: string, name: string, placement: string | undefined]>([
    ["", "react", "react"],
    ["@acme/ui", "react", "@acme/ui/react"],
    ["@acme/ui/react", "loose", "@acme/ui/react/loose"],
    ["@acme/ui", "loose", "loose"],
    ["web", "react", "react"],
    ["@acme/ui/react", "react", "@acme/ui/react"],
    ["react", "loose", "loose"],
    ["@scope/tool", "alias", "alias"],
    ["", "@scope/tool", "@scope/tool"],
    ["", "vue", undefined],
    ["@acme/ui", "vue", undefined],
  ])("from %j, %s lies at %s", (dependent, name, placement) => {
    expect(placementOf(LOCK, dependent, name)).toBe(placement);
  });
});
