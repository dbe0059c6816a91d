import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEMANDING_TOOLS, PNPM_REQUIREMENTS, type NodeRequirement } from "../../src/tools/node-requirements.data.ts";
import { unmetNeed } from "../../src/tools/node-requirements.ts";
import { writeRepository } from "../support/temporary.ts";

const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
const PROJECT = fileURLToPath(new URL("../../node_modules", import.meta.url));
const NODES = ["20.8.0", "22.13.0"];

const executableOf = (node: string): string =>
  join(MODULES, `node-${node}-${process.platform}-${process.arch}`, "bin/node");

interface Tool {
  readonly name: string;
  readonly file: string;
  readonly version: string;
  readonly requirements: readonly NodeRequirement[];
}

const toolOf = (name: string, file: string, requirements: readonly NodeRequirement[] | undefined): Tool => {
  const { stdout } = spawnSync(process.execPath, ["-p", `require("${join(file, "../../package.json")}").version`]);
  return { name, file, version: String(stdout).trim(), requirements: requirements ?? [] };
};
// No other platform has a package with the executable alone of both.
describe.skipIf(!NODES.every((node) => existsSync(executableOf(node))))(
  "a tool stops by the Node.js that runs it",
  () => {
    const tools = [
      toolOf("pnpm", join(MODULES, "pnpm11/bin/pnpm.mjs"), PNPM_REQUIREMENTS),
      toolOf("pnpm", join(MODULES, "pnpm10/bin/pnpm.cjs"), PNPM_REQUIREMENTS),
      toolOf(
        "Vite",
        join(PROJECT, "vite/bin/vite.js"),
        DEMANDING_TOOLS.find(({ title }) => title === "Vite")?.requirements,
      ),
    ];
    const cases = tools.flatMap((tool) => NODES.map((node) => ({ ...tool, node })));
    it.each(cases)("$name $version on $node", { timeout: 60_000 }, ({ file, version, requirements, node }) => {
      const run = spawnSync(executableOf(node), [file, "--version"], {
        cwd: writeRepository({ "package.json": "{}" }),
      });
      expect(run.status === 0).toBe(unmetNeed(node, version, requirements) === undefined);
    });

    it("as far as it is known", () => {
      expect(tools.map(({ version, requirements }) => unmetNeed("20.8.0", version, requirements))).toEqual([
        ">=22.13.0",
        undefined,
        ">=20.12.0",
      ]);
    });
  },
);
