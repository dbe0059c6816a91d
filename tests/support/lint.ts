import { join, relative } from "node:path";
import { ESLint, type Linter } from "eslint";
import preflight from "eslint-plugin-preflight";

/** All files that the plugin looks at. */
export const LINTED_FILES = [
  "**/.github/workflows/*.{yml,yaml}",
  "**/action.{yml,yaml}",
  "**/package.json",
  "**/turbo.{json,jsonc}",
];

/** What a lint run over a repository gave. */
export interface LintRun {
  /** One line a finding: `path:line:column rule/messageId: message`, sorted by place. */
  readonly report: readonly string[];
  readonly messages: readonly (Linter.LintMessage & { readonly path: string })[];
  /** The fixed text of each file that was changed, by path. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Lints a repository with a configuration of the plugin, `recommended` where none is given, through ESLint's own class. */
export async function lintRepository(
  root: string,
  options: { readonly fix?: boolean; readonly config?: Linter.Config[]; readonly files?: readonly string[] } = {},
): Promise<LintRun> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: options.config ?? preflight.configs.recommended,
    fix: options.fix ?? false,
    errorOnUnmatchedPattern: false,
  });
  const results = await eslint.lintFiles([...(options.files ?? LINTED_FILES)]);
  if (options.fix) await ESLint.outputFixes(results);
  const pathOf = (file: string): string => relative(root, file).replaceAll("\\", "/");
  const messages = results.flatMap(({ filePath, messages: list }) =>
    list.map((message) => ({ ...message, path: pathOf(filePath) })),
  );
  return {
    messages,
    report: messages.map(
      ({ path, line, column, ruleId, messageId, message }) =>
        `${path}:${String(line)}:${String(column)} ${ruleId ?? "-"}/${messageId ?? "-"}: ${message}`,
    ),
    outputs: Object.fromEntries(
      results.flatMap(({ filePath, output }) => (output === undefined ? [] : [[pathOf(filePath), output]])),
    ),
  };
}

/** Lints and fixes until nothing changes any more; gives what remains, and fails where that takes more than five runs. */
export async function fixRepository(
  root: string,
  options: { readonly config?: Linter.Config[] } = {},
): Promise<LintRun & { readonly runs: number }> {
  for (let runs = 1; runs <= 5; runs++) {
    const run = await lintRepository(root, { ...options, fix: true });
    if (Object.keys(run.outputs).length === 0) return { ...run, runs };
  }
  throw new Error(`fixes in ${join(root, "…")} do not come to an end`);
}
