import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { INCIDENT } from "./support/incident.ts";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const isOld = process.versions.node.startsWith("20.");

const program = (plugin: string): string => `
  import { ESLint } from ${JSON.stringify(createRequire(import.meta.url).resolve("eslint"))};
  import plugin from ${JSON.stringify(plugin)};
  const options = { cwd: ${JSON.stringify(INCIDENT)}, overrideConfigFile: true, overrideConfig: plugin.configs.strict, fix: true };
  const results = await new ESLint(options).lintFiles([".github", "turbo.json", "package.json"]);
  console.log(results.filter(({ output }) => output !== undefined).length);
`;

/** Lints and fixes the incident in a process that may only read files. */
function lintConfined(plugin: string): string {
  return execFileSync(
    process.execPath,
    [
      isOld ? "--experimental-permission" : "--permission",
      "--allow-fs-read=*",
      "--input-type=module",
      "--eval",
      program(plugin),
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_OPTIONS: "" } },
  );
}

describe("a run of the rules", () => {
  it("writes no file and starts no process", () => {
    expect(lintConfined(join(dist, "index.js")).trim()).toBe("2");
  });

  it("imports nothing that could open a socket, write or run something", () => {
    const code = readdirSync(dist)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(dist, name), "utf8"))
      .join("\n");
    const imports = Array.from(
      code.matchAll(/^import (.*) from "((?:node:)?[a-z_]+)";$/gm),
      ([, names = "", module = ""]) => ({
        module,
        names,
      }),
    );
    const modules = imports.map(({ module }) => module.replace("node:", ""));
    // `crypto` and `zlib` are there for checksums.
    expect([...new Set(modules)].sort()).toEqual(["crypto", "fs", "module", "path", "url", "util", "yaml", "zlib"]);
    const own = imports.filter(({ module }) => module === "node:fs");
    expect(new Set(own.map(({ names }) => names.replaceAll(/ as \w+/g, "")))).toEqual(
      new Set(["{ existsSync, readdirSync, readFileSync, statSync }"]),
    );
    // What is bundled with it brings its own imports.
    const writers =
      /\b(?:appendFile|chmod|createWriteStream|mkdir|rename|rm|symlink|truncate|unlink|writeFile)(?:Sync)?\(/;
    expect(writers.exec(code)?.[0]).toBeUndefined();
    expect(code).not.toMatch(/\bfetch\(|(?<![\w.]|^ *)eval\(|new Function\(|process\.binding/m);
  });
});
