import { describe, expect, it } from "vitest";
import { asked } from "./asked.ts";

describe("executables and files", () => {
  it.each<[command: string, answer: string]>([
    ["convex codegen", "binary convex codegen"],
    ["node_modules/.bin/convex codegen", "binary convex codegen"],
    ["./node_modules/.bin/convex codegen", "binary convex codegen"],
    ['"$(npm root)/.bin/convex" codegen', "binary convex codegen"],
    ["../../node_modules/.bin/turbo run build", "binary turbo run build → tasks build"],
    ["node node_modules/convex/bin/main.js codegen", "binary convex codegen"],
    ["node ./node_modules/.bin/convex codegen", "binary convex codegen"],
    ["node --no-warnings scripts/seed.mjs --x", "javascript file scripts/seed.mjs --x"],
    ["node --import tsx scripts/seed.ts", "javascript file scripts/seed.ts"],
    ["node -r dotenv/config scripts/seed.js", "javascript file scripts/seed.js"],
    ["node --env-file=.env scripts/seed.js", "with {any}: javascript file scripts/seed.js"],
    ["node -e 'x'", "nothing"],
    ["node --eval 'x'", "nothing"],
    ["node", "nothing"],
    ['node "$FILE"', "nothing"],
    ["$TOOL x", "nothing"],
    ['"${{ matrix.tool }}" x', "nothing"],
  ])("%s", (command, answer) => {
    expect(asked(command)).toBe(answer);
  });
});

describe("turbo", () => {
  it.each<[command: string, answer: string]>([
    ["turbo run build", "binary turbo run build → tasks build"],
    ["turbo build lint", "binary turbo build lint → tasks build lint"],
    ["turbo run web#build //#check", "binary turbo run web#build //#check → tasks web#build //#check"],
    ["turbo watch dev", "binary turbo watch dev → tasks dev"],
    ["turbo run build -- --x", "binary turbo run build -- --x → tasks build given --x"],
    [
      "turbo run build --filter=web --filter ./packages/api",
      "binary turbo run build --filter=web --filter ./packages/api → tasks build of web of ./packages/api",
    ],
    ["turbo build -F web...", "binary turbo build -F web... → tasks build of web..."],
    ['turbo run build --filter "$PACKAGE"', "binary turbo run build --filter ? → tasks build of ?"],
    ['turbo run "$TASK"', "binary turbo run ?"],
    ["turbo run build $FLAGS", "binary turbo run build ?"],
    ["turbo run build --env-mode=loose", "binary turbo run build --env-mode=loose → tasks build loose"],
    ["turbo run build --env-mode loose", "binary turbo run build --env-mode loose → tasks build loose"],
    ["turbo run build --env-mode", "binary turbo run build --env-mode → tasks build unknown"],
    ["turbo run build --env-mode=$MODE", "binary turbo run build ?"],
    ["turbo run build --only", "binary turbo run build --only → tasks build only"],
    [
      "turbo run build --framework-inference=false",
      "binary turbo run build --framework-inference=false → tasks build no inference",
    ],
    [
      "turbo run build --concurrency 4 --output-logs=errors-only",
      "binary turbo run build --concurrency 4 --output-logs=errors-only → tasks build",
    ],
    ["turbo run build --dry", "binary turbo run build --dry"],
    ["turbo run build --dry=json", "binary turbo run build --dry=json"],
    ["turbo run build --graph", "binary turbo run build --graph"],
    ["turbo --cwd packages/web run build", "binary turbo --cwd packages/web run build → tasks build in packages/web"],
    ["turbo run build --cwd=packages/web", "binary turbo run build --cwd=packages/web → tasks build in packages/web"],
    ['turbo run build --cwd "$DIR"', "binary turbo run build --cwd ? → tasks build in ?"],
    ["turbo run build --root-turbo-json ci.json", "binary turbo run build --root-turbo-json ci.json"],
    ["turbo prune web", "binary turbo prune web"],
    ["turbo login", "binary turbo login"],
    ["turbo run", "binary turbo run"],
    ["turbo", "binary turbo"],
    ["turbo --version", "binary turbo --version"],
    ["turbo run build --foo bar", "binary turbo run build --foo bar"],
    ["npx turbo@2.1.0 run build", "fetched turbo@2.1.0 run build → tasks build @2.1.0"],
    ["pnpm -C packages/web exec turbo build", "binary turbo build in packages/web → tasks build"],
    ["pnpm --filter web exec turbo build", "binary turbo build of web with the root → tasks build"],
    [
      "pnpm -C packages/web exec turbo --cwd ../.. build",
      "binary turbo --cwd ../.. build in packages/web → tasks build in ../..",
    ],
    [
      "pnpm -C packages/web exec env -C ../api convex codegen",
      "binary env -C ../api convex codegen in packages/web → with {} in ../api: binary convex codegen",
    ],
    ["turbo run build --affected", "binary turbo run build --affected → tasks build of ?"],
    ["turbo run build --scope web", "binary turbo run build --scope web"],
    ["turbo run build --continue --parallel", "binary turbo run build --continue --parallel → tasks build"],
    ["turbo run build --single-package", "binary turbo run build --single-package"],
    ["npx -w web turbo run build", "fetched turbo run build of web → tasks build"],
  ])("%s", (command, answer) => {
    expect(asked(command)).toBe(answer);
  });
});

describe("runners of commands", () => {
  it.each<[command: string, answer: string]>([
    [
      "concurrently 'convex codegen' 'tsc -w'",
      "binary concurrently convex codegen tsc -w → text «convex codegen» & text «tsc -w»",
    ],
    [
      'concurrently "npm:watch:*" "pnpm:build"',
      "binary concurrently npm:watch:* pnpm:build → npm script watch:* & npm script build",
    ],
    [
      "concurrently -k -n a,b --kill-others-on-fail 'convex codegen'",
      "binary concurrently -k -n a,b --kill-others-on-fail convex codegen → text «convex codegen»",
    ],
    ["concurrently \"$COMMAND\" 'tsc'", "binary concurrently ? tsc"],
    ["concurrently $COMMANDS", "binary concurrently ?"],
    ["run-s clean build:*", "binary run-s clean build:* → npm script clean,build:*"],
    ["run-p -l build:web build:api", "binary run-p -l build:web build:api → npm script build:web,build:api"],
    ["run-p --max-parallel 2 lint test", "binary run-p --max-parallel 2 lint test → npm script lint,test"],
    [
      "npm-run-all clean --parallel 'build:* -- --watch'",
      "binary npm-run-all clean --parallel build:* -- --watch → npm script clean,build:*",
    ],
    ['npm-run-all "$SCRIPT"', "binary npm-run-all ?"],
    ["run-s", "binary run-s"],
    ["pnpm concurrently 'convex codegen'", "pnpm script or binary concurrently convex codegen"],
    ["pnpm exec concurrently 'convex codegen'", "binary concurrently convex codegen → text «convex codegen»"],
    ["npx dotenv-cli -e .env -- convex codegen", "fetched dotenv-cli -e .env -- convex codegen"],
    [
      "pnpm exec dotenv -e .env -- convex codegen",
      "binary dotenv -e .env -- convex codegen → with {any}: binary convex codegen",
    ],
    [
      "pnpm -C packages/web exec dotenv -- convex codegen",
      "binary dotenv -- convex codegen in packages/web → with {any}: binary convex codegen",
    ],
    [
      "convex deploy --cmd 'npm run build'",
      "binary convex deploy --cmd npm run build → text «npm run build» with {any}",
    ],
    [
      "convex deploy --cmd='npm run build' --yes",
      "binary convex deploy --cmd=npm run build --yes → text «npm run build» with {any}",
    ],
    ['convex deploy --cmd "$BUILD"', "binary convex deploy --cmd ?"],
    [
      "convex dev --once --run-sh 'npm run seed'",
      "binary convex dev --once --run-sh npm run seed → text «npm run seed» with {any}",
    ],
    ["convex deploy", "binary convex deploy"],
    ["run-p -lnr build:web build:api", "binary run-p -lnr build:web build:api → npm script build:web,build:api"],
    ["npm-run-all -p lint test -s build", "binary npm-run-all -p lint test -s build → npm script lint,test,build"],
    ["run-s --foo lint", "binary run-s --foo lint"],
    ["concurrently --cwd packages/web 'tsc'", "binary concurrently --cwd packages/web tsc"],
    [
      "concurrently --success first --kill-others 'tsc' 'convex dev'",
      "binary concurrently --success first --kill-others tsc convex dev → text «tsc» & text «convex dev»",
    ],
    ["concurrently --foo 'tsc'", "binary concurrently --foo tsc"],
  ])("%s", (command, answer) => {
    expect(asked(command)).toBe(answer);
  });
});
