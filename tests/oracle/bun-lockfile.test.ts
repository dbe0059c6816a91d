import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBunLockHeader } from "../../src/documents/lockfile.ts";
import { cannotRead, linkerOf, readBunVersion, type BunVersion } from "../../src/tools/bun.ts";
import { writeRepository } from "../support/temporary.ts";
import { BUNS, runWithBun, WORKSPACE, type BunRelease } from "./bun.ts";

/** The bun.lock that a release writes for the workspace. */
function lockWrittenBy(release: BunRelease): string {
  const root = writeRepository(WORKSPACE);
  runWithBun(release, "bun install", root);
  return readFileSync(join(root, "bun.lock"), "utf8");
}

const LOCK = lockWrittenBy("1.2.18");

function exact(release: BunRelease): BunVersion {
  const version = readBunVersion(release);
  if (!version) throw new Error(`${release} is no version`);
  return version;
}

describe.each(BUNS)("Bun %s", (release) => {
  it.each([1, 2, 3])("reads lockfileVersion %i, or fails as the model says", (format) => {
    const text = LOCK.replace('"lockfileVersion": 1', `"lockfileVersion": ${String(format)}`);
    const root = writeRepository({ ...WORKSPACE, "bun.lock": text });
    const { status, output } = runWithBun(release, "bun install --frozen-lockfile", root);
    const isRefused = cannotRead(exact(release), format);
    expect(status).toBe(isRefused ? 1 : 0);
    expect(/unknown lockfile version/i.test(output)).toBe(isRefused);
  });

  it.each(BUNS)("reads what Bun %s writes, or fails as the model says", (writer) => {
    const text = lockWrittenBy(writer);
    const root = writeRepository({ ...WORKSPACE, "bun.lock": text });
    const { formatVersion = -1 } = readBunLockHeader({ path: "bun.lock", text });
    const { status } = runWithBun(release, "bun install --frozen-lockfile", root);
    expect(status).toBe(cannotRead(exact(release), formatVersion) ? 1 : 0);
  });

  it.each([
    ["no configVersion", ""],
    ["configVersion 0", '"configVersion": 0,'],
    ["configVersion 1", '"configVersion": 1,'],
  ])("lays node_modules out as the model says for %s", (_, header) => {
    const text = LOCK.replace('"workspaces"', `${header} "workspaces"`);
    const root = writeRepository({ ...WORKSPACE, "bun.lock": text });
    expect(runWithBun(release, "bun install --frozen-lockfile", root).status).toBe(0);
    const { configVersion } = readBunLockHeader({ path: "bun.lock", text });
    // Hoisted, all packages are at the root; isolated, each sees its own dependencies alone.
    const real = existsSync(join(root, "node_modules/ui")) ? "hoisted" : "isolated";
    expect(existsSync(join(root, "apps/web/node_modules/ui"))).toBe(real === "isolated");
    expect(linkerOf(exact(release), configVersion === 1)).toBe(real);
  });

  it.each(["hoisted", "isolated"])("takes the linker %s from bunfig.toml, whatever its own choice", (linker) => {
    const root = writeRepository({
      ...WORKSPACE,
      "bun.lock": LOCK,
      "bunfig.toml": `[install]\nlinker = "${linker}"\n`,
    });
    expect(runWithBun(release, "bun install --frozen-lockfile", root).status).toBe(0);
    const isKnown = release !== "1.2.18";
    expect(existsSync(join(root, "node_modules/ui"))).toBe(linker === "hoisted" || !isKnown);
  });
});
