import { describe, expect, it } from "vitest";
import { addNeed } from "../../src/edits/needs.ts";
import { readYaml } from "../../src/documents/read-data.ts";
import { readWorkflow } from "../../src/documents/workflow.ts";
import { applyEdits } from "./apply-edits.ts";

const add = (text: string, id = "b"): string | undefined => {
  const workflow = readWorkflow(readYaml({ path: "a.yml", text }));
  const [job] = workflow?.jobs ?? [];
  if (!workflow || !job) throw new Error("no job");
  const edits = addNeed(workflow.document, job.node, id);
  return edits && applyEdits(text, edits);
};
const job = (keys: string): string => `jobs:\n  a:\n${keys}    runs-on: a # why\n`;

describe("addNeed", () => {
  it.each([
    ["before all else", job(""), job("    needs: b\n")],
    ["below the name", job("    name: a # name\n"), job("    name: a # name\n    needs: b\n")],
    ["beside a single one", job("    needs: c # c\n"), job("    needs: [c, b] # c\n")],
    ["beside one in quotes", job("    needs: 'c'\n"), job("    needs: ['c', b]\n")],
    ["in brackets", job("    needs: [c, d]\n"), job("    needs: [c, d, b]\n")],
    ["in a list", job("    needs:\n      - c # c\n"), job("    needs:\n      - c # c\n      - b\n")],
    ["in a list at the edge", job("    needs:\n    - c\n"), job("    needs:\n    - c\n    - b\n")],
    ["between braces", "jobs: { a: { runs-on: a } }\n", "jobs: { a: { needs: b, runs-on: a } }\n"],
    ["with its line endings", job("").replaceAll("\n", "\r\n"), job("    needs: b\n").replaceAll("\n", "\r\n")],
  ])("writes it %s", (_, text, expected) => {
    expect(add(text)).toBe(expected);
  });

  it("quotes what is no plain text", () => {
    expect(add(job(""), "on")).toBe(job('    needs: "on"\n'));
  });

  it.each([
    ["an alias repeats", "jobs:\n  a: &a\n    runs-on: a\n  b: *a\n"],
    ["others have, too", "jobs:\n  a:\n    needs: &n [c]\n    runs-on: a\n  b: { needs: *n }\n"],
    ["is merged in", "x: &x { needs: c }\njobs:\n  a:\n    <<: *x\n    runs-on: a\n"],
    ["is empty", job("    needs:\n")],
    ["has nothing in it", job("    needs: []\n")],
    ["is a block of text", job("    needs: >-\n      c\n")],
    ["is no list", job("    needs: { c: d }\n")],
  ])("leaves alone what %s", (_, text) => {
    expect(add(text)).toBeUndefined();
  });
});
