import { expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { reachesOfBinaries, reachesOfKind } from "../../../src/project/trace/reach-index.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository } from "../../support/temporary.ts";

it("finds what a step reaches by name and kind, in the order in which it runs", () => {
  const root = writeRepository({
    "package.json": JSON.stringify({ scripts: { deploy: "wrangler deploy && convex deploy" } }),
    ".github/workflows/ci.yml": `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: |
          convex codegen
          npm ci
          wrangler whoami
          npm run deploy
`,
  });
  const [run] = allRuns(new Repository(root)).flatMap(({ steps }) => steps);
  const textsOf = (...names: readonly string[]): readonly string[] =>
    reachesOfBinaries(run?.reaches ?? [], new Set(names)).map(({ located }) => located.text);
  expect(textsOf("wrangler", "vercel", "convex")).toEqual([
    "convex codegen",
    "wrangler whoami",
    "wrangler deploy",
    "convex deploy",
  ]);
  expect(textsOf("convex")).toEqual(["convex codegen", "convex deploy"]);
  expect(textsOf("vercel")).toEqual([]);
  expect(reachesOfKind(run?.reaches ?? [], "install").map(({ located }) => located.text)).toEqual(["npm ci"]);
  expect(reachesOfBinaries([], new Set(["convex"]))).toEqual([]);
});
