import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { GeneratedScript } from "./generated-script.ts";

/** Where and with what a probe ran. */
export interface Visit {
  readonly id: string;
  /** Relative to the folder in which the script starts. */
  readonly directory: string;
  /** What a program that it starts gets. */
  readonly environment: Readonly<Record<"A" | "B", string | undefined>>;
  readonly args: readonly string[];
}

/** What bash did with a script. */
export interface BashRun {
  readonly visits: readonly Visit[];
  readonly status: number;
  readonly complaints: string;
}

/** Sourced before the script, so that it is no function of the script: reports on descriptor 9, and fails where it is told to. */
const PRELUDE = String.raw`
probe() {
  local probe_text probe_name probe_fields=("$1" "$PWD")
  for probe_name in A B; do
    local -n probe_variable=$probe_name
    if [[ -v probe_variable && ${"${!probe_name@a}"} == *x* ]]; then
      probe_fields+=("=$probe_variable")
    else
      probe_fields+=("")
    fi
    unset -n probe_variable
  done
  printf -v probe_text '%s\x1f' "${"${probe_fields[@]}"}" "${"${@:2}"}"
  printf '%s\x1e' "${"${probe_text//$'\\n'/$'\\x1d'}"}" >&9
  [[ $1 != "$FAIL" ]]
}
`;
/** Runs its first argument with the options after it, as often as there are probes to fail. */
const DRIVER = String.raw`
text=$1
shift
while [[ $FAILING == *,* ]]; do
  FAIL=${"${FAILING%%,*}"} BASH_ENV=$PRELUDE timeout 5 bash --noprofile --norc "$@" -c "$text"
  printf '%s\x1c' "$?" >&9
  printf '\x1c' >&2
  FAILING=${"${FAILING#*,}"}
done
`;
const SEGMENTS = ["a", "b", "x", "1"];
const DEPTH = 4;

/** A folder with subfolders to run scripts in. */
export class Bash {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "preflight-")));
  readonly start = join(this.root, "start");
  readonly #prelude = join(this.root, "prelude.sh");

  constructor() {
    writeFileSync(this.#prelude, PRELUDE);
    const paths = (depth: number): readonly string[] =>
      depth === 0 ? [""] : paths(depth - 1).flatMap((path) => SEGMENTS.map((segment) => join(path, segment)));
    for (const path of paths(DEPTH)) mkdirSync(join(this.start, path), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs a script once for each of the probes that are to fail; none does where the number is empty. */
  run({ text, errexit, pipefail, secret }: GeneratedScript, failing: readonly string[]): readonly BashRun[] {
    const options = [...(errexit ? ["-e"] : []), ...(pipefail ? ["-o", "pipefail"] : [])];
    const { output } = spawnSync("bash", ["--noprofile", "--norc", "-c", DRIVER, "driver", text, ...options], {
      cwd: this.start,
      env: {
        PATH: process.env["PATH"],
        HOME: this.root,
        PRELUDE: this.#prelude,
        ROOT: this.start,
        A: "start",
        C: secret,
        FAILING: failing.map((id) => `${id},`).join(""),
      },
      stdio: ["ignore", "ignore", "pipe", ...Array.from({ length: 6 }, () => "ignore" as const), "pipe"],
      encoding: "utf8",
      timeout: 20_000,
    });
    const complaints = (output[2] ?? "").split("\x1c");
    const reports = (output[9] ?? "").split("\x1c").slice(0, -1);
    return reports.map((report, index) => {
      const end = report.lastIndexOf("\x1e") + 1;
      const visits = this.#visits(report.slice(0, end));
      return { visits, status: Number(report.slice(end)), complaints: complaints[index] ?? "" };
    });
  }

  #visits(report: string): readonly Visit[] {
    const records = report.replaceAll("\x1d", "\n").split("\x1e").slice(0, -1);
    return records.map((record) => {
      const [id = "", directory = "", a = "", b = "", ...args] = record.split("\x1f").slice(0, -1);
      const variable = (field: string): string | undefined => (field === "" ? undefined : field.slice(1));
      return {
        id,
        directory: relative(this.start, directory),
        environment: { A: variable(a), B: variable(b) },
        args,
      };
    });
  }
}
