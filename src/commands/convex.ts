import { known } from "../documents/known.ts";
import { flagText, readArguments } from "./arguments.ts";
import { NOTHING, type Invocation, type RunBinary } from "./invocation.ts";

/**
 * The command that the Convex CLI itself runs: `deploy --cmd`, `dev --run-sh`. It sees the deployment's URL beside the
 * whole environment, and under `dev` a deployment that is already chosen.
 * https://docs.convex.dev/cli/reference/deploy
 */
export function readConvexCommand(binary: RunBinary): Invocation {
  const parsed = readArguments(binary.args, { valueFlags: new Set(["--cmd", "--run-sh"]) });
  const text = flagText(parsed, "--cmd", "--run-sh");
  const word = (parsed.flags.get("--cmd") ?? parsed.flags.get("--run-sh"))?.at(-1) ?? binary.args[0];
  if (text === undefined || typeof word !== "object") return NOTHING;
  return {
    kind: "text",
    text,
    word,
    directory: known(""),
    opened: "the Convex CLI sets variables for the command that it runs",
  };
}
