// Inputs of actions that name files and folders without which they fail: read in the source of each release line, 2026-11.

/** One input that names a path, relative to the workspace. */
export interface PathInput {
  readonly input: string;
  readonly kind: "file" | "folder" | "patterns";
  /** Inputs beside which it is not read. */
  readonly unless?: readonly string[];
  /** The input with which alone it is read. */
  readonly with?: string;
  /** The input that makes it a path of something else where it is an address. */
  readonly below?: string;
  /** The file in it that is meant. */
  readonly file?: string;
}

/** By `owner/name` in lower case. */
export const PATH_INPUTS: ReadonlyMap<string, readonly PathInput[]> = new Map<string, readonly PathInput[]>([
  // src/main.ts, src/util.ts and src/cache-restore.ts of v2.5.0 to v7.0.0: "The specified node version file at: … does not exist",
  // "Some specified paths were not resolved, unable to cache dependencies."
  [
    "actions/setup-node",
    [
      { input: "node-version-file", kind: "file", unless: ["node-version"] },
      { input: "cache-dependency-path", kind: "patterns", with: "cache" },
    ],
  ],
  // src/main.ts of v4 to v6: "The specified go version file at: … does not exist". Its cache only warns.
  ["actions/setup-go", [{ input: "go-version-file", kind: "file", unless: ["go-version"] }]],
  // src/setup-python.ts of v4 to v6: "The specified python version file at: … doesn't exist."
  ["actions/setup-python", [{ input: "python-version-file", kind: "file", unless: ["python-version"] }]],
  // src/utils.ts, checkWorkingDirectory: "Directory … does not exist."
  ["cloudflare/wrangler-action", [{ input: "workingdirectory", kind: "folder" }]],
  // src/context.ts of v2 to v7 gives both to `docker buildx build` as they are; without a context it is the repository on GitHub.
  [
    "docker/build-push-action",
    [
      { input: "context", kind: "folder" },
      { input: "context", kind: "file", unless: ["file"], file: "Dockerfile" },
      { input: "file", kind: "file", below: "context" },
    ],
  ],
]);
