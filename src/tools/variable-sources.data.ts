// What brings variables that no file of the repository sets: by the tools' documentation and by common use, 2026-11. One too many costs a miss.

/** Variables that package managers, test runners and the images of runners set. */
export const SET_BY_OTHERS = /^(?:ANDROID_\w+|APPDATA|CHROME\w+|INIT_CWD|JAVA_HOME\w*|NODE_ENV|OS|VITEST\w*|npm_\w+)$/;

/** Variables with which Node and tools load others, and with which package managers run no scripts. */
export const LOADING_VARIABLES: readonly string[] = [
  "NODE_OPTIONS",
  "BUN_OPTIONS",
  "DOTENV_CONFIG_PATH",
  "npm_config_ignore_scripts",
  "NPM_CONFIG_IGNORE_SCRIPTS",
];

/** What a text says that may bring a dotenv file, a login, or variables in a way that is not followed. */
export const BRINGS_VARIABLES =
  /(?<!process|meta|Bun)\.env(?!\w)|(?<!\w)env:?pull|dotenv|envfile|\.wrangler|\blogin\b|ignore.scripts|GITHUB_ENV|exportVariable|set-env/i;

/** Packages that may set variables when they are loaded. */
export const SETTING_PACKAGES = /(?:^|[/@-])(?:config|doppler|env|infisical|secrets?|varlock|vault)\b/;
/** Those of them that set none but those of dotenv files. */
export const QUIET_PACKAGES =
  /^(?:@next\/env|@t3-oss\/env-[\w-]+(?:\/presets[\w-]*)?|dotenv(?:-expand)?(?:\/[\w/-]+)?|prisma\/config)$/;
