import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";

type Keys = Readonly<Partial<Record<"workflow" | "job" | "step" | "runner", string>>>;

/** A workflow whose only step runs a script. */
const workflow = (script: string, { workflow: top = "", job = "", step = "", runner = "ubuntu-latest" }: Keys = {}) =>
  `on: push\n${top}jobs:\n  test:\n    runs-on: ${runner}\n${job}    steps:\n      - uses: actions/checkout@v5\n      - name: Test\n${step}        run: |\n${script.replaceAll(/^/gm, "          ")}\n`;
const BASH = "        shell: bash\n";

const ci = (script: string, keys: Keys = {}, files: RepositoryFiles = {}) => ({
  name: [script, ...Object.values(keys)].join("\n").replaceAll(/\s+/g, " "),
  file: WORKFLOW,
  files: { "package.json": "{}", ...files, [WORKFLOW]: workflow(script, keys) },
});

const OPTION = "With `set -o pipefail` it does not.";
/** Where the script would then end before `$?` is read. */
const KEPT = "Set `pipefail`, and keep the status with `|| status=$?` behind the pipeline.";
const masked = (asker: string, command: string, answering = "tee", where = "", cure = OPTION): string =>
  `${where}\`${asker}\` asks \`${answering}\` here, not \`${command}\`: without \`pipefail\` the status of a pipeline is that of its last command, so a failed \`${command}\` counts as success. ${cure}`;
const constant = (command: string, where = ""): string =>
  `${where}\`$?\` is always 0 here: with \`-e\` the script ends where \`${command}\` fails, before anything asks. Make the command the condition, or keep its status with \`|| status=$?\` behind it.`;
const builtin = (asker: string, command: string, answering: string): string =>
  `\`${asker}\` asks \`${answering}\` here, not \`${command}\`: the status is that of the builtin, so a failed \`${command}\` counts as success. Assign the value first, and use \`${answering}\` on a line of its own.`;
const latter = (answering: string, where = ""): string =>
  `${where}\`$?\` is always 0 here: it is the status of \`${answering}\`, which runs right before. Keep the status of the command that is meant before anything else runs.`;

/** A case that is mended by `shell: bash`, or by no suggestion. */
const invalid = (script: string, message: string, isMended = false, keys?: Keys, files?: RepositoryFiles) => ({
  ...ci(script, keys, files),
  errors: [
    {
      message,
      ...(isMended && {
        suggestions: [{ messageId: "useBash", output: workflow(script, { ...keys, step: (keys?.step ?? "") + BASH }) }],
      }),
    },
  ],
});

const IF_TEE = "if bun test | tee log; then\n  echo passed\nelse\n  exit 1\nfi";
const IF_STATUS = "bun test\nif [ $? -ne 0 ]; then\n  echo failed\nfi";

new RuleTester().run("checks-can-fail", {
  valid: [
    // A pipeline whose parts count, or whose last command is asked for itself
    ci(IF_TEE, { step: BASH }),
    ci(IF_TEE, { workflow: "defaults: { run: { shell: bash } }\n" }),
    ci(IF_TEE, { job: "    defaults: { run: { shell: bash } }\n" }),
    ci(IF_TEE, { step: "        shell: bash -eo pipefail {0}\n" }),
    ci(IF_TEE, { step: "        shell: pwsh\n" }),
    ci(IF_TEE, { step: "        shell: ${{ matrix.shell }}\n" }),
    ci(IF_TEE, { runner: "windows-latest" }),
    ci(IF_TEE, { step: "        env: { SHELLOPTS: pipefail }\n" }),
    ci(IF_TEE, { step: "        env: { BASH_ENV: ci/env.sh }\n" }),
    ci(`set -o pipefail\n${IF_TEE}`),
    ci(`set -euo pipefail\n${IF_TEE}`),
    ci(`source ci/functions.sh\n${IF_TEE}`),
    ci(`set $OPTIONS\n${IF_TEE}`),
    ci('bun test | tee log\nif [ "${PIPESTATUS[0]}" -ne 0 ]; then exit 1; fi\n[ $? -eq 0 ] || exit 1'),
    ci("if bun test | grep -q passed; then echo passed; fi"),
    ci("if bun test | jq -e .passed; then echo passed; fi"),
    ci("if bun test | head -1; then echo passed; fi"),
    ci("if bun test | sort -c; then echo sorted; fi"),
    ci("if bun test | tee >(grep -q x); then echo passed; fi"),
    ci("if bun test | cat header -; then echo passed; fi"),
    ci("if bun test | sudo tee log; then echo passed; fi"),
    ci("if bun test | xargs tee; then echo passed; fi"),
    ci("if bun test | { grep x; tee log; }; then echo passed; fi"),
    ci("if bun test | while read -r line; do tee log; done; then echo passed; fi"),
    ci("if echo hello | tee log; then echo passed; fi"),
    ci("if { echo a; echo b; } | tee log; then echo passed; fi"),
    ci("if cat <<EOF | tee log; then echo passed; fi\nhello\nEOF"),
    ci("if ${{ inputs.command }} | tee log; then echo passed; fi"),
    ci("echo 'deb x' | tee -a list || exit 1"),
    ci("bun test | tee log || true"),
    ci("bun test | tee log || :"),
    ci("bun test | tee log || exit 0"),
    ci('TAG=$(git tag | tail -n 1 || echo "")'),
    ci("[ -f x ] && bun test | tee log || exit 1"),
    ci("bun test | tee log && echo passed"),
    ci("(bun test || touch failed) | tee log || exit 1"),
    ci("{ bun test; echo $? > code; } | tee log || exit 1"),
    ci("f() { bun test || touch failed; }\nf | tee log || exit 1"),
    ci("if for i in 1 2; do bun test; done | tee log; then echo passed; fi"),
    ci("if grep x file | tee log; then echo found; fi"),
    ci(`setopt PIPE_FAIL\n${IF_TEE}`),
    ci(`bash -eo pipefail -c "bun test | tee log || exit 1"`),
    ci("bun test | tee log"),
    ci("bun test | tee log\necho $?"),
    ci("bun test | tee log\nstatus=$?\necho done"),
    ci("bun test | tee log\nstatus=$?\nbun lint || status=$?\nexit $status"),
    ci("! bun test | tee log"),
    ci("if bun test > >(tee log); then echo passed; fi"),
    ci("if bun test >log 2>&1; then echo passed; fi"),
    ci("x='if bun test | tee log; then exit 1; fi'"),
    ci("# if bun test | tee log; then exit 1; fi"),
    ci("if bun test | tee log; then"),
    // A script that goes on after a failure
    ci(`set +e\n${IF_STATUS}`),
    ci(IF_STATUS, { step: "        shell: bash {0}\n" }),
    ci(IF_STATUS, { step: "        shell: pwsh\n" }),
    ci(IF_STATUS, { runner: "windows-latest" }),
    ci(`if [ -n "$CI" ]; then set +e; fi\n${IF_STATUS}`),
    ci(`shopt -uo errexit\n${IF_STATUS}`),
    ci(`eval "$SETUP"\n${IF_STATUS}`),
    ci('eval "$SETUP"\nif [ $? -ne 0 ]; then exit 1; fi'),
    ci(`[ "\${{ github.actor }}" = y ] && set +e\n${IF_STATUS}`),
    ci("bun test || status=$?\nif [ $status -ne 0 ]; then exit 1; fi"),
    ci("bun test && bun lint\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("! bun test\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("bun test &\nwait $!\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("bun test &\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("test() {\n  bun test\n  if [ $? -ne 0 ]; then echo failed; fi\n}\nif test; then echo passed; fi"),
    ci("run() {\n  bun test\n  if [ $? -ne 0 ]; then echo failed; fi\n}\nrun || true\nrun"),
    ci("run() { bun test; }\nrun\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("if bun test; [ $? -ne 0 ]; then exit 1; fi"),
    ci("(bun test; [ $? -eq 0 ] || echo failed) || true"),
    ci("trap 'exit 0' ERR\nbun test\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("trap 'status=$?; [ $status -ne 0 ] && echo failed' EXIT\nbun test"),
    ci("finish() {\n  status=$?\n  if [ $status -ne 0 ]; then echo failed; fi\n}\ntrap finish EXIT\nbun test"),
    ci("bun test\nexit $?"),
    ci("bun test\necho $?"),
    ci("bun test\nstatus=$?\nexit $status"),
    ci("bun test\nif [ $? -eq 0 ]; then echo passed; fi"),
    ci("bun test\n[ $? -eq 0 ] && echo passed"),
    ci("if bun test; then echo passed; fi\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("for i in 1 2; do bun test && break; done\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("x=$(bun test || true)\nif [ $? -ne 0 ]; then exit 1; fi"),
    ci("x=$(bun test; if [ $? -ne 0 ]; then echo failed; fi)"),
    ci("(\n  set -e\n  if [ -z $X ]; then exit 3; fi\n  echo $X\n)\nstatus=$?\nif [ $status -ne 0 ]; then date; fi"),
    ci("ssh host 'bun test; if [ $? -ne 0 ]; then exit 1; fi'"),
    ci('bun test\nif [ "$(bun lint)" = "$?" ]; then exit 1; fi'),
    ci("${{ inputs.command }}\nif [ $? -ne 0 ]; then exit 1; fi"),
    // A builtin on a line of its own
    ci("f() {\n  local x\n  x=$(bun test) || return 1\n}\nf"),
    ci("export X=$(bun test)"),
    ci("export X=$(bun test) || true"),
    ci("export X=$(echo a) || exit 1"),
    ci("export X=a\nexport Y=$X || exit 1"),
    // What is written to a file can fail
    ci("echo x > /mnt/file\nif [ $? -ne 0 ]; then exit 1; fi", { step: "        shell: bash {0}\n" }),
    // Scripts that get options from outside
    ci("bash -o pipefail ci.sh", {}, { "ci.sh": IF_TEE }),
    ci("bash -euo pipefail ci.sh", {}, { "ci.sh": IF_TEE }),
    ci("set -o pipefail\nsource ci.sh", {}, { "ci.sh": IF_TEE }),
    ci(". ./ci.sh", {}, { "ci.sh": IF_TEE }),
    ci("./ci.sh", {}, { "ci.sh": `#!/bin/bash\n${IF_STATUS}` }),
    ci("./ci.sh", {}, { "ci.sh": `#!/usr/bin/env -S bash -eo pipefail\n${IF_TEE}` }),
    ci("npm run a", {}, { "package.json": '{"scripts":{"a":"bun test; [ $? -eq 0 ] || exit 1"}}' }),
    { ...ci("echo"), name: "an action whose shell is bash", file: "action/action.yml", files: action("bash", IF_TEE) },
  ],
  invalid: [
    invalid(IF_TEE, masked("if", "bun test"), true),
    invalid(IF_TEE, masked("if", "bun test"), true, { step: "        continue-on-error: true\n" }),
    invalid(IF_TEE, masked("if", "bun test"), true, { job: "    defaults: { run: { working-directory: . } }\n" }),
    invalid(IF_TEE, masked("if", "bun test"), true, { runner: "macos-latest" }),
    invalid(IF_TEE, masked("if", "bun test"), false, { runner: "self-hosted" }),
    invalid(IF_TEE, masked("if", "bun test"), false, { job: "    container: node:24\n" }),
    invalid(IF_TEE, masked("if", "bun test"), false, { step: "        shell: sh\n" }),
    invalid(IF_TEE, masked("if", "bun test"), false, { step: "        shell: bash -e {0}\n" }),
    invalid(IF_TEE, masked("if", "bun test"), false, { step: BASH.replace("bash", "bash {0}") }),
    invalid(`${IF_TEE}\ngit log | head -1`, masked("if", "bun test")),
    invalid(
      "if ! bun test 2>&1 | tee -a log; then exit 1; fi",
      masked("if", "bun test 2>&1".replace(" 2>&1", "")),
      true,
    ),
    invalid("if bun test | cat; then exit 0; fi", masked("if", "bun test", "cat"), true),
    invalid("if bun test | tail -n 20; then exit 0; fi", masked("if", "bun test", "tail"), true),
    invalid("if bun test | sed 's/a/b/' | tee log; then exit 0; fi", masked("if", "bun test")),
    invalid("if cat x | bun test | tee log; then exit 0; fi", masked("if", "bun test")),
    invalid('if "$COMMAND" test | tee log; then exit 0; fi', masked("if", '"$COMMAND" test'), true),
    invalid("if yes | bun test |& tee log; then exit 0; fi", masked("if", "bun test")),
    invalid("if git ls-files | xargs eslint | tee log; then exit 0; fi", masked("if", "xargs eslint")),
    invalid("if bun test | grep -v x | tee log; then exit 0; fi", masked("if", "bun test")),
    invalid("if time bun test | tee log; then exit 0; fi", masked("if", "bun test"), true),
    invalid('bash -c "bun test | tee log || exit 1"', masked("||", "bun test")),
    invalid("if (bun test | tee log); then exit 0; fi", masked("if", "bun test"), true),
    invalid("if x=$(bun test | tee log); then exit 0; fi", masked("if", "bun test"), true),
    invalid("if { bun lint; bun test; } | tee log; then exit 0; fi", masked("if", "bun test"), true),
    invalid("if true; then\n  if bun test | tee log; then exit 0; fi\nfi", masked("if", "bun test"), true),
    invalid("if false; then exit 1; elif bun test | tee log; then exit 0; fi", masked("if", "bun test"), true),
    invalid("until curl -f x | tee log; do sleep 1; done", masked("until", "curl -f x"), true),
    invalid("while ! curl -f x | tee log; do sleep 1; done", masked("while", "curl -f x"), true),
    invalid("bun test | tee log || { echo failed; exit 1; }", masked("||", "bun test"), true),
    invalid("bun test | tee log || status=$?\nexit ${status:-0}", masked("||", "bun test"), true),
    invalid("bun test | tee log\nexit $?", masked("$?", "bun test")),
    invalid(
      'set -o pipefail\nbun test | tee log\ncode=$?\necho "code=$code" >> "$GITHUB_OUTPUT"',
      constant("bun test | tee log"),
    ),
    invalid("set +e\nbun test | tee log\nexit $?", masked("$?", "bun test"), true),
    invalid("bun test | tee log\nif [ $? -ne 0 ]; then exit 1; fi", masked("$?", "bun test", "tee", "", KEPT)),
    invalid("bun test | tee log\nif [ $? -eq 0 ]; then echo passed; fi", masked("$?", "bun test")),
    invalid(
      'bun test | tee log\nstatus=$?\necho "status=$status" >> "$GITHUB_OUTPUT"',
      masked("$?", "bun test", "tee", "", KEPT),
    ),
    invalid('bun test | tee log\necho "code=$?" >> "$GITHUB_OUTPUT"', masked("$?", "bun test", "tee", "", KEPT)),
    invalid("f() { bun test | tee log || return 1; }\nf", masked("||", "bun test"), true),
    invalid(IF_STATUS, constant("bun test")),
    invalid(IF_STATUS, constant("bun test"), false, { step: BASH }),
    invalid(IF_STATUS, constant("bun test"), false, { step: "        shell: sh\n" }),
    invalid(`set -uo pipefail\n${IF_STATUS}`, constant("bun test")),
    invalid("set +e\nbun lint\nset -e\nbun test\n[ $? -eq 0 ] || exit 1", constant("bun test")),
    invalid("bun test\nif [[ $? != 0 ]]; then exit 1; fi", constant("bun test")),
    invalid("bun test\nif (( $? )); then exit 1; fi", constant("bun test")),
    invalid("bun test\ncase $? in 0) ;; *) exit 1 ;; esac", constant("bun test")),
    invalid("bun test\nif test $? -gt 0; then exit 1; fi", constant("bun test")),
    invalid('bun test\nstatus=$?\necho\nif [ "$status" -ne 0 ]; then exit 1; fi', constant("bun test")),
    invalid('bun test\nstatus="$?"\n((status == 0)) || exit 1', constant("bun test")),
    invalid('bun test\necho "code=$?" >> $GITHUB_OUTPUT', constant("bun test")),
    invalid("x=$(bun test)\nif [ $? -ne 0 ]; then exit 1; fi", constant("bun test")),
    invalid("x=$(bun test | grep x)\nif [ $? -ne 0 ]; then exit 1; fi", constant("grep x")),
    invalid("git diff --quiet\nif [ $? -ne 0 ]; then exit 1; fi", constant("git diff --quiet")),
    invalid('if [ -n "$CI" ]; then\n  bun test\n  if [ $? -ne 0 ]; then exit 1; fi\nfi', constant("bun test")),
    invalid("for i in 1 2 3; do\n  bun test\n  if [ $? -ne 0 ]; then exit 1; fi\ndone", constant("bun test")),
    invalid("(cd x; bun test; [ $? -eq 0 ] || exit 1)", constant("bun test")),
    invalid("f() {\n  bun test\n  local status=$?\n  [ $status -eq 0 ] || exit 1\n}\nf", constant("bun test")),
    invalid("export X=$(bun test)\nif [ $? -ne 0 ]; then exit 1; fi", builtin("$?", "bun test", "export")),
    invalid("f() {\n  local x=$(bun test) || return 1\n}\nf", builtin("||", "bun test", "local")),
    invalid("if readonly X=$(bun test); then echo; fi", builtin("if", "bun test", "readonly")),
    invalid("set +e\nbun test\nset -e\nif [ $? -ne 0 ]; then exit 1; fi", latter("set")),
    invalid("set +e\nbun test\necho done\nif [ $? -ne 0 ]; then exit 1; fi", latter("echo")),
    invalid("bash ci.sh", masked("if", "bun test", "tee", "At ci.sh:2 "), false, {}, { "ci.sh": `\n${IF_TEE}` }),
    invalid(
      "./ci.sh\n./ci.sh",
      constant("bun test", "At ci.sh:3 "),
      false,
      {},
      { "ci.sh": `#!/bin/bash -e\nbun test\n[ $? -eq 0 ] || exit 1` },
    ),
    invalid(
      "./ci.sh",
      constant("bun test", "At ci.sh:4 "),
      false,
      {},
      { "ci.sh": `#!/bin/bash\nset -e\nbun test\n[ $? -eq 0 ] || exit 1` },
    ),
    {
      ...ci("npm run a"),
      name: "a script of a package.json",
      file: "package.json",
      files: { "package.json": '{"scripts":{"a":"bun test | tee log || exit 1"}}', [WORKFLOW]: workflow("npm run a") },
      errors: [{ message: masked("||", "bun test"), line: 1, column: 18, endColumn: 36 }],
    },
    {
      ...ci("echo"),
      name: "an action whose shell is sh",
      file: "action/action.yml",
      files: action("sh", IF_TEE),
      errors: [{ message: masked("if", "bun test"), line: 6, column: 14, endColumn: 32 }],
    },
  ],
});

function action(shell: string, script: string): RepositoryFiles {
  return {
    [WORKFLOW]:
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - uses: ./action\n",
    "action/action.yml": `name: a\nruns:\n  using: composite\n  steps:\n    - run: |\n${script.replaceAll(/^/gm, "          ")}\n      shell: ${shell}\n`,
  };
}
