import { describe, expect, it } from "vitest";
import { repositoryWith, sourcesOf } from "./command-line.ts";

const said = (steps: readonly string[], job?: string, files = {}): readonly string[] =>
  sourcesOf(repositoryWith(steps, { "package.json": "{}", ...files }, job)).map(({ version, text }) =>
    version === undefined ? "?" : version.kind === "exact" ? version.version : `${version.kind} ${text}`,
  );

describe("the image of a job's container", () => {
  it.each([
    ["oven/bun:1.2.18", ["1.2.18"]],
    ["oven/bun:1.2.18-alpine", ["1.2.18"]],
    ["docker.io/oven/bun:1.2.18", ["1.2.18"]],
    ["oven/bun:1", ["?"]],
    ["oven/bun:1.2", ["?"]],
    ["oven/bun:latest", ["?"]],
    ["oven/bun:canary", ["?"]],
    ["oven/bun", ["?"]],
    ["oven/bun:1.2.18@sha256:0123", ["?"]],
    ["oven/bun@sha256:0123", ["?"]],
    ["oven/bun:${{ vars.BUN }}", ["?"]],
    ["oven/bun-other:1.2.18", []],
    ["ghcr.io/example/oven/bun:1.2.18", []],
    ["node:22", []],
  ])("%s brings %s", (image, expected) => {
    expect(said(["run: bun ci"], `container: ${JSON.stringify(image)}`)).toEqual(expected);
  });
});

describe("a command that installs Bun", () => {
  it.each([
    ["npm install -g bun@1.3.1", ["1.3.1"]],
    ["npm i --global bun@1.3.1", ["1.3.1"]],
    ["npm add -g bun@1.3.1", ["1.3.1"]],
    ["npm install -g bun", ["floating latest"]],
    ["npm install -g bun@latest", ["floating latest"]],
    ["npm install -g bun@1.2", ["floating 1.2"]],
    ["npm install -g typescript bun@1.3.1", ["1.3.1"]],
    ["pnpm add -g bun@1.3.1", ["1.3.1"]],
    ["yarn global add bun@1.3.1", ["1.3.1"]],
    ["npm install bun@1.3.1", []],
    ["npm uninstall -g bun", []],
    ["npm ls -g bun", []],
    ["npm install -g bun-types", []],
    ["curl -fsSL https://bun.sh/install | bash", ["floating latest"]],
    ['curl -fsSL https://bun.com/install | bash -s "bun-v1.3.1"', ["1.3.1"]],
    ["curl -fsSL https://bun.com/install | bash -s -- bun-v1.3.1", ["1.3.1"]],
    ["curl -fsSL https://bun.com/install | bash -s 1.3.1", ["?"]],
    ['curl -fsSL https://bun.com/install | bash -s "bun-v$BUN"', ["?"]],
    ["curl -fsSL https://example.com/install | bash", []],
    ["bun upgrade", ["floating latest"]],
    ["bun upgrade --canary", ["canary canary"]],
    // It may be there already.
    ["if ! command -v bun; then curl -fsSL https://bun.sh/install | bash; fi", ["?"]],
  ])("%s brings %s", (line, expected) => {
    expect(said([`run: ${JSON.stringify(line)}`])).toEqual(expected);
  });
});

describe("a version manager", () => {
  it.each([
    ["jdx/mise-action@v3", { "mise.toml": '[tools]\nbun = "1.2.18"\n' }, ["1.2.18"]],
    ["jdx/mise-action@v3", { ".tool-versions": "bun 1.2.18\n" }, ["1.2.18"]],
    ["jdx/mise-action@v3", { ".bun-version": "1.2.18\n" }, ["?"]],
    ["jdx/mise-action@v3", {}, ["?"]],
    ["asdf-vm/actions/install@v4", { ".tool-versions": "bun 1.2.18\n" }, ["1.2.18"]],
  ])("%s with %o brings %s", (uses, files, expected) => {
    expect(said([`uses: ${uses}`], "", files)).toEqual(expected);
  });
});
