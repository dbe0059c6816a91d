import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/setup/action.yml";
const CHECKOUT = "uses: actions/checkout@v5";

interface JobOptions {
  readonly runner?: string;
  /** Lines of the job, such as `container: node:22`. */
  readonly job?: string;
  readonly others?: RepositoryFiles;
}

const jobOf = (steps: readonly string[], { runner = "ubuntu-latest", job = "" }: JobOptions): string =>
  `on: push\njobs:\n  a:\n    runs-on: ${runner}\n${job && `    ${job}\n`}    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`;
const listed = (files: RepositoryFiles): RepositoryFiles => ({
  ".git/index": `DIRC\0\0\0\u0002${Object.keys(files)
    .map((path) => `\0${String.fromCharCode(path.length)}${path}\0`)
    .join("")}`,
  ...files,
});
const manifest = (more: object = {}): string =>
  JSON.stringify({ name: "acme", scripts: { build: "bun run compile", compile: "tsc" }, ...more });
/** A job whose steps come after a checkout. */
const steps = (lines: readonly string[], options: JobOptions = {}) => ({
  file: WORKFLOW,
  files: listed({
    [WORKFLOW]: jobOf([CHECKOUT, ...lines], options),
    "package.json": manifest(),
    "package-lock.json": "{}",
    ...options.others,
  }),
});
const NODE = (inputs: string, release = "v6"): string =>
  `uses: actions/setup-node@${release}\n        with: { ${inputs} }`;
const PNPM = "uses: pnpm/action-setup@v4";
const told = (version: string): string => `${PNPM}\n        with:\n          version: ${version}`;
const declares = (packageManager: string, more: object = {}): RepositoryFiles => ({
  "package.json": manifest({ packageManager, ...more }),
});
const turbo = (packageManager: string, task = "compile", job = "", before: readonly string[] = []) =>
  steps([...before, `run: npx turbo run ${task}`], {
    job,
    others: { ...declares(packageManager), "turbo.json": '{"tasks":{"compile":{},"//#compile":{}}}' },
  });
const named = <Case extends object>(title: string, cases: readonly Case[]) =>
  cases.map((item, index) => ({ name: `${title}: ${String(index)}`, ...item }));
const composite = (...lines: readonly string[]): string =>
  `inputs: { version: { default: '' } }\nruns:\n  using: composite\n  steps:\n${lines.map((line) => `    - ${line}\n`).join("")}`;

new RuleTester().run("package-manager-set-up", {
  valid: [
    ...named("what may bring a package manager", [
      steps([told("9"), "run: pnpm install"]),
      steps(["uses: oven-sh/setup-bun@v2", "run: bun install"]),
      steps(["uses: jdx/mise-action@v2", "run: bun install"]),
      steps(["uses: acme/setup@v1", "run: pnpm install"]),
      steps(["uses: docker://acme/setup", "run: pnpm install"]),
      steps(["uses: ./.github/actions/gone", "run: pnpm install"]),
      steps(["uses: ./.github/actions/setup", "run: pnpm install"], {
        others: { [ACTION]: "runs:\n  using: node24\n  main: index.js\n" },
      }),
      steps(["uses: ./.github/actions/setup", "run: pnpm install"], { others: { [ACTION]: composite(PNPM) } }),
      steps([`run: npm install --global ${"eslint ".repeat(60)}pnpm`, "run: pnpm install"]),
      steps(["uses: volta-cli/action@v4", "run: pnpm install"]),
      steps(["uses: supabase/setup-cli@v2", "run: bun install"]),
      steps(["run: echo a | sed 's/a/b/e'", "run: pnpm install"]),
      steps(["run: corepack enable", "run: pnpm install"]),
      steps(["run: corepack enable && pnpm install"]),
      steps(["run: sudo corepack enable", "run: pnpm install"]),
      steps(["run: npm install -g pnpm@9", "run: pnpm install"]),
      steps(["run: npm i -g corepack@latest", "run: pnpm install"]),
      steps(["run: npm i --global bun", "run: bunx vitest"]),
      steps(["run: npm i -g $(cat tools)", "run: bun install"]),
      steps(["run: curl -fsSL https://bun.sh/install | bash", "run: bun install"]),
      steps(["run: wget -qO- https://get.pnpm.io/install.sh | sh -", "run: pnpm install"]),
      steps(["run: brew install bun", "run: bun install"]),
      steps(["run: make setup", "run: bun install"]),
      steps(["run: ./setup.sh", "run: bun install"]),
      steps(["run: ./setup.sh", "run: bun install"], { others: { "setup.sh": "#!/bin/sh\nnpm i -g bun\n" } }),
      steps(["run: node setup.js", "run: bun install"]),
      steps(["shell: python\n        run: print()", "run: bun install"]),
      steps(["run: eval $(setup)", "run: bun install"]),
      steps(["run: . ~/.bashrc", "run: bun install"]),
      steps(['run: echo "$HOME/.bun/bin" >> $GITHUB_PATH', "run: bun install"]),
      steps(['run: echo "$HOME/.bun/bin" | tee -a "$GITHUB_PATH"', "run: bun install"]),
      steps(['run: echo "PATH=$HOME/.bun/bin:$PATH" >> $GITHUB_ENV', "run: bun install"]),
      steps(['run: echo "::add-path::$HOME/.bun/bin"', "run: bun install"]),
      steps(["run: cat ci.env >> $GITHUB_ENV", "run: bun install"]),
      steps(["run: bun install\n        env: { BASH_ENV: ci/functions.sh }"]),
      steps(["run: echo BASH_ENV=ci/functions.sh >> $GITHUB_ENV", "run: bun install"]),
      steps(["run: bun install\n        env: { Path: 'C:/bun' }\n        shell: bash"], { runner: "windows-latest" }),
      steps(['run: |\n          export PATH="$HOME/.bun/bin:$PATH"\n          bun install']),
      steps(["run: PATH=~/.bun/bin:$PATH bun install"]),
      steps(["run: bun install\n        env: { PATH: '/opt/bun:/usr/bin' }"]),
      steps(["uses: actions/cache@v4\n        with: { path: ~/.bun/bin, key: a }", "run: bun install"]),
      steps(["uses: actions/cache@v4\n        with: { path: '${{ runner.tool_cache }}', key: a }", "run: bun install"]),
      steps([
        "uses: actions/cache@v4\n        with: { path: '${{ steps.a.outputs.dir }}', key: a }",
        "run: bun install",
      ]),
      steps(["uses: actions/download-artifact@v5\n        with: { path: ~/.local/bin }", "run: bun install"]),
      steps(["run: npm i -g ./tools/pnpm-9.0.0.tgz", "run: pnpm install"]),
      steps(["run: npm i -g https://example.com/pnpm-9.0.0.tgz", "run: pnpm install"]),
      steps(["run: npm i -g pm@npm:pnpm@9", "run: pnpm install"]),
      steps(["run: npm link", "run: pnpm install"]),
      steps(["run: sudo apt-get install -y ./tools.deb", "run: bun install"]),
      steps(["run: npx zx scripts/setup.mjs", "run: pnpm install"]),
      steps(["run: npm run set-up", "run: pnpm install"], {
        others: { "package.json": manifest({ scripts: { "set-up": "tsx set-up.ts" } }) },
      }),
      steps(["run: npx @acme/setup-ci", "run: pnpm install"]),
      steps(["run: echo ~/.bun/bin >> ${{ github.path }}", "run: bun install"]),
      steps(["run: echo ~/.bun/bin >> $ADDED\n        env: { ADDED: '${{ github.path }}' }", "run: bun install"]),
      steps([`run: cat tools/wrapper > /usr/local/bin/bun`, "run: bun install"]),
      steps(["uses: oven-sh/setup-bun@v2\n        if: github.ref == 'refs/heads/main'", "run: bun install"]),
    ]),
    ...named("machines of which the programs are not known", [
      steps(["run: pnpm install"], { runner: "self-hosted" }),
      steps(["run: pnpm install"], { runner: "[self-hosted, ubuntu-latest]" }),
      steps(["run: pnpm install"], { runner: "ubuntu-latest-8-cores" }),
      steps(["run: pnpm install"], { runner: "ubuntu-slim" }),
      steps(["run: pnpm install"], { runner: "blacksmith-4vcpu-ubuntu-2204" }),
      steps(["run: pnpm install"], { runner: "{ group: large, labels: ubuntu-latest }" }),
      steps(["run: pnpm install"], { runner: "${{ vars.RUNNER }}" }),
      steps(["run: pnpm install"], { job: "container: node:22" }),
      steps(["run: pnpm install"], { job: "container: { image: '${{ inputs.image }}' }" }),
      steps(["run: pnpm install"], { runner: "windows-latest" }),
      steps(["run: pnpm install"], { job: "defaults: { run: { shell: 'nix develop -c bash -e {0}' } }" }),
    ]),
    ...named("what need not succeed, or may not run", [
      steps(["run: pnpm install || true"]),
      steps(["run: pnpm install\n        continue-on-error: true"]),
      steps(["run: command -v bun && bun install"]),
      steps(["run: if command -v bun; then bun install; fi"]),
      steps(["run: bun --version || npm i -g bun"]),
      steps(["run: |\n          if [ -f bun.lock ]; then bun install; fi"]),
      steps(["run: bun install\n        if: false"]),
      steps(["run: bun install\n        if: steps.detect.outputs.manager == 'bun'"]),
      steps(["run: bun install\n        if: hashFiles('bun.lock') != ''"]),
      steps(["run: echo bun install"]),
      steps(['run: |\n          bun() { npx bun "$@"; }\n          bun install']),
      steps(["run: |\n          unused() { bun install; }\n          npm ci"]),
      steps(["run: |\n          alias bun='npx bun'\n          bun install"]),
      steps(["run: |\n          set +e\n          bun install\n          true"]),
      steps(["run: bun install & wait"]),
      steps(["run: trap 'bun stop' EXIT"]),
      steps(["run: |\n          ssh host <<EOF\n          bun install\n          EOF"]),
      steps(["run: docker run app bun install"]),
      steps(["run: case $X in a) bun install;; esac"]),
      steps(["run: for f in *; do bun install; done"]),
      steps(["run: which bun && bun install || npm ci"]),
      steps(["run: type bun >/dev/null 2>&1 || exit 0; bun install"]),
      steps(["run: if ! command -v pnpm; then npm i -g pnpm; fi; pnpm install"]),
      steps(["run: |\n          if ! hash pnpm; then exit 0; fi\n          pnpm install"]),
      steps(["run: npx pnpm install"]),
      steps(["run: npx bun run build"]),
      steps(["run: ./bun install"]),
    ]),
    ...named("scripts that may find the package manager of a dependency", [
      steps(["run: npm run build"], { others: { "package.json": manifest({ devDependencies: { bun: "1.3.1" } }) } }),
      steps(["run: npm run build"], { others: { "package-lock.json": '{"packages":{"node_modules/bun":{}}}' } }),
      steps(["run: npm run build"], { others: { "yarn.lock": 'bun@^1.2.0:\n  version "1.2.0"\n' } }),
      steps(["run: npm run build"], { others: { "pnpm-lock.yaml": "packages:\n  bun@1.2.0: {}\n" } }),
      steps(["run: npm run build"], {
        others: { "package-lock.json": '{"dependencies":{"bun":{"version":"1.0.0"}}}' },
      }),
      steps(["run: npm run build"], {
        others: { "package-lock.json": '{"packages":{"node_modules/a":{"bin":{"a":"a.js","bun":"b.js"}}}}' },
      }),
      steps(["run: npm run build\n        working-directory: web"], {
        others: {
          "package.json": manifest({ devDependencies: { bun: "1.3.1" } }),
          "web/package.json": manifest(),
          "web/package-lock.json": "{}",
        },
      }),
      steps(["uses: oven-sh/setup-bun@v2", "run: bun run other"], {
        others: { "package.json": manifest({ scripts: { other: "pnpm run compile", compile: "tsc" } }) },
      }),
      steps(["uses: oven-sh/setup-bun@v2", "run: bun run other"], {
        others: declares("yarn@4.1.0", {
          scripts: { other: "npm run more", more: "yarn run compile", compile: "tsc" },
        }),
      }),
      steps(["run: npm install --no-save @acme/tools", "run: npm run build"]),
      steps(["run: npx -p bun npm run build"]),
      steps(["run: npm install"], { others: { "package.json": manifest({ scripts: { prepare: "bun run a" } }) } }),
      steps(["run: npx bun run build"]),
      steps(["run: yarn build"], { others: declares("yarn@1.22.22", { dependencies: { bun: "1" } }) }),
      {
        file: WORKFLOW,
        files: { [WORKFLOW]: jobOf([CHECKOUT, "run: npm run build"], {}), "package.json": manifest() },
      },
    ]),
    ...named("turbo where it needs none, or may have all in a cache", [
      turbo("npm@11.0.0"),
      turbo("yarn@1.22.22"),
      turbo("pnpm@9.1.0", "other"),
      turbo("pnpm@9.1.0", "compile --dry"),
      turbo("pnpm@9.1.0", "compile --token=a --team=b"),
      turbo("pnpm@9.1.0", "compile", "env: { TURBO_TOKEN: '${{ secrets.TURBO_TOKEN }}' }"),
      turbo("pnpm@9.1.0", "compile", "", ["uses: actions/cache@v4\n        with: { path: .turbo, key: a }"]),
      turbo("pnpm@9.1.0", "compile", "", ["run: corepack enable"]),
    ]),
    ...named("caches that need none", [
      steps([told("9"), NODE("cache: pnpm")]),
      steps(["run: corepack enable", NODE("cache: pnpm")]),
      steps([NODE("cache: npm")]),
      steps([NODE("cache: ''")]),
      steps([NODE("cache: '${{ inputs.cache }}'")]),
      steps([NODE("cache: pnpm", "v1")]),
      steps([NODE("cache: pnpm", "v2.3.0")]),
      steps([NODE("node-version: 22", "v4")], { others: declares("pnpm@9.1.0") }),
      steps([NODE("node-version: 22", "v6")], { others: declares("pnpm@9.1.0") }),
      steps([NODE("package-manager-cache: false", "v5")], { others: declares("pnpm@9.1.0") }),
      steps([NODE("node-version: 22", "v5")], { others: declares("npm@10.1.0") }),
      steps([NODE("cache: yarn")], { others: declares("yarn@1.22.19") }),
      steps([NODE("cache: yarn, cache-dependency-path: web/yarn.lock")], { others: declares("yarn@4.1.0") }),
      steps([NODE("cache: pnpm")], { runner: "self-hosted" }),
    ]),
    ...named("versions of pnpm that agree, or are not known", [
      steps([told("9.1.0")], { others: declares("pnpm@9.1.0") }),
      steps([told("9.1.0").replace("@v4", "@v6")], { others: declares("pnpm@9.1.0+sha512.abc") }),
      steps([told("9")], { others: declares("pnpm@9") }),
      steps([told("9")]),
      steps([told("9")], { others: declares("yarn@4.1.0") }),
      steps([told("'${{ inputs.pnpm }}'")], { others: declares("pnpm@9.1.0") }),
      steps([told("9").replace("@v4", "@v3")], { others: declares("pnpm@9.1.0") }),
      steps([told("9").replace("@v4", "@v2")], { others: declares("pnpm@9.1.0") }),
      steps([told("9").replace("@v4", "@master")], { others: declares("pnpm@9.1.0") }),
      steps([told("9").replace("@v4", "@0977fd99725f1db4007ccb2928dbb4e90d06cc86")], {
        others: declares("pnpm@9.1.0"),
      }),
      steps([`${told("9")}\n          package_json_file: web/package.json`], { others: declares("pnpm@9.1.0") }),
      steps([`${told("9")}\n          package_json_file: package.yaml`], { others: declares("pnpm@9.1.0") }),
      steps(["run: npm pkg delete packageManager", told("9")], { others: declares("pnpm@9.1.0") }),
      steps(["uses: acme/prepare@v1", told("9")], { others: declares("pnpm@9.1.0") }),
      steps([told("9")], { others: { "package.json": "{ broken" } }),
      steps([PNPM], { others: declares("pnpm@9.1.0") }),
      steps([PNPM], { others: { "package.json": manifest({ devEngines: { packageManager: { name: "pnpm" } } }) } }),
      steps([`${PNPM}\n        with: { package_json_file: web/package.json }`], {
        others: { "web/package.json": manifest({ packageManager: "pnpm@9.1.0" }) },
      }),
      steps([`${PNPM}\n        with: { package_json_file: '\${{ inputs.path }}' }`]),
      steps([`${PNPM}\n        continue-on-error: true`]),
      {
        file: WORKFLOW,
        files: {
          ...steps([`${PNPM}\n        with: { package_json_file: sub/package.json }`]).files,
          ".git/index": "DIRC\0\0\0\u0002\0\u0003sub\0",
        },
      },
      { file: WORKFLOW, files: { [WORKFLOW]: jobOf([told("9"), CHECKOUT], {}), ...declares("pnpm@9.1.0") } },
      { file: WORKFLOW, files: { [WORKFLOW]: jobOf([CHECKOUT, PNPM], {}) } },
      {
        file: WORKFLOW,
        files: {
          [WORKFLOW]: jobOf([`${CHECKOUT}\n        with: { repository: acme/other }`, told("9")], {}),
          ...declares("pnpm@9.1.0"),
        },
      },
    ]),
    ...named("a Yarn that runs", [
      steps(["run: yarn install"], { others: declares("yarn@1.22.22") }),
      steps(["run: yarn install"]),
      steps(["run: yarn --version"], { others: declares("yarn@4.1.0") }),
      steps(["run: corepack enable", "run: yarn install"], { others: declares("yarn@4.1.0") }),
      steps(["run: yarn install"], {
        others: { ...declares("yarn@4.1.0"), ".yarnrc.yml": "yarnPath: .yarn/yarn.cjs\n" },
      }),
      steps(["run: yarn install"], { others: { ...declares("yarn@4.1.0"), ".yarnrc": "yarn-path x.cjs\n" } }),
      steps(["run: yarn install\n        env: { SKIP_YARN_COREPACK_CHECK: 1 }"], { others: declares("yarn@4.1.0") }),
      steps(["run: npm pkg delete packageManager", "run: yarn install"], { others: declares("yarn@4.1.0") }),
      steps(["run: npm i -g @yarnpkg/cli-dist", "run: yarn install"], { others: declares("yarn@4.1.0") }),
      {
        file: WORKFLOW,
        files: {
          [WORKFLOW]: jobOf(
            [
              `${CHECKOUT}\n        with: { sparse-checkout: docs, sparse-checkout-cone-mode: false }`,
              NODE("node-version: 22", "v5"),
              "run: yarn global add serve",
            ],
            {},
          ),
          ...declares("yarn@4.1.0"),
        },
      },
      steps(["run: sed -i /packageManager/d package.json", "run: yarn"], { others: declares("yarn@4.1.0") }),
      steps(["run: cd web && yarn install"], {
        others: { ...declares("yarn@4.1.0"), "web/package.json": manifest({ packageManager: "yarn@1.22.0" }) },
      }),
      steps(["run: cd $(pwd) && yarn install"], { others: declares("yarn@4.1.0") }),
      { file: WORKFLOW, files: { [WORKFLOW]: jobOf(["run: yarn install"], {}), ...declares("yarn@4.1.0") } },
    ]),
    {
      name: "an action that one of its callers sets pnpm up for is told of at the other",
      file: ACTION,
      files: listed({
        [WORKFLOW]: `${jobOf([CHECKOUT, PNPM, "uses: ./.github/actions/setup"], {})}  b:\n    runs-on: ubuntu-latest\n    steps:\n      - ${CHECKOUT}\n      - uses: ./.github/actions/setup\n`,
        [ACTION]: composite("run: pnpm install\n      shell: bash"),
        ...declares("pnpm@9.1.0"),
      }),
    },
  ],
  invalid: [
    {
      name: "Yarn where another package manager is declared, which Corepack does not run either",
      ...steps(["run: yarn global add serve"], { others: declares("pnpm@9.1.0") }),
      errors: [
        {
          message:
            "`yarn global add serve` fails: package.json:1 declares `pnpm@9.1.0`, for which the Yarn 1.22 of `ubuntu-latest` refuses to run.",
        },
      ],
    },
    {
      name: "a command of a step",
      ...steps(["run: npm ci", "run: pnpm install"]),
      errors: [
        {
          message:
            "`pnpm install` fails with `command not found`: `ubuntu-latest` comes without pnpm, and no step before sets it up.",
          line: 8,
          column: 14,
        },
      ],
    },
    {
      name: "only the first of a job",
      ...steps(["run: bun install", "run: bun test\n        if: github.event_name == 'push'"]),
      errors: [
        {
          message:
            "`bun install` fails with `command not found`: `ubuntu-latest` comes without Bun, and no step before sets it up.",
        },
      ],
    },
    {
      name: "Supabase brings no pnpm",
      ...steps(["uses: supabase/setup-cli@v2", "run: supabase start | sed 's/a/b/'", "run: pnpm install"]),
      errors: [
        {
          message:
            "`pnpm install` fails with `command not found`: `ubuntu-latest` comes without pnpm, and no step before sets it up.",
        },
      ],
    },
    {
      name: "Corepack brings no Bun",
      ...steps(["run: corepack enable", "run: bunx vitest"]),
      errors: [
        {
          message:
            "`bunx vitest` fails with `command not found`: `ubuntu-latest` comes without Bun, and no step before sets it up.",
        },
      ],
    },
    {
      name: "a set-up that comes too late",
      ...steps([NODE("cache: pnpm"), PNPM, "run: pnpm install"], { others: declares("pnpm@9.1.0") }),
      errors: [
        {
          message:
            "`cache: pnpm` fails: to find its cache actions/setup-node runs pnpm, which `ubuntu-latest` comes without and no step before sets up. `pnpm/action-setup@v4` (.github/workflows/ci.yml:9) comes too late.",
          line: 8,
        },
      ],
    },
    {
      name: "a cache that no input asks for",
      ...steps([NODE("node-version: 22", "v5"), "run: corepack enable"], { others: declares("pnpm@9.1.0") }),
      errors: [
        {
          message:
            "`actions/setup-node@v5`, which keeps a cache for what package.json:1 declares, fails: to find its cache actions/setup-node runs pnpm, which `ubuntu-latest` comes without and no step before sets up.",
        },
      ],
    },
    {
      name: "a command of a package script, where npm runs it",
      ...steps(["run: npm ci", "run: npm run build"]),
      errors: [
        {
          message:
            "`npm run build` runs `bun run compile` (package.json:1 `bun run compile`), which fails with `command not found`: `ubuntu-latest` comes without Bun, and no step before sets it up.",
          line: 8,
        },
      ],
    },
    {
      name: "a command of a package script that Bun does not take for its own",
      ...steps(["uses: oven-sh/setup-bun@v2", "run: bun run other"], {
        others: { "package.json": manifest({ scripts: { other: "pnpm compile", compile: "tsc" } }) },
      }),
      errors: [
        {
          message:
            "`bun run other` runs `pnpm compile` (package.json:1 `pnpm compile`), which fails with `command not found`: `ubuntu-latest` comes without pnpm, and no step before sets it up.",
        },
      ],
    },
    {
      name: "turbo, which runs scripts by the declared package manager",
      ...turbo("pnpm@9.1.0"),
      errors: [
        {
          message:
            "`npx turbo run compile` fails: turbo runs scripts by pnpm, which `ubuntu-latest` comes without and no step before sets up.",
        },
      ],
    },
    {
      name: "one of the machines of a matrix",
      ...steps(["run: bun install"], {
        runner: "${{ matrix.os }}",
        job: "strategy: { matrix: { os: [self-hosted, macos-15] } }",
      }),
      errors: [
        {
          message:
            "`bun install` fails with `command not found`: `macos-15` comes without Bun, and no step before sets it up.",
        },
      ],
    },
    {
      name: "a caller of an action that sets nothing up",
      file: WORKFLOW,
      files: listed({
        [WORKFLOW]: `${jobOf([CHECKOUT, PNPM, "uses: ./.github/actions/setup"], {})}  b:\n    runs-on: ubuntu-latest\n    steps:\n      - ${CHECKOUT}\n      - uses: ./.github/actions/setup\n`,
        [ACTION]: composite("run: pnpm install\n      shell: bash"),
        ...declares("pnpm@9.1.0"),
      }),
      errors: [
        {
          message:
            "`./.github/actions/setup` runs `pnpm install` (.github/actions/setup/action.yml:5 `pnpm install`), which fails with `command not found`: `ubuntu-latest` comes without pnpm, and no step before sets it up.",
          line: 13,
        },
      ],
    },
    {
      name: "an action whose callers set nothing up",
      file: ACTION,
      files: listed({
        [WORKFLOW]: jobOf([CHECKOUT, "uses: ./.github/actions/setup"], {}),
        [ACTION]: composite("uses: actions/setup-node@v6\n      with: { cache: pnpm }", PNPM),
        ...declares("pnpm@9.1.0"),
      }),
      errors: [
        {
          message:
            "`cache: pnpm` fails: to find its cache actions/setup-node runs pnpm, which `ubuntu-latest` comes without and no step before sets up. `pnpm/action-setup@v4` (.github/actions/setup/action.yml:7) comes too late.",
        },
      ],
    },
    {
      name: "two versions of pnpm",
      ...steps([told("9")], { others: declares("pnpm@9.1.0+sha512.abc") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it is told pnpm 9, and package.json:1 declares 9.1.0. From v4 on it takes only one of the two.",
          line: 9,
          column: 20,
          suggestions: [
            {
              desc: "Remove `version`, so that pnpm 9.1.0 is set up, which package.json:1 declares.",
              output: jobOf([CHECKOUT, PNPM], {}),
            },
          ],
        },
      ],
    },
    {
      name: "two versions of pnpm, of which the declared one is none that is set up by itself",
      ...steps([told("9")], { others: declares("pnpm@latest") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it is told pnpm 9, and package.json:1 declares latest. From v4 on it takes only one of the two.",
          suggestions: [],
        },
      ],
    },
    {
      name: "a version of pnpm with a hash, which releases before v6 compare too",
      ...steps([told("9.1.0")], { others: declares("pnpm@9.1.0+sha512.abcdefghij") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it is told pnpm 9.1.0, and package.json:1 declares 9.1.0+sha512.abcdef…. From v4 on it takes only one of the two.",
          suggestions: [
            {
              desc: "Remove `version`, so that pnpm 9.1.0 is set up, which package.json:1 declares.",
              output: jobOf([CHECKOUT, PNPM], {}),
            },
          ],
        },
      ],
    },
    {
      name: "two versions of pnpm, of which one comes from an environment",
      ...steps(
        [`${PNPM}\n        with:\n          run_install: false\n          version: \${{ env.PNPM }}`, "run: pnpm i"],
        {
          job: "env: { PNPM: 8.15.0 }",
          others: declares("pnpm@9.1.0"),
        },
      ),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it is told pnpm 8.15.0, and package.json:1 declares 9.1.0. From v4 on it takes only one of the two.",
          suggestions: [
            {
              desc: "Remove `version`, so that pnpm 9.1.0 is set up, which package.json:1 declares.",
              output: jobOf([CHECKOUT, `${PNPM}\n        with:\n          run_install: false`, "run: pnpm i"], {
                job: "env: { PNPM: 8.15.0 }",
              }),
            },
          ],
        },
      ],
    },
    {
      name: "two versions of pnpm, with a comment that a suggestion would take away",
      ...steps([`${told("9")} # the newest`], { others: declares("pnpm@9.1.0") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it is told pnpm 9, and package.json:1 declares 9.1.0. From v4 on it takes only one of the two.",
        },
      ],
    },
    {
      name: "no version of pnpm",
      ...steps([PNPM]),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it has no `version`, and `package.json` declares none in `packageManager`.",
        },
      ],
    },
    {
      name: "no version of pnpm, but one of Yarn",
      ...steps([PNPM], { others: declares("yarn@4.1.0") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it has no `version`, and `packageManager` declares `yarn@4.1.0` (package.json:1).",
        },
      ],
    },
    {
      name: "no package.json where the version is looked for",
      file: WORKFLOW,
      files: listed({
        [WORKFLOW]: jobOf([CHECKOUT, PNPM], {}),
        "web/package.json": manifest({ packageManager: "pnpm@9.1.0" }),
      }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it has no `version`, and the repository has no `package.json` to read it from.",
        },
      ],
    },
    {
      name: "no package.json before the checkout",
      file: WORKFLOW,
      files: listed({ [WORKFLOW]: jobOf([NODE("node-version: 22"), PNPM, CHECKOUT], {}), ...declares("pnpm@9.1.0") }),
      errors: [
        {
          message:
            "`pnpm/action-setup@v4` fails: it has no `version`, and there is no `package.json` before the checkout.",
        },
      ],
    },
    {
      name: "a Yarn that refuses",
      ...steps([NODE("node-version: 22"), "run: yarn install --immutable"], {
        others: { ...declares("yarn@4.1.0+sha224.abc"), ".yarnrc.yml": "nodeLinker: node-modules\n" },
      }),
      errors: [
        {
          message:
            "`yarn install --immutable` fails: package.json:1 declares `yarn@4.1.0`, for which the Yarn 1.22 of `ubuntu-latest` refuses to run. Run `corepack enable` before.",
        },
      ],
    },
    {
      name: "a cache for a Yarn that refuses",
      ...steps([NODE("cache: yarn"), "run: corepack enable", "run: yarn"], { others: declares("yarn@4.1.0") }),
      errors: [
        {
          message:
            "`cache: yarn` fails: package.json:1 declares `yarn@4.1.0`, for which the Yarn 1.22 of `ubuntu-latest` refuses to run. Run `corepack enable` before.",
          line: 8,
        },
      ],
    },
  ],
});
