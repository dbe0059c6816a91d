import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeRepository } from "../support/temporary.ts";

/** What GitHub's own parser says of files, as messages without their places. */
export interface GithubParser {
  workflow(text: string, others?: Readonly<Record<string, string>>): Promise<readonly string[]>;
  action(text: string): readonly string[];
}

const TRACE = { error: noop, info: noop, verbose: noop };

interface Errors {
  readonly errors: { getErrors(): readonly { readonly message: string }[] };
}

type Parse = (file: { name: string; content: string }, trace: object) => { context: Errors; value: unknown };

interface Parser {
  readonly parseWorkflow: Parse;
  readonly parseAction: Parse;
  convertWorkflowTemplate(context: Errors, root: unknown, files: object, options: object): Promise<unknown>;
}

/** Loads the parser, which Node cannot import as it is published: its schema is imported without `type: "json"`. */
export async function loadGithubParser(): Promise<GithubParser> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "@actions/workflow-parser"; export { parseAction } from "@actions/workflow-parser/actions/action-parser";`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
  });
  const folder = writeRepository({ "parser.cjs": outputFiles[0]?.text ?? "" });
  const parser = createRequire(import.meta.url)(join(folder, "parser.cjs")) as Parser;
  return {
    async workflow(content, others = {}) {
      const { context, value } = parser.parseWorkflow({ name: "ci.yml", content }, TRACE);
      const files = {
        getFileContent: ({ path = "" }: { readonly path?: string }) =>
          Promise.resolve({ name: path, content: others[path] ?? "" }),
      };
      if (value)
        await parser.convertWorkflowTemplate(context, value, files, { fetchReusableWorkflowDepth: 1, errorPolicy: 1 });
      return messagesOf(context);
    },
    action: (content) => messagesOf(parser.parseAction({ name: "action.yml", content }, TRACE).context),
  };
}

function messagesOf({ errors }: Errors): readonly string[] {
  return errors.getErrors().map(({ message }) => message);
}

function noop(): void {
  // The parser tells what it does; nobody listens.
}
