import { describe, expect, it } from "vitest";
import { freezingOf, readBunVersion } from "../../src/tools/bun.ts";
import { reachesOf } from "./command-line.ts";

function freezing(line: string, release?: string): string {
  const install = reachesOf(line)
    .map(({ invocation }) => invocation)
    .find((invocation) => invocation.kind === "install");
  if (!install) throw new Error(`${line} is no install`);
  return freezingOf(install, release === undefined ? undefined : readBunVersion(release));
}

describe("what a command line freezes where the Bun is not known", () => {
  it.each([
    ["bun install", "unfrozen"],
    ["bun install --frozen-lockfile", "frozen"],
    ["bun install -p", "frozen"],
    ["bun ci", "frozen"],
    ["bun install --frozen", "unknownFlag"],
    ["bun install --prod", "unknown"],
    ["bun install --immutable", "unknown"],
    ["bun install ${{ vars.FLAGS }}", "unknown"],
    ["bun install --config=ci.toml", "unknown"],
    ["bun install -c=ci.toml", "unknown"],
    ["bun install --cwd ${{ vars.FOLDER }}", "unfrozen"],
    ["bun install --network-concurrency 8", "unfrozen"],
    ["bun install --no-frozen-lockfile", "intended"],
  ])("%s: %s", (line, expected) => {
    expect(freezing(line)).toBe(expected);
  });
});

describe("what depends on the release", () => {
  it.each([
    ["bun ci", "1.2.18", "missingCommand"],
    ["bun ci", "1.2.19", "frozen"],
    ["bun ci", "latest", "frozen"],
    ["bun ci", "1.2.x", "frozen"],
    ["bun ci", "1.1.x", "missingCommand"],
    ["bun ci", "canary", "frozen"],
    ["bun install --prod", "1.2.20", "unfrozen"],
    ["bun install --prod", "1.2.21", "frozen"],
    ["bun install --prod", "latest", "frozen"],
    ["bun install --immutable", "1.4.3", "unknownFlag"],
    ["bun install --immutable", "1.4.4", "frozen"],
    ["bun install --frozen", "1.4.4", "unknownFlag"],
  ])("%s with Bun %s: %s", (line, release, expected) => {
    expect(freezing(line, release)).toBe(expected);
  });
});
