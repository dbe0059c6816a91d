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
      code.matchAll(/^import (.*) from "(node:[^"]+)";$/gm),
      ([, names = "", module = ""]) => ({
        module,
        names,
      }),
    );
    expect([...new Set(imports.map(({ module }) => module))].sort()).toEqual([
      "node:crypto",
      "node:fs",
      "node:module",
      "node:path",
      "node:util",
      // For checksums.
      "node:zlib",
    ]);
    expect(imports.filter(({ module }) => module === "node:fs").map(({ names }) => names)).toEqual([
      "{ existsSync, readdirSync, readFileSync, statSync }",
    ]);
    expect(code).not.toMatch(/\bfetch\(|(?<![\w.])eval\(|new Function\(|process\.binding/);
  });
});
