import { describe, expect, it } from "vitest";
import { Repository } from "../../src/project/repository.ts";
import { allRuns } from "../../src/project/trace/runs.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { BUNS, runWithBun, WORKFLOW, workflowWith, WORKSPACE, type BunRelease } from "./bun.ts";

const echo = (name: string, scripts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(scripts.map((script) => [script, `echo ran ${name} ${script}`]));

function withScripts(path: string, name: string, scripts: readonly string[]): RepositoryFiles {
  const manifest = JSON.parse(WORKSPACE[path] ?? "") as object;
  return { [path]: JSON.stringify({ ...manifest, scripts: echo(name, scripts) }) };
}

/** A workspace in which each script says its package and name. */
const FILES: RepositoryFiles = {
  ...WORKSPACE,
  ...withScripts("package.json", "root", ["add", "build", "ci", "dev", "postdev", "predev", "test", "x"]),
  ...withScripts("apps/web/package.json", "web", ["build", "dev", "run", "test"]),
  ...withScripts("packages/ui/package.json", "ui", ["build"]),
};

const LINES: readonly string[] = [
  "bun dev",
  "bun run dev",
  "bun test",
  "bun run test",
  "bun build",
  "bun run build",
  "bun run ci",
  "bun x",
  "bun run x",
  "bun add",
  "bun nope",
  "bun run nope",
  "bun run --if-present nope",
  "bun --cwd apps/web dev",
  "bun --cwd=apps/web dev",
  "bun --cwd apps/web test",
  "bun --cwd=apps/web test",
  "bun --cwd apps/web run dev",
  "bun --cwd=apps/web run dev",
  "bun --cwd=apps/web run run",
  "bun run --cwd apps/web dev",
  "cd apps/web && bun run dev",
  "bun -F web dev",
  "bun --filter=web dev",
  "bun run --filter web dev",
  "bun run --filter './apps/*' dev",
  "bun run --silent dev",
  "bun --bun run dev",
  "bun --env-file=.env dev",
  "bun --env-file .env run dev",
  "bun run dev extra words",
  "bun exec 'echo ran root exec'",
];

/** What a line really prints, as `package script`. */
function ranBy(release: BunRelease, line: string): readonly string[] {
  const { output } = runWithBun(release, line, writeRepository(FILES));
  // Bun announces a script's text after `$`, and lists scripts with theirs.
  const lines = output.split("\n");
  return [...new Set(lines.flatMap((text) => /(?:^|: )ran (\w+ \w+)/.exec(text)?.[1] ?? []))].sort();
}

/** What the model reaches. */
function reachedBy(release: BunRelease, line: string): readonly string[] {
  const repository = new Repository(writeRepository({ ...FILES, [WORKFLOW]: workflowWith(release, line) }));
  const reaches = allRuns(repository).flatMap(({ steps }) => steps.flatMap((step) => step.reaches));
  return [...new Set(reaches.flatMap(({ located }) => /^echo ran (\w+ \w+)/.exec(located.text)?.[1] ?? []))].sort();
}

describe.each(BUNS)("Bun %s runs what the model reaches", (release) => {
  it.each(LINES)("%s", (line) => {
    expect(reachedBy(release, line)).toEqual(ranBy(release, line));
  });
});
