import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const LOCK =
  '{\n  "lockfileVersion": 1,\n  "workspaces": {},\n  "packages": { "typescript": ["typescript@5", "", { "bin": { "tsc": "a" } }, ""] },\n}\n';

/** A workflow with steps that are given with the indentation that they have there. */
const workflow = (steps: string, on = "push"): string =>
  `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const run = (command: string): string => `      - run: ${command}\n`;
const root = (scripts: object, more: object = {}): string =>
  JSON.stringify({ name: "acme", packageManager: "bun@1.3.1", workspaces: ["apps/*"], scripts, ...more });
const files = (steps: string, others: RepositoryFiles = {}): RepositoryFiles => ({
  [WORKFLOW]: workflow(steps),
  "package.json": root({ typecheck: "tsc", lint: "eslint ." }, { devDependencies: { turbo: "2.9.18" } }),
  "bun.lock": LOCK,
  "turbo.json": JSON.stringify({
    tasks: {
      build: { dependsOn: ["^build"] },
      test: {},
      verify: { dependsOn: ["build"] },
      "//#lint": {},
      codegen: {},
      "@acme/web#generated": { dependsOn: ["codegne"] },
      circle: { dependsOn: ["circle"] },
    },
  }),
  "apps/web/package.json": JSON.stringify({ name: "@acme/web", scripts: { build: "vite build", dev: "vite" } }),
  "apps/api/package.json": JSON.stringify({ name: "@acme/api", scripts: { build: "tsc" } }),
  ...others,
});
const repository = (command: string, others: RepositoryFiles = {}) => ({
  file: WORKFLOW,
  files: files(run(command), others),
});
/** The same workspace with npm or pnpm. */
const by = (manager: "npm" | "pnpm") => ({
  "bun.lock": "",
  "package.json": root({ typecheck: "tsc" }, { packageManager: `${manager}@10.0.0` }),
  ...(manager === "pnpm" && { "pnpm-workspace.yaml": "packages: [apps/*]\n" }),
});
/** The same with a pnpm that only its lockfile tells. */
const pnpm6 = {
  ...by("pnpm"),
  "package.json": root({ typecheck: "tsc" }, { packageManager: undefined }),
  "pnpm-lock.yaml": "lockfileVersion: 5.3\n",
};
/** An action whose step runs in the folder of the app that it is given. */
const IN_FOLDER =
  "inputs: { app: {} }\nruns:\n  using: composite\n  steps:\n    - run: pwd\n      working-directory: apps/${{ inputs.app }}\n      shell: bash\n";
/** Scripts whose names pnpm has commands for. */
const shadowed = (version: string) => ({
  ...by("pnpm"),
  "package.json": root(
    { audit: "a", deploy: "a", docs: "a", setup: "a", version: "a" },
    { packageManager: `pnpm@${version}` },
  ),
  "apps/web/package.json": JSON.stringify({ name: "@acme/web", scripts: { deploy: "a" } }),
});
const CHECKED = root({ check: "tsc --noEmit" }, { devDependencies: { typescript: "6.0.3" } });
/** A configuration of TypeScript that names no file, only a project. */
const SOLUTION = {
  "package.json": root({}, { devDependencies: { typescript: "6.0.3" } }),
  "tsconfig.json": '{ "files": [], "references": [{ "path": "./app" }] }',
  "app/tsconfig.json": "{}",
};
const missing = (command: string, name: string, owner = "`package.json` has no", hint = ""): string =>
  `\`${command}\` fails: ${owner} script \`${name}\`.${hint === "" ? "" : ` There is \`${hint}\`.`}`;
const SELECTED = "no package that it selects has a";

/** A folder with workflows of its own, which GitHub does not run, in a repository whose workflow runs a script of it. */
const withinOther: RepositoryFiles = {
  [WORKFLOW]: workflow("      - run: npm run check\n        working-directory: site\n"),
  "site/package.json": JSON.stringify({ scripts: { check: "npm run nope" } }),
  "site/.github/workflows/ci.yml": workflow(run("npm run gone")),
};

new RuleTester().run("scripts-exist", {
  valid: [
    {
      name: "an executable of a package, with a pnpm that looks for one",
      ...repository("pnpm --filter @acme/web nope", {
        ...by("pnpm"),
        "package.json": root({ typecheck: "tsc" }, { packageManager: "pnpm@11.0.0" }),
      }),
    },
    { name: "a workflow in a folder", file: "site/.github/workflows/ci.yml", files: withinOther },
    ...[
      "npm run typecheck",
      "npm run nope --if-present",
      "npm run nope || true",
      "npm start",
      "npm test",
      "bun run vite",
      "bun run tsc",
      "bun run make",
      "cd apps/web && bun run dev",
      "bun run check:all ${{ inputs.flags }} || echo",
      "cd apps/web && bun run tsc",
      "make && cd apps/web/dist && npm run nope",
      "mkdir app && cd app && npm run nope",
      "npm pkg set scripts.nope=x && npm run nope",
      "git checkout other && npm run nope",
      "cp -r .env.example app && npm run nope",
      "cp .env.example ${{ inputs.target }} && npm run nope",
      "mv package.ci.json package.json && npm run nope",
      "jq . package.json > package.json && npm run nope",
      "node -e \"require('./package.json').scripts.nope = 'a'\" && npm run nope",
      "yarn nope",
      "pnpm nope",
      "bunx turbo run build test",
      "npm run $SCRIPT",
      "bun --cwd=apps/web run dev",
      "bun run --cwd apps/web dev",
      "bun --cwd apps/web dev",
      "bun --cwd apps/gone run dev",
      "bun --cwd $APP run dev",
      "bun --config bunfig.toml run dev",
      "bun --filter @acme/web dev",
      "npm run build -w @acme/web",
      "bun run --filter '@acme/*' dev",
      "bun run --filter '!@acme/web' nope",
      "bunx turbo run build",
      "bunx turbo run verify",
      "bunx turbo run circle",
      "bunx turbo run lint",
      "bunx turbo run build --filter=...[origin/main]",
      "npx concurrently -s first npm:nope",
      "npx run-s 'nope:*'",
      "bunx turbo query x",
      "bunx turbo analyze",
      "bunx turbo run ${{ inputs.task }}",
      "bunx turbo run tset --dry-run",
    ].map((command) => ({ name: command, ...repository(command) })),
    {
      name: "an executable that the lockfile lists",
      ...repository("bun run type-check", { "bun.lock": LOCK.replace('"tsc"', '"type-check"') }),
    },
    {
      name: "a task that one of several packages lacks",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow(run("bunx turbo run dev --filter=${{ matrix.app }}")).replace(
          "    steps:",
          "    strategy: { matrix: { app: ['@acme/web', '@acme/api'] } }\n    steps:",
        ),
        "turbo.json": '{ "tasks": { "dev": {} } }',
      },
    },
    {
      name: "a script with a colon that another package has, with the newer Yarn",
      ...repository("yarn workspace @acme/api run dev:all", {
        "bun.lock": "",
        "yarn.lock": "",
        ".yarnrc.yml": "",
        "package.json": root({}, { packageManager: "yarn@4.9.0" }),
        "apps/web/package.json": JSON.stringify({ name: "@acme/web", scripts: { "dev:all": "vite" } }),
      }),
    },
    {
      name: "an executable of the root, with Yarn",
      ...repository("yarn run -T lerna", {
        "bun.lock": "",
        "yarn.lock": "",
        "package.json": root({}, { packageManager: "yarn@4.9.0" }),
      }),
    },
    { name: "an executable of each package, with a pnpm that is not known", ...repository("pnpm -r nope", pnpm6) },
    {
      name: "a package in a submodule, with pnpm",
      ...repository("pnpm --filter gone run build", { ...by("pnpm"), ".gitmodules": "" }),
    },
    {
      name: "a program of the machine that another package's script is called like",
      ...repository("bun run make", {
        "apps/web/package.json": '{ "name": "web", "scripts": { "make": "make all" } }',
      }),
    },
    { name: "a file that Bun runs", ...repository("bun run type-check", { "type-check.ts": "" }) },
    { name: "a filter of another manager than the workspace's", ...repository("pnpm --filter gone run build") },
    {
      name: "a package that may lie in a submodule",
      ...repository("bunx turbo run build --filter=gone", { ".gitmodules": "" }),
    },
    {
      name: "a task with a command of its own",
      ...repository("bunx turbo run test", {
        "turbo.json": JSON.stringify({
          futureFlags: { experimentalTaskCommand: true },
          tasks: { test: { command: ["x"] } },
        }),
      }),
    },
    { name: "turbo 1", ...repository("npx turbo@1 run tset") },
    {
      name: "another repository beside this one",
      file: WORKFLOW,
      files: files(
        "      - uses: actions/checkout@v5\n        with: { repository: acme/docs, path: apps/docs }\n" +
          run("bunx turbo run build --filter=docs"),
      ),
    },
    {
      name: "a step that may fail",
      file: WORKFLOW,
      files: files("      - run: npm run nope\n        continue-on-error: true\n"),
    },
    {
      name: "a workflow for the repositories of others",
      file: WORKFLOW,
      files: { ...files(""), [WORKFLOW]: workflow(run("npm run nope"), "workflow_call") },
    },
    ...[
      "pnpm deploy out",
      "pnpm run deploy",
      "pnpm setup",
      "pnpm audit",
      "pnpm --filter @acme/api deploy",
      "pnpm version patch",
      "pnpm run version",
    ].map((command) => ({
      name: `pnpm's own command: ${command}`,
      ...repository(command, shadowed("10.1.0")),
    })),
    ...[
      "      - { run: npm ci, working-directory: apps/web }\n",
      "      - { run: npm ci, working-directory: ./apps/web/ }\n",
      "      - { run: npm ci, working-directory: . }\n",
      "      - { run: npm ci, working-directory: ~/x }\n",
      "      - { run: npm ci, working-directory: /tmp }\n",
      "      - { run: npm ci, working-directory: '${{ runner.temp }}' }\n",
      "      - { run: npm ci, working-directory: apps/wbe, continue-on-error: true }\n",
      "      - { run: npm ci, working-directory: apps/wbe, if: steps.x.outputs.y }\n",
      "      - { run: npm ci, working-directory: dist }\n",
      "      - run: mkdir wbe\n      - { run: npm ci, working-directory: wbe }\n",
      "      - run: node make.js\n      - { run: npm ci, working-directory: wbe }\n",
      "      - run: ls > x\n      - { run: npm ci, working-directory: wbe }\n",
      "      - uses: a/b@v1\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { uses: actions/checkout@v5, with: { path: wbe } }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { uses: actions/checkout@v5, with: { repository: a/b, path: wbe } }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { uses: actions/checkout@v5, with: { ref: gh-pages } }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { uses: actions/checkout@v5, with: { submodules: true } }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { run: ls, shell: pwsh }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - { uses: actions/download-artifact@v5 }\n      - { run: npm ci, working-directory: wbe }\n",
      "      - run: cd apps/web && npm ci\n",
      "      - run: cd apps && cd web && cd ../api\n",
      "      - run: cd wbe || exit 0\n",
      "      - run: cd wbe && make; echo done\n",
      "      - run: if [ -d wbe ]; then cd wbe; fi\n",
      "      - run: mkdir wbe && cd wbe\n",
      "      - run: make && cd wbe\n",
      "      - run: cd $FOLDER\n",
      "      - run: cd -\n",
      "      - run: cd ~/wbe\n",
      "      - run: cd /wbe\n",
      "      - run: cd ../wbe\n",
      "      - run: cd dist\n",
      "      - { run: cd wbe, shell: pwsh }\n",
      "      - { run: cd wbe, continue-on-error: true }\n",
      "      - run: npm run made\n      - run: cd wbe\n",
    ].map((steps) => ({
      name: `a folder that is there or may be: ${steps}`,
      file: WORKFLOW,
      files: files(steps, { ".gitignore": "dist\n", "make.js": "", "package.json": root({ made: "node make.js" }) }),
    })),
    {
      name: "a folder of a job's defaults, which are not those of an action",
      file: "a/action.yml",
      files: {
        ...files("", { "a/action.yml": "runs:\n  using: composite\n  steps:\n    - run: pwd\n      shell: bash\n" }),
        [WORKFLOW]: workflow("      - uses: ./a\n").replace(
          "    steps:",
          "    defaults: { run: { working-directory: gone } }\n    steps:",
        ),
      },
    },
    {
      name: "a folder in a job without a checkout",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow("      - { run: npm ci, working-directory: wbe }\n").replace(
          "      - uses: actions/checkout@v5\n",
          "",
        ),
      },
    },
    {
      name: "a folder that is there in another case, which macOS does not look at",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow("      - { run: npm ci, working-directory: Apps/web }\n").replace("ubuntu", "macos"),
      },
    },
    {
      name: "a folder of a submodule",
      file: WORKFLOW,
      files: files("      - { run: npm ci, working-directory: wbe }\n", { ".gitmodules": "" }),
    },
    {
      name: "a folder of another repository",
      file: WORKFLOW,
      files: { [WORKFLOW]: workflow("      - { run: npm ci, working-directory: wbe }\n", "workflow_call") },
    },
    {
      name: "a folder that a called workflow's other caller has",
      file: "a/action.yml",
      files: files("      - { uses: ./a, with: { app: web } }\n      - { uses: ./a, with: { app: wbe } }\n", {
        "a/action.yml": IN_FOLDER,
      }),
    },
    {
      name: "a script of the root, which a setting of pnpm includes",
      ...repository("pnpm -r run lint", {
        ...by("pnpm"),
        "package.json": root({ lint: "a" }, { packageManager: "pnpm@10.0.0" }),
        "apps/web/package.json": JSON.stringify({ name: "@acme/web" }),
        ".npmrc": "include-workspace-root=true\n",
      }),
    },
    {
      name: "a script that a setting of npm leaves out where it is missing",
      ...repository("npm run nope", { ...by("npm"), ".npmrc": "if-present=true\n" }),
    },
    {
      name: "a script that a variable of npm has run elsewhere",
      ...repository("NPM_CONFIG_WORKSPACE=@acme/web npm run dev", by("npm")),
    },
    { name: "a folder of workspaces, for npm", ...repository("npm run build --workspace=apps", by("npm")) },
    {
      name: "a script of a member in a submodule",
      ...repository("pnpm -r run nope:x", { ...by("pnpm"), ".gitmodules": "" }),
    },
    { name: "Yarn's foreach, which succeeds", ...repository("yarn workspaces foreach -A run no:script") },
    {
      name: "a script of another package with the newer Yarn, that package.json or the lockfile tells of",
      ...repository("yarn only:web", {
        "bun.lock": "",
        "package.json": root({}, { packageManager: "yarn@4.9.1" }),
        "apps/web/package.json": JSON.stringify({ name: "@acme/web", scripts: { "only:web": "a" } }),
      }),
    },
    {
      name: "a package that Bun has beside a pnpm-workspace.yaml without it",
      ...repository("bun run --filter @acme/web build", { "pnpm-workspace.yaml": "packages: [libs/*]\n" }),
    },
    { name: "a pattern of npm-run-all", ...repository('npx run-p "watch-?(a|b)"') },
    { name: "another branch by GitHub's CLI", ...repository("gh pr checkout 1 && npm run nope") },
    {
      name: "a package.json that npm changes in a folder",
      ...repository("npm --prefix . pkg set a=b && npm run nope"),
    },
    ...["run nope:x --filter=@acme/web", "nope:x --filter @acme/web", "run nope:x -r", "run nope:x -C apps/web"].map(
      (command) => ({
        name: `flags after the name, which pnpm 6 takes for its own: ${command}`,
        ...repository(`pnpm ${command}`, pnpm6),
      }),
    ),
    {
      name: "flags after the name, with a pnpm that is not known",
      ...repository("pnpm run nope:x --filter=@acme/web", { ...pnpm6, "pnpm-lock.yaml": "" }),
    },
    { name: "a script that pnpm 6 runs", ...repository("pnpm deploy", shadowed("6.32.3")) },
    { name: "a script that pnpm 12 runs", ...repository("pnpm deploy", shadowed("12.0.0")) },
    { name: "no package", file: WORKFLOW, files: { [WORKFLOW]: workflow(run("npm run nope")) } },
  ],
  invalid: [
    {
      name: "a script of a folder with workflows of its own",
      file: "site/package.json",
      files: withinOther,
      errors: [
        {
          message:
            "`npm run nope`, which .github/workflows/ci.yml:7 runs, fails: `site/package.json` has no script `nope`.",
        },
      ],
    },
    ...[
      "cp .env.example .env",
      "cp -n apps/web/.env.example apps/web/.env.local",
      "mv .dev.vars.example .dev.vars",
    ].map((copy) => ({
      name: `after ${copy}`,
      ...repository(`${copy} && npm run nope`),
      errors: [{ messageId: "missingScript" }],
    })),
    {
      name: "a script that is spelled in another way",
      ...repository("npm run type-check"),
      errors: [
        {
          message: missing("npm run type-check", "type-check", undefined, "typecheck"),
          line: 7,
          column: 14,
          endColumn: 32,
          suggestions: [{ messageId: "useName", output: workflow(run("npm run typecheck")) }],
        },
      ],
    },
    ...[
      { command: "npm run nope", message: missing("npm run nope", "nope") },
      { command: "npx run-s lint nope", message: missing("npx run-s lint nope", "nope") },
      {
        command: "npx concurrently npm:lint npm:nope",
        message: missing("npx concurrently npm:lint npm:nope", "nope"),
      },
      { command: "bun run check:all", message: missing("bun run check:all", "check:all") },
      { command: "bun check:all", message: missing("bun check:all", "check:all") },
      { command: "yarn check:all", message: missing("yarn check:all", "check:all") },
      { command: "bun run dev", message: missing("bun run dev", "dev") },
      {
        command: "cd apps/api && npm run dev",
        message: missing("npm run dev", "dev", "`apps/api/package.json` has no"),
      },
      {
        command: "bun run --filter @acme/api dev",
        message: missing("bun run --filter @acme/api dev", "dev", "`apps/api/package.json` has no"),
      },
      {
        command: "bun run --filter '@acme/*' nope",
        message: missing("bun run --filter '@acme/*' nope", "nope", SELECTED),
      },
      {
        command: "bunx turbo run deploy",
        message: "`bunx turbo run deploy` fails: `turbo.json` has no task `deploy`.",
      },
      {
        command: "bunx turbo run test",
        message:
          "`bunx turbo run test` runs nothing, and succeeds: no package in its scope has a script for `test`, or for what turbo runs before.",
      },
      {
        command: "bunx turbo generated",
        message:
          "`bunx turbo generated` fails: `@acme/web#generated` needs the task `@acme/web#codegne`, which is not defined. There is `codegen`.",
      },
    ].map(({ command, message }) => ({ name: command, ...repository(command), errors: [{ message }] })),
    {
      name: "a compiler that passes over all projects",
      ...repository("npx tsc --noEmit", SOLUTION),
      errors: [
        {
          message:
            "`npx tsc --noEmit` checks nothing, and succeeds: `tsconfig.json` names no file, only other projects, which it passes over without `-b`. Write `tsc -b --noEmit`.",
          suggestions: [{ messageId: "useName", output: workflow(run("npx tsc -b --noEmit")) }],
        },
      ],
    },
    {
      name: "a compiler in a script, with words of its caller",
      file: "package.json",
      files: files(run("npm run check -- --pretty"), { ...SOLUTION, "package.json": CHECKED }),
      errors: [
        {
          message:
            "`tsc --noEmit --pretty`, which .github/workflows/ci.yml:7 runs, checks nothing, and succeeds: `tsconfig.json` names no file, only other projects, which it passes over without `-b`. Write `tsc -b --noEmit --pretty`.",
        },
      ],
    },
    {
      name: "a command that Next.js has no more",
      ...repository("npx next lint", { "package.json": root({}, { dependencies: { next: "^16.0.0" } }) }),
      errors: [
        {
          message:
            "`npx next lint` fails: `next@^16.0.0` has no command `lint` any more. ESLint's own command takes its place: `eslint .`.",
        },
      ],
    },
    {
      name: "a command of Wrangler with another name",
      ...repository("npx wrangler publish --env x", {
        "package.json": root({}, { dependencies: { wrangler: "4.1.0" } }),
      }),
      errors: [
        {
          message:
            "`npx wrangler publish --env x` fails: `wrangler@4.1.0` has no command `publish` any more. Write `deploy`.",
          suggestions: [{ messageId: "useName", output: workflow(run("npx wrangler deploy --env x")) }],
        },
      ],
    },
    {
      name: "a command of Drizzle that does nothing",
      ...repository("npx drizzle-kit push:sqlite", {
        "package.json": root({}, { dependencies: { "drizzle-kit": "0.31.0" } }),
      }),
      errors: [
        {
          message:
            "`npx drizzle-kit push:sqlite` runs nothing, and succeeds: `drizzle-kit@0.31.0` has no command `push:sqlite` any more, and only says so. Write `push`.",
          suggestions: [{ messageId: "useName", output: workflow(run("npx drizzle-kit push")) }],
        },
      ],
    },
    {
      name: "a folder after a space, which makes Bun print its scripts",
      ...repository("bun --cwd apps/web run dev || true"),
      errors: [
        {
          message:
            "`bun --cwd apps/web run dev` runs nothing, and succeeds: with a space after `--cwd`, Bun prints its scripts instead. Write `--cwd=apps/web`.",
          suggestions: [{ messageId: "useName", output: workflow(run("bun --cwd=apps/web run dev || true")) }],
        },
      ],
    },
    {
      name: "a folder after a space in a script of package.json",
      file: "package.json",
      files: files(run("bun run web"), { "package.json": root({ web: "bun --cwd apps/web run dev" }) }),
      errors: [
        {
          message:
            "`bun --cwd apps/web run dev`, which .github/workflows/ci.yml:7 runs, runs nothing, and succeeds: with a space after `--cwd`, Bun prints its scripts instead. Write `--cwd=apps/web`.",
          suggestions: [{ messageId: "useName", output: root({ web: "bun --cwd=apps/web run dev" }) }],
        },
      ],
    },
    {
      name: "folders of a matrix after a space",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow(run("bun --cwd apps/${{ matrix.app }} run dev")).replace(
          "    steps:",
          "    strategy: { matrix: { app: [web, api] } }\n    steps:",
        ),
      },
      errors: [
        {
          messageId: "listing",
          suggestions: [
            {
              messageId: "useName",
              output: workflow(run("bun --cwd=apps/${{ matrix.app }} run dev")).replace(
                "    steps:",
                "    strategy: { matrix: { app: [web, api] } }\n    steps:",
              ),
            },
          ],
        },
      ],
    },
    {
      name: "two values after a space, of which one alone would not help",
      ...repository("bun --env-file .env --cwd apps/web run dev"),
      errors: [{ messageId: "listing" }],
    },
    {
      name: "a file of variables after a space",
      ...repository("bun --env-file '.env' --cwd=apps/web run dev"),
      errors: [
        {
          messageId: "listing",
          suggestions: [{ messageId: "useName", output: workflow(run("bun --env-file=.env --cwd=apps/web run dev")) }],
        },
      ],
    },
    {
      name: "a filter after a space, which makes Bun look for a script `run`",
      ...repository('bun --filter "@acme/web" run dev'),
      errors: [
        {
          message:
            '`bun --filter "@acme/web" run dev` fails: with a space after `--filter`, Bun takes `run` for the script that is meant. Write `--filter=@acme/web`.',
          suggestions: [{ messageId: "useName", output: workflow(run("bun --filter=@acme/web run dev")) }],
        },
      ],
    },
    {
      name: "one of several packages, with npm",
      ...repository("npm run dev -ws", by("npm")),
      errors: [{ message: missing("npm run dev -ws", "dev", "`apps/api/package.json` has no") }],
    },
    {
      name: "a filter that selects nothing, with pnpm",
      ...repository("pnpm --filter @acme/wbe run build", by("pnpm")),
      errors: [
        {
          message:
            "`pnpm --filter @acme/wbe run build` runs nothing: no package of the workspace is called `@acme/wbe`. There is `@acme/web`.",
          suggestions: [{ messageId: "useName", output: workflow(run("pnpm --filter @acme/web run build")) }],
        },
      ],
    },
    ...[
      { text: "a flag of the script", command: "run nope:x --filter=@acme/web", others: by("pnpm") },
      {
        text: "a flag of the script, as the lockfile tells",
        command: "run nope:x -w",
        others: { ...pnpm6, "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" },
      },
      { text: "a flag after two dashes, with pnpm 6", command: "run nope:x -- -w", others: pnpm6 },
    ].map(({ text, command, others }) => ({
      name: `${text}: pnpm ${command}`,
      ...repository(`pnpm ${command}`, others),
      errors: [{ message: missing(`pnpm ${command}`, "nope:x"), suggestions: [] }],
    })),
    ...["pnpm@10.28.0", "pnpm@9.15.9"].map((packageManager) => ({
      name: `a script that no package of a filter has, with ${packageManager}`,
      ...repository("pnpm --filter @acme/web run bulid || true", {
        ...by("pnpm"),
        "package.json": root({ typecheck: "tsc" }, { packageManager }),
      }),
      errors: [
        {
          message:
            "`pnpm --filter @acme/web run bulid` runs nothing: `apps/web/package.json` has no script `bulid`. Before pnpm 10.28.1, it succeeds all the same. There is `build`.",
          suggestions: [
            { messageId: "useName" as const, output: workflow(run("pnpm --filter @acme/web run build || true")) },
          ],
        },
      ],
    })),
    {
      name: "the same with a pnpm that fails",
      ...repository("pnpm -r run nope", {
        ...by("pnpm"),
        "package.json": root({ typecheck: "tsc" }, { packageManager: "pnpm@10.28.1" }),
      }),
      errors: [{ message: "`pnpm -r run nope` fails: no package that it selects has a script `nope`." }],
    },
    {
      name: "a script by its name alone, with a pnpm that then looks for no executable",
      ...repository("pnpm --filter @acme/web nope:x", {
        ...by("pnpm"),
        "package.json": root({ typecheck: "tsc" }, { packageManager: "pnpm@10.34.0" }),
      }),
      errors: [
        {
          message: `${missing("pnpm --filter @acme/web nope:x", "nope:x", "`apps/web/package.json` has no")} With \`exec nope:x\` it runs an executable.`,
        },
      ],
    },
    {
      name: "a filter that has to select something, with pnpm",
      ...repository("pnpm --filter gone --fail-if-no-match run build", by("pnpm")),
      errors: [{ messageId: "missingPackage" }],
    },
    ...[
      { command: "pnpm deploy", fixed: "pnpm run deploy" },
      { command: "pnpm deploy --cmd 'pnpm build'", fixed: "pnpm run deploy --cmd 'pnpm build'" },
      { command: "pnpm --filter @acme/web deploy || true", fixed: "pnpm --filter @acme/web run deploy || true" },
    ].map(({ command, fixed }) => ({
      name: `a script whose name pnpm takes for its own command: ${command}`,
      ...repository(command, shadowed("10.1.0")),
      errors: [
        {
          message: `\`${command.replace(" || true", "")}\` does not run the script \`deploy\`, but pnpm's own command of that name. Write \`run deploy\`.`,
          suggestions: [{ messageId: "useName", output: workflow(run(fixed)) }],
        },
      ],
    })),
    ...["docs", "version"].map((name) => ({
      name: `a script whose name pnpm takes for its own command: ${name}`,
      ...repository(`pnpm ${name}`, shadowed("9.15.9")),
      errors: [
        {
          message: `\`pnpm ${name}\` does not run the script \`${name}\`, but pnpm's own command of that name. Write \`run ${name}\`.`,
          suggestions: [{ messageId: "useName" as const, output: workflow(run(`pnpm run ${name}`)) }],
        },
      ],
    })),
    {
      name: "a package that turbo does not know",
      ...repository("bunx turbo run build -F @acme/wbe"),
      errors: [
        {
          messageId: "missingPackage",
          suggestions: [{ messageId: "useName", output: workflow(run("bunx turbo run build -F @acme/web")) }],
        },
      ],
    },
    {
      name: "one combination of a matrix",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow(run("npm run ${{ matrix.script }}")).replace(
          "    steps:",
          "    strategy: { matrix: { script: [lint, nope] } }\n    steps:",
        ),
      },
      errors: [{ message: missing("npm run ${{ matrix.script }}", "nope") }],
    },
    {
      name: "spelled in another way in one combination of a matrix",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow(run("npm run ${{ matrix.script }}")).replace(
          "    steps:",
          "    strategy: { matrix: { script: [lint, type-check] } }\n    steps:",
        ),
      },
      errors: [{ message: missing("npm run ${{ matrix.script }}", "type-check", undefined, "typecheck") }],
    },
    {
      name: "written in a script of package.json",
      file: "package.json",
      files: files(run("bun run ci"), { "package.json": root({ ci: "npm run lnit", lint: "eslint ." }) }),
      errors: [
        {
          message:
            "`npm run lnit`, which .github/workflows/ci.yml:7 runs, fails: `package.json` has no script `lnit`. There is `lint`.",
          column: 86,
          suggestions: [{ messageId: "useName", output: root({ ci: "npm run lint", lint: "eslint ." }) }],
        },
      ],
    },
    {
      name: "written in a shell script, at the step that runs it",
      ...repository("./ci.sh", { "ci.sh": "#!/bin/bash -e\nnpm run nope\n" }),
      errors: [
        {
          message:
            "`./ci.sh` runs `npm run nope` (ci.sh:2 `npm run nope`), which fails: `package.json` has no script `nope`.",
        },
      ],
    },
    {
      name: "a command that an input is",
      file: WORKFLOW,
      files: files(
        "      - uses: ./a\n        with: { command: npm run nope }\n      - uses: ./a\n        with: { command: npm run lint }\n",
        {
          "a/action.yml":
            "inputs: { command: {} }\nruns:\n  using: composite\n  steps:\n    - run: ${{ inputs.command }}\n      shell: bash\n",
        },
      ),
      errors: [
        {
          message:
            "`./a` runs `npm run nope` (a/action.yml:5 `${{ inputs.command }}`), which fails: `package.json` has no script `nope`.",
          line: 7,
        },
      ],
    },
    {
      name: "a folder that is not there",
      file: WORKFLOW,
      files: files(
        "      - uses: actions/setup-node@v5\n      - run: npm ci\n      - run: npm test\n        working-directory: apps/Web\n",
      ),
      errors: [
        {
          message: "`working-directory: apps/Web` fails: the repository has no folder `apps/Web`. There is `apps/web`.",
          line: 10,
          column: 28,
          suggestions: [
            {
              messageId: "useName",
              output: workflow(
                "      - uses: actions/setup-node@v5\n      - run: npm ci\n      - run: npm test\n        working-directory: apps/web\n",
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a folder that a script enters",
      file: WORKFLOW,
      files: files("      - run: npm ci\n      - run: npm run lint\n      - run: cd apps/Web && npm test\n", {
        "package.json": root({ lint: "eslint ." }),
      }),
      errors: [
        {
          message: "`cd apps/Web` fails: the repository has no folder `apps/Web`. There is `apps/web`.",
          line: 9,
          column: 14,
          endColumn: 25,
          suggestions: [
            {
              messageId: "useName",
              output: workflow(
                "      - run: npm ci\n      - run: npm run lint\n      - run: cd apps/web && npm test\n",
              ),
            },
          ],
        },
      ],
    },
    ...[
      "      - run: |\n          set -e\n          cd wbe\n          make\n",
      "      - run: |\n          cd apps\n          cd ./wbe\n",
      "      - run: cd 'a b'\n",
      "      - run: (cd wbe && make)\n",
      "      - run: echo A=1 >> $GITHUB_ENV\n      - run: cd wbe\n",
      "      - run: make\n      - uses: actions/checkout@v5\n      - run: cd wbe\n",
    ].map((steps) => ({
      name: `a folder that a script enters: ${steps}`,
      file: WORKFLOW,
      files: files(steps),
      errors: [{ messageId: "missingFolder" as const }],
    })),
    {
      name: "a script that is missing after a command which only reads package.json",
      ...repository(`node -p "require('./package.json').version" && cat package.json && npm run nope`),
      errors: [{ messageId: "missingScript" }],
    },
    {
      name: "a script of the root is not that of a folder which is not there",
      file: WORKFLOW,
      files: files(run("cd wbe && npm run nope")),
      errors: [{ messageId: "missingFolder" }],
    },
    {
      name: "a folder of a job's defaults",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow(run("npm ci")).replace(
          "    steps:",
          "    defaults: { run: { working-directory: gone } }\n    steps:",
        ),
      },
      errors: [
        {
          message: "`working-directory: gone` fails: the repository has no folder `gone`.",
          line: 5,
        },
      ],
    },
    {
      name: "a folder that one of two callers of an action gives",
      file: WORKFLOW,
      files: files("      - { uses: ./a, with: { app: web } }\n      - { uses: ./a, with: { app: wbe } }\n", {
        "a/action.yml": IN_FOLDER,
      }),
      errors: [
        {
          message: "`./a` (a/action.yml:6) fails: the repository has no folder `apps/wbe`.",
          line: 8,
        },
      ],
    },
    {
      name: "a folder in quotes, without a suggestion",
      file: WORKFLOW,
      files: files("      - run: npm test\n        working-directory: 'apps/Web'\n"),
      errors: [{ messageId: "missingFolder" }],
    },
    {
      name: "a folder of one combination of a matrix",
      file: WORKFLOW,
      files: {
        ...files(""),
        [WORKFLOW]: workflow("      - { run: npm ci, working-directory: 'apps/${{ matrix.app }}' }\n").replace(
          "    steps:",
          "    strategy: { matrix: { app: [web, gone] } }\n    steps:",
        ),
      },
      errors: [{ messageId: "missingFolder", line: 8 }],
    },
    {
      name: "asked for by one of two callers of an action",
      file: WORKFLOW,
      files: files(
        "      - uses: ./a\n        with: { script: lint }\n      - uses: ./a\n        with: { script: nope }\n",
        {
          "a/action.yml":
            "inputs: { script: {} }\nruns:\n  using: composite\n  steps:\n    - run: npm run ${{ inputs.script }}\n      shell: bash\n",
        },
      ),
      errors: [{ messageId: "missingScript", line: 9 }],
    },
  ],
});
