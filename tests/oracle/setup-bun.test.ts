// What each release of oven-sh/setup-bun asks for was seen by running its `dist` with the network replaced, 2026-11.
import { describe, expect, it } from "vitest";
import { bunSourcesOf, type BunSource } from "../../src/faults/bun/bun-source.ts";
import { Repository } from "../../src/project/repository.ts";
import { allRuns } from "../../src/project/trace/runs.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const RELEASES = ["v1.1.0", "v1.1.1", "v1.2.2", "v2.0.2", "v2.1.0", "v2.1.1", "v2.2.0"] as const;

/** The version that each release asks for; "?" where the model does not say. */
type Asked = readonly [string, string, string, string, string, string, string];
type Row = readonly [name: string, inputs: Readonly<Record<string, string>>, files: RepositoryFiles, asked: Asked];

const always = (version: string): Asked => [version, version, version, version, version, version, version];
const json = (value: unknown): string => JSON.stringify(value);
const BUN_1_3_1 = { "package.json": json({ packageManager: "bun@1.3.1" }) };
const ENGINES = { "package.json": json({ engines: { bun: "1.2.18" } }) };
const LATEST = always("latest");
/** What a package.json with `packageManager: bun@1.3.1` gives where no version file is taken or read. */
const READS_MANIFEST: Asked = ["latest", "1.3.1", "1.3.1", "latest", "latest", "1.3.1", "1.3.1"];

const ROWS: readonly Row[] = [
  ["nothing", {}, {}, LATEST],
  ["packageManager", {}, BUN_1_3_1, READS_MANIFEST],
  ["engines.bun", {}, ENGINES, ["latest", "latest", "latest", "latest", "latest", "1.2.18", "1.2.18"]],
  [
    "engines.bun beside another packageManager",
    {},
    { "package.json": json({ packageManager: "pnpm@9.0.0", engines: { bun: "1.2.18" } }) },
    ["latest", "latest", "latest", "latest", "latest", "1.2.18", "1.2.18"],
  ],
  [
    "devEngines",
    {},
    { "package.json": json({ devEngines: { packageManager: { name: "bun", version: "1.2.18" } } }) },
    LATEST,
  ],
  [
    ".tool-versions",
    {},
    { ".tool-versions": "nodejs 20.0.0\nbun 1.2.18\n" },
    ["latest", "latest", "1.2.18", "latest", "latest", "latest", "latest"],
  ],
  [".tool-versions without Bun", {}, { ".tool-versions": "nodejs 20.0.0\n" }, LATEST],
  ["packageManager beats .tool-versions", {}, { ...BUN_1_3_1, ".tool-versions": "bun 1.2.18\n" }, READS_MANIFEST],
  [".bun-version by itself", {}, { ".bun-version": "1.2.18\n" }, LATEST],
  ["mise.toml by itself", {}, { "mise.toml": '[tools]\nbun = "1.2.18"\n' }, LATEST],

  ["bun-version beats packageManager", { "bun-version": "1.2.18" }, BUN_1_3_1, always("1.2.18")],
  [
    "bun-version beats bun-version-file",
    { "bun-version": "1.2.18", "bun-version-file": ".bun-version" },
    { ".bun-version": "1.3.1\n" },
    always("1.2.18"),
  ],
  ["an empty bun-version", { "bun-version": "" }, BUN_1_3_1, READS_MANIFEST],
  ["an unknown bun-version", { "bun-version": "${{ vars.BUN }}" }, BUN_1_3_1, always("?")],
  ["another download", { "bun-download-url": "https://example.com/bun.zip" }, BUN_1_3_1, always("?")],

  [
    "bun-version-file .bun-version",
    { "bun-version-file": ".bun-version" },
    { ".bun-version": "1.2.18\n" },
    ["latest", "latest", "latest", "1.2.18", "1.2.18", "1.2.18", "1.2.18"],
  ],
  [
    "bun-version-file in a folder",
    { "bun-version-file": "./apps/.bun-version" },
    { "apps/.bun-version": "1.2.18", ...BUN_1_3_1 },
    ["latest", "1.3.1", "1.3.1", "1.2.18", "1.2.18", "1.2.18", "1.2.18"],
  ],
  [
    "bun-version-file .tool-versions",
    { "bun-version-file": ".tool-versions" },
    { ".tool-versions": "bun 1.2.18\n" },
    ["latest", "latest", "1.2.18", "1.2.18", "1.2.18", "1.2.18", "1.2.18"],
  ],
  [
    "bun-version-file .tool-versions without Bun",
    { "bun-version-file": ".tool-versions" },
    { ".tool-versions": "nodejs 20\n", ...BUN_1_3_1 },
    READS_MANIFEST,
  ],
  [
    "bun-version-file package.json",
    { "bun-version-file": "package.json" },
    BUN_1_3_1,
    ["latest", "1.3.1", "1.3.1", "1.3.1", "1.3.1", "1.3.1", "1.3.1"],
  ],
  [
    "bun-version-file package.json with engines.bun",
    { "bun-version-file": "package.json" },
    ENGINES,
    ["latest", "latest", "latest", "latest", "1.2.18", "1.2.18", "1.2.18"],
  ],
  [
    "bun-version-file package.json of a package",
    { "bun-version-file": "apps/web/package.json" },
    { ...BUN_1_3_1, "apps/web/package.json": json({ packageManager: "bun@1.2.18" }) },
    ["latest", "1.3.1", "1.3.1", "1.2.18", "1.2.18", "1.2.18", "1.2.18"],
  ],
  [
    "bun-version-file of a name that it does not read",
    { "bun-version-file": "mise.toml" },
    { ...BUN_1_3_1, "mise.toml": '[tools]\nbun = "1.2.18"\n' },
    READS_MANIFEST,
  ],
  // The files are read as they are, so that what they give is not certain to be a version.
  [
    "bun-version-file .bumrc",
    { "bun-version-file": ".bumrc" },
    { ".bumrc": "1.2.18\n" },
    ["latest", "latest", "latest", "?", "?", "?", "?"],
  ],
  [
    "bun-version-file with a comment",
    { "bun-version-file": ".bun-version" },
    { ".bun-version": "1.2.18 # pinned\n" },
    ["latest", "latest", "latest", "?", "?", "?", "?"],
  ],
  // The job may write the file.
  [
    "a bun-version-file that the repository has not",
    { "bun-version-file": ".bun-version" },
    BUN_1_3_1,
    ["latest", "1.3.1", "1.3.1", "?", "?", "?", "?"],
  ],
];

function workflow(uses: string, inputs: Readonly<Record<string, string>>, checkout = "before"): string {
  const step = [`      - uses: ${uses}`, `        with: ${json(inputs)}`];
  const own = ["      - uses: actions/checkout@v5"];
  const other = [...own, "        with: { repository: example/other }"];
  const before = { before: own, after: [], other }[checkout] ?? [];
  const steps = [...before, ...step, ...(checkout === "after" ? own : []), "      - run: bun ci"];
  return ["on: push", "jobs:", "  build:", "    runs-on: ubuntu-latest", "    steps:", ...steps, ""].join("\n");
}

function sourceOf(text: string, files: RepositoryFiles): BunSource | undefined {
  const repository = new Repository(writeRepository({ ...files, ".github/workflows/ci.yml": text }));
  return allRuns(repository).flatMap((job) => bunSourcesOf(repository, job))[0];
}

function askedBy(source: BunSource | undefined): string {
  if (!source?.version) return "?";
  return source.text === "" ? "latest" : source.text;
}

describe.each(RELEASES)("oven-sh/setup-bun@%s asks for", (release) => {
  const column = RELEASES.indexOf(release);
  it.each(ROWS.map(([name, inputs, files, asked]) => [name, asked[column] ?? "", inputs, files] as const))(
    "%s: %s",
    (_, asked, inputs, files) => {
      expect(askedBy(sourceOf(workflow(`oven-sh/setup-bun@${release}`, inputs), files))).toBe(asked);
    },
  );
});

describe("a ref of setup-bun", () => {
  it.each([
    ["v1", "1.3.1"],
    ["v2", "1.3.1"],
    ["735343b667d3e6f658f44d0eca948eb6282f2b76", "latest"],
    ["735343b667d3e6f658f44d0eca948eb6282f2b76 # v2", "latest"],
    ["4bc047ad259df6fc24a6c9b0f9a0cb08cf17fbe5", "latest"],
    ["0c5077e51419868618aeaa5fe8019c62421857d6", "1.3.1"],
    ["0123456789012345678901234567890123456789", "?"],
    ["0123456789012345678901234567890123456789 # v2", "?"],
    ["0123456789012345678901234567890123456789 # v2.0.2", "latest"],
    ["main", "?"],
    ["v2.1", "?"],
  ])("%s stands for the release that asks for %s", (ref, asked) => {
    expect(askedBy(sourceOf(workflow(`oven-sh/setup-bun@${ref}`, {}), BUN_1_3_1))).toBe(asked);
  });
});

describe("setup-bun reads the workspace", () => {
  it.each([
    ["after a checkout", "before", "1.3.1"],
    ["before a checkout, when it is empty", "after", "latest"],
    ["of another repository", "other", "?"],
  ])("%s", (_, checkout, asked) => {
    expect(askedBy(sourceOf(workflow("oven-sh/setup-bun@v2", {}, checkout), BUN_1_3_1))).toBe(asked);
  });
});
