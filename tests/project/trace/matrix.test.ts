import { describe, expect, it } from "vitest";
import { textOf } from "../../../src/commands/arguments.ts";
import { Repository } from "../../../src/project/repository.ts";
import { runsOfWorkflow } from "../../../src/project/trace/runs.ts";
import { writeRepository } from "../../support/temporary.ts";

const CALLED = `on:
  workflow_call:
    inputs:
      app: { type: string }
jobs:
  inner:
    runs-on: ubuntu-latest
    strategy: { matrix: { verb: [codegen, dev] } }
    steps:
      - run: npx convex \${{ matrix.verb }}
        working-directory: \${{ inputs.app }}
  nested:
    strategy: { matrix: { app: [a, b] } }
    uses: ./.github/workflows/last.yml
    with: { app: "\${{ matrix.app }}" }
`;
/** Folders that the jobs enter. */
const FOLDERS = Object.fromEntries(
  ["a", "b", "web", "api", "apps/web", "apps/api"].map((folder) => [`${folder}/README.md`, ""]),
);
const LAST = CALLED.slice(0, CALLED.indexOf("  nested:"));

/** The commands of Convex that a job of a workflow runs, each with its folder. */
function commandsOf(job: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  const root = writeRepository({ ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n${job}`, ...FOLDERS, ...others });
  const repository = new Repository(root);
  const workflow = repository.workflow(".github/workflows/ci.yml");
  const runs = workflow ? runsOfWorkflow(repository, workflow) : [];
  const reaches = runs.flatMap((run) => run.steps.flatMap((step) => step.reaches));
  return reaches.flatMap(({ invocation, directory, isApproximate }) => {
    if (invocation.kind !== "binary" || invocation.name !== "convex") return [];
    const certainty = isApproximate ? ", perhaps" : "";
    return `${invocation.args.map((word) => textOf(word) ?? "?").join(" ")} in ${directory.known ? directory.value : "?"}${certainty}`;
  });
}

const steps = (matrix: string, step: string, runsOn = "ubuntu-latest"): string =>
  `    runs-on: ${runsOn}\n    strategy: { matrix: ${matrix} }\n    steps:\n      - ${step}\n`;

describe("a job with a matrix", () => {
  it.each<[what: string, job: string, commands: readonly string[]]>([
    [
      "runs each command",
      steps("{ verb: [codegen, deploy] }", "run: npx convex ${{ matrix.verb }}"),
      ["codegen in ", "deploy in "],
    ],
    [
      "runs it in each folder",
      steps("{ app: [web, api] }", "{ run: npx convex dev, working-directory: 'apps/${{ matrix.app }}' }"),
      ["dev in apps/web", "dev in apps/api"],
    ],
    [
      "reads what was included",
      steps("{ include: [{ app: { path: web } }, {}] }", "run: cd ./${{ matrix.app.path }} && npx convex dev"),
      ["dev in web", "dev in "],
    ],
    [
      "runs a step where its condition holds",
      steps("{ verb: [codegen, deploy] }", "{ run: 'npx convex ${{ matrix.verb }}', if: matrix.verb == 'deploy' }"),
      ["deploy in "],
    ],
    [
      "reads a script on those machines that have the shell",
      steps("{ os: [ubuntu-latest, windows-latest] }", "run: npx convex dev", "${{ matrix.os }}"),
      ["dev in ", "dev in , perhaps"],
    ],
    [
      "is followed once where the combinations do not matter",
      steps("{ node: [20, 22, 24] }", "run: npx convex dev # ${{ github.sha }}"),
      ["dev in "],
    ],
    [
      "is followed once where they are not known",
      steps("{ verb: '${{ fromJSON(vars.VERBS) }}' }", "run: npx convex ${{ matrix.verb }}"),
      ["? in "],
    ],
    [
      "calls a workflow with each",
      `    strategy: { matrix: { app: [web, api] } }\n    uses: ./.github/workflows/last.yml\n    with: { app: "\${{ matrix.app }}" }\n`,
      ["codegen in web", "dev in web", "codegen in api", "dev in api"],
    ],
    [
      "is not multiplied by the matrix of another call",
      `    strategy: { matrix: { app: [web, api] } }\n    uses: ./.github/workflows/called.yml\n    with: { app: "\${{ matrix.app }}" }\n`,
      [
        "codegen in web",
        "dev in web",
        "codegen in ?",
        "dev in ?",
        "codegen in api",
        "dev in api",
        "codegen in ?",
        "dev in ?",
      ],
    ],
  ])("%s", (_, job, commands) => {
    expect(commandsOf(job, { ".github/workflows/called.yml": CALLED, ".github/workflows/last.yml": LAST })).toEqual(
      commands,
    );
  });
});
