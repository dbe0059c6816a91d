import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ESLint } from "eslint";
import preflight from "eslint-plugin-preflight";
import { afterEach, describe, expect, it, vi } from "vitest";
import { INCIDENT, incidentWith } from "./support/incident.ts";
import { lintRepository } from "./support/lint.ts";
import { writeRepository } from "./support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CHAIN =
  "`bun run typecheck` runs `convex codegen` (package.json:8 `turbo typecheck` → turbo.json:5 `convex-backend#build` → " +
  "apps/convex/package.json:6 `bun x convex codegen`), which fails without `CONVEX_DEPLOY_KEY`";
const formatters = createRequire(new URL("editor/package.json", import.meta.url));

/** What a formatter prints for the incident. */
async function print(formatter: string): Promise<string> {
  const eslint = new ESLint({ cwd: INCIDENT, overrideConfigFile: true, overrideConfig: preflight.configs.recommended });
  const loaded = await eslint.loadFormatter(formatter);
  return loaded.format(await eslint.lintFiles([".github", "turbo.json"]));
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly message: { readonly text: string };
      readonly locations: readonly { readonly physicalLocation: SarifLocation }[];
    }[];
  }[];
}

interface SarifLocation {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>>;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the incident, as CI shows it", () => {
  it("is one line a finding in stylish, ESLint's own", async () => {
    const output = (await print("stylish")).split("\n");
    expect(output).toContainEqual(
      expect.stringMatching(/^ {2}5:5 {2}error {2}Turbo keeps .* preflight\/turbo-env-declared$/),
    );
    expect(output).toContainEqual(expect.stringContaining(`  30:14  error  ${CHAIN} `));
  });

  it("is at the same places in JSON", async () => {
    const results = JSON.parse(await print("json")) as ESLint.LintResult[];
    const places = results.flatMap(({ messages }) =>
      messages.map(({ line, column, endLine }) => [line, column, endLine]),
    );
    expect(places).toEqual([
      [17, 24, 17],
      [27, 29, 27],
      [30, 14, 30],
      [5, 5, 5],
    ]);
  });

  it("is at the same places in SARIF", async () => {
    const { runs } = JSON.parse(await print(formatters.resolve("@microsoft/eslint-formatter-sarif"))) as Sarif;
    const results = runs.flatMap((run) => run.results);
    const shown = results.map(({ ruleId, message, locations }) => {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      const path = artifactLocation?.uri.slice(pathToFileURL(INCIDENT).href.length + 1) ?? "";
      return `${path}:${String(region?.startLine)}:${String(region?.startColumn)}-${String(region?.endColumn)} ${ruleId} ${message.text}`;
    });
    expect(shown).toMatchInlineSnapshot(`
      [
        ".github/workflows/ci.yml:17:24-30 preflight/lockfile-frozen-bun-version-match CI gets Bun 1.2.18 here, but package.json:4 (\`packageManager\`) declares Bun 1.3.1: 1.2.18 installs hoisted and 1.3.1 isolated, so a dependency that is not declared is found by one and not by the other.",
        ".github/workflows/ci.yml:27:29-42 preflight/convex-codegen-needs-deploy-key \`bun run build\` runs \`convex codegen\` (apps/convex/package.json:6 \`bun x convex codegen\`), which fails with \`401 MissingAccessToken\`: \`CONVEX_DEPLOYMENT\` names a deployment but does not authenticate. It needs \`CONVEX_DEPLOY_KEY\`.",
        ".github/workflows/ci.yml:30:14-31 preflight/convex-codegen-needs-deploy-key \`bun run typecheck\` runs \`convex codegen\` (package.json:8 \`turbo typecheck\` → turbo.json:5 \`convex-backend#build\` → apps/convex/package.json:6 \`bun x convex codegen\`), which fails without \`CONVEX_DEPLOY_KEY\`.",
        "turbo.json:5:5-12 preflight/turbo-env-declared Turbo keeps \`CONVEX_DEPLOY_KEY\` from \`convex-backend#build\`, where \`convex codegen\` (apps/convex/package.json:6) fails without it. \`bun run typecheck\` runs the task at .github/workflows/ci.yml:30.",
      ]
    `);
    for (const { message } of results) expect(message.text).not.toMatch(/[\r\n]/);
  });

  it("annotates the right lines on GitHub", async () => {
    vi.stubEnv("GITHUB_ACTIONS", "true");
    const commands = (await print(formatters.resolve("eslint-formatter-gha"))).trim().split("\n");
    const path = join(INCIDENT, WORKFLOW);
    expect(commands.filter((line) => line.startsWith("::error "))).toHaveLength(4);
    expect(commands).toContainEqual(expect.stringContaining(`::error file=${path},line=30,col=14::${CHAIN}`));
  });
});

describe("a command on several lines", () => {
  const forms = [
    ["with a backslash", "        run: |\n          bun run \\\n            typecheck"],
    ["folded by YAML", "        run: >\n          bun run\n          typecheck"],
    ["in quotes", `        run: "bun run\n          typecheck"`],
    ["in a subshell", "        run: |\n          (cd . &&\n          bun run typecheck)"],
  ] as const;
  it.each(forms)("is told on one line: %s", async (_, run) => {
    const root = writeRepository(incidentWith({ [WORKFLOW]: [["        run: bun run typecheck", run]] }));
    const { messages } = await lintRepository(root);
    expect(messages.map(({ message }) => message)).toContain(`${CHAIN}.`);
    for (const { message } of messages) expect(message).not.toMatch(/[\r\n]/);
  });
});
