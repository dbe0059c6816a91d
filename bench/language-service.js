// GitHub's language service cannot be imported by Node as it is published: it is bundled first.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles it, for measure.js. */
export async function bundleLanguageService() {
  const folder = fileURLToPath(new URL("others/", import.meta.url));
  await build({
    absWorkingDir: folder,
    stdin: {
      contents: `export { validate } from "@actions/languageservice"; export { TextDocument } from "vscode-languageserver-textdocument";`,
      resolveDir: folder,
    },
    outfile: "node_modules/.cache/language-service.mjs",
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["yaml"],
    logLevel: "error",
  });
}
