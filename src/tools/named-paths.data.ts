// Which words of commands name files and folders without which they fail: Node.js 20.20.2, Bun 1.2.18, 1.3.1 and 1.4.5, tsx 4.23.15, ts-node 10.9.2,
// Deno 2.9.6, vite-node, jiti, Python 3.11.7, TypeScript 5.9.3, Vite 7, Vitest 3, Jest 30, Playwright 1, ESLint 9.39.5, drizzle-kit, Wrangler 4.86.0, pip and
// GNU make run with a path that is not there, 2026-11; of docker and cargo by their documentation.

/** How a program takes the file that it runs. */
export interface FileRunner {
  /** The word that comes first. */
  readonly command?: string;
  /** Flags before the file that change nothing about it, and those of them that take the next word. */
  readonly booleanFlags: ReadonlySet<string>;
  readonly valueFlags: ReadonlySet<string>;
  /** True where a path may stand for a file with another extension, or for one in a folder. */
  readonly isModule: boolean;
}

function runner(isModule: boolean, valueFlags: string, booleanFlags: string, command?: string): FileRunner {
  return {
    isModule,
    valueFlags: new Set(valueFlags.split(/\s+/)),
    booleanFlags: new Set(booleanFlags.split(/\s+/)),
    ...(command !== undefined && { command }),
  };
}

const PYTHON = runner(false, "-X -W", "-u -B -O -OO -I -E -s -S -b -q");
const TS_NODE = runner(
  true,
  "-P --project -O --compiler-options --compilerOptions -r --require",
  "-T --transpile-only --transpileOnly --swc --esm --files --pretty -H --log-error",
);

/** Executables whose first word, or the one after a command, is a file to run. */
export const FILE_RUNNERS: ReadonlyMap<string, FileRunner> = new Map([
  [
    "deno",
    runner(
      false,
      "-c --config --import-map --lock --ext --seed --cert",
      `-A --allow-all -R --allow-read -W --allow-write -N --allow-net -E --allow-env -S --allow-sys --allow-run --allow-ffi --allow-import
      --no-check --check --no-lock --frozen --no-config --no-prompt --no-remote --no-npm --cached-only -q --quiet -r --reload --unstable
      --unstable-kv --unstable-cron`,
      "run",
    ),
  ],
  ["jiti", runner(true, "", "")],
  ["python", PYTHON],
  ["python3", PYTHON],
  ["ts-node", TS_NODE],
  ["ts-node-esm", TS_NODE],
  ["ts-node-transpile-only", TS_NODE],
  [
    "tsx",
    runner(
      true,
      "--tsconfig --env-file --env-file-if-exists -r --require --import -C --conditions",
      "--no-cache --no-warnings --enable-source-maps",
    ),
  ],
  ["vite-node", runner(true, "-c --config -m --mode", "--script")],
]);

/** Flags of Node.js with which it runs the file that comes after them. https://nodejs.org/api/cli.html */
export const NODE_FLAGS: ReadonlySet<string> = new Set(
  `-r --require --import --loader --experimental-loader --env-file --env-file-if-exists -C --conditions --no-warnings --no-deprecation
  --disable-warning --enable-source-maps --experimental-strip-types --no-experimental-strip-types --experimental-transform-types
  --experimental-json-modules --experimental-vm-modules --experimental-modules --experimental-specifier-resolution --experimental-sqlite
  --experimental-wasm-modules --expose-gc --max-old-space-size --max_old_space_size --stack-size --trace-warnings --trace-deprecation
  --trace-uncaught --unhandled-rejections --preserve-symlinks --preserve-symlinks-main --throw-deprecation --harmony`.split(
    /\s+/,
  ),
);

/** Flags of Bun with which it does so. */
export const BUN_FLAGS_BEFORE_FILE: ReadonlySet<string> = new Set(
  "--bun -b --cwd --silent --smol --env-file --preload -r --require --import --config -c --conditions --define -d --install --prefer-offline".split(
    " ",
  ),
);

/** Extensions with which a module is found under a path without them. */
export const MODULE_EXTENSIONS: readonly string[] = ".ts .tsx .mts .cts .js .jsx .mjs .cjs .json .node .py".split(" ");

/** Programs whose words are paths that must be there, with how many stand before them (GNU coreutils 9.1). */
export const PATH_WORDS: ReadonlyMap<string, number> = new Map([
  ["cat", 0],
  ["chmod", 1],
]);

/** A flag whose value is a path. */
export interface PathFlag {
  readonly flags: readonly string[];
  readonly kind: "file" | "folder" | "either";
  /** The words after which it has this meaning; any where undefined. */
  readonly commands?: readonly string[];
  /** Flags with which the path starts elsewhere, or means something else. */
  readonly unless?: readonly string[];
  /** The flags, each with a value, among which alone it has this meaning: after other words it may have another. */
  readonly among?: ReadonlySet<string>;
  /** True where a name without an extension is a path too. */
  readonly isBare?: boolean;
  /** True where several of them lead from one folder to the next. */
  readonly isMove?: boolean;
}

const CONFIG: readonly PathFlag[] = [
  { flags: ["-c", "--config"], kind: "file", unless: ["--cwd", "--dir", "--root", "-r"] },
];
const PROJECT: readonly PathFlag[] = [{ flags: ["-p", "--project"], kind: "either" }];
const requirements = (...commands: readonly string[]): readonly PathFlag[] => [
  { flags: ["-r", "--requirement"], kind: "file", commands },
];
const dockerfile = (...commands: readonly string[]): PathFlag => ({
  flags: ["-f", "--file"],
  kind: "file",
  commands,
  isBare: true,
});

/** By executable. */
export const PATH_FLAGS: ReadonlyMap<string, readonly PathFlag[]> = new Map<string, readonly PathFlag[]>([
  // https://doc.rust-lang.org/cargo/commands/cargo-build.html
  ["cargo", [{ flags: ["--manifest-path"], kind: "file" }]],
  // https://docs.docker.com/reference/cli/docker/buildx/build/#file, https://docs.docker.com/reference/cli/docker/compose/
  [
    "docker",
    [
      dockerfile("build"),
      dockerfile("buildx", "build"),
      {
        flags: ["-f", "--file"],
        kind: "file",
        commands: ["compose"],
        among: new Set("-f --file -p --project-name --profile --env-file --project-directory".split(" ")),
      },
    ],
  ],
  ["drizzle-kit", [{ flags: ["--config"], kind: "file" }]],
  ["eslint", CONFIG],
  ["jest", CONFIG],
  [
    "make",
    [
      { flags: ["-f", "--file", "--makefile"], kind: "file", unless: ["-C", "--directory"], isBare: true },
      { flags: ["-C", "--directory"], kind: "folder", isMove: true },
    ],
  ],
  ["pip", requirements("install")],
  ["pip3", requirements("install")],
  ["playwright", [{ flags: ["-c", "--config"], kind: "either", commands: ["test"] }]],
  ["python", requirements("-m", "pip", "install")],
  ["python3", requirements("-m", "pip", "install")],
  ["tsc", PROJECT],
  ["tsgo", PROJECT],
  ["vite", CONFIG],
  ["vitest", CONFIG],
  ["vue-tsc", PROJECT],
  ["wrangler", CONFIG.map((flag) => ({ ...flag, commands: ["deploy"] }))],
]);
