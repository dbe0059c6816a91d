import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { BUILT_CASES, UNBUILT } from "../project/typescript/built-cases.ts";
import { FOREIGN_CASES } from "../project/typescript/foreign-cases.ts";
import { CASES } from "../project/typescript/cases.ts";
import { SOLUTION_CASES } from "../project/typescript/solution-cases.ts";
import { writeRepository } from "../support/temporary.ts";

const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** The real compiler in the repositories of which the model says what it misses. */
describe("tsc", () => {
  it.each(CASES)("$what", ({ files, args = [], missing, error = "TS2307" }) => {
    const { status, stdout } = spawnSync(process.execPath, [TSC, ...args], {
      cwd: writeRepository(files),
      encoding: "utf8",
    });
    const errors = stdout.match(/TS\d+/g) ?? [];
    expect({ status: status === 0, errors }).toEqual(
      missing === undefined ? { status: true, errors: [] } : { status: false, errors: [error] },
    );
  });

  it.each(BUILT_CASES)("looks for a package that is not built: $what", ({ files, isMissing }) => {
    const root = writeRepository({ ...UNBUILT, ...files });
    mkdirSync(join(root, "node_modules/@acme"), { recursive: true });
    symlinkSync(join(root, "packages/shared"), join(root, "node_modules/@acme/shared"), "junction");
    const { status, stdout } = spawnSync(process.execPath, [TSC, "-p", "packages/web"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status: status === 0, errors: stdout.match(/TS\d+/g) ?? [] }).toEqual({
      status: !isMissing,
      errors: isMissing ? ["TS2307"] : [],
    });
  });

  it.each(FOREIGN_CASES)("looks for a package that nothing brings: $what", ({ files, missing, fails = false }) => {
    const { status, stdout } = spawnSync(process.execPath, [TSC], { cwd: writeRepository(files), encoding: "utf8" });
    const found = [...stdout.matchAll(/TS2307: Cannot find module '((?:@[^'/]+\/)?[^'/]+)/g)].map(([, name]) => name);
    expect({ status: status === 0, found: fails ? [] : found }).toEqual({
      status: missing.length === 0 && !fails,
      found: missing,
    });
  });

  it.each(SOLUTION_CASES)("passes over references: $what", ({ files, isPassedOver }) => {
    const { status, stdout } = spawnSync(process.execPath, [TSC], {
      cwd: writeRepository(files),
      encoding: "utf8",
    });
    expect({ status: status === 0, stdout: stdout === "" }).toEqual({ status: isPassedOver, stdout: isPassedOver });
  });
});
