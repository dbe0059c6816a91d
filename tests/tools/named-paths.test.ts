import { describe, expect, it } from "vitest";
import { namedPaths } from "../../src/tools/named-paths.ts";
import { reachesOf } from "./command-line.ts";

const PATHS: readonly (readonly [line: string, ...paths: string[]])[] = [
  ["node a.js b.js", "file a.js"],
  ["node --import tsx -r ./a.cjs b.ts", "file b.ts"],
  ["node --max-old-space-size=4096 a"],
  ["node --test a.js"],
  ["node --inspect-publish-uid a b.js"],
  ["bun --env-file=.env a.ts", "file a.ts"],
  ["bun --watch a.ts"],
  ["bash -e a/b.sh c", "file a/b.sh"],
  ["bash a.sh"],
  ["./a.sh", "file ./a.sh"],
  ["source a/b.sh", "file a/b.sh"],
  ["tsx --tsconfig a.json b.ts", "file b.ts"],
  ["tsx --unknown a.json b.ts"],
  ["tsx watch a.ts"],
  ["ts-node -P a.json b.ts", "file b.ts"],
  ["python -X dev -u a.py", "file a.py"],
  ["python -m a b.py"],
  ["deno run -A --config a.json b.ts", "file b.ts"],
  ["deno test a.ts"],
  ["deno run npm:a"],
  ["tsc -p a", "either a"],
  ["tsc --project=a.json", "either a.json"],
  ["eslint -c a.js b.js", "file a.js"],
  ["eslint -c airbnb b.js"],
  ["vitest --root a --config b.ts"],
  ["wrangler deploy -c a.toml", "file a.toml"],
  ["wrangler dev -c a.toml"],
  ["docker build -t a -f b/Dockerfile c", "file b/Dockerfile"],
  ["docker build -f - c"],
  ["docker buildx build --file=b c", "file b"],
  ["docker compose -f a.yml -f b.yml logs -f c", "file a.yml", "file b.yml"],
  ["docker compose -p a -f b.yml up", "file b.yml"],
  ["docker compose up -f a.yml"],
  ["make -C a b", "folder a"],
  ["make -f a b", "file a"],
  ["make -C a -f b", "folder a"],
  ["cargo run --manifest-path a/Cargo.toml -- --manifest-path b", "file a/Cargo.toml"],
  ["pip install -r a.txt -r b.txt", "file a.txt", "file b.txt"],
  ["python -m pip install -r a.txt", "file a.txt"],
  ["pip download -r a.txt"],
  ["chmod -R +x a b.sh", "either a", "either b.sh"],
  ["chmod --reference=a b"],
  ["cat a $B", "either a"],
  ["cat a > b", "either a"],
];

describe("the paths that a command needs", () => {
  it.each(PATHS)("%s", (line, ...paths) => {
    const found = reachesOf(line).flatMap(({ invocation }) => namedPaths(invocation));
    expect(found.map(({ kind, path }) => `${kind} ${path}`)).toEqual(paths);
  });
});
