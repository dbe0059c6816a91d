import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";

const workflow = (steps: string, job = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const run = (script: string): string => `      - run: ${JSON.stringify(script)}\n`;
/** A step that uses an action with one line of inputs. */
const use = (action: string, inputs: string): string => `      - uses: ${action}\n        with: { ${inputs} }\n`;
const others: RepositoryFiles = {
  ".gitignore": "dist\n.env\n*.local.sh\n",
  Dockerfile: "",
  "package.json": JSON.stringify({
    scripts: { lint: "node scripts/lint.mjs", gone: "node scripts/gone.mjs", "scripts/named.ts": "a" },
  }),
  "scripts/lint.mjs": "",
  "scripts/typed.ts": "",
  "scripts/release.sh": "bash scripts/inner.sh\n",
  "scripts/folder/index.js": "",
  "apps/web/Dockerfile": "",
  "apps/api/src.ts": "",
  "scripts/moves.sh": "cd apps/api\n",
  "scripts/ends.sh": "[ -f gone.sh ] || exit 0\n",
  "scripts/strict.sh": "#!/bin/bash -e\nbash ./gone.sh\necho a\n",
  "e/dockerfile": "",
  "requirements.txt": "-e .\n",
  "a/action.yml": "runs:\n  using: composite\n  steps:\n    - run: true\n      shell: bash\n",
  "d/Dockerfile": "",
};
const files = (text: string, more: RepositoryFiles = {}): RepositoryFiles => ({ ...others, ...more, [WORKFLOW]: text });
const valid = (steps: string) => ({ name: steps, file: WORKFLOW, files: files(workflow(steps)) });
const invalid = (steps: string, messageId: string, more: RepositoryFiles = {}) => ({
  name: steps,
  file: WORKFLOW,
  files: files(workflow(steps), more),
  errors: [{ messageId }],
});
/** Steps that ask a package manager where its packages lie, and restore what is there. */
const stored = (asked: string, file: string, told: string): string =>
  `      - id: store\n        run: echo ${JSON.stringify(asked)} >> $${file}\n${use("actions/cache@v4", `path: "\${{ ${told} }}", key: a`)}`;
const cached = (key: string): string => use("actions/cache@v4", `path: ~/.bun, key: ${JSON.stringify(key)}`);
/** A workflow with a step in a folder that is not there. */
const startedBy = (event: string) => ({
  name: event,
  file: WORKFLOW,
  files: files(workflow("      - run: ls\n        working-directory: gone\n").replace("on: push", `on:\n  ${event}`)),
});
const whole = (text: string) => ({ name: text, file: WORKFLOW, files: files(text) });

new RuleTester().run("scripts-exist", {
  valid: [
    ...[
      run("sed -n 'w gone/a' Dockerfile"),
      run("echo a | sed 's/a/touch b/e'"),
      stored("STORE_PATH=$(cat store)", "GITHUB_ENV", "env.STORE_PATH"),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_ENV", "env.STORE"),
      stored("STORE_PATH=$(pnpm store path)/..", "GITHUB_ENV", "env.STORE_PATH"),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_OUTPUT", "steps.store.outputs.other"),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_OUTPUT", "steps.other.outputs.store_path"),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_ENV", "env.STORE_PATH").replace(
        "- uses",
        "- env: { STORE_PATH: . }\n        uses",
      ),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_ENV", "env.STORE_PATH") +
        run("echo STORE_PATH=. >> $GITHUB_ENV") +
        use("actions/cache@v4", 'path: "${{ env.STORE_PATH }}", key: a'),
      run("node -e \"require('fs').mkdirSync('gone')\""),
    ].map((steps) => valid(steps + run("cd gone"))),
    // A setting may keep packages in the checkout.
    valid(stored("STORE_PATH=$(pnpm store path)", "GITHUB_ENV", "env.STORE_PATH") + run("cd .pnpm-store")),
    ...[
      "node scripts/lint.mjs",
      "node scripts/folder",
      "node scripts/typed.js",
      "node --test scripts/gone.js",
      "node --watch scripts/gone.js",
      "node --foo bar.js scripts/gone.js",
      "node -e 'x' scripts/gone.js",
      "node scripts/*.gone.js",
      "node $FILE/gone.js",
      "node $(pwd)/gone.js",
      "node node_modules/a/b.js",
      "node ~/gone.js",
      "bash gone.sh",
      "bash /opt/gone.sh",
      "bash ../gone.sh",
      "bash scripts/gone.sh || true",
      "bash scripts/gone.sh &",
      "set +e\nbash scripts/gone.sh\ntrue",
      "if [ -f scripts/gone.sh ]; then bash scripts/gone.sh; fi",
      "[[ -x ./gone.sh ]] && ./gone.sh",
      "echo x > scripts/gone.sh\nbash scripts/gone.sh",
      "cp scripts/release.sh gone.sh; bash ./gone.sh",
      "curl -O https://example.com/gone.sh && bash ./gone.sh",
      "git clone https://example.com/a b && bash b/gone.sh",
      "make && bash scripts/gone.sh",
      "npx tsc && node out/gone.js",
      "npx eslint . -o gone.json && cat gone.json",
      "echo a > gone.md && cat gone.md",
      "ls | xargs bash scripts/gone.sh",
      "bun scripts/typed.js",
      "bun run scripts/named.ts",
      "bun test scripts/gone.test.ts",
      "npx tsx watch scripts/gone.ts",
      "deno run -A https://example.com/gone.ts",
      "python -m scripts.gone",
      "make -C scripts -f gone.mk",
      "npx vitest run --root apps --config gone.ts",
      "cargo run -- --manifest-path gone/Cargo.toml",
      "docker compose logs -f web",
      "docker build -f gone/Dockerfile https://example.com/a.git",
      "npm --prefix gone install",
      "yarn --cwd gone a",
      "chmod +x gone/*.sh",
      "bash ./made.local.sh > out.txt || make",
      // Made on the way.
      "npx tsc && cat out/index.d.ts",
      "npx tsc -b && cat tsconfig.tsbuildinfo",
      "npm install && cat package-lock.json",
      "pip install . && python pkg/_version.py",
      "pip install -r requirements.txt && python pkg/_version.py",
      "npm install -g . && node out/gone.js",
      "apt-get source hello && cd hello-2.10",
      "mkdir -p v{1,2}.0 && cd v1.0",
      "N=$(echo a)\necho x > $N.md && cat gone.md",
      "> gone.sh\nbash ./gone.sh",
      "[[ -n $(cp scripts/release.sh gone.sh; echo a) ]]\nbash ./gone.sh",
      "npx eslint . -o report && cat report",
      "npx jscpd . && cat report/jscpd-report.json",
      "npx biome init && cat biome.json",
      "npx husky && cat .husky/_/husky.sh",
      // Read in by the shell that runs it.
      "source scripts/moves.sh\nbash ./src.sh",
      "source scripts/ends.sh\nbash ./gone.sh",
      // Bash takes the first line for a comment.
      "bash scripts/strict.sh",
      "make -C apps -C api",
      "sudo --chdir=apps/api bash ./src.ts",
    ].map((script) => valid(run(script))),
    ...[
      cached("a-${{ hashFiles('Dockerfile') }}"),
      cached("a-${{ hashFiles('yarn.lock', '**/Dockerfile') }}"),
      cached("a-${{ hashFiles('apps') }}"),
      cached("a-${{ hashFiles('**/*.sh', '!scripts') }}"),
      cached("a-${{ hashFiles(matrix.file) }}"),
      cached("a-${{ hashFiles('') }}"),
      ...["npm ci", "npx eslint .", "npx husky", "echo a > dist/gone.txt", "make"].map(
        (script) => run(script) + cached("a-${{ hashFiles('dist/gone.txt') }}"),
      ),
      cached("a-${{ hashFiles('dist/*.txt') }}"),
      run("bun install") + cached("a-${{ hashFiles('dist/**', '**/.env') }}"),
      use("actions/cache@v4", "path: dist") + cached("a-${{ hashFiles('dist/gone.txt') }}"),
      use("actions/checkout@v5", "clean: false") + cached("a-${{ hashFiles('dist/gone.txt') }}"),
      run("bun install") + cached("a-${{ hashFiles('bun.lock') }}"),
      run("npm ci") + cached("a-${{ hashFiles('**/Cargo.lock') }}"),
      run("make lock") + cached("a-${{ hashFiles('uv.lock') }}"),
      use("actions/setup-node@v4", "key: \"${{ hashFiles('gone.txt') }}\""),
      "      - if: hashFiles('gone.txt') != ''\n        run: ls\n",
    ].map(valid),
    ...[
      "      - uses: example/any@v1\n" + run("bash scripts/gone.sh"),
      "      - uses: actions/download-artifact@v4\n" + run("bash scripts/gone.sh"),
      use("actions/cache@v4", "path: scripts") + run("bash scripts/gone.sh"),
      use("actions/cache@v4", "path: a") + use("actions/setup-node@v4", "cache: npm, cache-dependency-path: '*/gone'"),
      use("actions/checkout@v5", "ref: '${{ inputs.ref }}'") + run("bash scripts/gone.sh"),
      use("actions/checkout@v5", "sparse-checkout: apps") + run("bash scripts/gone.sh"),
      use("actions/checkout@v5", "path: b, repository: c/d") + "      - uses: ./b\n",
      "      - run: bash scripts/gone.sh\n        if: hashFiles('scripts/gone.sh') != ''\n",
      "      - run: bash scripts/gone.sh\n        continue-on-error: true\n",
      "      - run: ./gone.ps1\n        shell: pwsh\n",
      "      - uses: ./a\n",
      "      - uses: ./d\n",
      use("actions/setup-node@v4", "node-version-file: package.json"),
      use("actions/setup-node@v4", "node-version-file: .nvmrc, node-version: 24"),
      use("actions/setup-node@v4", "cache-dependency-path: gone.json"),
      use("actions/setup-node@v4", "cache: npm, cache-dependency-path: '**/package.json'"),
      use("actions/setup-node@v4", "cache: npm, cache-dependency-path: apps"),
      use("oven-sh/setup-bun@v2", "bun-version-file: gone"),
      use("actions/setup-go@v5", "go-version: 1, go-version-file: go.mod"),
      use("docker/build-push-action@v6", "context: apps/web"),
      use("docker/build-push-action@v6", "context: 'https://example.com/a.git', file: gone/Dockerfile"),
      use("docker/build-push-action@v6", "context: '{{defaultContext}}:gone'"),
      "      - uses: ./e\n",
      use("docker/build-push-action@v6", "context: ., file: e/Dockerfile"),
      use(
        "actions/setup-node@v4",
        "cache: \"${{ github.event_name == 'release' && 'npm' || '' }}\", cache-dependency-path: gone.json",
      ),
      use("tj-actions/changed-files@v46", "write_output_files: true") +
        run("cat .github/outputs/all_changed_files.txt"),
      use("actions/setup-java@v4", "settings-path: '${{ github.workspace }}'") + run("cat settings.xml"),
      use("pnpm/action-setup@v4", "dest: tools") + run("cd tools"),
      use("actions/cache@v4", "path: /home/runner/work/a/a/scripts") + run("bash scripts/gone.sh"),
      run("npm ci") + "      - run: cat npm-debug.log\n        if: failure()\n",
      "      - run: bash scripts/gone.sh\n        if: github.ref == 'refs/heads/v1'\n",
      run('if [ "$GITHUB_REF_NAME" = v1 ]; then bash scripts/gone.sh; fi'),
      ...[
        "ls scripts/gone.sh && echo has=true >> $GITHUB_OUTPUT || true",
        "echo has=${{ hashFiles('scripts/gone.sh') != '' }} >> $GITHUB_OUTPUT",
      ].map(
        (script) =>
          `      - id: find\n        run: ${JSON.stringify(script)}\n      - run: bash scripts/gone.sh\n        if: steps.find.outputs.has == 'true'\n`,
      ),
      ...[
        "${{ github.base_ref }}",
        "release-${{ github.ref_name }}",
        "${{ github.event_name == 'schedule' && 'v1' || github.ref }}",
      ].map((ref) => use("actions/checkout@v5", `ref: "${ref}"`) + run("bash scripts/gone.sh")),
      run("cp scripts/release.sh gone.sh") +
        "      - uses: actions/checkout@v5\n        if: vars.AGAIN\n" +
        run("bash ./gone.sh"),
    ].map(valid),
    {
      name: "what git ignores and has all the same",
      file: WORKFLOW,
      files: files(workflow(cached("a-${{ hashFiles('**/.env') }}")), {
        ".env": "",
        ".git/index": "DIRC\0\0\0\u0002\0\u0004.env\0",
      }),
    },
    {
      name: "with a submodule",
      file: WORKFLOW,
      files: files(workflow(run("bash sub/gone.sh")), { ".gitmodules": "" }),
    },
    ...["push: { branches: [gh-pages] }", "pull_request: { branches: [v1] }"].map(startedBy),
    {
      name: "a job that another one looks for",
      file: WORKFLOW,
      files: files(
        "on: push\njobs:\n  find:\n    runs-on: ubuntu-latest\n    outputs: { has: '${{ steps.x.outputs.has }}' }\n    steps:\n" +
          "      - uses: actions/checkout@v5\n      - id: x\n        run: ls gone && echo has=1 >> $GITHUB_OUTPUT || true\n" +
          "  a:\n    needs: find\n    if: needs.find.outputs.has\n    runs-on: ubuntu-latest\n    steps:\n" +
          "      - uses: actions/checkout@v5\n      - run: ls\n        working-directory: gone\n",
      ),
    },
    {
      name: "a folder and a file that a sparse checkout left out",
      file: WORKFLOW,
      files: files(workflow("      - run: bash ./b.sh\n        working-directory: gone\n"), {
        ".git/info/sparse-checkout": "/.github/\n",
      }),
    },
    {
      name: "a folder that git has",
      file: WORKFLOW,
      files: files(workflow("      - run: ls\n        working-directory: gone\n"), {
        ".git/index": "DIRC\0\0\0\u0002\0\u0009gone/b.sh\0",
      }),
    },
    {
      name: "a folder above a link",
      file: WORKFLOW,
      files: files(workflow(run("bash d/../b.sh")), { ".git/index": "DIRC\0\0\0\u0002\0\u0001d\0" }),
    },
    {
      name: "patterns, a program and backslashes on Windows",
      file: WORKFLOW,
      files: files(
        workflow(
          use("actions/setup-node@v4", "cache: npm, cache-dependency-path: 'Apps/**/package-lock.json'") +
            run("./d/gen") +
            run("npm run back"),
          "    defaults: { run: { shell: bash } }\n",
        ).replace("ubuntu", "windows"),
        {
          "apps/api/package-lock.json": "",
          "d/gen.exe": "",
          "package.json": JSON.stringify({ scripts: { back: "node scripts\\lint.mjs" } }),
        },
      ),
    },
    {
      name: "the case of a name on Windows",
      file: WORKFLOW,
      files: files(
        workflow(run("bash Scripts/release.sh"), "    defaults: { run: { shell: bash } }\n").replace(
          "ubuntu",
          "windows",
        ),
        { "scripts/release.sh": "" },
      ),
    },
    ...[
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: bash scripts/gone.sh\n",
      "on: push\njobs:\n  a:\n    runs-on: self-hosted\n    steps:\n      - uses: ./a\n",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: example/checkout@v1\n      - uses: ./a\n",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: git clone a .\n      - uses: ./a\n",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: $/a\n",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/cache@v4\n        with: { path: a }\n      - uses: ./a\n",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with: { repository: b/c }\n      - uses: actions/checkout@v5\n        if: vars.A\n      - run: bash ./gone.sh\n",
      "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b/gone.yml\n",
      workflow(run("bash scripts/gone.sh")).replace("on: push", "on: workflow_call"),
    ].map(whole),
  ],
  invalid: [
    // What the workflow waits for is not there: its steps are no fault.
    { ...startedBy("push: { paths: ['gone/**'] }"), errors: [{ messageId: "unmatchedFilter", line: 2 }] },
    {
      name: "a file, with the one that is meant",
      file: WORKFLOW,
      files: files(workflow(run("node ./scripts/lint.js --fix"))),
      errors: [
        {
          message:
            "`node ./scripts/lint.js --fix` fails: the repository has no file `scripts/lint.js`. There is `scripts/lint.mjs`.",
          line: 7,
          column: 15,
          suggestions: [{ messageId: "useName", output: workflow(run("node ./scripts/lint.mjs --fix")) }],
        },
      ],
    },
    {
      name: "a file that was moved",
      file: WORKFLOW,
      files: files(workflow(run("bash ci/release.sh"))),
      errors: [
        {
          message:
            "`bash ci/release.sh` fails: the repository has no file `ci/release.sh`. There is `scripts/release.sh`.",
          suggestions: [{ messageId: "useName", output: workflow(run("bash scripts/release.sh")) }],
        },
      ],
    },
    {
      name: "a file that a package script runs",
      file: "package.json",
      files: files(workflow(run("npm run gone"))),
      errors: [
        {
          message:
            "`node scripts/gone.mjs`, which .github/workflows/ci.yml:7 runs, fails: the repository has no file `scripts/gone.mjs`.",
        },
      ],
    },
    {
      name: "a file that a shell script runs",
      file: WORKFLOW,
      files: files(workflow(run("bash scripts/release.sh"))),
      errors: [
        {
          message:
            "`bash scripts/release.sh` runs `bash scripts/inner.sh` (scripts/release.sh:1 `bash scripts/inner.sh`), which fails: the repository has no file `scripts/inner.sh`.",
        },
      ],
    },
    {
      name: "a file that git ignores, which its author has",
      file: WORKFLOW,
      files: files(workflow(run("bash ./make.local.sh")), {
        "make.local.sh": "",
        ".git/index": "DIRC\0\0\0\u0002",
      }),
      errors: [
        {
          message:
            "`bash ./make.local.sh` fails: git ignores `make.local.sh` (.gitignore:3), so that no checkout has it.",
        },
      ],
    },
    {
      name: "an action before the checkout",
      file: WORKFLOW,
      files: files(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./a\n      - uses: ./a\n",
      ),
      errors: [
        {
          message:
            "`uses: ./a` fails: no step before it checks out the repository, so that `a` is not there yet. Put `actions/checkout` before it.",
          line: 6,
        },
      ],
    },
    {
      name: "an action",
      file: WORKFLOW,
      files: files(workflow("      - uses: ./.github/actions/setpu\n"), { ".github/actions/setup/action.yml": "" }),
      errors: [
        {
          message:
            "`uses: ./.github/actions/setpu` fails: the repository has no `action.yml` in `.github/actions/setpu`. There is `.github/actions/setup`.",
          suggestions: [{ messageId: "useName", output: workflow("      - uses: ./.github/actions/setup\n") }],
        },
      ],
    },
    {
      name: "a workflow",
      file: WORKFLOW,
      files: files("on: push\njobs:\n  a:\n    uses: ./.github/workflows/tests.yml\n", {
        ".github/workflows/test.yml": "on: workflow_call\njobs: {}\n",
      }),
      errors: [
        {
          message:
            "GitHub rejects this workflow: the repository has no `.github/workflows/tests.yml`. There is `.github/workflows/test.yml`.",
          suggestions: [
            { messageId: "useName", output: "on: push\njobs:\n  a:\n    uses: ./.github/workflows/test.yml\n" },
          ],
        },
      ],
    },
    {
      name: "a file of one of two callers of an action",
      file: WORKFLOW,
      files: files(workflow(use("./b", "file: scripts/release.sh") + use("./b", "file: scripts/gone.sh")), {
        "b/action.yml":
          "inputs: { file: {} }\nruns:\n  using: composite\n  steps:\n    - run: chmod +x ${{ inputs.file }}\n      shell: bash\n",
      }),
      errors: [{ messageId: "missingFile", line: 9 }],
    },
    ...[
      "bash scripts/gone.sh",
      "./scripts/gone.sh",
      "source scripts/gone.sh",
      ". ./scripts/gone.sh",
      "env A=1 timeout 10 bash scripts/gone.sh",
      "node --no-warnings --import tsx scripts/gone.ts",
      "node ${{ github.workspace }}/gone.js",
      "cd scripts && node gone.js",
      "bun scripts/gone.ts",
      "bun run ./scripts/gone.ts",
      "npx tsx scripts/gone.ts",
      "npx ts-node -P tsconfig.json scripts/gone.ts",
      "deno run -A scripts/gone.ts",
      "python3 -u scripts/gone.py",
      "pip install a && python scripts/gone.py",
      "npm ci && bash scripts/gone.sh",
      "npx tsc -p tsconfig.gone.json",
      "npx vitest run --config=gone.config.ts",
      "npx playwright test -c gone.config.ts",
      "pip install -r gone.txt",
      "docker build -f gone/Dockerfile .",
      "docker compose -f gone.yml up -d",
      "cargo test --manifest-path gone/Cargo.toml",
      "chmod +x ./gone.sh",
    ].map((script) => invalid(run(script), "missingFile")),
    ...[
      "make -C gone all",
      "npm --prefix gone run a",
      "npm ci --prefix gone",
      "pnpm -C gone install",
      "bun --cwd=gone run a",
    ].map((script) => invalid(run(script), "missingFolder")),
    ...[
      run("A=$(echo a | sed 's/[^a-z]//g' | tr a-z A-Z | cut -c1)") + run("B=$(basename $PWD); rm -rf dist"),
      stored("STORE_PATH=$(pnpm store path --silent)", "GITHUB_ENV", "env.STORE_PATH"),
      stored("STORE_PATH=$(pnpm store path)", "GITHUB_OUTPUT", "steps.store.outputs.store_path"),
      stored("::set-output name=dir::$(yarn cache dir)", "GITHUB_OUTPUT", "steps.store.outputs.dir"),
      stored("dir=$(npm config get cache)", "GITHUB_OUTPUT", "steps.store.outputs.dir"),
      use("webfactory/ssh-agent@v0.9.0", "ssh-private-key: a"),
      run("node -e \"const p = require('./package.json'); require('fs').writeFileSync('package.json', p.a)\""),
    ].map((steps) => invalid(steps + run("cd gone"), "missingFolder")),
    invalid(use("actions/setup-node@v4", "node-version-file: .nvmrc"), "missingFile"),
    invalid(use("actions/setup-python@v5", "python-version-file: .python-version"), "missingFile"),
    invalid(use("actions/setup-go@v5", "go-version-file: go.mod"), "missingFile"),
    invalid(use("actions/setup-node@v4", "cache: npm, cache-dependency-path: web/package-lock.json"), "unmatchedPaths"),
    invalid(use("cloudflare/wrangler-action@v3", "workingDirectory: gone"), "missingFolder"),
    invalid(use("docker/build-push-action@v6", "context: ., file: gone/Dockerfile"), "missingFile"),
    invalid(use("docker/build-push-action@v6", "file: gone/Dockerfile"), "missingFile"),
    invalid(use("docker/build-push-action@v6", "context: apps/gone"), "missingFolder"),
    invalid(use("docker/build-push-action@v6", "context: apps/api"), "missingFile"),
    invalid(use("actions/cache@v4", "path: .turbo") + run("bash scripts/gone.sh"), "missingFile"),
    invalid(
      `      - uses: actions/cache@v4\n        with:\n          key: a\n          path: |\n            ~/.bun\n            .turbo\n${run("bash scripts/gone.sh")}`,
      "missingFile",
    ),
    invalid(cached("a-${{ hashFiles('yarn.lock', 'web/*.lock') }}"), "unmatchedHash"),
    invalid(cached("${{ runner.os }}-${{ hashFiles('**/gone.txt') }}-${{ hashFiles('Dockerfile') }}"), "unmatchedHash"),
    {
      name: "the message of a hash that is empty",
      file: WORKFLOW,
      files: files(workflow(cached("bun-${{ hashFiles('**/bun.lockb') }}")), { "bun.lock": "{}" }),
      errors: [
        {
          message:
            "`hashFiles('**/bun.lockb')` is always empty: the repository has no file that matches, so that this part of the key never changes. There is `bun.lock`.",
          line: 8,
          column: 41,
          endColumn: 73,
          suggestions: [
            {
              messageId: "useName",
              output: workflow(cached("bun-${{ hashFiles('**/bun.lock') }}")),
            },
          ],
        },
      ],
    },
    {
      name: "the message of a hash of what git ignores",
      file: WORKFLOW,
      files: files(workflow(cached("bun-${{ hashFiles('**/bun.lockb') }}")), { ".gitignore": "dist\nbun.lockb\n" }),
      errors: [
        {
          message:
            "`hashFiles('**/bun.lockb')` is always empty: the repository has no file that matches, and git ignores any (.gitignore:2), so that this part of the key never changes.",
        },
      ],
    },
    {
      name: "what git ignores by its folder, from the folder itself",
      file: WORKFLOW,
      files: files(workflow(cached("a-${{ hashFiles('./dist/gone.txt') }}"))),
      errors: [
        {
          message:
            "`hashFiles('./dist/gone.txt')` is always empty: the repository has no file that matches, and git ignores any (.gitignore:1), so that this part of the key never changes.",
        },
      ],
    },
    invalid(
      run("git config user.name a") +
        run("echo a") +
        run("corepack enable") +
        "      - uses: actions/setup-node@v4\n" +
        cached("a-${{ hashFiles('dist/gone.txt', '**/.env') }}"),
      "unmatchedHash",
    ),
    invalid(cached("a-${{ hashFiles('**/.env') }}"), "unmatchedHash", {
      ".env": "",
      ".git/index": "DIRC\0\0\0\u0002",
    }),
    invalid(
      use("actions/setup-node@v4", "cache: npm, cache-dependency-path: dist/package-lock.json"),
      "unmatchedPaths",
    ),
    {
      name: "a file that lies elsewhere",
      file: WORKFLOW,
      files: files(workflow(cached("bun-${{ hashFiles('apps/web/bun.lock') }}")), { "bun.lock": "{}" }),
      errors: [
        {
          messageId: "unmatchedHash",
          suggestions: [{ messageId: "useName", output: workflow(cached("bun-${{ hashFiles('bun.lock') }}")) }],
        },
      ],
    },
    {
      name: "the message of paths that match nothing",
      file: WORKFLOW,
      files: files(
        workflow(
          "      - uses: actions/setup-node@v4\n        with:\n          cache: npm\n          cache-dependency-path: |\n            web/package-lock.json\n            '**/yarn.lock'\n",
        ),
      ),
      errors: [
        {
          message:
            "`cache-dependency-path: web/package-lock.json '**/yarn.lock'` fails: the repository has no file that matches.",
        },
      ],
    },
  ],
});
