import { beforeAll, describe, expect, it } from "vitest";
import { byPackage, INSTALLS, Lab, PACKAGE_MANAGERS, type Tool } from "./package-managers.ts";

/** A command line, and the folder in which it is run. */
type Form = readonly [command: string, directory?: string];

/** Command lines that run something, of which the models know all. */
const FORMS: Readonly<Record<Tool["kind"], readonly Form[]>> = {
  npm: [
    ["npm run build"],
    ["npm run --silent build -- --x y"],
    ["npm test -- --x", "packages/web"],
    ["npm start"],
    ["npm run build -w web -w @acme/api"],
    ["npm run build --workspace=packages/web"],
    ["npm -w web test"],
    ["npm run build -ws --if-present"],
    ["npm run build --workspaces --include-workspace-root --if-present"],
    ["npm --prefix packages/web run build"],
    ["npm run build -C packages/web"],
    ["npm run build --ignore-scripts"],
    ["npm run build --loglevel silent"],
    ["npm exec tool x --y -- --z"],
    ["npm exec --workspaces -- tool x"],
    ["npm exec --prefix packages/web -- tool x"],
    ["npx tool x --y", "packages/api"],
    ["npx -y --package=tool -- tool x"],
    ["npx --no-install tool -- --y"],
    ["npx --call='tool x && record y'"],
    ["cd packages/web && INIT=other npm run build"],
    ["env -u INIT sh -c 'npm run only-root'"],
  ],
  pnpm: [
    ["pnpm build --x y"],
    ["pnpm run build -- --x"],
    ["pnpm test -- --x", "packages/web"],
    ["pnpm -r build"],
    ["pnpm -rs only-web"],
    ["pnpm recursive run build"],
    ["pnpm --parallel build"],
    ["pnpm -r --include-workspace-root run build"],
    ["pnpm --filter web build"],
    ["pnpm --filter api build"],
    ["pnpm -F '@acme/*' -F web run build"],
    ["pnpm --filter '*' build"],
    ["pnpm --filter ../web build", "packages/api"],
    ["pnpm --filter '{packages/web}' build"],
    ["pnpm --filter root only-root"],
    ["pnpm -w build", "packages/web"],
    ["pnpm -w -r build"],
    ["pnpm -C packages/web build"],
    ["pnpm --prefix packages/web run build"],
    ["pnpm exec tool -- --x"],
    ["pnpm -r exec tool x"],
    ["pnpm tool x --y"],
    ["pnpm -C packages/web exec env INIT=other tool x"],
    ["pnpm --config.enable-pre-post-scripts=false build"],
  ],
  yarn1: [
    ["yarn build --x y"],
    ["yarn run build -- --x"],
    ["yarn -s test", "packages/web"],
    ["yarn tool x --y"],
    ["yarn run tool x", "packages/web"],
    ["yarn exec tool x"],
    ["yarn exec -- tool x --y"],
    ["yarn workspace web build"],
    ["yarn workspace @acme/api run build"],
    ["yarn workspaces run tool x"],
    ["yarn --cwd packages/web build"],
    ["yarn --cwd packages/web workspace @acme/api build"],
    ["yarn --network-timeout 1000 build"],
  ],
  yarn4: [
    ["yarn build --x y"],
    ["yarn run test", "packages/web"],
    ["yarn tool x --y"],
    ["yarn exec tool x --y"],
    ["yarn workspace web build"],
    ["yarn workspace @acme/api run build"],
    ["yarn workspaces foreach -A run build"],
    ["yarn workspaces foreach -Aptv run build"],
    ["yarn workspaces foreach --all -j 2 --include web --include @acme/api run build"],
    ["yarn workspaces foreach -A exec record x"],
    ["yarn --cwd packages/web build"],
    ["yarn run -T only-root", "packages/web"],
    ["yarn colon:web --x"],
    ["yarn run colon:web", "packages/api"],
    ["yarn run -B tool x"],
  ],
  bun: [
    ["bun run build --x y"],
    ["bun run build -- --x"],
    ["bun only-root -- --x"],
    ["bun run test", "packages/web"],
    ["bun check"],
    ["bun --silent run only-root"],
    ["bun --filter web build"],
    ["bun run --filter '*' build"],
    ["bun -F '@acme/*' build"],
    ["bun --filter ./packages/web build"],
    ["bun --filter=web run build"],
    ["bun run --cwd packages/web build"],
    ["bun --cwd=packages/web run build"],
    ["bun --cwd packages/web build"],
    ["bun --env-file .env test"],
    ["bun run tool x --y"],
    ["bun tool -- --x"],
    ["bunx --bun tool x", "packages/api"],
    ["bun x -- tool x"],
  ],
};

/** Command lines that run nothing of the workspace. */
const IDLE: Readonly<Record<Tool["kind"], readonly Form[]>> = {
  npm: [["npm build"], ["npm run missing"], ["npm run build --help"], ["npm run only-web"]],
  pnpm: [["pnpm run tool"], ["pnpm --help build"], ["pnpm --filter nope build"], ["pnpm install --help"]],
  yarn1: [
    ["yarn missing"],
    ["yarn colon:web"],
    ["yarn --help"],
    ["yarn -W build"],
    ["yarn -- build"],
    ["yarn install --help"],
  ],
  yarn4: [
    ["yarn missing"],
    ["yarn only-web"],
    ["yarn run -T colon:web"],
    ["yarn colon:two"],
    ["yarn run -B build"],
    ["yarn workspaces foreach -A build"],
    ["yarn install --help"],
  ],
  bun: [
    ["bun build"],
    ["bun test"],
    ["bun --cwd packages/web run build"],
    ["bun --filter web run build"],
    ["bun --filter a build"],
    ["bun run -h build"],
  ],
};

const cases = (forms: readonly Form[]) => forms.map(([command, directory = ""]) => ({ command, directory }));

describe.each(PACKAGE_MANAGERS)("$name", (tool) => {
  const lab = new Lab(tool);
  const install = INSTALLS[tool.kind];

  beforeAll(async () => {
    const real = await lab.run(install);
    expect(lab.read(install).toSorted(), real.output).toEqual(real.runs.toSorted());
    expect(real.runs).not.toEqual([]);
  }, 120_000);

  it.concurrent.each(cases(FORMS[tool.kind]))("$command", { timeout: 60_000 }, async ({ command, directory }) => {
    const real = await lab.run(command, directory);
    expect(byPackage(lab.read(command, directory)), real.output).toEqual(byPackage(real.runs));
    expect(real.runs, real.output).not.toEqual([]);
  });

  it.concurrent.each(cases(IDLE[tool.kind]))(
    "$command runs nothing",
    { timeout: 60_000 },
    async ({ command, directory }) => {
      const real = await lab.run(command, directory);
      expect([...real.runs, ...lab.read(command, directory)]).toEqual([]);
    },
  );
});
