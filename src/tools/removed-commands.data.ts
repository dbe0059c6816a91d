// Commands that tools had and have no more: run 2026-11 with the versions before and after that stand at each entry.

/** Commands of a tool that a release took away. */
export interface RemovedCommands {
  readonly package: string;
  /** The command's first word, with what now means the same; undefined where nothing does. */
  readonly words: ReadonlyMap<string, string | undefined>;
  /** The versions without them. */
  readonly versions: string;
  /** What to do where no words mean the same: a sentence. */
  readonly advice?: string;
  /** True where the tool then takes the word for a folder, so that there must be none of that name. */
  readonly isFolder?: boolean;
  /** True where the tool only says that the command is no more, and succeeds. */
  readonly succeeds?: boolean;
  /** A package that brings them back. */
  readonly restoredBy?: string;
}

const DIALECTS = ["mysql", "pg", "sqlite"];
const gone = (...words: readonly string[]): RemovedCommands["words"] => new Map(words.map((word) => [word, undefined]));

/** By the name of the executable. */
export const REMOVED_COMMANDS: ReadonlyMap<string, readonly RemovedCommands[]> = new Map<
  string,
  readonly RemovedCommands[]
>([
  // 0.20.18; 0.21.0, 0.21.4 and 0.31.11. https://orm.drizzle.team/kit-docs/upgrade-21
  [
    "drizzle-kit",
    [
      {
        package: "drizzle-kit",
        words: new Map(
          ["check", "generate", "introspect", "push", "up"].flatMap((word) =>
            DIALECTS.map((dialect) => [`${word}:${dialect}`, word] as const),
          ),
        ),
        versions: ">=0.21.0 <1.0.0",
        succeeds: true,
      },
    ],
  ],
  // 6.6.2; 7.0.0, 8.2.4 and 10.1.1. https://lerna.js.org/docs/legacy-package-management
  [
    "lerna",
    [
      {
        package: "lerna",
        words: gone("add", "bootstrap", "link"),
        versions: ">=7.0.0",
        advice: "The workspaces of the package manager take its place.",
        restoredBy: "@lerna/legacy-package-management",
      },
    ],
  ],
  [
    "next",
    [
      // 13.5, 14.0, 15.4 and 15.5; 16.0.0 and 16.4.6. https://nextjs.org/docs/app/guides/upgrading/version-16#next-lint-command
      {
        package: "next",
        words: gone("lint"),
        versions: ">=16.0.0",
        advice: "ESLint's own command takes its place: `eslint .`.",
        isFolder: true,
      },
      // 13.5.11; 14.0.0, 15.5 and 16.4.6. https://nextjs.org/docs/app/guides/static-exports
      {
        package: "next",
        words: gone("export"),
        versions: ">=14.0.0",
        advice: '`output: "export"` in the configuration takes its place.',
      },
    ],
  ],
  // 6.19; 7.0.0. https://www.prisma.io/docs/orm/reference/prisma-cli-reference#db-pull
  ["prisma", [{ package: "prisma", words: new Map([["introspect", "db pull"]]), versions: ">=7.0.0" }]],
  // 1.0.0-next.300; 1.0.0 and 2.x.
  [
    "svelte-kit",
    [
      {
        package: "@sveltejs/kit",
        words: gone("build", "dev", "package", "preview"),
        versions: ">=1.0.0",
        advice: "`vite` and, for `package`, `svelte-package` take its place.",
      },
    ],
  ],
  // 3.x; 4.0.0 and 4.164.0. https://developers.cloudflare.com/workers/wrangler/migration/update-v3-to-v4/
  [
    "wrangler",
    [
      {
        package: "wrangler",
        words: new Map([
          ["kv:bulk", "kv bulk"],
          ["kv:key", "kv key"],
          ["kv:namespace", "kv namespace"],
          ["publish", "deploy"],
          ["secret:bulk", "secret bulk"],
        ]),
        versions: ">=4.0.0",
      },
    ],
  ],
]);
