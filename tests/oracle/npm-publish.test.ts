/** Real npm judges what it refuses to publish by provenance, and what it packs. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { writeRepository } from "../support/temporary.ts";

const MANIFEST = { name: "preflight-acme", version: "1.0.0", dependencies: { b: "workspace:*", c: "catalog:" } };
/** Nobody answers there: what is asked for here comes before any request. */
const NOWHERE = ["--registry", "http://127.0.0.1:9", "--//127.0.0.1:9/:_authToken=x", "--access", "public"];

function npm(manifest: object, args: readonly string[], variables: Readonly<Record<string, string>> = {}): string {
  const cwd = writeRepository({ "package.json": JSON.stringify(manifest) });
  const env = { PATH: process.env["PATH"], HOME: cwd, CI: "true", GITHUB_ACTIONS: "true", ...variables };
  const { stdout, stderr } = spawnSync("npm", [...args], { cwd, env, encoding: "utf8" });
  return stdout + stderr;
}

it.each<[asked: string, args: readonly string[], variables: Readonly<Record<string, string>>, manifest: object]>([
  ["a flag", ["--provenance"], {}, {}],
  ["a variable", [], { NPM_CONFIG_PROVENANCE: "true" }, {}],
  ["a setting of the package", [], {}, { publishConfig: { provenance: true } }],
])("provenance by %s takes `id-token: write`", (_, args, variables, manifest) => {
  const output = npm({ ...MANIFEST, ...manifest }, ["publish", ...NOWHERE, ...args], variables);
  expect(output).toContain('requires "write" access to the "id-token" permission');
});

it("without provenance the registry is asked", () => {
  expect(npm(MANIFEST, ["publish", ...NOWHERE, "--fetch-retries=0"])).toContain("ECONNREFUSED");
});

it("packs ranges of the workspace's protocols as they stand", () => {
  const cwd = writeRepository({ "package.json": JSON.stringify(MANIFEST) });
  spawnSync("npm", ["pack"], { cwd, encoding: "utf8" });
  const { stdout } = spawnSync("tar", ["-xOf", "preflight-acme-1.0.0.tgz", "package/package.json"], {
    cwd,
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toMatchObject({ dependencies: MANIFEST.dependencies });
});
