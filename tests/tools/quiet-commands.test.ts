import { describe, expect, it } from "vitest";
import { onlyReadsFiles } from "../../src/tools/quiet-commands.ts";
import { reachesOf } from "./command-line.ts";

describe("a command only reads the files it names", () => {
  it.each([
    ["cat .env.local", true],
    ["[ -f .env.local ]", true],
    ["grep -q turbo package.json", true],
    // Its output goes into a file, but that is not asked here.
    ["cat a > package.json", true],
    ["cp .env.example .env.local", false],
    ["rm .env.local", false],
    ["echo package.json", false],
    ["$READER package.json", false],
  ])("%s: %s", (line, expected) => {
    const commands = reachesOf(line).map(({ located }) => located.command);
    expect(commands.map(onlyReadsFiles)).toEqual([expected]);
  });
});
