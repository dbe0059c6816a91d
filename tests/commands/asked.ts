import { textOf } from "../../src/commands/arguments.ts";
import { readInvocation, readRunner } from "../../src/commands/index.ts";
import type { Invocation, PackageScope } from "../../src/commands/invocation.ts";
import { unknown, type Known } from "../../src/documents/known.ts";
import { readScript } from "../../src/shell/script.ts";
import type { Assignment, ShellScope, Word } from "../../src/shell/command.ts";

const SCOPE: ShellScope = {
  expression: () => unknown("the expression depends on the run"),
  variable: () => unknown("the variable depends on the caller"),
};

/** What the last command of a script asks for, on one line: wrappers and runners are followed to what they run. */
export function asked(script: string): string {
  const command = readScript(script, SCOPE, { errexit: false, pipefail: false }).at(-1);
  if (!command) throw new Error(`there is no command in ${JSON.stringify(script)}`);
  return describe(readInvocation(command.words));
}

function describe(invocation: Invocation): string {
  switch (invocation.kind) {
    case "nothing":
      return invocation.listedBy ? "no-op" : "nothing";
    case "several": {
      const several = invocation.invocations.map(describe).join(" & ");
      return invocation.opened === undefined ? several : `with {any}: ${several}`;
    }
    case "wrapped": {
      const changes = [...invocation.assignments.map(change), ...(invocation.opened === undefined ? [] : ["any"])];
      return `${join(["with", `{${changes.join(" ")}}`, placed(invocation.directory)])}: ${describe(readInvocation(invocation.words))}`;
    }
    case "text":
      return join(["text", `«${invocation.text}»`, placed(invocation.directory), invocation.opened && "with {any}"]);
    case "file":
      return join([
        invocation.interpreter,
        "file",
        invocation.path,
        ...words(invocation.args),
        placed(invocation.directory),
      ]);
    case "install": {
      const { manager, verb, args, runsScripts, directory } = invocation;
      const line = [manager, verb && textOf(verb), ...words(args), placed(directory)];
      return join(["install", ...line, !runsScripts && "without scripts"]);
    }
    case "turbo": {
      const { tasks, args, filters, envMode, onlyRequested, frameworkInference, version, directory } = invocation;
      const mode = envMode.known ? envMode.value : "unknown";
      const flags = [onlyRequested && "only", mode, !frameworkInference && "no inference", version && `@${version}`];
      const given = args.length === 0 ? [] : ["given", ...words(args)];
      const packages = filters.map((filter) => `of ${nameOf(filter)}`);
      return join(["tasks", ...tasks, ...given, ...packages, ...flags, placed(directory)]);
    }
    case "script": {
      const { manager, names, args, scope, otherwise, hooks, directory } = invocation;
      const kind = otherwise === "binary" ? "script or binary" : "script";
      const line = [manager, kind, names.join(","), ...words(args), placed(directory), scoped(scope)];
      return join([...line, !hooks && "without hooks"]);
    }
    case "binary": {
      const { name, version, fetches, args, directory, scope } = invocation;
      const line = [
        version === undefined ? name : `${name}@${version}`,
        ...words(args),
        placed(directory),
        scoped(scope),
      ];
      const runner = readRunner(invocation);
      return join([fetches ? "fetched" : "binary", ...line, runner.kind !== "nothing" && `→ ${describe(runner)}`]);
    }
  }
}

function join(parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== "").join(" ");
}

function words(list: readonly Word[]): readonly string[] {
  return list.map((word) => textOf(word) ?? "?");
}

function change({ name, value }: Assignment): string {
  return value ? `${name}=${textOf(value) ?? "?"}` : `-${name}`;
}

function placed(directory: Known<string>): string {
  if (!directory.known) return "in ?";
  return directory.value === "" ? "" : `in ${directory.value}`;
}

function scoped(scope: PackageScope): string {
  if (scope.kind === "here") return "";
  if (scope.kind === "root") return "of the root";
  const filters = scope.filters.map(nameOf).join(" ");
  return `of ${filters}${scope.includesRoot ? " with the root" : ""}`;
}

/** A filter that is not understood is shown as `?`. */
function nameOf(filter: string): string {
  return filter === "\0" ? "?" : filter;
}
