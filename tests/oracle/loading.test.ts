import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LOADING_CASES, type LoadingCase } from "../project/executed/loading-cases.ts";
import { writeRepository } from "../support/temporary.ts";
import { BUNS, runWithBun } from "./bun.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const UNRESOLVED = /Cannot find module|Could not resolve|Failed to resolve import/;
const isOfBun = ({ command }: LoadingCase): boolean => command.startsWith("bun");

/** What a command says of a repository: whether it succeeds, and whether it misses a module. */
const verdictOf = (status: number | null, output: string): string =>
  status === 0 ? "passes" : UNRESOLVED.test(output) ? "misses a module" : output;

const expected = ({ missing, failsAnyway }: LoadingCase): RegExp =>
  missing !== undefined ? /^misses a module$/ : failsAnyway === true ? /./ : /^passes$/;

/** The real tools in the repositories of which the model says what they miss. */
describe("vitest and vite", () => {
  it.each(LOADING_CASES.filter((item) => !isOfBun(item)))("$what", (item) => {
    const cwd = writeRepository(item.files);
    symlinkSync(MODULES, join(cwd, "node_modules"), "junction");
    const env = { ...process.env, CI: "true", PATH: [join(MODULES, ".bin"), process.env["PATH"]].join(delimiter) };
    for (const name of Object.keys(env)) if (/^VITEST|^NODE_ENV$|^TEST$/.test(name)) Reflect.deleteProperty(env, name);
    const { status, stdout, stderr } = spawnSync(item.command, { cwd, env, shell: true, encoding: "utf8" });
    expect(verdictOf(status, stdout + stderr)).toMatch(expected(item));
  });
});

describe.each(BUNS)("bun %s", (release) => {
  it.each(LOADING_CASES.filter(isOfBun))("$what", (item) => {
    const { status, output } = runWithBun(release, item.command, writeRepository(item.files));
    expect(verdictOf(status, output)).toMatch(expected(item));
  });
});
