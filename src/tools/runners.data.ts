// Labels of runners that start as fresh machines with a public image, 2026-11. A label that is not here may be a machine of one's own.
// https://docs.github.com/en/actions/reference/runners/github-hosted-runners and the providers' documentation.

/** Labels of hosted runners, by the operating system that they run. */
export const HOSTED_RUNNERS: readonly (readonly [label: RegExp, os: "Linux" | "macOS" | "Windows"])[] = [
  [/^ubuntu-(?:latest|slim|\d{2}\.\d{2})(?:-arm|-\d+-cores?)?$/, "Linux"],
  [/^macos-(?:latest|\d+)(?:-(?:large|xlarge|intel))?$/, "macOS"],
  [/^windows-(?:latest|\d{4}|11-arm)(?:-\w+)*$/, "Windows"],
  [/^(?:blacksmith|buildjet|depot|namespace-profile|nscloud|runs-on|ubicloud|warp)[-=/].*windows/, "Windows"],
  [/^(?:blacksmith|buildjet|depot|namespace-profile|nscloud|ubicloud|warp)[-=/].*mac/, "macOS"],
  [/^(?:blacksmith|buildjet|depot|namespace-profile|nscloud|ubicloud|warp|warpbuild)(?:[-=/]|$)/, "Linux"],
];

/**
 * Labels of GitHub's own machines with a full image, which has npm, npx and Yarn 1.22.22, and neither pnpm nor Bun: all `*-Readme.md`
 * of https://github.com/actions/runner-images/tree/main/images, 2026-08.
 */
export const GITHUB_IMAGES =
  /^(?:ubuntu-(?:latest|2[246]\.04)(?:-arm)?|macos-(?:latest|14|15|26)(?:-(?:large|xlarge|intel))?|windows-(?:latest|2022|2025))$/;

/**
 * Labels that GitHub has retired, with those of the machines that are most like them: https://github.com/actions/runner-images/issues/6002 (2023-04),
 * /9255 (2024-06), /10721 (2024-12), /11101 (2025-04), /12045 (2025-06), /13046 (2025-12),
 * https://github.blog/changelog/2025-09-19-github-actions-macos-13-runner-image-is-closing-down/
 */
export const RETIRED_RUNNERS: ReadonlyMap<string, string> = new Map([
  ["macos-10.15", "macos-15-intel"],
  ["macos-11", "macos-15-intel"],
  ["macos-12", "macos-15-intel"],
  ["macos-13", "macos-15-intel"],
  ["ubuntu-16.04", "ubuntu-22.04"],
  ["ubuntu-18.04", "ubuntu-22.04"],
  ["ubuntu-20.04", "ubuntu-22.04"],
  ["windows-2016", "windows-2022"],
  ["windows-2019", "windows-2022"],
]);

/** Images of job containers that set no variable beyond those of their language. */
export const PLAIN_IMAGES: readonly RegExp[] = [
  /^(?:docker\.io\/)?(?:library\/)?(?:alpine|debian|node|ubuntu)(?::|$)/,
  /^(?:docker\.io\/)?oven\/bun(?::|$)/,
  /^mcr\.microsoft\.com\/playwright(?::|$)/,
];

/** Variables that are set on every runner, by GitHub or by the operating system. */
export const RUNNER_VARIABLES: readonly RegExp[] = [
  /^(?:GITHUB|RUNNER)_(?!TOKEN$)/,
  /^ACTIONS_/,
  /^(?:CI|HOME|LANG|PATH|PWD|SHELL|SHLVL|TEMP|TMP|TMPDIR|USER|USERPROFILE)$/,
];
