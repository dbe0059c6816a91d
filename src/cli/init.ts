import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import type { PackageManager } from "../commands/invocation.ts";
import { dependencyRange } from "../documents/manifest.ts";
import { Repository } from "../project/repository.ts";
import { workspaceAt } from "../project/workspace.ts";
import { ciStep } from "./ci-step.ts";
import { withLanguages } from "./editor-settings.ts";
import { addToConfig, NEW_CONFIG } from "./eslint-config.ts";

/** One thing that sets a repository up: a file to write, something that is as it has to be, or something left to a human. */
export type Task =
  | { readonly kind: "write"; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "left"; readonly text: string };

/** In the order in which ESLint looks for them. */
const CONFIG_NAMES = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((extension) => `eslint.config.${extension}`);
const BY_HAND = `add \`preflight.configs.recommended\` as the last configuration, with \`import preflight from "eslint-plugin-preflight"\``;

const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: "npm install --save-dev",
  pnpm: "pnpm add --save-dev",
  yarn: "yarn add --dev",
  bun: "bun add --dev",
};

/** What has to be done in a folder so that ESLint lints the plugin's files: in the terminal, in the editor and in CI. */
export function tasksFor(folder: string): readonly Task[] {
  const repository = new Repository(folder);
  return [installation(repository), configuration(repository), ...editor(folder), ci(repository)];
}

function installation(repository: Repository): Task {
  const manifest = repository.manifest("");
  const missing = ["eslint", "eslint-plugin-preflight"].filter(
    (name) => !manifest || dependencyRange(manifest, name) === undefined,
  );
  if (missing.length === 0) return { kind: "done", text: "package.json has eslint and eslint-plugin-preflight." };
  const workspace = workspaceAt(repository, "");
  const manager = workspace?.manager ?? "npm";
  const root = manager === "pnpm" && workspace?.isMonorepo ? " --workspace-root" : "";
  return { kind: "left", text: `Install: ${INSTALL[manager]}${root} ${missing.join(" ")}` };
}

function configuration(repository: Repository): Task {
  const { root } = repository.files;
  const path = CONFIG_NAMES.find((name) => existsSync(join(root, name)));
  if (path === undefined) {
    const old = readdirSync(root).find((name) => name.startsWith(".eslintrc"));
    if (old !== undefined) {
      return { kind: "left", text: `${old}: move to an eslint.config.js first (npx @eslint/migrate-config ${old}).` };
    }
    const isModule = /"type"\s*:\s*"module"/.test(repository.files.read("package.json")?.text ?? "");
    return { kind: "write", path: `eslint.config.${isModule ? "js" : "mjs"}`, before: "", after: NEW_CONFIG };
  }
  const before = readFileSync(join(root, path), "utf8");
  const change = addToConfig(before);
  if (change.kind === "changed") return { kind: "write", path, before, after: change.text };
  if (change.kind === "present") return { kind: "done", text: `${path} has the plugin.` };
  return { kind: "left", text: `${path}: ${BY_HAND}.` };
}

/** Settings of VS Code, where the repository has any. */
function editor(folder: string): readonly Task[] {
  const path = ".vscode/settings.json";
  if (!existsSync(join(folder, ".vscode"))) return [];
  const before = existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : "";
  const after = withLanguages(before, otherLanguages(folder));
  if (after === undefined) return [{ kind: "left", text: `${path}: add "yaml" and "json" to "eslint.validate".` }];
  if (after === before) return [{ kind: "done", text: `${path} has ESLint check YAML and JSON.` }];
  return [{ kind: "write", path, before, after }];
}

/** Languages with an ESLint plugin of their own, by the extension of their files. */
function otherLanguages(folder: string): readonly string[] {
  const options = { cwd: folder, ignore: ["**/node_modules/**"], deep: 8 };
  return ["vue", "svelte", "astro", "mdx", "html"].filter((name) => globSync(`**/*.${name}`, options).length > 0);
}

function ci(repository: Repository): Task {
  const step = ciStep(repository);
  if (step.kind === "present") return { kind: "done", text: `CI lints workflows at ${step.at}.` };
  if (step.kind === "changed") {
    const before = readFileSync(join(repository.files.root, step.path), "utf8");
    return { kind: "write", path: step.path, before, after: step.text };
  }
  if (repository.workflowPaths.length === 0) return { kind: "done", text: "There is no workflow to run ESLint in." };
  return { kind: "left", text: `CI: add a step to the job that lints:\n\n    ${step.snippet}\n` };
}
