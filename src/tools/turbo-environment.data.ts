// Variables that turbo passes to every task in strict mode, read out of the binaries of turbo 1.10–2.11.11 and checked by running them, 2026-11.
// https://turborepo.dev/docs/crafting-your-repository/using-environment-variables

/** What one version of turbo added to the list, or took from it. A `*` stands for any ending. */
export interface BuiltInChange {
  readonly since: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** All changes, oldest first; before the first, strict mode did not exist. */
export const BUILT_IN_CHANGES: readonly BuiltInChange[] = [
  { since: "1.10.0", add: ["SHELL", "PATH", "SYSTEMROOT", "Path", "SystemRoot"], remove: [] },
  { since: "2.0.0", add: ["APPDATA", "AppData"], remove: [] },
  {
    since: "2.0.2",
    add: [
      "HOME",
      "TZ",
      "LANG",
      "PWD",
      "NODE_OPTIONS",
      "VERCEL_*",
      "NEXT_*",
      "USE_OUTPUT_FOR_EDGE_FUNCTIONS",
      "NOW_BUILDER",
    ],
    remove: [],
  },
  {
    since: "2.0.4",
    add: ["CI", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "LIBPATH", "COLORTERM", "TERM", "TERM_PROGRAM"],
    remove: [],
  },
  { since: "2.0.5", add: ["JB_IDE_*", "JB_INTERPRETER", "_JETBRAINS_TEST_RUNNER_RUN_SCOPE_TYPE"], remove: [] },
  {
    since: "2.0.7",
    add: [
      "VSCODE_*",
      "ELECTRON_RUN_AS_NODE",
      "DOCKER_*",
      "BUILDKIT_*",
      "COMPOSE_*",
      "PROGRAMDATA",
      "SYSTEMDRIVE",
      "ProgramData",
      "SystemDrive",
    ],
    remove: [],
  },
  { since: "2.0.8", add: ["VERCEL"], remove: [] },
  { since: "2.0.11", add: ["TMP", "TEMP"], remove: [] },
  { since: "2.1.3", add: ["COREPACK_HOME"], remove: [] },
  { since: "2.2.0", add: ["USER"], remove: [] },
  { since: "2.3.1", add: [], remove: ["Path", "ProgramData", "SystemRoot", "AppData", "SystemDrive"] },
  { since: "2.3.2", add: ["DISPLAY"], remove: [] },
  { since: "2.5.4", add: ["PNPM_HOME", "NPM_CONFIG_STORE_DIR"], remove: [] },
  { since: "2.5.6", add: ["USERPROFILE", "HOMEDRIVE", "HOMEPATH"], remove: [] },
  { since: "2.5.8", add: ["WINDIR"], remove: [] },
  { since: "2.6.0", add: ["LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "VC_MICROFRONTENDS_CONFIG_FILE_NAME"], remove: [] },
  { since: "2.6.1", add: ["XDG_RUNTIME_DIR", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"], remove: [] },
  { since: "2.6.2", add: ["ProgramFiles(x86)"], remove: [] },
  { since: "2.6.3", add: ["GITHUB_*", "RUNNER_*"], remove: [] },
  { since: "2.7.0", add: ["ProgramFiles"], remove: [] },
  { since: "2.8.13", add: ["COREPACK_*"], remove: ["COREPACK_HOME"] },
  { since: "2.8.14", add: ["FORCE_COLOR", "NO_COLOR"], remove: [] },
  { since: "2.8.18", add: ["TURBO_*"], remove: [] },
  { since: "2.8.21", add: ["__NIXOS_*", "NIX_*"], remove: [] },
  { since: "2.10.0", add: ["pnpm_config_verify_deps_before_run", "COMSPEC", "PATHEXT"], remove: [] },
  { since: "2.10.1", add: ["XDG_DATA_*"], remove: [] },
  { since: "2.10.13", add: ["LOCALAPPDATA"], remove: [] },
  { since: "2.11.11", add: ["TMPDIR"], remove: [] },
];

/** Implicitly part of `globalEnv`, each with the versions in which it is. */
export const IMPLICIT_GLOBAL_ENV: ReadonlyMap<string, string> = new Map([
  ["VERCEL_ANALYTICS_ID", "*"],
  ["VERCEL_TARGET_ENV", ">=2.0.0-0"],
]);

/** Variables that turbo reads itself, so that a step may set them for turbo alone. */
export const TURBO_OWN_VARIABLES: readonly string[] = [
  "TURBO_*",
  "CI",
  "DO_NOT_TRACK",
  "FORCE_COLOR",
  "GITHUB_*",
  "NO_COLOR",
  "NO_UPDATE_NOTIFIER",
  "VERCEL_ARTIFACTS_OWNER",
  "VERCEL_ARTIFACTS_TOKEN",
];

/** Variables that Node, Bun, a package manager, a version manager, git or the system reads, so that they matter to turbo's own process and its launcher. */
export const RUNTIME_VARIABLES: readonly string[] = [
  "ALL_PROXY",
  "ASDF_*",
  "BUN_*",
  "COREPACK_*",
  "DEBUG",
  "FNM_*",
  "GIT_*",
  "HOME",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "LC_*",
  "LANG",
  "MISE_*",
  "NODE_*",
  "NO_PROXY",
  "NPM_*",
  "NVM_*",
  "PATH",
  "PNPM_*",
  "PROTO_*",
  "RUST_*",
  "SSH_*",
  "SSL_CERT_*",
  "TZ",
  "UV_*",
  "VOLTA_*",
  "XDG_*",
  "YARN_*",
  "all_proxy",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "npm_*",
  "pnpm_*",
];

/** A framework that turbo recognises by a package's dependencies, and the variables that it then passes and hashes. */
export interface Framework {
  readonly dependencies: readonly string[];
  /** Present where all of the dependencies are needed, not any one. */
  readonly needs?: "all";
  readonly patterns: readonly string[];
  /** Versions of turbo in which this is so. */
  readonly versions?: string;
}

const NITRO = [
  "NITRO_*",
  "SERVER_*",
  "AWS_APP_ID",
  "INPUT_AZURE_STATIC_WEB_APPS_API_TOKEN",
  "CLEAVR",
  "CF_PAGES",
  "FIREBASE_APP_HOSTING",
  "NETLIFY",
  "STORMKIT",
  "NOW_BUILDER",
  "ZEABUR",
  "RENDER",
];
const NUXT = ["nuxt", "nuxt-edge", "nuxt3", "nuxt3-edge"];
const REACT_SCRIPTS = ["react-scripts", "react-dev-utils"];

/** The order until 2.0. */
const OLD_FRAMEWORKS: readonly Framework[] = [
  { dependencies: ["blitz"], patterns: ["NEXT_PUBLIC_*"] },
  { dependencies: ["next"], patterns: ["NEXT_PUBLIC_*"] },
  { dependencies: ["gatsby"], patterns: ["GATSBY_*"] },
  { dependencies: ["astro"], patterns: ["PUBLIC_*"] },
  { dependencies: ["solid-js", "solid-start"], needs: "all", patterns: ["VITE_*"] },
  { dependencies: ["@vue/cli-service"], patterns: ["VUE_APP_*"] },
  { dependencies: ["@sveltejs/kit"], patterns: ["VITE_*"], versions: "<2.0.0-0" },
  { dependencies: ["@sveltejs/kit"], patterns: ["VITE_*", "PUBLIC_*"] },
  { dependencies: REACT_SCRIPTS, patterns: ["REACT_APP_*"] },
  { dependencies: ["nitropack"], patterns: ["NITRO_*"], versions: ">=2.0.0-0" },
  { dependencies: NUXT, patterns: ["NUXT_ENV_*"], versions: "<2.0.0-0" },
  { dependencies: NUXT, patterns: ["NUXT_*", "NITRO_*"] },
  { dependencies: ["@redwoodjs/core"], patterns: ["REDWOOD_ENV_*"] },
  { dependencies: ["vite"], patterns: ["VITE_*"] },
  { dependencies: ["@sanity/cli"], patterns: ["SANITY_STUDIO_*"] },
];

/** The order since 2.1. */
const NEW_FRAMEWORKS: readonly Framework[] = [
  { dependencies: ["astro"], patterns: ["PUBLIC_*"] },
  { dependencies: ["blitz"], patterns: ["NEXT_PUBLIC_*"] },
  { dependencies: REACT_SCRIPTS, patterns: ["REACT_APP_*"] },
  { dependencies: ["expo"], patterns: ["EXPO_PUBLIC_*"], versions: ">=2.4.0" },
  { dependencies: ["gatsby"], patterns: ["GATSBY_*"] },
  { dependencies: ["next"], patterns: ["NEXT_PUBLIC_*", "VERCEL_DEPLOYMENT_ID"], versions: "<2.10.0" },
  { dependencies: ["next"], patterns: ["NEXT_PUBLIC_*", "NEXT_DEPLOYMENT_ID", "VERCEL_DEPLOYMENT_ID"] },
  { dependencies: ["nitropack", "nitropack-nightly"], patterns: ["NITRO_*"], versions: "<2.4.0" },
  { dependencies: ["nitro", "nitro-nightly"], patterns: ["NITRO_*"], versions: ">=2.2.0 <2.4.0" },
  {
    dependencies: ["nitropack", "nitropack-nightly", "nitro", "nitro-nightly"],
    patterns: NITRO,
    versions: ">=2.4.0",
  },
  { dependencies: NUXT, patterns: ["NUXT_*", "NITRO_*"], versions: "<2.4.0" },
  { dependencies: NUXT, patterns: ["NUXT_*", ...NITRO, "LAUNCH_EDITOR"] },
  { dependencies: ["@redwoodjs/core"], patterns: ["REDWOOD_ENV_*"] },
  { dependencies: ["@react-router/dev"], patterns: ["REMIX_*"], versions: ">=2.10.0 <2.11.11" },
  {
    dependencies: ["@remix-run/dev", "@remix-run/react", "@remix-run/serve"],
    patterns: ["REMIX_*"],
    versions: ">=2.10.0",
  },
  { dependencies: ["@sanity/cli"], patterns: ["SANITY_STUDIO_*"] },
  { dependencies: ["solid-js", "solid-start"], needs: "all", patterns: ["VITE_*"] },
  { dependencies: ["@sveltejs/kit"], patterns: ["VITE_*", "PUBLIC_*"] },
  { dependencies: ["vite"], patterns: ["VITE_*"] },
  { dependencies: ["@vue/cli-service"], patterns: ["VUE_APP_*"], versions: "<2.4.0" },
  { dependencies: ["@vue/cli-service"], patterns: ["VUE_APP_*", "LAUNCH_EDITOR"] },
];

/** In turbo's order, by version: the first that matches a package is the only one. Seen with 1.10–2.11.11, 2026-11. */
export const FRAMEWORKS: readonly { readonly versions: string; readonly frameworks: readonly Framework[] }[] = [
  { versions: "<2.1.0-0", frameworks: OLD_FRAMEWORKS },
  { versions: ">=2.1.0-0", frameworks: NEW_FRAMEWORKS },
];
