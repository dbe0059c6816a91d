// The scripts of a workspace's own packages that an install runs, 2026-11: by the documentation of npm, pnpm, Bun and Yarn. One too many costs a miss.

/** The scripts that an install runs, in order. */
export interface InstallScripts {
  readonly inRoot: readonly string[];
  readonly inMembers: readonly string[];
}

const INSTALL = ["preinstall", "install", "postinstall"];
const PREPARE = ["preprepare", "prepare", "postprepare"];

/** By package manager, the newer Yarn apart. */
export const INSTALL_SCRIPTS: Readonly<Record<"bun" | "newYarn" | "npm" | "pnpm" | "yarn", InstallScripts>> = {
  bun: { inRoot: [...INSTALL, ...PREPARE], inMembers: [...INSTALL, ...PREPARE] },
  newYarn: { inRoot: INSTALL, inMembers: INSTALL },
  // https://docs.npmjs.com/cli/v11/using-npm/scripts
  npm: {
    inRoot: [...INSTALL, "prepublish", ...PREPARE, "dependencies"],
    inMembers: [...INSTALL, "prepublish", ...PREPARE],
  },
  // https://pnpm.io/scripts#pnpmdevpreinstall
  pnpm: { inRoot: ["pnpm:devPreinstall", ...INSTALL, ...PREPARE], inMembers: [...INSTALL, ...PREPARE] },
  yarn: { inRoot: [...INSTALL, "prepublish", ...PREPARE], inMembers: INSTALL },
};

/** Plugins of the newer Yarn that run nothing of the repository. https://yarnpkg.com/api#plugins */
export const QUIET_YARN_PLUGINS: ReadonlySet<string> = new Set(
  "compat constraints exec init interactive-tools patch stage typescript version workspace-tools".split(" "),
);

/** Files by which pnpm runs code of the repository when it installs. https://pnpm.io/pnpmfile */
export const PNPM_HOOK_FILES: readonly string[] = [".pnpmfile.cjs", ".pnpmfile.mjs", "pnpmfile.js"];
