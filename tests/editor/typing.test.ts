import { describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { Editor, messageOf } from "../support/editor.ts";
import { INCIDENT, readFolder } from "../support/incident.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const incident = readFolder(INCIDENT);
const workflow = incident[WORKFLOW] ?? "";

async function openWorkflow(text = workflow): Promise<Editor> {
  const editor = await Editor.open({ ...incident, [WORKFLOW]: text });
  await editor.show(WORKFLOW, "yaml");
  return editor;
}

/** What is shown for a text: nothing but a syntax error, or else findings. */
async function shownFor(editor: Editor, path: string, text: string): Promise<readonly Diagnostic[] | "syntax error"> {
  await editor.type(path, text);
  const diagnostics = await editor.diagnostics(path);
  const [first] = diagnostics;
  if (first?.code === undefined && first !== undefined) {
    expect(diagnostics).toHaveLength(1);
    expect(messageOf(first)).toMatch(/^Parsing error: /);
    return "syntax error";
  }
  for (const { code } of diagnostics) expect(code).toMatch(/^preflight\//);
  return diagnostics;
}

/** A finding without its line, which moves with the text above it. */
function describeFinding(editor: Editor, diagnostic: Diagnostic): string {
  const { range, code } = diagnostic;
  return `${editor.text(WORKFLOW, range)} (column ${String(range.start.character)}) ${String(code)} ${messageOf(diagnostic)}`;
}

describe("a workflow that is typed from its beginning to its end", () => {
  it("shows what is wrong with what is there, and what it shows stays", async () => {
    const editor = await openWorkflow();
    const places = (diagnostics: readonly Diagnostic[]): readonly string[] =>
      diagnostics.map(
        ({ range: { start }, code }) => `${String(start.line)}:${String(start.character)} ${String(code)}`,
      );
    const all = places(await editor.diagnostics(WORKFLOW));
    const firstJob = workflow.indexOf("  deploy:");
    let shown = 0;
    for (let length = 0; length <= workflow.length; length++) {
      const text = workflow.slice(0, length);
      const diagnostics = await shownFor(editor, WORKFLOW, text);
      if (diagnostics === "syntax error") continue;
      const lineOfCursor = text.split("\n").length - 1;
      const above = places(diagnostics.filter(({ range }) => range.start.line < lineOfCursor));
      // What was written before is judged as in the end, and the finished job is judged whole.
      expect(all.slice(0, above.length), text).toEqual(above);
      if (length > firstJob) expect(above, text).toEqual(all);
      shown++;
    }
    expect(all).toHaveLength(3);
    expect(shown).toBeGreaterThan(workflow.length / 2);
  });
});

describe("what is typed, key by key, and taken back again", () => {
  const places: readonly [name: string, before: string, typed: string][] = [
    [
      "a step in another job",
      "      - name: Build\n",
      "      - name: Lint\n        run: bun run build && cd apps/web\n\n",
    ],
    ["a step at the end of the job", "\n  deploy:", "\n      - run: echo done\n"],
    ["another job", "  deploy:", "  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo lint\n\n"],
    ["a comment above everything", "name: CI", "# Runs for each pull request.\n"],
    ["the name of a workflow", " CI\n", " The main"],
    ["a further event", "\njobs:", "  schedule:\n    - cron: 0 3 * * *\n"],
    ["a variable of another step", "        run: bun run test", "        env:\n          CI: ${{ true }}\n"],
  ];

  it.each(places)("%s leaves every finding as it is", async (_, before, typed) => {
    const editor = await openWorkflow();
    const findings = async (): Promise<readonly string[]> =>
      (await editor.diagnostics(WORKFLOW)).map((diagnostic) => describeFinding(editor, diagnostic));
    const expected = await findings();
    const at = workflow.indexOf(before);
    const lengths = Array.from({ length: typed.length + 1 }, (_unused, index) => index);
    let shown = 0;
    for (const length of [...lengths, ...lengths.toReversed()]) {
      const text = workflow.slice(0, at) + typed.slice(0, length) + workflow.slice(at);
      if ((await shownFor(editor, WORKFLOW, text)) === "syntax error") continue;
      expect(await findings(), text).toEqual(expected);
      shown++;
    }
    expect(shown).toBeGreaterThan(4);
    expect(await findings()).toEqual(expected);
  });

  it("a step that is wrong adds its own finding and no other", async () => {
    const editor = await openWorkflow();
    const at = workflow.indexOf("\n  deploy:");
    const typed = "\n      - run: npx convex codegen\n";
    const added = new Set<string>();
    const before = await editor.diagnostics(WORKFLOW);
    for (let length = 0; length <= typed.length; length++) {
      const diagnostics = await shownFor(
        editor,
        WORKFLOW,
        workflow.slice(0, at) + typed.slice(0, length) + workflow.slice(at),
      );
      if (diagnostics === "syntax error") continue;
      expect(diagnostics.slice(0, before.length)).toEqual(before);
      for (const { range } of diagnostics.slice(before.length)) added.add(editor.text(WORKFLOW, range));
    }
    expect([...added]).toEqual(["npx convex codegen"]);
  });
});

describe("JSON that is half typed", () => {
  it.each(["turbo.json", "package.json"])("%s shows a syntax error alone, or findings", async (path) => {
    const editor = await openWorkflow();
    await editor.show(path, "json");
    const text = incident[path] ?? "";
    for (let length = 0; length < text.length; length++) await shownFor(editor, path, text.slice(0, length));
    expect(await shownFor(editor, path, text)).toHaveLength(path === "turbo.json" ? 1 : 0);
  });
});
