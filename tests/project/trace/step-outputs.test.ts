import { describe, expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { outputNamesOf } from "../../../src/project/trace/step-effects.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository } from "../../support/temporary.ts";

/** Whether the second of two steps is left out, as its condition never holds. */
function isSkipped(first: string, condition = "steps.check.outputs.go == 'true'"): boolean {
  const root = writeRepository({
    ".github/workflows/ci.yml": `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - id: check
${first.replaceAll(/^/gm, "        ")}
      - run: npx convex codegen
        if: ${condition}
`,
    ".github/actions/decide/action.yml": `runs:
  using: composite
  steps:
    - id: check
      run: echo "go=false" >> $GITHUB_OUTPUT
      shell: bash
`,
  });
  const steps = allRuns(new Repository(root)).flatMap((run) => run.steps);
  return !steps.some(({ step }) => step.run?.text.includes("codegen"));
}

const script = (...lines: readonly string[]): string => ["run: |", ...lines.map((line) => `  ${line}`)].join("\n");

describe("an output", () => {
  it.each<[what: string, step: string]>([
    ["that is printed", 'run: echo "go=false" >> $GITHUB_OUTPUT'],
    ["that is printed by printf", String.raw`run: printf 'go=no\n' >> "$GITHUB_OUTPUT"`],
    ["that is printed together with others", script("{", "  echo a=$1", "  echo go=", '} >> "$GITHUB_OUTPUT"')],
    ["that is printed twice", script("echo go=true >> $GITHUB_OUTPUT", "echo go=false >> $GITHUB_OUTPUT")],
    ["whose name is written in capitals", "run: echo GO=false >> $GITHUB_OUTPUT"],
    ["that a variable holds", script("GO=false", 'echo "go=$GO" >> $GITHUB_OUTPUT')],
  ])("%s is known", (_, step) => {
    expect(isSkipped(step)).toBe(true);
  });

  it.each<[what: string, step: string]>([
    ["that holds", "run: echo go=true >> $GITHUB_OUTPUT"],
    ["that is never written", "run: echo stop=true >> $GITHUB_OUTPUT"],
    ["that is computed", "run: echo go=$(date) >> $GITHUB_OUTPUT"],
    ["that depends on the run", "run: echo go=${{ github.ref }} >> $GITHUB_OUTPUT"],
    [
      "that is written in one of two cases",
      script("echo go=false >> $GITHUB_OUTPUT", "if [ -f a ]; then echo go=true >> $GITHUB_OUTPUT; fi"),
    ],
    ["that is written unless the script ends before", script("[ -f a ] && exit", "echo go=false >> $GITHUB_OUTPUT")],
    ["that another command may write", script("echo go=false >> $GITHUB_OUTPUT", "python decide.py")],
    ["that a command in a word may write", script("echo go=false >> $GITHUB_OUTPUT", 'echo "$(./decide)"')],
    ["that a workflow command writes", script("echo go=false >> $GITHUB_OUTPUT", "echo ::set-output name=go::true")],
    ["that is a line of another", script("echo 'a<<E' >> $GITHUB_OUTPUT", "echo go=false >> $GITHUB_OUTPUT")],
    ["that is written over", script("echo go=false >> $GITHUB_OUTPUT", "echo a=b > $GITHUB_OUTPUT")],
    ["of a step that may not run", "run: echo go=false >> $GITHUB_OUTPUT\nif: github.ref == 'x'"],
    ["of a step that runs beside the others", "run: echo go=false >> $GITHUB_OUTPUT\nbackground: true"],
    [
      "of a step whose failure is tolerated",
      `${script("[ -f a ]", "echo go=false >> $GITHUB_OUTPUT")}\ncontinue-on-error: true`,
    ],
    ["of another shell", "run: echo go=false >> $GITHUB_OUTPUT\nshell: python"],
    ["of a step inside an action", "uses: ./.github/actions/decide"],
  ])("%s is not known to be another", (_, step) => {
    expect(isSkipped(step)).toBe(false);
  });

  it("is not known where a step before may have failed", () => {
    expect(isSkipped("run: echo go=false >> $GITHUB_OUTPUT", "always() && steps.check.outputs.go == 'true'")).toBe(
      false,
    );
  });
});

describe("the outputs of a script", () => {
  const names = (step: string): readonly string[] | undefined => {
    const root = writeRepository({
      ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - id: check\n${step.replaceAll(/^/gm, "        ")}\n`,
    });
    const [run] = allRuns(new Repository(root)).flatMap(({ steps }) => steps);
    return run && outputNamesOf(run.step, run.reaches);
  };

  it.each<[lines: readonly string[], names: readonly string[]]>([
    [["echo hi"], []],
    [
      ["echo A=1 >> $GITHUB_OUTPUT", 'echo "b=$(git rev-parse HEAD)" >> "${GITHUB_OUTPUT}"'],
      ["a", "b"],
    ],
    [["if [ -f x ]; then", "  echo a=1 >> $GITHUB_OUTPUT", "fi"], ["a"]],
    [
      ["{", "  echo a=1", "  echo b=$X", '} >> "$GITHUB_OUTPUT"'],
      ["a", "b"],
    ],
    [["jq .version package.json | tee version.txt", "echo a=1 | tee -a $GITHUB_OUTPUT"], ["a"]],
    [
      ["cat <<E >> $GITHUB_OUTPUT", "a=1", "b=2", "E"],
      ["a", "b"],
    ],
  ])("of %j: %j", (lines, expected) => {
    expect(names(script(...lines))).toEqual(expected);
  });

  it.each([
    script("echo a=1 >> $GITHUB_OUTPUT", "node decide.js"),
    script('echo "a=$(./decide)" >> $GITHUB_OUTPUT'),
    script('echo "a=$(( $(./decide) + 1 ))" >> $GITHUB_OUTPUT'),
    script("source ./decide.sh", "echo a=1 >> $GITHUB_OUTPUT"),
    script("git commit -m a"),
    script("cp a $GITHUB_OUTPUT"),
    script("cat a >> $GITHUB_OUTPUT"),
    script("O=$GITHUB_OUTPUT", "echo a=1 >> $O"),
    script('echo "$NAME=1" >> $GITHUB_OUTPUT'),
    script("echo a=1 >> ${{ github.output }}"),
    script("echo ::set-output name=a::1"),
    "run: print(1)\nshell: python",
    "run: echo 1\nshell: pwsh",
    "uses: a/b@v1",
  ])("is not known of %s", (step) => {
    expect(names(step)).toBeUndefined();
  });
});
