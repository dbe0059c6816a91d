// Inputs of actions that are commands of one's own, read in the source of each, 2026-11.

/** An input that an action runs as a command. */
export interface ActionScript {
  readonly input: string;
  /** The input that names the folder in which it runs, relative to the workspace. */
  readonly directory?: string;
  /** True where a shell runs it; else it is split into words at blanks. */
  readonly isShell: boolean;
  /** Inputs with which it is run in another way. */
  readonly except?: readonly string[];
}

/** By `owner/name` in lower case. */
export const ACTION_SCRIPTS: ReadonlyMap<string, readonly ActionScript[]> = new Map(
  Object.entries<readonly ActionScript[]>({
    // https://github.com/changesets/action/blob/main/src/run.ts: the first where there are changesets, the second where there are none. By other names since v2.
    "changesets/action": ["version", "publish", "version-script", "publish-script"].map((input) => ({
      input,
      directory: "cwd",
      isShell: false,
    })),
    // https://github.com/cypress-io/github-action/blob/master/index.js
    "cypress-io/github-action": [{ input: "build", directory: "working-directory", isShell: false }],
    // https://github.com/nick-fields/retry/blob/master/src/index.ts
    "nick-fields/retry": [
      { input: "command", isShell: true, except: ["continue_on_error", "new_command_on_retry", "shell"] },
    ],
    "nick-invision/retry": [
      { input: "command", isShell: true, except: ["continue_on_error", "new_command_on_retry", "shell"] },
    ],
  }),
);
