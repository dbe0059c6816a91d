import { describe, expect, it } from "vitest";
import { readPnpmLock, type PnpmLock } from "../../src/documents/pnpm-lock.ts";

const HEAD = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

overrides:
  foo@1>bar: 2.0.0
  '@scope/x': '-'
`;
const IMPORTERS = `
importers:

  .:
    devDependencies:
      '@types/node':
        specifier: 'catalog:'
        version: 24.0.0

  packages/a:
    dependencies:
      ms:
        specifier: ^2.1.0
        version: 2.1.3
      num:
        specifier: 'npm:it''s@5'
        version: 5.0.0
    optionalDependencies:
      ms2:
        specifier: workspace:*
        version: link:../b
    dependenciesMeta:
      ms:
        injected: true
    publishDirectory: dist

  packages/b: {}
`;
const PACKAGES = `
packages:

  ms@2.1.3: this: is not read
`;

const read = (text: string): PnpmLock | undefined => readPnpmLock({ path: "pnpm-lock.yaml", text });
const found = (text: string): object | undefined => {
  const lock = read(text);
  return (
    lock &&
    Object.fromEntries(
      [...lock.importers].map(([folder, { dependencies }]) => [
        folder,
        [...dependencies].map(([name, { kind, specifier }]) => `${kind} ${name} ${specifier}`),
      ]),
    )
  );
};

const EXPECTED = {
  ".": ["devDependencies @types/node catalog:"],
  "packages/a": ["dependencies ms ^2.1.0", "dependencies num npm:it's@5", "optionalDependencies ms2 workspace:*"],
  "packages/b": [],
};
const ENV = `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 11.x
        version: 11.20.0

packages:

  pnpm@11.20.0: {}

---
`;

describe("readPnpmLock", () => {
  it.each([
    ["as pnpm writes it", HEAD + IMPORTERS + PACKAGES],
    ["with the line endings of Windows", (HEAD + IMPORTERS + PACKAGES).replaceAll("\n", "\r\n")],
    ["without packages", HEAD + IMPORTERS],
    ["with the document of pnpm 11 before it", ENV + HEAD + IMPORTERS + PACKAGES],
  ])("reads a lockfile %s", (_, text) => {
    expect(found(text)).toEqual(EXPECTED);
  });

  it("knows where a name stands", () => {
    const text = ENV + HEAD + IMPORTERS + PACKAGES;
    const lock = read(text);
    const importer = lock?.importers.get("packages/a");
    const textAt = (range: readonly [number, number] = [0, 0]): string => text.slice(...range);
    expect(textAt(lock?.range)).toBe("importers");
    expect(textAt(importer?.range)).toBe("packages/a");
    expect(textAt(importer?.dependencies.get("num")?.range)).toBe("num");
    expect(textAt(lock?.importers.get(".")?.dependencies.get("@types/node")?.range)).toBe("'@types/node'");
  });

  it("reads the settings", () => {
    const { installsPeers, excludesLinks, overrides, isExtended } = read(HEAD + IMPORTERS) ?? {};
    expect({ installsPeers, excludesLinks, overrides, isExtended }).toEqual({
      installsPeers: true,
      excludesLinks: false,
      overrides: ["foo@1>bar", "@scope/x"],
      isExtended: false,
    });
  });

  it.each([
    ["a hook", `pnpmfileChecksum: abc\n`],
    ["an extension", `packageExtensionsChecksum: abc\n`],
    ["what is left out", `ignoredOptionalDependencies:\n  - x\n`],
  ])("knows of %s", (_, line) => {
    expect(read(`${HEAD}\n${line}${IMPORTERS}`)?.isExtended).toBe(true);
  });

  it.each([
    ["of another version", (HEAD + IMPORTERS).replace("9.0", "6.0")],
    ["without members", HEAD],
    ["with the marks of a merge", HEAD + IMPORTERS.replace("  packages/b", "<<<<<<< HEAD\n  packages/b")],
    ["with marks between dependencies", HEAD + IMPORTERS.replace("      num:", "=======\n      num:")],
    ["with a member twice", HEAD + IMPORTERS.replace("packages/b: {}", "packages/a: {}")],
    ["with a dependency twice", HEAD + IMPORTERS.replace("      num:", "      ms:")],
    ["with a member on one line", HEAD + IMPORTERS.replace("packages/b: {}", "packages/b: { dependencies: {} }")],
    ["with an anchor", HEAD + IMPORTERS.replace("specifier: ^2.1.0", "specifier: &a ^2.1.0")],
    ["with a folded text", HEAD + IMPORTERS.replace("specifier: ^2.1.0", "specifier: >-\n          ^2.1.0")],
    ["with another indentation", HEAD + IMPORTERS.replaceAll(/^( +)/gm, "$1$1")],
    ["with tabs", HEAD + IMPORTERS.replaceAll("    ", "\t")],
    ["with a broken header", `: : :\n${IMPORTERS}`],
    ["that is empty", ""],
  ])("does not read a lockfile %s", (_, text) => {
    expect(found(text)).toBeUndefined();
  });
});
