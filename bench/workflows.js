// Workflows as repositories with Bun and turbo write them. The mix follows 1,660 workflows of 211 public repositories: median
// 2.1 KB, one job, six steps, three of them scripts of one line (upper quarter: 4.7 KB, 2 jobs, 11 steps; top twentieth: 14 KB,
// 6 jobs, 34 steps); of those in repositories with turbo, one in four reaches it, and the mean of what one reaches is 64 commands.

const CHECKOUT = `      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
`;
const INSTALL = `      - name: Set up Bun
        uses: oven-sh/setup-bun@v2
        with:
          bun-version: 1.3.10
      - name: Restore what was installed before
        uses: actions/cache@v4
        with:
          path: ~/.bun/install/cache
          key: \${{ runner.os }}-bun-\${{ hashFiles('bun.lock') }}
          restore-keys: |
            \${{ runner.os }}-bun-
      - name: Install
        run: bun install --frozen-lockfile
`;
const READY = CHECKOUT + INSTALL;

/**
 * @param {string} name
 * @param {string} jobs
 */
function onPush(name, jobs) {
  return `name: ${name}
# Runs for each change, and once a night.
on:
  push:
    branches: [main]
  pull_request:
    paths-ignore: ["docs/**", "*.md"]
  schedule:
    - cron: "17 3 * * *"

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true

permissions:
  contents: read

jobs:
${jobs}`;
}

/** Upkeep by actions alone: a third of all workflows. @param {number} index */
function upkeep(index) {
  return `name: Upkeep ${String(index)}

on:
  schedule:
    - cron: "30 1 * * *"
  workflow_dispatch:

permissions:
  issues: write
  pull-requests: write

jobs:
  stale:
    name: Close what nobody answers
    runs-on: ubuntu-latest
    if: github.repository_owner == 'acme'
    steps:
      - uses: actions/stale@v10
        with:
          repo-token: \${{ secrets.GITHUB_TOKEN }}
          days-before-issue-stale: ${String(30 + (index % 60))}
          days-before-pr-stale: 45
          stale-issue-label: stale
          stale-issue-message: |
            Nothing has happened here for a while.
            Tell us if it still matters, or it will be closed in two weeks.
          exempt-issue-labels: bug,security,pinned
          operations-per-run: 200
`;
}

/** @param {number} index */
function checks(index) {
  const job = `  check:
    name: Check
    runs-on: ubuntu-latest
    timeout-minutes: 10
    env:
      API_URL: https://api.example.com
      # the pool that tests may use
      POOL: \${{ vars.POOL || 'shared' }}
    steps:
${READY}      - name: Lint
        run: bunx eslint . --max-warnings ${String(index % 10)}
      - name: Check the formatting
        run: bunx prettier --check .
      - name: Test the tools
        run: bun run --cwd packages/package-${String(index % 10)} test
      - name: Sum up
        if: always()
        run: |
          echo "## Checks of \${{ github.ref_name }}" >> "$GITHUB_STEP_SUMMARY"
          if [ -f reports/summary.md ]; then
            cat reports/summary.md >> "$GITHUB_STEP_SUMMARY"
          fi
      - name: Upload the report
        if: \${{ !cancelled() }}
        uses: actions/upload-artifact@v4
        with:
          name: report-${String(index)}
          path: |
            coverage
            reports/*.xml
`;
  return onPush(`Checks ${String(index)}`, job);
}

const WHOLE_BUILD = `  build:
    name: Build on \${{ matrix.os }}
    runs-on: \${{ matrix.os }}
    strategy:
      fail-fast: false
      matrix:
        os: [ubuntu-latest, macos-latest]
        shard: [1, 2, 3]
    steps:
${READY}      - name: Build and test everything
        run: bun run test
        env:
          API_URL: https://api.example.com
`;

/** @param {number} index */
function filtered(index) {
  return `  lint-${String(index)}:
    name: Lint
    runs-on: ubuntu-latest
    steps:
${READY}      - name: Lint
        run: bunx turbo run lint --filter=package-${String(index % 10)}
`;
}

/** @param {number} index */
function everything(index) {
  return onPush(`Everything ${String(index)}`, [WHOLE_BUILD, filtered(index), deploy(index)].join("\n"));
}

const SCRIPT = `set -euo pipefail
          if [ "\${{ github.event.head_commit.message }}" = "skip" ]; then
            echo "skip=true" >> "$GITHUB_OUTPUT"
            exit 0
          fi
          version=$(node -p "require('./package.json').version")
          for target in web api worker; do
            if git diff --quiet HEAD~1 -- "apps/$target"; then
              echo "$target is unchanged"
            else
              echo "$target changed in $version" | tee -a changes.txt
            fi
          done
          case "$version" in
            *-beta*) channel=beta ;;
            *) channel=stable ;;
          esac
          while read -r line; do
            echo "- $line"
          done < changes.txt > notes.md
          cat >> "$GITHUB_STEP_SUMMARY" <<SUMMARY
          ## $version on $channel
          SUMMARY
          echo "VERSION=$version" >> "$GITHUB_ENV"`;

/** @param {number} index */
function deploy(index) {
  return `  deploy-${String(index)}:
    name: Deploy
    if: github.ref == 'refs/heads/main' && github.event_name == 'push'
    runs-on: ubuntu-latest
    environment: production
    env:
      CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
      CLOUDFLARE_ACCOUNT_ID: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
    steps:
${READY}      - name: Check that all is set
        run: |
          : "\${CLOUDFLARE_API_TOKEN:?}" "\${CLOUDFLARE_ACCOUNT_ID:?}"
      - name: Decide what to deploy
        id: what
        run: |
          ${SCRIPT}
      - name: Deploy the backend
        if: steps.what.outputs.skip != 'true'
        working-directory: packages/package-\${{ github.run_attempt }}
        env:
          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}
        run: bunx convex deploy --yes
      - name: Deploy the site
        if: steps.what.outputs.skip != 'true'
        run: bunx turbo run deploy --filter=package-${String(index % 10)}
      - name: Tell the others
        if: failure()
        run: |
          curl --fail --silent --show-error -X POST "$HOOK" \\
            -H "Content-Type: application/json" \\
            -d "{\\"text\\": \\"Deploying \${{ github.sha }} failed\\"}"
        env:
          HOOK: \${{ secrets.HOOK }}
`;
}

/** @param {number} index */
function deployment(index) {
  return onPush(`Deploy ${String(index)}`, deploy(index));
}

/** @param {number} index */
function release(index) {
  const steps = `      - name: Collect what changed
        run: |
          ${SCRIPT}
      - name: Bump the version
        run: |
          git config user.name "release"
          git config user.email "release@example.com"
          npm version patch --no-git-tag-version
          git commit -am "Release"
          git push origin HEAD:main
      - name: Build
        run: bun run --cwd packages/package-${String(index % 50)} build
      - name: Publish
        working-directory: packages/package-${String(index % 50)}
        run: npm publish --provenance --access public
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
      - name: Release
        uses: softprops/action-gh-release@v2
        with:
          tag_name: v\${{ github.run_number }}
          generate_release_notes: true
`;
  const job = (/** @type {string} */ name) => `  ${name}:
    name: Release
    runs-on: ubuntu-latest
    permissions:
      contents: write
      id-token: write
    steps:
${READY}${steps}`;
  return onPush(`Release ${String(index)}`, ["npm", "mirror"].map(job).join("\n"));
}

/** Many jobs. @param {number} index */
export function large(index, deployments = 4) {
  const numbers = Array.from({ length: deployments }, (_, number) => index + number);
  return onPush(`All ${String(index)}`, [WHOLE_BUILD, ...numbers.map(deploy), filtered(index)].join("\n"));
}

const SHAPES = [upkeep, checks, release, deployment, checks, release, upkeep, checks, everything, deployment];

/** The workflow of a number: one in 20 is large, three in ten reach turbo. @param {number} index */
export function workflow(index) {
  const shape = index % 20 === 13 ? large : (SHAPES[index % SHAPES.length] ?? checks);
  return shape(index);
}
