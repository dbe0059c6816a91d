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
      "MISE_*",
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

/** Implicitly part of `globalEnv`. */
export const IMPLICIT_GLOBAL_ENV: readonly string[] = ["VERCEL_ANALYTICS_ID", "VERCEL_TARGET_ENV"];

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
  /** Whether all of the dependencies are needed, or any one. */
  readonly needs: "all" | "some";
  readonly patterns: readonly string[];
  /** Versions of turbo that know it. */
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

/** In turbo's order: the first that matches a package is the only one. Read out of 2.1.3–2.11.11, 2026-11. */
export const FRAMEWORKS: readonly Framework[] = [
  { dependencies: ["astro"], needs: "some", patterns: ["PUBLIC_*"] },
  { dependencies: ["blitz"], needs: "some", patterns: ["NEXT_PUBLIC_*"] },
  { dependencies: ["react-scripts", "react-dev-utils"], needs: "some", patterns: ["REACT_APP_*"] },
  { dependencies: ["expo"], needs: "some", patterns: ["EXPO_PUBLIC_*"], versions: ">=2.5.0" },
  { dependencies: ["gatsby"], needs: "some", patterns: ["GATSBY_*"] },
  { dependencies: ["next"], needs: "some", patterns: ["NEXT_PUBLIC_*", "NEXT_DEPLOYMENT_ID", "VERCEL_DEPLOYMENT_ID"] },
  { dependencies: ["nitropack", "nitropack-nightly", "nitro", "nitro-nightly"], needs: "some", patterns: NITRO },
  {
    dependencies: ["nuxt", "nuxt-edge", "nuxt3", "nuxt3-edge"],
    needs: "some",
    patterns: ["NUXT_*", "NUXT_ENV_*", ...NITRO, "LAUNCH_EDITOR"],
  },
  { dependencies: ["@redwoodjs/core"], needs: "some", patterns: ["REDWOOD_ENV_*"] },
  {
    dependencies: ["@react-router/dev"],
    needs: "some",
    patterns: ["REMIX_*"],
    versions: ">=2.10.0 <2.11.11",
  },
  {
    dependencies: ["@remix-run/dev", "@remix-run/react", "@remix-run/serve"],
    needs: "some",
    patterns: ["REMIX_*"],
    versions: ">=2.10.0",
  },
  { dependencies: ["@sanity/cli"], needs: "some", patterns: ["SANITY_STUDIO_*"] },
  { dependencies: ["solid-js", "solid-start"], needs: "all", patterns: ["VITE_*"] },
  { dependencies: ["@sveltejs/kit"], needs: "some", patterns: ["VITE_*", "PUBLIC_*"] },
  { dependencies: ["vite"], needs: "some", patterns: ["VITE_*"] },
  { dependencies: ["@vue/cli-service"], needs: "some", patterns: ["VUE_APP_*", "LAUNCH_EDITOR"] },
];
