import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/setup/action.yml";
const CHECKOUT = "uses: actions/checkout@v5";

interface Options {
  /** Lines of the job, such as `container: node:22`. */
  readonly job?: string;
  readonly runner?: string;
  readonly others?: RepositoryFiles;
  readonly file?: string;
}

const indented = (lines: readonly string[]): string => lines.map((line) => `      - ${line}\n`).join("");
const withs = (inputs: string): string => (inputs === "" ? "" : `\n        with: { ${inputs} }`);
const NODE = (inputs: string, release = "v6"): string => `uses: actions/setup-node@${release}${withs(inputs)}`;
const PNPM = (inputs = "", release = "v4"): string => `uses: pnpm/action-setup@${release}${withs(inputs)}`;
const lock = (versions: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
    ),
  });
const manifest = (more: object = {}): string =>
  JSON.stringify({
    name: "acme",
    scripts: { build: "next build", ship: "npm run build && wrangler deploy" },
    dependencies: { next: "^16.0.0", wrangler: "^4.0.0", convex: "*", vite: "^8.0.0", "@angular/cli": "^21.0.0" },
    ...more,
  });
const FILES: RepositoryFiles = {
  "package.json": manifest(),
  "package-lock.json": lock({
    next: "16.1.0",
    wrangler: "4.100.0",
    convex: "1.49.0",
    vite: "8.0.0",
    "@angular/cli": "21.0.0",
  }),
};
/** A job whose steps come after a checkout. */
const steps = (
  lines: readonly string[],
  { job = "", runner = "ubuntu-latest", others = {}, file = WORKFLOW }: Options = {},
) => ({
  file,
  files: {
    [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ${runner}\n${job && `    ${job}\n`}    steps:\n${indented([CHECKOUT, ...lines])}`,
    ...FILES,
    ...others,
  },
});
const pnpm11: RepositoryFiles = {
  "package.json": manifest({ packageManager: "pnpm@11.7.0" }),
  "package-lock.json": "{}",
};
const named = <Case extends object>(title: string, cases: readonly Case[]) =>
  cases.map((item, index) => ({ name: `${title}: ${String(index)}`, ...item }));
const composite = (...lines: readonly string[]): string =>
  `inputs: { node: { default: '18' } }\nruns:\n  using: composite\n  steps:\n${lines.map((line) => `    - ${line}\n`).join("")}`;
const BUILD = "run: npm run build";
const CI = "run: npm ci";

const fails = (
  node: string,
  command: string,
  line: number,
  tool: string,
  need: string,
  { chain = "", others = "" }: { readonly chain?: string; readonly others?: string } = {},
): string =>
  `Node.js ${node} is too old: \`${command}\` (${WORKFLOW}:${String(line)}) fails${chain}, as ${tool} needs Node.js \`${need}\`.${others}`;
const AT_NEXT = { chain: " at package.json:1 `next build`" };

interface Expected extends Options {
  readonly chain?: string;
  /** What the message ends with. */
  readonly more?: string;
  /** Of the report. */
  readonly line?: number;
  /** False where nothing is suggested. */
  readonly raised?: boolean;
}

/** A repository with one report; what its suggestion does is tested for the others. */
function one(
  lines: readonly string[],
  node: string,
  command: string,
  commandLine: number,
  tool: string,
  need: string,
  { chain = "", more = "", line, raised = true, ...options }: Expected = {},
) {
  const message = fails(node, command, commandLine, tool, need, { chain, others: more });
  return {
    ...steps(lines, options),
    errors: [{ message, ...(line !== undefined && { line }), ...(raised && { suggestions: 1 }) }],
  };
}

new RuleTester().run("node-fits-tools", {
  valid: [
    ...named("a version that may fit", [
      ...[
        "20",
        "'20'",
        "20.x",
        "^20",
        "22",
        "lts/*",
        "latest",
        "node",
        "current",
        "'>=18'",
        "20.9.0",
        "lts/jod",
        "19",
        "'18 || 20'",
        "18.x - 22.x",
      ].map((version) => steps([NODE(`node-version: ${version}`), CI, BUILD])),
      steps([NODE("node-version: 20.9"), BUILD]),
      steps([NODE("node-version: '${{ vars.NODE }}'"), BUILD]),
      steps([NODE("node-version: ''"), BUILD]),
      steps([NODE("cache: npm"), BUILD]),
      steps([NODE("node-version: 14"), BUILD]),
      steps([NODE("node-version: 18, mirror: 'https://acme.dev'"), BUILD]),
      steps([NODE("node-version: 18, version: 20"), BUILD]),
      steps([BUILD]),
      steps([BUILD, NODE("node-version: 18")]),
      steps([NODE("node-version: 18"), NODE("node-version: 22"), BUILD]),
      steps([NODE("node-version: 18"), NODE("node-version: '${{ vars.NODE }}'"), BUILD]),
    ]),
    ...named("what may set up another Node.js", [
      ...[
        "uses: jdx/mise-action@v2",
        "uses: volta-cli/action@v4",
        "uses: acme/setup@v1",
        "uses: docker://acme/setup",
        "uses: ./.github/actions/gone",
        "uses: pnpm/setup@v1",
        "run: . ~/.nvm/nvm.sh && nvm use 22",
        "run: nvm install 22",
        "run: npx n 22",
        "run: npm i -g n && n 22",
        "run: sudo n lts",
        "run: fnm use 22",
        "run: volta install node@22",
        "run: asdf install",
        "run: mise use -g node@22",
        "run: pnpm env use --global 22",
        "run: echo /opt/node22/bin >> $GITHUB_PATH",
        "run: echo PATH=/opt/node22/bin:$PATH >> $GITHUB_ENV",
        "run: make tools",
        "run: ./setup.sh",
        "run: curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash -",
        "run: brew install node",
        "run: nix develop",
        "{ uses: actions/setup-node@v6, if: github.ref == 'refs/heads/main', with: { node-version: 22 } }",
        "{ uses: actions/cache@v4, with: { path: '~/.local', key: a } }",
      ].map((step) => steps([NODE("node-version: 18"), step, BUILD])),
      steps([
        "{ uses: actions/setup-node@v6, if: github.ref == 'refs/heads/main', with: { node-version: 18 } }",
        BUILD,
      ]),
      steps(["{ uses: actions/setup-node@v6, continue-on-error: true, with: { node-version: 18 } }", BUILD]),
      steps([NODE("node-version: 18"), BUILD], { job: "container: node:22" }),
      steps([NODE("node-version: 18"), BUILD], { runner: "self-hosted" }),
      steps([NODE("node-version: 18"), BUILD], { runner: "[self-hosted, ubuntu-latest]" }),
      steps([NODE("node-version: 18"), BUILD], { job: "env: { PATH: '/opt/node/bin:/usr/bin' }" }),
      steps([NODE("node-version: 18"), BUILD], { job: "env: { npm_config_use_node_version: '22.13.0' }" }),
      steps([NODE("node-version: 18"), "run: PATH=/opt/node/bin:$PATH npm run build"]),
      steps([NODE("node-version: 18"), "run: export PATH=/opt/node/bin:$PATH; npm run build"]),
      steps([NODE("node-version: 18"), "run: npx -p node@22 -c 'next build'"]),
      steps([NODE("node-version: 18"), "run: npx -p node@22 -p next next build"]),
      steps([NODE("node-version: 18"), "run: sudo npx next build"]),
      steps([NODE("node-version: 18"), BUILD], { others: { ".npmrc": "use-node-version=22.13.0\n" } }),
      steps([NODE("node-version: 18"), BUILD], { others: { ".npmrc": "script-shell=/opt/node22/bin/sh\n" } }),
      steps([NODE("node-version: 18"), BUILD], { others: { "pnpm-workspace.yaml": "useNodeVersion: 22.13.0\n" } }),
      steps([NODE("node-version: 18"), BUILD], {
        others: { "package.json": manifest({ devEngines: { runtime: { name: "node", version: "22" } } }) },
      }),
      steps([NODE("node-version: 18"), BUILD], {
        others: { "package.json": manifest({ devDependencies: { node: "22", next: "16.0.0" } }) },
      }),
      steps([NODE("node-version: 18"), BUILD], {
        others: { "package-lock.json": lock({ next: "16.1.0", node: "22.13.0" }) },
      }),
      steps([NODE("node-version: 18"), "uses: oven-sh/setup-bun@v2", "run: bun --bun run build"]),
      steps([NODE("node-version: 18"), "uses: oven-sh/setup-bun@v2", "run: bun run build"]),
      steps([NODE("node-version: 18"), "uses: oven-sh/setup-bun@v2", "run: bunx next build"]),
    ]),
    ...named("what npx fetches, of which it takes a version that fits", [
      steps([NODE("node-version: 18"), "run: npx wrangler deploy"]),
      steps([NODE("node-version: 18"), CI, "run: npx semantic-release"]),
      steps([NODE("node-version: 18"), CI, "run: npm exec semantic-release"]),
      steps([NODE("node-version: 18"), CI, "run: npx semantic-release@*"]),
      steps([NODE("node-version: 18"), CI, "{ run: npx wrangler deploy, working-directory: web }"], {
        others: {
          "web/package.json": manifest(),
          "web/package-lock.json": lock({ wrangler: "4.101.0" }),
        },
      }),
    ]),
    ...named("a tool of another version", [
      steps([NODE("node-version: 18"), BUILD], { others: { "package-lock.json": lock({ next: "15.5.0" }) } }),
      steps([NODE("node-version: 18"), BUILD], { others: { "package-lock.json": lock({ next: "16.0.0-canary.1" }) } }),
      steps([NODE("node-version: 20"), "run: npx wrangler deploy"], { others: { "package-lock.json": "{}" } }),
      steps([NODE("node-version: 18"), "run: next build"]),
      steps([NODE("node-version: 18"), "run: ./ci.sh"], { others: { "ci.sh": "#!/bin/sh\nnext build\n" } }),
      steps([NODE("node-version: 18"), "run: npx next@15 build"]),
      steps([NODE("node-version: 18"), "run: npx next@canary build"]),
      steps([NODE("node-version: 18"), "run: npx 'next@>=15 <17' build"]),
      steps([NODE("node-version: 18"), "run: npm i next@15", BUILD]),
      steps([
        NODE("node-version: 18"),
        "run: npm pkg set dependencies.next=15 && npm i --no-save next@15 && npm run build",
      ]),
      steps([NODE("node-version: 18"), "run: npm ci --prefix web", "{ run: npx next build, working-directory: web }"]),
      steps([NODE("node-version: 18"), "{ uses: actions/checkout@v5, with: { ref: v1 } }", BUILD]),
      steps([NODE("node-version: 18"), "{ uses: actions/checkout@v5, with: { repository: acme/b } }", BUILD]),
      steps([NODE("node-version: 18"), "run: npx vitest run && npx eslint . && npx vercel build"]),
      steps([NODE("node-version: 18"), "run: npx netlify-cli@27 deploy"]),
      steps([NODE("node-version: 18"), "run: npx ng@22 build"]),
      steps([NODE("node-version: 18"), "run: npx firebase deploy"]),
      steps([NODE("node-version: 18"), "run: npx firebase@latest deploy"]),
      steps([NODE("node-version: 18"), "run: npx -p next@15 -p react next build"]),
      steps([NODE("node-version: 18"), "run: npx -p @angular/cli@17 ng build"]),
      steps([NODE("node-version: 18"), "run: npx vite build"], {
        others: {
          "package.json": manifest({ devDependencies: { vite: "^7.0.0" }, dependencies: {} }),
          "package-lock.json": "{}",
        },
      }),
    ]),
    ...named("a command that may not run, or may fail", [
      steps([NODE("node-version: 18"), "run: npm run build || true"]),
      steps([NODE("node-version: 18"), "{ run: npm run build, continue-on-error: true }"]),
      steps([NODE("node-version: 18"), BUILD], { job: "continue-on-error: true" }),
      steps([NODE("node-version: 18"), 'run: if [ -n "$DEPLOY" ]; then npm run build; fi']),
      steps([NODE("node-version: 18"), "run: if npm run build; then echo built; fi"]),
      steps([NODE("node-version: 18"), "{ run: npm run build, if: steps.a.outputs.b == 'c' }"]),
      steps([NODE("node-version: 18"), "{ run: npm run build, if: false }"]),
      steps([NODE("node-version: 18"), "{ run: npm run build, if: \"hashFiles('web/package.json') != ''\" }"]),
      steps([NODE("node-version: 18"), "run: if [ -f next.config.js ]; then npm run build; fi"]),
      steps([NODE("node-version: 18"), "run: exit 0; npm run build"]),
      steps(["{ parallel: [{ uses: actions/setup-node@v6, with: { node-version: 18 } }] }", BUILD]),
      steps([NODE("node-version: 18"), "run: npx turbo run build"], {
        job: "env: { TURBO_TOKEN: '${{ secrets.TURBO_TOKEN }}' }",
        others: {
          "package.json": manifest({ packageManager: "npm@11.0.0" }),
          "turbo.json": '{"tasks":{"//#build":{}}}',
        },
      }),
    ]),
    ...named("pnpm that runs", [
      steps([PNPM("version: 12"), NODE("node-version: 18"), "run: pnpm install"]),
      steps([PNPM("version: 10"), NODE("node-version: 18"), "run: pnpm install"]),
      steps([PNPM("version: latest"), NODE("node-version: 18"), "run: pnpm install"]),
      steps([PNPM("version: 11, standalone: true"), NODE("node-version: 20"), "run: pnpm install"]),
      steps([PNPM("version: 11", "v6"), NODE("node-version: 20"), "run: pnpm install"]),
      steps([PNPM("version: 11", "main"), NODE("node-version: 20"), "run: pnpm install"]),
      steps([PNPM("version: 11"), NODE("node-version: 22"), "run: pnpm install"]),
      steps([PNPM("version: '>=10'"), NODE("node-version: 20"), "run: pnpm install"]),
      steps([PNPM("version: 11"), "run: corepack enable", NODE("node-version: 20"), "run: pnpm install"]),
      steps([NODE("node-version: 20"), "run: corepack enable", "run: pnpm install"], { others: pnpm11 }),
      steps([NODE("node-version: 20"), "run: pnpm install"], { others: pnpm11 }),
      steps([NODE("node-version: 20"), "run: npm i -g @pnpm/exe@11", "run: pnpm install"]),
    ]),
    ...named("npm that is installed", [
      steps([NODE("node-version: 20"), "run: npm i -g npm@11"]),
      steps([NODE("node-version: 22"), "run: npm i -g npm@latest"]),
      steps([NODE("node-version: 20"), "run: npm i -g npm"]),
      steps([NODE("node-version: 20"), "run: npm i -g npm@next-11"]),
      steps([NODE("node-version: 20"), "run: npm i -g npm@^11 --force"]),
      steps([NODE("node-version: 20"), "run: npm i -g npm@latest --force"]),
      steps([NODE("node-version: 20"), "run: npm i npm@latest"]),
      steps([NODE("node-version: 20"), "run: sudo npm i -g npm@latest"]),
      steps([NODE("node-version: 20"), "run: npm i -g npm@$VERSION"]),
      steps([NODE("node-version: 18"), "run: npm i -g npm@10"]),
    ]),
    ...named("a matrix", [
      steps([NODE("node-version: '${{ matrix.node }}'"), BUILD], { job: "strategy: { matrix: { node: [20, 22] } }" }),
      steps([NODE("node-version: '${{ matrix.node }}'"), "{ run: npm run build, if: matrix.node != 18 }"], {
        job: "strategy: { matrix: { node: [18, 20] } }",
      }),
      steps([NODE("node-version: '${{ matrix.node }}'"), "run: '[ ${{ matrix.node }} = 18 ] || npm run build'"], {
        job: "strategy: { matrix: { node: [18, 20] } }",
      }),
      steps([NODE("node-version: '${{ matrix.node }}'"), BUILD], {
        job: "strategy: { matrix: { node: [18, 20], exclude: [{ node: 18 }] } }",
      }),
      steps([NODE("node-version: '${{ matrix.node }}'"), "run: '${{ matrix.run }}'"], {
        job: "strategy: { matrix: { include: [{ node: 18, run: npm test }, { node: 20, run: npm run build }] } }",
      }),
      steps([NODE("node-version: '${{ matrix.node }}'"), BUILD], {
        job: "strategy: { matrix: { node: [18, 20] } }\n    continue-on-error: ${{ matrix.node == 18 }}",
      }),
      steps([NODE("node-version: '${{ matrix.node }}'"), BUILD], {
        job: "strategy: { matrix: '${{ fromJSON(vars.MATRIX) }}' }",
      }),
    ]),
    ...named("a file", [
      ...["20\n", "lts/*\n", "v20.9.0", "node\n", "", "18\n20\n", "# 18\nnodejs 22.1.0\n"].map((text) =>
        steps([NODE("node-version-file: .nvmrc"), BUILD], { others: { ".nvmrc": text } }),
      ),
      steps([NODE("node-version-file: .nvmrc"), BUILD]),
      steps(["run: echo 22 > .nvmrc", NODE("node-version-file: .nvmrc"), BUILD], { others: { ".nvmrc": "18" } }),
      steps([NODE("node-version-file: .nvmrc, node-version: 22"), BUILD], { others: { ".nvmrc": "18" } }),
      steps([NODE("node-version-file: package.json"), BUILD], {
        others: { "package.json": manifest({ engines: { node: "18.x" }, volta: { node: "22.13.0" } }) },
      }),
      steps([NODE("node-version-file: package.json"), BUILD], {
        others: { "package.json": manifest({ engines: { node: ">=18" } }) },
      }),
      steps([NODE("node-version-file: mise.toml"), BUILD], { others: { "mise.toml": '[tools]\nnode = "18"\n' } }),
    ]),
    ...named("composite actions", [
      steps(["{ uses: ./.github/actions/setup, with: { node: 22 } }", BUILD], {
        others: {
          [ACTION]: composite("uses: actions/setup-node@v6\n      with: { node-version: '${{ inputs.node }}' }"),
        },
      }),
      steps(["uses: ./.github/actions/setup", BUILD], {
        others: {
          [ACTION]: composite(
            "uses: actions/setup-node@v6\n      if: inputs.node == 18\n      with: { node-version: 22 }",
            "uses: acme/setup@v1",
          ),
        },
      }),
    ]),
    ...named("hostile shapes", [
      ...["{}", "[]", "null", "'\\0'", "-1", "1e3", "'* || 18'", "'18 '''", "18.a"].map((version) =>
        steps([`uses: actions/setup-node@v6\n        with: { node-version: ${version} }`, "run: npm test"]),
      ),
      steps([NODE("node-version-file: ../../../etc/passwd"), BUILD]),
      steps([NODE("node-version-file: ''"), BUILD]),
      steps([NODE("node-version-file: .github"), BUILD]),
    ]),
  ],
  invalid: [
    ...named(
      "what fails",
      [
        ["18", fails("18", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT), "20"] as const,
        ["20.8.0", fails("20.8.0", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT), "20"] as const,
        ["v18.20.8", fails("v18.20.8", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT), "20"] as const,
        ["20.1", fails("20.1", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT), "20"] as const,
        [
          "lts/hydrogen",
          fails("lts/hydrogen", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT),
          "20",
        ] as const,
        ["^18", fails("^18", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", AT_NEXT), "20"] as const,
      ].map(([version, message, line]) => {
        const item = steps([NODE(`node-version: ${version}`), CI, BUILD]);
        const output = item.files[WORKFLOW].replace(`node-version: ${version}`, `node-version: ${line}`);
        return { ...item, errors: [{ message, suggestions: [{ desc: `Set up Node.js ${line}.`, output }] }] };
      }),
    ),
    ...named("which tool", [
      one(
        [NODE("node-version: 18"), CI, "run: npx wrangler deploy"],
        "18",
        "npx wrangler deploy",
        10,
        "Wrangler 4.100.0",
        ">=22.0.0",
      ),
      one(
        [NODE("node-version: 20"), "run: npx wrangler@4 deploy && npx wrangler@latest deploy"],
        "20",
        "npx wrangler@latest deploy",
        9,
        "the newest Wrangler",
        ">=22.12.0",
      ),
      one(
        [NODE("node-version: 20"), CI, "run: npx convex codegen"],
        "20",
        "npx convex codegen",
        10,
        "Convex 1.49.0",
        ">=22.0.0",
      ),
      one([NODE("node-version: 18"), CI, "run: npx vite build"], "18", "npx vite build", 10, "Vite 8.0.0", ">=20.12.0"),
      one(
        [NODE("node-version: 22.11.0"), CI, "run: npx ng build"],
        "22.11.0",
        "npx ng build",
        10,
        "Angular CLI 21.0.0",
        "^20.19.0 || >=22.12.0",
      ),
      one(
        [NODE("node-version: 18"), "run: npx playwright@1.65.1 test"],
        "18",
        "npx playwright@1.65.1 test",
        9,
        "Playwright 1.65.1",
        ">=20.0.0",
      ),
      one(
        [NODE("node-version: 18"), "run: pnpm dlx wrangler deploy"],
        "18",
        "pnpm dlx wrangler deploy",
        9,
        "the newest Wrangler",
        ">=22.12.0",
        { others: { "package.json": "{}", "package-lock.json": "{}" } },
      ),
      one(
        [NODE("node-version: 20"), "run: npx semantic-release@25"],
        "20",
        "npx semantic-release@25",
        9,
        "semantic-release 25",
        "^22.14.0 || >=24.10.0",
      ),
      one(
        [NODE("node-version: 20"), "run: npm install -g npm@latest"],
        "20",
        "npm install -g npm@latest",
        9,
        "npm latest",
        "^22.22.2 || ^24.15.0 || >=26.0.0",
      ),
      one(
        [NODE("node-version: 18"), "run: npm i --global npm@^11.5.1"],
        "18",
        "npm i --global npm@^11.5.1",
        9,
        "npm ^11.5.1",
        "^20.17.0 || >=22.9.0",
      ),
      one(
        [PNPM("version: 11"), NODE("node-version: 20"), "run: pnpm install"],
        "20",
        "pnpm install",
        11,
        "pnpm 11",
        ">=22.13.0",
      ),
      one(
        [PNPM(), NODE("node-version: 22.12.0"), "run: pnpm --version"],
        "22.12.0",
        "pnpm --version",
        10,
        "pnpm 11.7.0",
        ">=22.13.0",
        { others: pnpm11 },
      ),
      one(
        [NODE("node-version: 18"), "run: npm i -g pnpm@11", "run: pnpm install"],
        "18",
        "pnpm install",
        10,
        "pnpm 11",
        ">=22.13.0",
      ),
      one(
        [
          NODE("node-version: 18"),
          "uses: actions/setup-python@v5",
          "{ run: npm run build, if: github.event_name == 'push' }",
        ],
        "18",
        "npm run build",
        10,
        "Next.js 16.1.0",
        ">=20.9.0",
        AT_NEXT,
      ),
    ]),
    ...named("where it is written", [
      one(
        [NODE("node-version: '${{ matrix.node }}'"), BUILD],
        "18",
        "npm run build",
        10,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, line: 5, job: "strategy: { matrix: { node: [18, 20] } }" },
      ),
      one(
        [NODE("node-version: '${{ matrix.node }}'"), "{ run: npm run build, if: matrix.node == 18 }"],
        "18",
        "npm run build",
        10,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, line: 5, job: "strategy: { matrix: { node: [18, 20] } }" },
      ),
      one([NODE("node-version: '${{ env.NODE }}'"), BUILD], "18", "npm run build", 10, "Next.js 16.1.0", ">=20.9.0", {
        ...AT_NEXT,
        line: 5,
        job: "env: { NODE: 18 }",
      }),
      one(
        [NODE("node-version-file: .nvmrc"), BUILD],
        "18 (`.nvmrc`)",
        "npm run build",
        9,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, others: { ".nvmrc": "v18\n" }, raised: false },
      ),
      one(
        [NODE("node-version-file: .tool-versions"), BUILD],
        "20.8.0 (`.tool-versions`)",
        "npm run build",
        9,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, others: { ".tool-versions": "pnpm 9.1.0\r\nnodejs 20.8.0\r\n" }, raised: false },
      ),
      one(
        [NODE("node-version-file: package.json"), BUILD],
        "18.x (`package.json`)",
        "npm run build",
        9,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, others: { "package.json": manifest({ engines: { node: "18.x" } }) }, raised: false },
      ),
      one(
        ["{ uses: ./.github/actions/setup, with: { node: 18 } }", BUILD],
        "18",
        "npm run build",
        8,
        "Next.js 16.1.0",
        ">=20.9.0",
        {
          ...AT_NEXT,
          line: 7,
          others: {
            [ACTION]: composite("uses: actions/setup-node@v6\n      with: { node-version: '${{ inputs.node }}' }"),
          },
        },
      ),
      one(["uses: ./.github/actions/setup", BUILD], "18", "npm run build", 8, "Next.js 16.1.0", ">=20.9.0", {
        ...AT_NEXT,
        line: 1,
        file: ACTION,
        others: {
          [ACTION]: composite("uses: actions/setup-node@v6\n      with: { node-version: '${{ inputs.node }}' }"),
        },
      }),
      one(
        [NODE("node-version: 18"), CI, "run: npm run build", "run: npm run ship"],
        "18",
        "npm run build",
        10,
        "Next.js 16.1.0",
        ">=20.9.0",
        { ...AT_NEXT, more: " 2 more commands of the job would fail." },
      ),
    ]),
  ],
});
