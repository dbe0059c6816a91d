import type { Script } from "./routine.ts";

/**
 * How a step's script is run; undefined for a program that is no shell (`python`, `node`).
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
export function shellOf(
  shell: string | undefined,
  os: string | undefined,
): Pick<Script, "isPosix" | "options"> | undefined {
  const approximate = { isPosix: false, options: { errexit: false, pipefail: false } };
  if (shell === undefined && os === "Windows") return approximate;
  // Without a shell named, neither bash nor sh counts the parts of a pipeline.
  if (shell === undefined) return { isPosix: true, options: { errexit: true, pipefail: false } };
  const [program = "", ...args] = shell.trim().split(/\s+/);
  const name = program.slice(program.lastIndexOf("/") + 1).replace(/\.exe$/, "");
  if (name === "pwsh" || name === "powershell" || name === "cmd") return approximate;
  if (name !== "bash" && name !== "sh") return undefined;
  if (args.length === 0) return { isPosix: true, options: { errexit: true, pipefail: name === "bash" } };
  const flags = args.filter((arg) => /^-[A-Za-z]+$/.test(arg)).join("");
  return { isPosix: true, options: { errexit: flags.includes("e"), pipefail: args.includes("pipefail") } };
}
