import { hasFlag, readArguments, textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import { TOOL_CREDENTIALS, type ToolCredentials } from "./credentials.data.ts";
import {
  ACCEPTED_CREDENTIALS,
  CODEGEN_NEEDS_DEPLOYMENT,
  DEPLOYMENT_COMMANDS,
  LOCAL_DEPLOYMENT_COMMANDS,
  VALUE_FLAGS,
} from "./convex.data.ts";
import { liesOutside, liesWithin } from "./version-range.ts";

/** What a command needs in its environment to work. */
export interface Requirement {
  readonly tool: string;
  /** The tool's command, as messages name it: `convex codegen`. */
  readonly command: string;
  /** Any one of these sets of variables is enough; the first is the one to suggest. */
  readonly accepted: readonly (readonly string[])[];
  /** Files in the working directory from which the tool reads variables that are not set. */
  readonly files: readonly string[];
  /** A flag that the command has, and which counts only beside another one that it has not. */
  readonly loneFlag?: { readonly flag: string; readonly other: string };
}

/** What is known about a tool and its project where a command runs. */
export interface ToolFacts {
  /** A version or range; undefined where nothing is known. */
  version(): string | undefined;
  /** Whether the Convex project uses components. */
  hasConvexComponents(): boolean;
}

const BY_TOOL: ReadonlyMap<string, ToolCredentials> = new Map([
  ...TOOL_CREDENTIALS.map((entry) => [entry.tool, entry] as const),
  ...TOOL_CREDENTIALS.filter(({ tool }) => tool === "flyctl").map((entry) => ["fly", entry] as const),
  ...TOOL_CREDENTIALS.filter(({ tool }) => tool === "netlify").map((entry) => ["ntl", entry] as const),
]);

/** The executables that have commands which need credentials. */
export const TOOLS_WITH_CREDENTIALS: ReadonlySet<string> = new Set(["convex", ...BY_TOOL.keys()]);

/** The credentials without which a command certainly fails; undefined where it needs none or that is not known. */
export function requirementOf(binary: RunBinary, facts: ToolFacts): Requirement | undefined {
  if (binary.name === "convex") return convexRequirement(binary, facts);
  const entry = BY_TOOL.get(binary.name);
  if (!entry) return undefined;
  const command = commandOf(entry, binary);
  if (command === undefined) return undefined;
  return { tool: entry.tool, command: `${entry.tool} ${command}`.trim(), accepted: entry.accepted, files: entry.files };
}

/** Which of a tool's commands a command line certainly asks for; undefined where a flag takes away the need for a credential. */
function commandOf(
  { commands, satisfyingFlags, valueFlags }: ToolCredentials,
  { args }: RunBinary,
): string | undefined {
  const parsed = readArguments(args, { valueFlags: new Set(valueFlags) });
  if (!parsed.isCertain || hasFlag(parsed, "--help", "-h", "--version", ...satisfyingFlags)) return undefined;
  const words = parsed.positionals.map(textOf);
  return commands.find((candidate) =>
    candidate === "" ? words.length === 0 : candidate.split(" ").every((word, index) => words[index] === word),
  );
}

/** The variables that a command reads to work with its service; none for a command that may do without the service. */
export function variablesReadBy(binary: RunBinary): readonly string[] {
  if (binary.name === "convex") {
    const command = convexCommandOf(binary) ?? "";
    return [...DEPLOYMENT_COMMANDS, ...LOCAL_DEPLOYMENT_COMMANDS].includes(command)
      ? [...ACCEPTED_CREDENTIALS.flatMap(({ names }) => names), "CONVEX_DEPLOYMENT"]
      : [];
  }
  const entry = BY_TOOL.get(binary.name);
  return entry && commandOf(entry, binary) !== undefined ? [...entry.accepted.flat(), ...entry.alsoReads] : [];
}

/** The command of the Convex CLI that a command line names; undefined where it is not certain. */
export function convexCommandOf(binary: RunBinary): string | undefined {
  if (binary.name !== "convex") return undefined;
  const { positionals, rest, isCertain } = readArguments(
    binary.args,
    {
      valueFlags: new Set(VALUE_FLAGS),
    },
    1,
  );
  return isCertain ? textOf(positionals[0] ?? rest[0]) : undefined;
}

/** Whether a command leaves a local deployment behind that later commands in the same folder can use. */
export function makesLocalDeployment(binary: RunBinary): boolean {
  return binary.name === "convex" && LOCAL_DEPLOYMENT_COMMANDS.includes(convexCommandOf(binary) ?? "");
}

function convexRequirement(binary: RunBinary, facts: ToolFacts): Requirement | undefined {
  const command = convexCommandOf(binary);
  const flags = readArguments(binary.args, { valueFlags: new Set(VALUE_FLAGS) });
  if (command === undefined || !DEPLOYMENT_COMMANDS.includes(command)) return undefined;
  if (flags.positionals.some((word) => word.splits && !word.value.known)) return undefined;
  if (hasFlag(flags, "--help", "-h", "--version", "-V", "--system-udfs")) return undefined;
  const [lacking, ...others] = ["--admin-key", "--url"].filter((flag) => !hasFlag(flags, flag));
  if (lacking === undefined) return undefined;
  // `codegen` does not know `--env-file` and fails for another reason.
  if (hasFlag(flags, "--env-file")) return undefined;
  const version = facts.version();
  const needsDeployment = command !== "codegen" || liesWithin(version, CODEGEN_NEEDS_DEPLOYMENT);
  if (!needsDeployment && !facts.hasConvexComponents()) return undefined;
  const accepted = ACCEPTED_CREDENTIALS.filter(
    ({ versions }) => versions === undefined || !liesOutside(version, versions),
  );
  return {
    tool: "convex",
    command: `convex ${command}`,
    accepted: accepted.map(({ names }) => names),
    files: [".env.local", ".env"],
    ...(others.length === 0 && {
      loneFlag: { flag: lacking === "--url" ? "--admin-key" : "--url", other: lacking },
    }),
  };
}
