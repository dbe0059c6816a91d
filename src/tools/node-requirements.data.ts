// Which Node.js tools stop at once without: each at the ends of its ranges, run under Node.js 18.20.8, 20.8.0, 20.18.3, 20.20.2, 22.11.0, 22.12.0 and 22.13.0 or read in its published source, 2026-11.

/** A range of a tool's versions, and the lines of Node.js with long-term support without which they exit with an error, whatever they are asked for. */
export type NodeRequirement = readonly [versions: string, node: string];

/** A tool that looks at the Node.js that runs it, or cannot be loaded by an older one. A field `engines` alone stops nothing. */
export interface DemandingTool {
  readonly title: string;
  /** The packages that have the executable. */
  readonly packages: readonly string[];
  /** The names by which it is run: executables, and packages for `npx`. */
  readonly names: readonly string[];
  readonly requirements: readonly NodeRequirement[];
}

/** Executables of packages. A range without an end is asked of the newest version too, whose needs have only ever grown. */
export const DEMANDING_TOOLS: readonly DemandingTool[] = [
  {
    // `The Angular CLI requires a minimum Node.js version of v20.19 or v22.12.`, exit code 3: bin/ng.js of 18.0.0, 19.2.0, 20.0.0, 20.2.0, 21.0.0 and 22.0.0.
    title: "Angular CLI",
    packages: ["@angular/cli"],
    names: ["ng", "@angular/cli"],
    requirements: [
      [">=18.0.0", ">=18.19.0"],
      [">=20.0.0", ">=20.11.0"],
      [">=20.2.0", "^20.19.0 || >=22.12.0"],
      [">=22.0.0", "^22.22.3 || ^24.15.0 || >=26.0.0"],
    ],
  },
  {
    // `Node.js v20.20.2 is not supported by Astro!`: astro.js of 5.0.0, 5.10.0 and 5.18.0, bin/astro.mjs of 6.0.0 and 7.3.5.
    title: "Astro",
    packages: ["astro"],
    names: ["astro"],
    requirements: [
      [">=5.0.0", ">=18.17.1"],
      [">=5.10.0", ">=18.20.8"],
      [">=6.0.0", ">=22.12.0"],
    ],
  },
  {
    // `Your Node version 20.20.2 is too old. Convex requires at least Node v22.0`: 1.48.0 and 1.49.0.
    title: "Convex",
    packages: ["convex"],
    names: ["convex"],
    requirements: [
      [">=1.48.0", ">=20.0.0"],
      [">=1.49.0", ">=22.0.0"],
    ],
  },
  {
    // `Minimum Node.js version not met :(`: 3.8.0 and 3.10.2, bin/beforeCli.mjs, which reads `engines`; 3.9.0 raised them.
    title: "Docusaurus",
    packages: ["@docusaurus/core"],
    names: ["docusaurus"],
    requirements: [
      [">=3.0.0", ">=18.0.0"],
      [">=3.9.0", ">=20.0.0"],
    ],
  },
  {
    // `Firebase CLI v15.34.2 is incompatible with Node.js v18.20.8`: lib/bin/firebase.js of 13.0.0, 14.0.0 and 15.34.2, which reads `engines`.
    title: "Firebase CLI",
    packages: ["firebase-tools"],
    names: ["firebase", "firebase-tools"],
    requirements: [
      [">=13.0.0", ">=18.0.0"],
      [">=14.0.0", ">=20.0.0"],
    ],
  },
  {
    // `For Next.js, Node.js version ">=20.9.0" is required.`: dist/bin/next of 14.2.30, 15.5.0, 16.0.0 and 16.4.6.
    title: "Next.js",
    packages: ["next"],
    names: ["next"],
    requirements: [
      [">=14.0.0", ">=18.17.0"],
      [">=15.0.0", ">=18.18.0"],
      [">=16.0.0", ">=20.9.0"],
    ],
  },
  {
    // `Playwright requires Node.js 20 or higher.`: lib/bootstrap.js of playwright-core 1.62.0 and 1.65.1; 1.50.0 runs on 18.
    title: "Playwright",
    packages: ["@playwright/test", "playwright"],
    names: ["playwright"],
    requirements: [[">=1.62.0", ">=20.0.0"]],
  },
  {
    // `node version ^22.14.0 || >= 24.10.0 is required. Found v20.20.2.`: bin/semantic-release.js of 24.2.0 and 25.0.9, which reads `engines`.
    title: "semantic-release",
    packages: ["semantic-release"],
    names: ["semantic-release"],
    requirements: [
      [">=23.0.0", ">=20.8.1"],
      [">=25.0.0", "^22.14.0 || >=24.10.0"],
    ],
  },
  {
    // `To run Storybook, you need Node.js version 20.19+ or 22.12+.`: 9.0.0, 9.1.0, 10.0.0 and 10.6.7.
    title: "Storybook",
    packages: ["storybook"],
    names: ["storybook"],
    requirements: [
      [">=9.0.0", ">=20.0.0"],
      [">=10.0.0", "^20.19.0 || >=22.12.0"],
    ],
  },
  {
    // `'node:util' does not provide an export named 'styleText'`, by Rolldown: 8.0.0 and 8.3.8. Vite 7 only warns.
    title: "Vite",
    packages: ["vite"],
    names: ["vite"],
    requirements: [[">=8.0.0", ">=20.12.0"]],
  },
  {
    // `Wrangler requires at least Node.js v22.12.0. You are using v20.20.2.`: bin/wrangler.js of 4.0.0, 4.40.0, 4.86.0, 4.87.0 and 4.160.0.
    title: "Wrangler",
    packages: ["wrangler"],
    names: ["wrangler"],
    requirements: [
      [">=4.0.0", ">=18.0.0"],
      [">=4.40.0", ">=20.0.0"],
      [">=4.87.0", ">=22.0.0"],
      [">=4.160.0", ">=22.12.0"],
    ],
  },
];

/**
 * pnpm itself: `This version of pnpm requires at least Node.js v22.13`, and on Node.js 20 `No such built-in module: node:sqlite`
 * (7.33.7, 8.15.9, 9.15.9, 10.0.0, 10.34.0, 11.0.0, 11.7.0, 11.12.0, 11.20.0 and 11.28.11). From 12 on it is a program that needs none.
 */
export const PNPM_REQUIREMENTS: readonly NodeRequirement[] = [
  [">=9.0.0 <12.0.0", ">=18.12.0"],
  [">=11.0.0 <12.0.0", ">=22.13.0"],
];

/**
 * npm where npm installs it globally: `EBADENGINE`, by the `engines` of the version that is asked for. npm 10.9.0 under Node.js
 * 18.20.8, 20.19.6 and 22.12.0.
 */
export const NPM_REQUIREMENTS: readonly NodeRequirement[] = [
  [">=11.0.0", "^20.17.0 || >=22.9.0"],
  [">=12.0.0", "^22.22.2 || ^24.15.0 || >=26.0.0"],
];

/** Lines of which nothing is known: those before the tools of today, and those without long-term support, of which some only warn. */
export const UNKNOWN_LINES: readonly string[] = ["<16.0.0", "17.x", "19.x", "21.x", "23.x", "25.x"];

/** What the names of long-term lines stand for. https://github.com/nodejs/Release */
export const LTS_LINES: ReadonlyMap<string, string> = new Map([
  ["lts/gallium", "16"],
  ["lts/hydrogen", "18"],
  ["lts/iron", "20"],
  ["lts/jod", "22"],
  ["lts/krypton", "24"],
]);

/** The newest releases of the lines that a workflow can ask for. */
export const NEWEST_NODES: readonly string[] = ["18.20.8", "20.20.2", "22.23.3", "24.21.0", "26.10.0"];
