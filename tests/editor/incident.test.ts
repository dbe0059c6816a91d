import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic, Range } from "vscode-languageserver-protocol/node";
import { Editor, messageOf, NEOVIM } from "../support/editor.ts";
import { INCIDENT, incidentWith, readFolder } from "../support/incident.ts";
import { fixRepository } from "../support/lint.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const KEY = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}";
const incident = readFolder(INCIDENT);

async function openIncident(files: RepositoryFiles = incident, settings?: typeof NEOVIM): Promise<Editor> {
  const editor = await Editor.open(files, settings);
  await editor.show(WORKFLOW, "yaml");
  await editor.show("turbo.json", "jsonc");
  await editor.show("package.json", "json");
  return editor;
}

async function find(editor: Editor, path: string, text: string): Promise<Diagnostic> {
  const found = (await editor.diagnostics(path)).find(({ range }) => editor.text(path, range) === text);
  if (!found) throw new Error(`nothing is wrong with ${text} in ${path}`);
  return found;
}

async function choose(editor: Editor, path: string, text: string, title: string): Promise<void> {
  const actions = await editor.actions(path, await find(editor, path, text));
  const action = actions.find((item) => item.title.startsWith(title));
  if (!action) throw new Error(`there is no ${title} among ${actions.map((item) => item.title).join(", ")}`);
  await editor.run(action);
}

function placeOf({ start, end }: Range): string {
  return [start, end].map(({ line, character }) => `${String(line + 1)}:${String(character + 1)}`).join("-");
}

describe("the incident in an editor", () => {
  it("is underlined where it has to be changed, and says the same as on the command line", async () => {
    const editor = await openIncident();
    const shown = async (path: string) =>
      (await editor.diagnostics(path)).map((diagnostic) => {
        const { range, code, source } = diagnostic;
        return [
          placeOf(range),
          editor.text(path, range),
          `${source ?? ""} ${String(code)}`,
          messageOf(diagnostic).split(" ").slice(0, 3).join(" "),
        ];
      });
    expect(await shown(WORKFLOW)).toEqual([
      ["17:24-17:30", "1.2.18", "eslint preflight/lockfile-frozen-bun-version-match", "CI gets Bun"],
      ["27:29-27:42", "bun run build", "eslint preflight/convex-codegen-needs-deploy-key", "`bun run build`"],
      ["30:14-30:31", "bun run typecheck", "eslint preflight/convex-codegen-needs-deploy-key", "`bun run typecheck`"],
    ]);
    expect(await shown("turbo.json")).toEqual([
      ["5:5-5:12", `"build"`, "eslint preflight/turbo-env-declared", "Turbo keeps `CONVEX_DEPLOY_KEY`"],
    ]);
    expect(await shown("package.json")).toEqual([]);
  });

  it("leads from each finding to the page of its rule", async () => {
    const editor = await openIncident();
    const { codeDescription } = await find(editor, "turbo.json", `"build"`);
    expect(codeDescription?.href).toMatch(/\/docs\/rules\/turbo-env-declared\.md$/);
  });

  const orders = [
    [WORKFLOW, "turbo.json"],
    ["turbo.json", WORKFLOW],
  ];
  it.each(orders)("is repaired by saving each file once, to what --fix writes: %s, then %s", async (...order) => {
    const editor = await openIncident();
    const plain = writeRepository(incident);
    await fixRepository(plain);
    for (const path of order) {
      await editor.save(path);
      expect(readFileSync(join(editor.root, path), "utf8")).toBe(readFileSync(join(plain, path), "utf8"));
    }
    for (const path of [WORKFLOW, "turbo.json", "package.json"]) expect(await editor.diagnostics(path)).toEqual([]);
  });

  it("does not change any more once it is repaired", async () => {
    const editor = await openIncident();
    const save = async (): Promise<readonly string[]> => {
      for (const path of [WORKFLOW, "turbo.json"]) await editor.save(path);
      return [editor.text(WORKFLOW), editor.text("turbo.json")];
    };
    expect(await save()).toEqual(await save());
  });

  it("is repaired in Neovim by the command that fixes all", async () => {
    const editor = await openIncident(incident, NEOVIM);
    await choose(editor, WORKFLOW, "1.2.18", "Fix all auto-fixable problems");
    await choose(editor, "turbo.json", `"build"`, "Fix all auto-fixable problems");
    expect(await editor.diagnostics(WORKFLOW)).toEqual([]);
    await editor.save(WORKFLOW);
    await editor.save("turbo.json");
    expect(await editor.diagnostics("turbo.json")).toEqual([]);
  });

  it("keeps CRLF line endings", async () => {
    const editor = await openIncident({ ...incident, [WORKFLOW]: (incident[WORKFLOW] ?? "").replaceAll("\n", "\r\n") });
    await editor.save(WORKFLOW);
    expect(editor.text(WORKFLOW)).toContain(`\r\n          ${KEY}\r\n`);
    expect(editor.text(WORKFLOW)).not.toMatch(/[^\r]\n/);
  });
});

describe("what can be chosen for a finding", () => {
  const choices: readonly [title: string, path: string, text: string, change: readonly [from: string, to: string]][] = [
    [
      "Fix this preflight/lockfile-frozen-bun-version-match problem",
      WORKFLOW,
      "1.2.18",
      ["bun-version: 1.2.18", "bun-version: 1.3.1"],
    ],
    [
      "Fix this preflight/convex-codegen-needs-deploy-key problem",
      WORKFLOW,
      "bun run typecheck",
      ["        run: bun run typecheck", `        env:\n          ${KEY}\n        run: bun run typecheck`],
    ],
    [
      "Add `CONVEX_DEPLOY_KEY` to the `env` of this job.",
      WORKFLOW,
      "bun run build",
      ["    runs-on: ubuntu-latest\n    steps", `    runs-on: ubuntu-latest\n    env:\n      ${KEY}\n    steps`],
    ],
    [
      "Add `CONVEX_DEPLOY_KEY` to the `env` of this workflow.",
      WORKFLOW,
      "bun run build",
      ["\njobs:", `\nenv:\n  ${KEY}\n\njobs:`],
    ],
    [
      "Declare `CONVEX_DEPLOY_KEY` in `globalEnv`.",
      "turbo.json",
      `"build"`,
      [`"test": {}\n  }`, `"test": {}\n  },\n  "globalEnv": ["CONVEX_DEPLOY_KEY"]`],
    ],
    [
      "Declare `CONVEX_DEPLOY_KEY` in `passThroughEnv`.",
      "turbo.json",
      `"build"`,
      [`"_generated/**"]`, `"_generated/**"],\n      "passThroughEnv": ["CONVEX_DEPLOY_KEY"]`],
    ],
  ];

  it.each(choices)("%s (%s, %s) is an edit of just that", async (title, path, text, change) => {
    const editor = await openIncident();
    const before = await editor.diagnostics(path);
    await choose(editor, path, text, title);
    expect(editor.text(path)).toBe(incidentWith({ [path]: [change] })[path]);
    const after = await editor.diagnostics(path);
    expect(after.length).toBeLessThan(before.length);
    expect(after.map(({ range }) => editor.text(path, range))).not.toContain(text);
  });

  const silenced: readonly [path: string, text: string, comment: string][] = [
    [WORKFLOW, "1.2.18", "          # eslint-disable-next-line preflight/lockfile-frozen-bun-version-match\n"],
    [WORKFLOW, "bun run typecheck", "        # eslint-disable-next-line preflight/convex-codegen-needs-deploy-key\n"],
    [WORKFLOW, "bun run build", "          # eslint-disable-next-line preflight/convex-codegen-needs-deploy-key\n"],
    ["turbo.json", `"build"`, "    // eslint-disable-next-line preflight/turbo-env-declared\n"],
  ];
  it.each(silenced)("is silenced by the comment that the editor writes: %s, %s", async (path, text, comment) => {
    const editor = await openIncident();
    const before = await editor.diagnostics(path);
    await choose(editor, path, text, `Disable ${comment.slice(comment.indexOf("preflight"), -1)} for this line`);
    expect(editor.text(path)).toContain(comment);
    const left = (await editor.diagnostics(path)).map(({ range }) => editor.text(path, range));
    expect(left).toHaveLength(before.length - 1);
    expect(left).not.toContain(text);
  });

  it("is offered with the fix before the suggestions, and the fix is preferred", async () => {
    const editor = await openIncident();
    const actions = await editor.actions(WORKFLOW, await find(editor, WORKFLOW, "bun run typecheck"));
    expect(actions.map(({ title, isPreferred }) => `${title}${isPreferred ? " (preferred)" : ""}`).slice(0, 4)).toEqual(
      [
        "Fix this preflight/convex-codegen-needs-deploy-key problem (preferred)",
        "Add `CONVEX_DEPLOY_KEY` to the `env` of this job. (preflight/convex-codegen-needs-deploy-key)",
        "Add `CONVEX_DEPLOY_KEY` to the `env` of this workflow. (preflight/convex-codegen-needs-deploy-key)",
        "Remove this step, and commit the generated code instead, as Convex advises. (preflight/convex-codegen-needs-deploy-key)",
      ],
    );
  });
});

describe("what an editor holds and what is on disk", () => {
  const BUN = [`"packageManager": "bun@1.3.1"`, `"packageManager": "bun@1.2.18"`] as const;
  const otherBun = incidentWith({ "package.json": [BUN] })["package.json"] ?? "";
  const versions = async (editor: Editor): Promise<number> =>
    (await editor.diagnostics(WORKFLOW)).filter(({ code }) => code === "preflight/lockfile-frozen-bun-version-match")
      .length;

  it("a file that is not saved is judged as it is in the editor", async () => {
    const editor = await openIncident();
    await editor.type(WORKFLOW, editor.text(WORKFLOW).replace("1.2.18", "1.3.1"));
    expect(await versions(editor)).toBe(0);
    await editor.type(WORKFLOW, editor.text(WORKFLOW).replace("1.3.1", "1.2.18"));
    expect(await versions(editor)).toBe(1);
  });

  it("a change of another file on disk is seen when the editor asks again", async () => {
    const editor = await openIncident();
    expect(await versions(editor)).toBe(1);
    editor.write({ "package.json": otherBun });
    expect(await versions(editor)).toBe(0);
    editor.write({ "package.json": incident["package.json"] ?? "" });
    expect(await versions(editor)).toBe(1);
  });

  it("another file counts once it is saved", async () => {
    const editor = await openIncident();
    await editor.type("package.json", otherBun);
    expect(await versions(editor)).toBe(1);
    await editor.save("package.json");
    expect(await versions(editor)).toBe(0);
  });

  it("a file that comes into being is seen", async () => {
    const editor = await openIncident();
    await editor.save(WORKFLOW);
    expect(await editor.diagnostics("turbo.json")).toHaveLength(1);
    editor.write({ "apps/convex/turbo.json": `{ "extends": ["//"], "tasks": { "build": { "env": ["CONVEX_*"] } } }` });
    expect(await editor.diagnostics("turbo.json")).toEqual([]);
  });
});

describe("the language of a file", () => {
  const fixed: readonly [languageId: string, path: string, findings: number][] = [
    ["yaml", WORKFLOW, 3],
    ["github-actions-workflow", WORKFLOW, 3],
    ["jsonc", "turbo.json", 1],
    ["json", "turbo.json", 1],
  ];
  it.each(fixed)("%s is checked and repaired: %s", async (languageId, path, findings) => {
    const editor = await Editor.open(incident);
    await editor.show(path, languageId);
    expect(await editor.diagnostics(path)).toHaveLength(findings);
    await editor.save(path);
    expect(await editor.diagnostics(path)).toEqual([]);
  });

  it.each(["json", "jsonc"])("%s is checked, and what needs a choice is offered: package.json", async (languageId) => {
    const install = [`"test": "turbo test"`, `"test": "bun install && turbo test"`] as const;
    const step = ["run: bun install --frozen-lockfile", "run: bun --revision"] as const;
    const editor = await Editor.open(incidentWith({ "package.json": [install], [WORKFLOW]: [step] }));
    await editor.show("package.json", languageId);
    await choose(editor, "package.json", "bun install", "Add `--frozen-lockfile`.");
    expect(editor.text("package.json")).toContain(`"test": "bun install --frozen-lockfile && turbo test"`);
    expect(await editor.diagnostics("package.json")).toEqual([]);
  });
});
