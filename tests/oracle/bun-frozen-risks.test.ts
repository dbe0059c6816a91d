/** Real Bun judges whether a lockfile that agrees with the package.json files can be frozen. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mayFailFrozen } from "../../src/faults/lockfile/bun/frozen-risks.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { BUNS, installFrom, type BunRelease } from "./bun.ts";
import { startRegistry, type PublishedVersion } from "./registry.ts";

const optional = (...names: readonly string[]): PublishedVersion => ({
  peerDependencies: Object.fromEntries(names.map((name) => [name, "*"])),
  peerDependenciesMeta: Object.fromEntries(names.map((name) => [name, { optional: true }])),
});

let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry({
    lib: { "1.0.0": {}, "1.1.0": {} },
    // Each of them gets along without a package that it knows.
    plain: { "1.0.0": optional("leaf") },
    cyclic: { "1.0.0": optional("loop") },
    selfish: { "1.0.0": optional("self") },
    deep: { "1.0.0": optional("outer") },
    leaf: { "1.0.0": {} },
    loop: { "1.0.0": { dependencies: { back: "1.0.0" } } },
    back: { "1.0.0": { peerDependencies: { loop: "*" } } },
    self: { "1.0.0": { peerDependencies: { self: "*" } } },
    outer: { "1.0.0": { dependencies: { inner: "1.0.0" } } },
    inner: { "1.0.0": { dependencies: { core: "1.0.0" } } },
    core: { "1.0.0": { peerDependencies: { inner: "*" } } },
    rest: { "1.0.0": { dependencies: { leaf: "1.0.0" } } },
  });
});

afterAll(() => {
  registry.server.close();
});

interface Workspace {
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Dependencies of the root of which only the packages stay in the lockfile. */
  readonly forgotten?: readonly string[];
  /** What the root's package.json has besides. */
  readonly root?: object;
  readonly a?: object;
  readonly b?: object;
}

/** Whether the model holds a frozen install for unsafe, and whether the real one fails. */
async function judge(
  release: BunRelease,
  { dependencies, forgotten = [], root: rest, a, b }: Workspace,
  range: string,
) {
  const root = (names: readonly string[]): string =>
    JSON.stringify({
      name: "root",
      workspaces: ["packages/*"],
      ...rest,
      dependencies: { ...dependencies, ...Object.fromEntries(names.map((name) => [name, "1.0.0"])) },
    });
  const member = (name: string, rest: object = {}): string => JSON.stringify({ name, version: "1.0.0", ...rest });
  const folder = writeRepository({
    "package.json": root(forgotten),
    "packages/a/package.json": member("a", a),
    "packages/b/package.json": member("b", b),
  });
  await installFrom(registry.url, release, ["--lockfile-only"], folder);
  const path = join(folder, "bun.lock");
  const lock = existsSync(path) ? readFileSync(path, "utf8") : "";
  writeFileSync(
    path,
    forgotten
      .reduce((text, name) => text.replace(`        "${name}": "1.0.0",\n`, ""), lock)
      .replaceAll('"lib": "1.0.0"', `"lib": "${range}"`),
  );
  writeFileSync(join(folder, "package.json"), root([]).replace('"lib":"1.0.0"', `"lib":"${range}"`));
  for (const [name, rest] of Object.entries({ a, b }))
    writeFileSync(
      join(folder, "packages", name, "package.json"),
      member(name, rest).replace('"lib":"1.0.0"', `"lib":"${range}"`),
    );
  const mayFail = mayFailFrozen(new Repository(folder), "", [{ kind: "exact", version: release }]);
  const { status } = await installFrom(registry.url, release, ["--frozen-lockfile", "--dry-run"], folder);
  return { mayFail, fails: status !== 0 };
}

const scripts = { prepare: "true" };
const lib = { lib: "1.0.0" };

it.each<[name: string, workspace: Workspace, range: string, failing: readonly BunRelease[]]>([
  ["a tag in a member with an install script", { a: { scripts, dependencies: lib } }, "latest", ["1.2.18", "1.3.1"]],
  ["no range there", { a: { scripts, devDependencies: lib } }, "", ["1.2.18", "1.3.1"]],
  [
    "a tag in a member on which one with an install script depends",
    { a: { scripts, dependencies: { b: "workspace:*" } }, b: { dependencies: lib } },
    "latest",
    ["1.2.18", "1.3.1"],
  ],
  ["a range in a member with an install script", { a: { scripts, dependencies: lib } }, "^1.0.0", []],
  ["a tag in a member without", { a: { dependencies: lib } }, "latest", []],
  [
    "a tag in a member, and trust in what is not there",
    { root: { trustedDependencies: ["lib", "ghost"] }, a: { dependencies: lib } },
    "latest",
    ["1.2.18", "1.3.1"],
  ],
  [
    "a tag in a member, and trust in what is there",
    { root: { trustedDependencies: ["lib"] }, a: { dependencies: lib } },
    "latest",
    [],
  ],
  [
    "a tag in the root, and trust in what is not there",
    { root: { trustedDependencies: ["ghost"] }, dependencies: lib },
    "latest",
    [],
  ],
  ["a tag in the root", { dependencies: lib, a: { scripts } }, "latest", []],
  ["a rest that an optional peer leads to", { dependencies: { plain: "1.0.0" }, forgotten: ["leaf"] }, "", []],
  ["a rest in which others need each other", { dependencies: { deep: "1.0.0" }, forgotten: ["outer"] }, "", []],
  ["a rest that needs itself", { dependencies: { selfish: "1.0.0" }, forgotten: ["self"] }, "", ["1.4.5"]],
  [
    "a rest that needs itself through others",
    { dependencies: { cyclic: "1.0.0" }, forgotten: ["loop"] },
    "",
    ["1.4.5"],
  ],
  [
    "a rest that another one needs, to which nothing leads",
    { dependencies: { plain: "1.0.0" }, forgotten: ["leaf", "rest"] },
    "",
    ["1.4.5"],
  ],
  ["a rest to which nothing leads", { dependencies: lib, forgotten: ["rest"] }, "1.0.0", ["1.2.18", "1.3.1"]],
])("%s", async (_, workspace, range, failing) => {
  for (const release of BUNS) {
    const { mayFail, fails } = await judge(release, workspace, range);
    expect([release, fails]).toEqual([release, failing.includes(release)]);
    expect([release, mayFail || !fails]).toEqual([release, true]);
    if (failing.length === 0) expect([release, mayFail]).toEqual([release, false]);
  }
});
