import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEMANDING_CLIENTS } from "../../src/tools/clients.data.ts";
import { writeRepository } from "../support/temporary.ts";

const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
/** As much of React as is needed to load the module. */
const REACT = "const none = () => ({});\nmodule.exports = { createContext: none, forwardRef: none, memo: none };\n";

/** Whether a client of one version of Convex can be made of a value. */
function isMade(version: string, { name, module }: { name: string; module: string }, value: string): boolean {
  const made = `const { ${name} } = require("${module}");\nnew ${name}(${value});\nprocess.exit(0);\n`;
  const root = writeRepository({ "client.cjs": made, "node_modules/react/index.js": REACT });
  symlinkSync(join(MODULES, version), join(root, "node_modules/convex"), "junction");
  return spawnSync(process.execPath, ["--preserve-symlinks", "client.cjs"], { cwd: root }).status === 0;
}

describe("a client of Convex that is given no value throws", () => {
  const cases = ["convex", "convex-1.27"].flatMap((version) =>
    DEMANDING_CLIENTS.map((client) => ({ version, client, name: client.name })),
  );
  it.each(cases)("$name of $version", ({ version, client }) => {
    const values = ["process.env.NONE", '"https://example.convex.cloud"'];
    expect(values.map((value) => isMade(version, client, value))).toEqual([false, true]);
  });

  it("unless it is told not to look", () => {
    const client = { name: "ConvexHttpClient", module: "convex/browser" };
    expect(isMade("convex", client, "undefined, { skipConvexDeploymentUrlCheck: true }")).toBe(true);
  });
});
