// node bench/measure.js lint CONFIG FOLDER [--cache] PATTERN…   lints
// node bench/measure.js validate FOLDER                         asks GitHub's language service about each workflow
// node bench/measure.js import                                  imports the plugin into a process that has ESLint
// node bench/measure.js modules CONFIG FOLDER PATTERN…          lints, and lists the modules that were loaded
// Runs in a process of its own, and prints what that took: milliseconds of processor time and from its start, peak memory in MB.
import { readdirSync, readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import { cpuUsage, resourceUsage } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const [task = "", ...args] = process.argv.slice(2);

/** Milliseconds of processor time since the process started. */
function cpu() {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

/** @param {string[]} args */
async function lint([what = "", folder = "", ...patterns]) {
  const { ESLint } = await import("eslint");
  const { CONFIGS } = await import("./subjects.js");
  const cache = patterns[0] === "--cache";
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: (await CONFIGS[what]?.()) ?? [],
    ...(cache && { cache, cacheLocation: join(folder, `.cache-${what}`) }),
  });
  const results = await eslint.lintFiles(cache ? patterns.slice(1) : patterns);
  return { files: results.length, findings: results.flatMap(({ messages }) => messages).length };
}

/** @param {string[]} args */
async function validate([folder = ""]) {
  const service = await import(new URL("others/node_modules/.cache/language-service.mjs", import.meta.url).href);
  const workflows = join(folder, ".github/workflows");
  let findings = 0;
  for (const name of readdirSync(workflows)) {
    const uri = pathToFileURL(join(workflows, name)).href;
    const text = readFileSync(join(workflows, name), "utf8");
    findings += (await service.validate(service.TextDocument.create(uri, "yaml", 1, text))).length;
  }
  return { findings };
}

async function importPlugin() {
  await import("eslint");
  const before = cpu();
  await import("eslint-plugin-preflight");
  return { import: cpu() - before };
}

/** @param {string[]} args */
async function modules(args) {
  /** @type {string[]} */
  const urls = [];
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => urls.push(params.url));
  session.post("Debugger.enable");
  await lint(args);
  session.disconnect();
  const paths = urls.map((url) => (url.startsWith("file:") ? fileURLToPath(url) : url));
  return { modules: paths.filter((path) => path.startsWith("/") || /^[A-Z]:/i.test(path)) };
}

/** @type {Record<string, (args: string[]) => Promise<object>>} */
const TASKS = { lint, validate, import: importPlugin, modules };
const result = await TASKS[task]?.(args);
const memory = resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ cpu: cpu(), elapsed: performance.now(), memory, ...result }));
