// What runs code that the models do not follow, or brings files whose content they do not see: by common use, not asked, 2026-11. One too many costs a miss.

/** Programs that run a file in a language other than the shell's, or the text of one of their words. */
export const INTERPRETERS: ReadonlySet<string> = new Set(
  "babel-node deno esno esr go jiti lua node perl php pipx poetry powershell pwsh python python3 ruby sucrase-node swc-node ts-node ts-node-esm tsx uv vite-node zx".split(
    " ",
  ),
);

/** The extensions of files in such a language. */
export const CODE_FILE = /\.(?:[cm]?[jt]sx?|go|lua|php|pl|ps1|py|rb)$/;

/** The files in which a task runner looks for what to run, in the folder where it starts or above. */
export const TASK_FILES: ReadonlyMap<string, readonly string[]> = new Map([
  ["just", ["justfile", "Justfile", ".justfile"]],
  ["make", ["GNUmakefile", "makefile", "Makefile"]],
  ["mise", ["mise.toml", ".mise.toml", "mise/config.toml", ".mise/config.toml", ".config/mise.toml"]],
  ["task", ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml", "Taskfile.dist.yml"]],
]);

/** Commands of mise that run no task. https://mise.jdx.dev/cli/ */
export const QUIET_MISE_COMMANDS: ReadonlySet<string> = new Set([
  "activate",
  "install",
  "i",
  "reshim",
  "settings",
  "trust",
  "use",
  "version",
]);

/** How a file of tasks takes in others, or has each task in a file of its own. */
export const OTHER_TASK_FILES = /^\s*(?:-?include|import|mod|includes:|\[tasks?\.)|\bfile\s*=/m;

/** Scripts that are downloaded to install a tool, and leave nothing in the checkout. */
export const DOWNLOADED_INSTALLERS =
  /\b(?:bun\.(?:com|sh)\/install|get\.pnpm\.io|install\.python-poetry\.org|deno\.land\/install|astral\.sh\/uv|sh\.rustup\.rs|rustup\.rs|fly\.io\/install|get\.tur\.so|cli\.doppler\.com|fnm\.vercel\.app|mise\.(?:run|jdx\.dev)|just\.systems|taskfile\.dev|get\.docker\.com|nvm-sh\/nvm)/;

/** Commands that may bring a dotenv file without naming it: what they ask for, as one line. */
export const DOTENV_COMMANDS: readonly RegExp[] = [
  // https://vercel.com/docs/cli/env and eas-cli 24.8.0, read: `.env.local` where no file is named.
  /^(?:vercel|vc) env pull\b/,
  /^eas(?:-cli)? env:pull\b/,
  /^dotenv-vault pull\b/,
  /^(?:git-crypt unlock|git secret reveal|sops|transcrypt)\b/,
  /^(?:aws s3 (?:cp|mv|sync)|gcloud storage (?:cp|rsync)|gsutil|rclone|rsync|scp)\b/,
  /^(?:cp|gpg|install|ln|mv|tar|unzip)\b[^]*(?:cred|env|secret)/i,
  /^(?:cp|mv)\b[^]* \.\/?$/,
];

/** Programs that compare files, or run what is configured elsewhere. */
export const MAY_COMPARE: ReadonlySet<string> = new Set(
  "act cmp dagger diff docker gradle gulp husky jj lefthook lint-staged md5sum moon nx pre-commit prek rake sha1sum sha256sum sha512sum shasum".split(
    " ",
  ),
);
