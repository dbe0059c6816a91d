import { describe, expect, it } from "vitest";
import yml from "eslint-plugin-yml";
import preflight from "eslint-plugin-preflight";
import type { Linter } from "eslint";
import { incidentWith } from "./support/incident.ts";
import { lintRepository } from "./support/lint.ts";
import { writeRepository } from "./support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const RULE = "preflight/convex-codegen-needs-deploy-key";
const RUN = "        run: bun run typecheck";
const NAME = "      - name: Run type checks";
const SCRIPT = "        run: |\n          cd apps/convex && bun run build";
const TASK = `    "build": {`;

const LANGUAGES: readonly [name: string, config: Linter.Config[]][] = [
  ["the plugin's parser", preflight.configs.recommended],
  ["eslint-plugin-yml's language", [...preflight.configs.recommended, ...yml.configs.base]],
];

/** The lines that are reported in a file of the incident, after a change. */
async function reported(path: string, from: string, to: string, config: Linter.Config[]): Promise<readonly string[]> {
  const { messages } = await lintRepository(writeRepository(incidentWith({ [path]: [[from, to]] })), {
    files: [path],
    config: [...config, { linterOptions: { reportUnusedDisableDirectives: "error" } }],
  });
  return messages.map(
    ({ ruleId, message }) => ruleId?.replace("preflight/", "") ?? message.split(" ").slice(0, 3).join(" "),
  );
}

/** The first words in which ESLint tells of a comment that silences nothing. */
const UNUSED = "Unused eslint-disable directive";
const version = "lockfile-frozen-bun-version-match";
const key = "convex-codegen-needs-deploy-key";

describe.each(LANGUAGES)("a comment in a workflow, under %s", (_, config) => {
  const cases: readonly [name: string, from: string, to: string, left: readonly string[]][] = [
    ["none", RUN, RUN, [version, key, key]],
    ["above the line of a command", RUN, `        # eslint-disable-next-line ${RULE}\n${RUN}`, [version, key]],
    ["above the line of a command, for every rule", RUN, `        # eslint-disable-next-line\n${RUN}`, [version, key]],
    ["behind a command", RUN, `${RUN} # eslint-disable-line ${RULE} -- its key is in the runner`, [version, key]],
    ["for another rule", RUN, `${RUN} # eslint-disable-line preflight/turbo-env-declared`, [version, key, key, UNUSED]],
    [
      "above the step's name, which is not the line of the command",
      NAME,
      `      # eslint-disable-next-line ${RULE}\n${NAME}`,
      [version, key, UNUSED, key],
    ],
    [
      "around a step",
      `${NAME}\n${RUN}`,
      `      # eslint-disable ${RULE}\n${NAME}\n${RUN}\n      # eslint-enable ${RULE}`,
      [version, key],
    ],
    ["above everything", "name: CI", `# eslint-disable ${RULE}\nname: CI`, [version]],
    [
      "behind the head of a script, for its first line",
      SCRIPT,
      SCRIPT.replace("|", `| # eslint-disable-next-line ${RULE}`),
      [version, key],
    ],
    [
      "above the head of a script, which is not the line of the command",
      SCRIPT,
      `        # eslint-disable-next-line ${RULE}\n${SCRIPT}`,
      [version, UNUSED, key, key],
    ],
    [
      "in a script, above the line",
      SCRIPT,
      SCRIPT.replace("cd", `# eslint-disable-next-line ${RULE}\n          cd`),
      [version, key],
    ],
    ["in a script, behind the command", SCRIPT, `${SCRIPT} # eslint-disable-line ${RULE}`, [version, key]],
    [
      "in a script, with a reason and among others",
      SCRIPT,
      `${SCRIPT} # eslint-disable-line no-undef, ${RULE} -- the runner has it`,
      [version, key],
    ],
    [
      "in a script, for every rule",
      SCRIPT,
      SCRIPT.replace("cd", "# eslint-disable-next-line\n          cd"),
      [version, key],
    ],
    [
      "in a script, for another rule",
      SCRIPT,
      `${SCRIPT} # eslint-disable-line preflight/turbo-env-declared`,
      [version, key, key],
    ],
    [
      "in a script, two lines above",
      SCRIPT,
      SCRIPT.replace("cd", `# eslint-disable-next-line ${RULE}\n          true\n          cd`),
      [version, key, key],
    ],
    [
      "in a script, as text",
      SCRIPT,
      SCRIPT.replace("cd", `echo "# eslint-disable-next-line"\n          cd`),
      [version, key, key],
    ],
    [
      "in a script, as a block, which ESLint alone knows",
      SCRIPT,
      SCRIPT.replace("cd", `# eslint-disable ${RULE}\n          cd`),
      [version, key, key],
    ],
  ];
  it.each(cases)("%s", async (_name, from, to, left) => {
    expect(await reported(WORKFLOW, from, to, config)).toEqual(left);
  });
});

describe("a comment in turbo.json", () => {
  const cases = [
    ["above the line", `    // eslint-disable-next-line preflight/turbo-env-declared\n${TASK}`],
    ["behind the line", `${TASK} // eslint-disable-line preflight/turbo-env-declared`],
    ["as a block", `    /* eslint-disable preflight/turbo-env-declared */\n${TASK}`],
  ] as const;
  it.each(cases)("%s", async (_name, to) => {
    expect(await reported("turbo.json", TASK, to, preflight.configs.recommended)).toEqual([]);
  });
});

describe("a comment that begins with the name of ESLint", () => {
  it.each([
    ["is prose", "# eslint runs after this", [version, key, key]],
    ["is one word", "# eslint", [version, key, key]],
    ["configures a rule", `# eslint ${RULE}: "off"`, [version]],
  ])("%s", async (_, comment, left) => {
    expect(await reported(WORKFLOW, "name: CI", `${comment}\nname: CI`, preflight.configs.recommended)).toEqual(left);
  });
});
