import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { unknown } from "../../src/documents/known.ts";
import { unansweredBy } from "../../src/faults/statuses/status-questions.ts";
import { readScript } from "../../src/shell/script.ts";

const SHELLS = ["bash", "bash -e", "bash -eo pipefail", "bash -o pipefail", "dash -e"];
/** What may fail: `false` does, `true` does not. */
const STATEMENTS = [
  "probe",
  "probe x | tee file",
  "probe | cat",
  "probe | tail -n 2",
  "probe | cat | tee file",
  "probe | sort | tee -a file",
  "probe | grep -c .",
  "true | probe",
  "X=$(probe)",
  "X=$(probe | tee file)",
  "X=$(echo x; probe)",
  "X=$(probe || true)",
  "export X=$(probe)",
  "export X=$(probe | cat)",
  "(probe)",
  "{ probe; }",
  "(probe | tee file)",
  "(exit 3; probe | tee file)",
  "(probe; echo x)",
  "{ probe; echo x; } | tee file",
  "probe > file",
  "! probe",
  "probe && :",
  "probe || false",
  "probe &",
  "probe & wait $!",
  "fails",
  "fails | cat",
  "if probe; then :; fi",
  "for i in 1; do probe; done",
  "probe\necho x",
  "set +e; probe",
  "set +e\nprobe\nset -e",
  "(set +e; probe)",
  "set -o pipefail\nprobe | tee file",
  "set +o pipefail\nprobe | tee file",
];
const QUESTIONS = [
  "if ·; then :; else echo FAILED; fi",
  "if ! { ·\n}; then echo FAILED; fi",
  "until ·; do echo FAILED; break; done",
  "· || echo FAILED",
  "{ ·\n} || { echo FAILED; }",
  "·\nif [ $? -ne 0 ]; then echo FAILED; fi",
  "·\n[ $? -eq 0 ] || echo FAILED",
  "·\nif [ $? -eq 0 ]; then :; else echo FAILED; fi",
  "·\nY=$?\ncase $Y in 0) ;; *) echo FAILED ;; esac",
  '·\nY=$?\nif [ "$Y" -gt 0 ]; then echo FAILED; fi',
  '·\necho "FAILED=$?" >> "$GITHUB_OUTPUT"',
  "·\nif [ $? -ne 0 ] && true; then echo FAILED; fi",
];
const CONTEXTS = [
  "·",
  "f() {\n·\n}\nf",
  "f() {\n·\n}\nf || true",
  "f() {\n·\n}\nif f; then :; fi\nf",
  "(\n·\n)",
  "X=$(\n·\n)\necho $X",
  "if true; then\n·\nfi",
  "for i in 1 2; do\n·\ndone",
  "set +e\n·",
  "{\n·\n} | cat",
  "trap 'exit 0' ERR\n·",
];

/** One of how many is run. */
const SAMPLED = Number(process.env["SAMPLED"] ?? 11);

const folder = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Whether a question of the script is reported: in vain however it is come to. */
function isReported(text: string, shell: string): boolean {
  const options = { errexit: shell.includes("-e"), pipefail: shell.includes("pipefail") };
  const outside = { expression: () => unknown("none"), variable: () => unknown("not told") };
  const asked = readScript(`fails() { probe; }\n${text}`, outside, options).flatMap((command) => {
    const { question } = command;
    return question ? [{ key: JSON.stringify([question.asker, question.range, question.answeredBy]), command }] : [];
  });
  return asked.some(({ key }) => asked.every((other) => other.key !== key || unansweredBy(other.command)));
}

/** Runs each of its arguments, and tells which of them tell of a failure. */
const DRIVER = String.raw`
prelude='probe() { false; }; fails() { probe; }; GITHUB_OUTPUT=output;'
for text; do
  : > output
  told=$($PROGRAM -c "$prelude$text" 2> /dev/null)$(< output)
  case $told in *FAILED=0* | "") echo no ;; *FAILED*) echo yes ;; *) echo no ;; esac
done
`;

/** Those of the scripts that tell of a failure. */
function telling(scripts: readonly string[], shell: string): readonly string[] {
  const { stdout } = spawnSync("bash", ["-c", DRIVER, "driver", ...scripts], {
    cwd: folder,
    env: { PATH: process.env["PATH"], PROGRAM: shell },
    encoding: "utf8",
  });
  const answers = stdout.trim().split("\n");
  expect(answers).toHaveLength(scripts.length);
  return scripts.filter((_, index) => answers[index] === "yes");
}

const [PLAIN = "", ...NESTED] = CONTEXTS;
const scriptsOf = (contexts: readonly string[], questions: readonly string[]): readonly string[] =>
  contexts.flatMap((context) =>
    questions.flatMap((question) =>
      STATEMENTS.map((statement) => context.replace("·", () => question.replace("·", () => statement))),
    ),
  );
const SCRIPTS = [...scriptsOf([PLAIN], QUESTIONS), ...scriptsOf(NESTED, QUESTIONS.slice(3, 7))];

describe.each(SHELLS)("%s", (shell) => {
  it("never tells of a failure where a question about it is reported", { timeout: 600_000 }, () => {
    const reported = SCRIPTS.filter((text) => isReported(text, shell));
    expect(reported.length).toBeGreaterThan(100);
    const sample = reported.filter((_, index) => index % SAMPLED === 0);
    expect(telling(sample, shell)).toEqual([]);
  });
});
