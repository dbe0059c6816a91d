import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";

const job = (runner: string, keys = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ${runner}\n${keys}    steps:\n      - run: "true"\n`;
const runner = (name: string, text: string) => ({ name, file: WORKFLOW, files: { [WORKFLOW]: text } });
const retired = (label: string, line: number, output: string) => ({
  message: `No machine starts this job: GitHub has retired \`${label}\`, and a job that waits for one fails after a day.`,
  line,
  suggestions: [{ messageId: "useName", output }],
});
const matrix = (...systems: readonly string[]): string =>
  job("${{ matrix.os }}", `    strategy:\n      matrix:\n        os: [${systems.join(", ")}]\n`);
const included = (label: string): string =>
  job(
    "${{ matrix.settings.host }}",
    `    strategy:\n      matrix:\n        settings:\n          - host: ubuntu-latest\n          - host: ${label}\n`,
  );

new RuleTester().run("scripts-exist", {
  valid: [
    runner("a label that GitHub has", job("macos-15")),
    runner("a larger machine, which has a name of its own", job("ubuntu-20.04-16core")),
    runner("a label of a machine of one's own", job("[self-hosted, ubuntu-20.04]")),
    runner("a label that is not known", job("${{ vars.RUNNER }}")),
    runner("a job that never runs", job("ubuntu-20.04", "    if: false\n")),
    runner("a value of the matrix that is none", matrix("ubuntu-22.04").replace("matrix.os", "matrix.x")),
    runner("the label as another value", job("ubuntu-latest", "    env: { OS: ubuntu-20.04 }\n")),
  ],
  invalid: [
    {
      ...runner("a label that GitHub has retired", job("macos-13")),
      errors: [retired("macos-13", 4, job("macos-15-intel"))],
    },
    {
      ...runner("one in quotes", job('"ubuntu-20.04"')),
      errors: [retired("ubuntu-20.04", 4, job("ubuntu-22.04"))],
    },
    {
      ...runner("one of the matrix", matrix("ubuntu-latest", "windows-2019")),
      errors: [retired("windows-2019", 7, matrix("ubuntu-latest", "windows-2022"))],
    },
    {
      ...runner("one within the matrix", included("macos-12")),
      errors: [retired("macos-12", 9, included("macos-15-intel"))],
    },
  ],
});
