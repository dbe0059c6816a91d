// Flags of package managers, from `npm config ls -l` (11.19), `pnpm help run` (10.34, 12.21), `yarn --help` (1.22), https://yarnpkg.com/cli (4.18) and `bun run|x|install --help` (1.4.5); 2026-11-22.

/** The flags of a command: those that take the next word as their value, and those that never do. */
export interface FlagTable {
  readonly valueFlags: ReadonlySet<string>;
  readonly booleanFlags: ReadonlySet<string>;
}

function table(valueFlags: string, booleanFlags: string): FlagTable {
  return { valueFlags: new Set(valueFlags.split(/\s+/)), booleanFlags: new Set(booleanFlags.split(/\s+/)) };
}

/** `npm`, `npx`. */
export const NPM_FLAGS = table(
  `--access --audit-level --before --ca --cache --cafile --call -c --cpu --depth --fetch-retries --fetch-timeout
  --globalconfig --https-proxy --include --install-strategy --libc --location -L --loglevel --logs-dir --logs-max
  --maxsockets --node-options --noproxy --omit --only --os --otp --package -p --prefix -C --proxy --registry --reg
  --scope --script-shell --shell --tag --umask --user-agent --userconfig --workspace -w`,
  `--all -a --audit --bin-links --dry-run --engine-strict --force -f --foreground-scripts --fund --global -g
  --global-style --help -h --if-present --ignore-scripts --include-workspace-root -iwr --install-links --json
  --legacy-bundling --legacy-peer-deps --long -l --no -n --offline --optional --package-lock --package-lock-only
  --parseable --prefer-dedupe --prefer-offline --prefer-online --production --progress --quiet -q --save -S
  --save-dev -D --save-exact -E --silent -s --strict-peer-deps --timing --unicode --update-notifier --verbose
  -d -dd -ddd --version -v --workspaces --ws -ws --yes -y`,
);

/** `pnpm`, `pnpx`. */
export const PNPM_FLAGS = table(
  `-C --dir --prefix --filter -F --filter-prod --loglevel --reporter --resume-from --test-pattern
  --changed-files-ignore-pattern --workspace-concurrency --package --store-dir --registry --allow-build`,
  `--aggregate-output --bail --color --dev -D --fail-if-no-match --force --frozen-lockfile --help -h --if-present
  --ignore-scripts --ignore-workspace --include-workspace-root --lockfile-only --offline --parallel --prefer-offline
  --prod -P --recursive -r --report-summary --reporter-hide-prefix --reverse --sequential --silent -s --sort --stream
  --use-stderr --version -v --workspace-root -w --yes -y`,
);

/** `yarn`, before the command's name. */
export const YARN_FLAGS = table(
  `--cwd --cache-folder --global-folder --https-proxy --link-folder --modules-folder --mutex --network-concurrency
  --network-timeout --otp --preferred-cache-folder --proxy --registry --use-yarnrc --mode`,
  `--check-files --flat --force --frozen-lockfile --har --help -h --ignore-engines --ignore-optional
  --ignore-platform --ignore-scripts --immutable --immutable-cache --inline-builds --json --non-interactive --offline
  --prefer-offline --pure-lockfile --silent -s --skip-integrity-check --verbose --version -v`,
);

/** `yarn run`, `yarn dlx`. */
export const YARN_RUN_FLAGS = table(
  `-p --package --require`,
  `-T --top-level -B --binaries-only --inspect --inspect-brk --silent -s --quiet -q --verbose`,
);

/** `yarn workspaces foreach`. */
export const YARN_FOREACH_FLAGS = table(
  `--from --include --exclude -j --jobs`,
  `-A --all -R --recursive -W --worktree -v --verbose -p --parallel -i --interlaced -t --topological --topological-dev
  --no-private --since -n --dry-run`,
);

/** `bun`, `bun run`. */
export const BUN_FLAGS = table(
  `--cwd --filter -F --env-file --preload -r --require --import --config -c --port --conditions --define -d --drop
  --feature --loader -l --shell --elide-lines --tsconfig-override --main-fields --extension-order --install --title
  --user-agent --fetch-preconnect --max-http-header-size --dns-result-order --unhandled-rejections --console-depth`,
  `--bun -b --help -h --hot --if-present -i --prefer-latest --prefer-offline --preserve-symlinks --revision --silent
  --smol --verbose --version -v --watch --workspaces`,
);

/** `bunx`. */
export const BUNX_FLAGS = table(
  `-p --package --cwd --env-file --registry --ca --cafile --minimum-release-age`,
  `--bun -b --ignore-scripts --silent --trust --verbose`,
);

/** `bun install`. */
export const BUN_INSTALL_FLAGS = table(
  `--cwd --filter -F --config -c --registry --cache-dir --backend --ca --cafile --concurrent-scripts
  --network-concurrency --omit --linker --cpu --os --libc --minimum-release-age --minimum-release-age-excludes
  --env-file --catalog`,
  `--dev -d --dry-run --exact -E --force -f --frozen-lockfile --global -g --help -h --ignore-scripts --lockfile-only
  --offline --optional --peer --prefer-offline --production -p --quiet --save --save-text-lockfile --silent --trust
  --verbose --yarn -y`,
);
