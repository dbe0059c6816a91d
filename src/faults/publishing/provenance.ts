import { posix } from "node:path";
import { entryOf, stringOf } from "../../documents/data.ts";
import type { Mapping } from "../../documents/data.ts";
import type { Environment } from "../../project/trace/environment.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import type { WorkspacePackage } from "../../project/workspace.ts";
import type { Publication } from "./publications.ts";

const REGISTRY = "registry.npmjs.org";

/**
 * Whether a package goes to npm's own registry with the provenance that npm makes in GitHub Actions: by a flag, a variable, `.npmrc` or its
 * own `publishConfig`. https://docs.npmjs.com/generating-provenance-statements,
 * https://github.com/npm/cli/blob/latest/workspaces/libnpmpublish/lib/publish.js
 */
export function asksForProvenance(
  repository: Repository,
  job: JobRun,
  { reach, asksProvenance }: Publication,
  { directory, manifest }: WorkspacePackage,
): boolean {
  const { environment } = reach;
  const npmrc = [...foldersUp(directory)].map(
    (folder) => repository.files.read(posix.join(folder, ".npmrc"))?.text ?? "",
  );
  const config = entryOf(manifest.node, "publishConfig")?.value;
  const own = config?.kind === "mapping" ? config : undefined;
  const isAsked =
    asksProvenance ||
    setting(environment, "provenance") === "true" ||
    npmrc.some((text) => /^\s*provenance\s*=\s*true\s*$/m.test(text)) ||
    (own !== undefined && isTrue(own, "provenance"));
  return isAsked && goesToNpm(job, environment, npmrc, own);
}

function goesToNpm(
  job: JobRun,
  environment: Environment,
  npmrc: readonly string[],
  config: Mapping | undefined,
): boolean {
  const registries = [
    stringOf(config && entryOf(config, "registry")?.value),
    setting(environment, "registry"),
    ...npmrc.flatMap((text) => Array.from(text.matchAll(/^\s*(?:@[\w-]+:)?registry\s*=\s*(\S+)/gm), ([, url]) => url)),
    ...job.steps.map(({ step }) => step.inputs.get("registry-url")?.text),
  ];
  return registries.every((url) => url === undefined || url.includes(REGISTRY));
}

/** A setting of npm by a variable, which it reads in either case; undefined where neither is set. */
function setting(environment: Environment, name: string): string | undefined {
  const answers = [`npm_config_${name}`, `NPM_CONFIG_${name.toUpperCase()}`].map((key) => environment.lookup(key));
  const found = answers.find(({ state }) => state !== "absent");
  if (!found) return undefined;
  return found.state === "bound" && found.value.known ? found.value.value : "";
}

function isTrue(config: Mapping, key: string): boolean {
  const value = entryOf(config, key)?.value;
  return value?.kind === "scalar" && value.value === true;
}
