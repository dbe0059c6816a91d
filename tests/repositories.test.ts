import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import preflight from "eslint-plugin-preflight";
import { describe, expect, it } from "vitest";
import { readFolder } from "./support/incident.ts";
import { fixRepository, lintRepository } from "./support/lint.ts";
import { writeRepository } from "./support/temporary.ts";

const config = preflight.configs.strict;
const folder = fileURLToPath(new URL("repositories", import.meta.url));

/** Whole repositories, each with what is reported in it (report.txt), and what is left after `--fix` (fixed.txt). */
describe.each(readdirSync(folder))("%s", (name) => {
  const { "report.txt": report = "", "fixed.txt": fixed = report, ...files } = readFolder(`${folder}/${name}`);
  const text = (lines: readonly string[]): string =>
    lines.map((line) => `${line.replace(" preflight/", " ")}\n`).join("");

  it("reports what is expected", async () => {
    const printed = text((await lintRepository(writeRepository(files), { config })).report);
    if (process.env["UPDATE"] === "1") writeFileSync(`${folder}/${name}/report.txt`, printed);
    expect(printed).toBe(report);
  });

  it("leaves what cannot be fixed for certain", async () => {
    const printed = text((await fixRepository(writeRepository(files), { config })).report);
    if (process.env["UPDATE"] === "1") writeFileSync(`${folder}/${name}/fixed.txt`, printed);
    expect(printed).toBe(fixed);
  });
});
