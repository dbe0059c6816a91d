import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/deploy.yml";

interface Layout {
  readonly turbo: string;
  readonly version?: string;
  /** The `env` of the step that runs `turbo deploy`. */
  readonly env?: string;
  readonly command?: string;
  readonly script?: string;
  readonly others?: Readonly<Record<string, string>>;
}

/** A repository whose workflow runs a task in which `site` is deployed. */
const files = ({
  turbo,
  version = "2.9.18",
  env = "",
  command = "npx turbo run deploy",
  script = "wrangler deploy",
  others = {},
}: Layout) => ({
  "package.json": JSON.stringify({ name: "acme", workspaces: ["apps/*"], devDependencies: { turbo: version } }),
  "apps/site/package.json": JSON.stringify({ name: "site", scripts: { deploy: script } }),
  "turbo.json": turbo,
  [WORKFLOW]: `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ${command}
${env === "" ? "" : `        env:\n          ${env}\n`}`,
  ...others,
});
const layout = (options: Layout, file = "turbo.json") => ({ file, files: files(options) });

const TOKEN = "CLOUDFLARE_API_TOKEN: ${{ secrets.CLOUDFLARE_API_TOKEN }}";
const at = (line: number): string => `.github/workflows/deploy.yml:${String(line)}`;
const dropped = (line = 7): string =>
  `Turbo keeps \`CLOUDFLARE_API_TOKEN\` from \`site#deploy\`, where \`wrangler deploy\` (apps/site/package.json:1) fails without it. \`npx turbo run deploy\` runs the task at ${at(line)}.`;

const bare = `{\n  "tasks": {\n    "deploy": {}\n  }\n}\n`;
const listed = `{\n  "tasks": {\n    // to Cloudflare\n    "deploy": {\n      "env": [\n        "STAGE", // of three\n      ],\n    },\n  }\n}\n`;
const keyed = `{\n  "tasks": {\n    "deploy": { "env": ["STAGE"] },\n    "site#deploy": { "cache": false }\n  }\n}\n`;
const excluded = `{\n  "globalEnv": ["CLOUDFLARE_*"],\n  "tasks": {\n    "deploy": { "passThroughEnv": ["!CLOUDFLARE_API_TOKEN"] }\n  }\n}\n`;
const flagged = `{\n  "futureFlags": { "globalConfiguration": true },\n  "global": { "env": [] },\n  "tasks": { "deploy": {} }\n}\n`;
const legacy = `{\n  "pipeline": { "deploy": { "passThroughEnv": [] } }\n}\n`;
const packageList = `{ "extends": ["//"], "tasks": { "deploy": { "env": ["STAGE"] } } }\n`;

new RuleTester().run("turbo-env-declared", {
  valid: [
    {
      name: "declared for the task",
      ...layout({ turbo: bare.replace("{}", `{ "env": ["CLOUDFLARE_API_TOKEN"] }`), env: TOKEN }),
    },
    {
      name: "declared by a pattern",
      ...layout({ turbo: bare.replace("{}", `{ "passThroughEnv": ["CLOUDFLARE_*"] }`), env: TOKEN }),
    },
    {
      name: "declared for all tasks",
      ...layout({ turbo: bare.replace("{\n", `{\n  "globalPassThroughEnv": ["CLOUDFLARE_API_TOKEN"],\n`), env: TOKEN }),
    },
    {
      name: "loose by configuration",
      ...layout({ turbo: bare.replace("{\n", `{\n  "envMode": "loose",\n`), env: TOKEN }),
    },
    { name: "loose by flag", ...layout({ turbo: bare, env: TOKEN, command: "npx turbo run deploy --env-mode=loose" }) },
    { name: "loose by variable", ...layout({ turbo: bare, env: `${TOKEN}\n          TURBO_ENV_MODE: loose` }) },
    {
      name: "perhaps loose by a dotenv file",
      ...layout({
        turbo: bare,
        env: TOKEN,
        command: "npx dotenv -e .env.ci -- turbo run deploy",
        others: { ".env.ci": "TURBO_ENV_MODE=loose\n" },
      }),
    },
    {
      name: "turbo 1 without a pass-through list",
      ...layout({ turbo: bare.replace("tasks", "pipeline"), version: "1.13.4", env: TOKEN }),
    },
    {
      name: "variables that turbo always passes",
      ...layout({ turbo: bare, script: "vite build", env: "GITHUB_TOKEN: x\n          NEXT_PUBLIC_URL: y" }),
    },
    {
      name: "variables that turbo itself reads",
      ...layout({ turbo: bare, script: "vite build", env: "TURBO_TEAM: x" }),
    },
    {
      name: "variables that the package manager reads",
      ...layout({ turbo: bare, script: "vite build", env: "NODE_OPTIONS: x\n          HTTPS_PROXY: y" }),
    },
    {
      name: "variables of the package's framework",
      ...layout({
        turbo: bare,
        script: "vite build",
        env: "VITE_URL: x",
        others: {
          "apps/site/package.json": JSON.stringify({
            name: "site",
            scripts: { deploy: "vite build" },
            devDependencies: { vite: "^7" },
          }),
        },
      }),
    },
    { name: "a script that bypasses turbo", ...layout({ turbo: bare, env: TOKEN, command: "npm run deploy -w site" }) },
    { name: "a task without a process", ...layout({ turbo: bare, env: TOKEN, command: "npx turbo run nothing" }) },
    {
      name: "a package's own configuration declares it",
      ...layout({
        turbo: bare,
        env: TOKEN,
        others: { "apps/site/turbo.json": packageList.replace("STAGE", "CLOUDFLARE_API_TOKEN") },
      }),
    },
    { name: "a dry run", ...layout({ turbo: bare, env: TOKEN, command: "npx turbo run deploy --dry" }) },
    {
      name: "a variable that the step also uses elsewhere",
      ...layout({
        turbo: bare,
        script: "vite build",
        env: "STAGE: prod",
        command: "npx turbo run deploy && ./notify $STAGE",
      }),
    },
  ],
  invalid: [
    {
      name: "a tool's credential",
      ...layout({ turbo: bare, env: TOKEN }),
      errors: [{ message: dropped(9), line: 3, column: 5, endColumn: 13, suggestions: 3 }],
      output: bare.replace("{}", `{ "env": ["CLOUDFLARE_API_TOKEN"] }`),
    },
    {
      name: "a tool's credential, where variables are also loaded from a file",
      ...layout({ turbo: bare, env: TOKEN, command: "npx dotenv -- turbo run deploy" }),
      errors: [{ message: dropped(9).replace("npx turbo", "npx dotenv -- turbo"), line: 3, column: 5, suggestions: 3 }],
      output: bare.replace("{}", `{ "env": ["CLOUDFLARE_API_TOKEN"] }`),
    },
    {
      name: "a tool's credential that the workflow does not set yet",
      ...layout({ turbo: bare }),
      errors: [{ message: dropped(7), suggestions: 3 }],
      output: bare.replace("{}", `{ "env": ["CLOUDFLARE_API_TOKEN"] }`),
    },
    {
      name: "a list keeps its style and comments",
      ...layout({ turbo: listed, env: TOKEN }),
      errors: [{ message: dropped(9), line: 5, column: 7, endColumn: 12, suggestions: 3 }],
      output: listed.replace("// of three\n", `// of three\n        "CLOUDFLARE_API_TOKEN",\n`),
    },
    {
      name: "a key for the package takes the place of the general one",
      ...layout({ turbo: keyed, env: TOKEN }),
      errors: [{ message: dropped(9), line: 4, column: 5, suggestions: 3 }],
      output: keyed.replace(`"cache": false }`, `"cache": false, "env": ["CLOUDFLARE_API_TOKEN"] }`),
    },
    {
      name: "a list in the package's own configuration takes the place of the root's",
      ...layout({ turbo: bare, env: TOKEN, others: { "apps/site/turbo.json": packageList } }, "apps/site/turbo.json"),
      errors: [{ message: dropped(9), line: 1, suggestions: 1 }],
      output: packageList.replace(`["STAGE"]`, `["STAGE", "CLOUDFLARE_API_TOKEN"]`),
    },
    {
      name: "what a pattern takes out cannot be declared",
      ...layout({ turbo: excluded, env: TOKEN }),
      errors: [{ message: dropped(9), line: 4 }],
    },
    {
      name: "an option says where to declare",
      ...layout({ turbo: bare, env: TOKEN }),
      options: [{ declareIn: "globalPassThroughEnv" }],
      errors: [{ message: dropped(9), suggestions: 3 }],
      output: `{\n  "tasks": {\n    "deploy": {}\n  },\n  "globalPassThroughEnv": ["CLOUDFLARE_API_TOKEN"]\n}\n`,
    },
    {
      name: "global options stand under `global` where a flag says so",
      ...layout({ turbo: flagged, env: TOKEN }),
      options: [{ declareIn: "globalEnv" }],
      errors: [{ message: dropped(9), suggestions: 3 }],
      output: flagged.replace(`"env": []`, `"env": ["CLOUDFLARE_API_TOKEN"]`),
    },
    {
      name: "in turbo 1 no pass-through list is offered",
      ...layout({ turbo: legacy, version: "1.13.4", env: TOKEN }),
      errors: [{ message: dropped(9), suggestions: 1 }],
      output: legacy.replace("[]", `[], "env": ["CLOUDFLARE_API_TOKEN"]`),
    },
    {
      name: "a variable that a script reads",
      ...layout({ turbo: bare, env: "STAGE: prod", script: "node deploy.js --stage $STAGE" }),
      errors: [
        {
          message: `Turbo keeps \`STAGE\` from \`site#deploy\`, where \`node deploy.js --stage $STAGE\` (apps/site/package.json:1) reads it. It is set at ${at(9)}.`,
          suggestions: 3,
        },
      ],
      output: bare.replace("{}", `{ "env": ["STAGE"] }`),
    },
    {
      name: "a variable that an executed file reads",
      ...layout({
        turbo: bare,
        env: "STAGE: prod",
        script: "node deploy.js",
        others: {
          "apps/site/deploy.js": `import { stage } from "./stage.js";\n`,
          "apps/site/stage.ts": `// process.env.OTHER\nexport const stage = process.env.STAGE ?? "dev";\n`,
        },
      }),
      errors: [
        {
          message: `Turbo keeps \`STAGE\` from \`site#deploy\`, where \`stage.ts\` (apps/site/stage.ts:2) reads it. It is set at ${at(9)}.`,
          suggestions: 3,
        },
      ],
      output: bare.replace("{}", `{ "env": ["STAGE"] }`),
    },
    {
      name: "a variable that is set for turbo alone, in vain",
      ...layout({ turbo: bare, env: "STAGE: prod", script: "./deploy" }),
      errors: [
        {
          message: `Turbo passes \`STAGE\` to no task: ${at(9)} sets it for \`npx turbo run deploy\` alone, in vain.`,
          suggestions: 3,
        },
      ],
      output: bare.replace("{}", `{ "env": ["STAGE"] }`),
    },
    {
      name: "a variable that is set for several runs of turbo",
      ...layout({
        turbo: bare,
        env: "STAGE: prod",
        command: "npx turbo run deploy && npx turbo deploy -F site",
        script: "./deploy",
      }),
      errors: [
        {
          message: `Turbo passes \`STAGE\` to no task: ${at(9)} sets it for \`npx turbo run deploy\` and \`npx turbo deploy -F site\` alone, in vain.`,
          suggestions: 3,
        },
      ],
      output: bare.replace("{}", `{ "env": ["STAGE"] }`),
    },
    {
      name: "a variable that could be meant for several tasks",
      ...layout({
        turbo: `{ "tasks": { "build": {}, "deploy": { "dependsOn": ["build"] } } }\n`,
        env: "STAGE: prod",
        others: {
          "apps/site/package.json": JSON.stringify({ name: "site", scripts: { build: "./build", deploy: "./deploy" } }),
        },
      }),
      errors: [
        {
          message: `Turbo passes \`STAGE\` to no task: ${at(9)} sets it for \`npx turbo run deploy\` alone, in vain.`,
          suggestions: 4,
        },
      ],
    },
  ],
});
