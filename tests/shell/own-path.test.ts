import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unknown } from "../../src/documents/known.ts";
import { readScript } from "../../src/shell/script.ts";
import { writeRepository } from "../support/temporary.ts";

/** The folders in which the commands `probe` of a script file `tools/ci/x.sh` run, from the root; undefined where that is not known. */
function folders(text: string, root: string): readonly (string | undefined)[] {
  const commands = readScript(
    text,
    { file: `${root}/tools/ci/x.sh`, expression: () => unknown("x"), variable: () => unknown("x") },
    { errexit: false, pipefail: false },
  );
  return commands
    .filter(({ words: [name] }) => name.text === "probe")
    .map(({ directory }) => {
      if (!directory.known) return undefined;
      return directory.value.startsWith(root) ? directory.value.slice(root.length + 1) : directory.value;
    });
}

/** The same as bash has it. */
function foldersOfBash(text: string, root: string): readonly string[] {
  const script = `probe() { pwd >> "$OUT"; }\n${text}`;
  mkdirSync(join(root, "tools/ci"), { recursive: true });
  mkdirSync(join(root, "web"), { recursive: true });
  writeFileSync(join(root, "tools/ci/x.sh"), script);
  const out = join(root, "out");
  writeFileSync(out, "");
  execFileSync("bash", ["./tools/ci/x.sh"], { cwd: root, env: { ...process.env, OUT: out } });
  return readFileSync(out, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.slice(root.length + 1));
}

describe("a script that asks where it lies", () => {
  it.each([
    ['cd "$(dirname "$0")"; probe', ["tools/ci"]],
    ['cd "$(dirname "$0")/.." && probe', ["tools"]],
    ["cd $(dirname $0)/../..; probe", [""]],
    ["cd `dirname $0`; probe", ["tools/ci"]],
    ['cd "$(dirname -- "${BASH_SOURCE[0]}")"; probe', ["tools/ci"]],
    ['cd "$(dirname "${BASH_SOURCE[0]:-$0}")"; probe', ["tools/ci"]],
    ['HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\ncd "$HERE/../../web"\nprobe', ["web"]],
    [
      'HERE=$(cd -P "$(dirname "$0")" >/dev/null 2>&1 && pwd -P)\nROOT="$(dirname "$(dirname "$HERE")")"\ncd "$ROOT"; probe',
      [""],
    ],
    ['ROOT="$(realpath "$(dirname "$0")/../..")"; cd "$ROOT/web"; probe', ["web"]],
    ['(cd "$(dirname "$0")" && probe); probe', ["tools/ci", ""]],
    ['cd "${0%/*}"; probe', [undefined]],
    ['cd "$(dirname "$(pwd)")"; cd - >/dev/null; probe', [""]],
    ['cd "$(cd web && pwd)"; probe', [undefined]],
    ['cd "$(dirname "$0" > /dev/null)web"; probe', [undefined]],
    ['cd "$(dirname "$0" | cat)"; probe', [undefined]],
    ['cd "$(dirname "$0")" || exit 1; probe', ["tools/ci"]],
  ])("%s", (text, expected) => {
    const root = realpathSync(writeRepository({}));
    const found = folders(text, root);
    expect(found).toEqual(expected);
    const real = foldersOfBash(text, root);
    found.forEach((folder, index) => {
      if (folder !== undefined) expect(real[index]).toBe(folder);
    });
  });
});
