import { describe, expect, it } from "vitest";
import { grantPermissions, type NewPermission } from "../../src/edits/permissions.ts";
import { readYaml } from "../../src/documents/read-data.ts";
import { readWorkflow } from "../../src/documents/workflow.ts";
import { applyEdits } from "./apply-edits.ts";

const grant = (text: string, ...permissions: readonly NewPermission[]): string | undefined => {
  const workflow = readWorkflow(readYaml({ path: "a.yml", text }));
  const [job] = workflow?.jobs ?? [];
  const granted = job?.permissions ?? workflow?.permissions;
  if (!workflow || !job || !granted?.known) throw new Error("no job with permissions");
  const edits = grantPermissions(workflow.document, job.node, granted.value, permissions);
  return edits && applyEdits(text, edits);
};
const WRITE: NewPermission = { name: "contents", level: "write" };
const TOKEN: NewPermission = { name: "id-token", level: "write" };
const job = (keys: string): string => `jobs:\n  a:\n    name: a\n${keys}    uses: ./b.yml\n`;

describe("grantPermissions", () => {
  it.each([
    [
      "raises a level, and keeps its comment",
      job("    permissions:\n      contents: read # why\n      issues: write\n"),
      [WRITE],
      job("    permissions:\n      contents: write # why\n      issues: write\n"),
    ],
    [
      "adds what is not listed",
      job("    permissions:\n      contents: read # why\n"),
      [WRITE, TOKEN],
      job("    permissions:\n      contents: write # why\n      id-token: write\n"),
    ],
    [
      "writes between braces",
      job("    permissions: { contents: read }\n"),
      [WRITE, TOKEN],
      job("    permissions: { contents: write, id-token: write }\n"),
    ],
    ["fills empty braces", job("    permissions: {}\n"), [WRITE], job("    permissions: { contents: write }\n")],
    [
      "gives the job what its workflow has, and more",
      `permissions:\n  contents: read\n  issues: write\n${job("")}`,
      [WRITE],
      `permissions:\n  contents: read\n  issues: write\n${job("    permissions:\n      issues: write\n      contents: write\n")}`,
    ],
    [
      "keeps line endings",
      job("    permissions:\n      contents: read\n").replaceAll("\n", "\r\n"),
      [TOKEN],
      job("    permissions:\n      contents: read\n      id-token: write\n").replaceAll("\n", "\r\n"),
    ],
    ["does not list what `read-all` grants", job("    permissions: read-all\n"), [WRITE], undefined],
    [
      "leaves a level that an alias takes",
      job("    permissions:\n      contents: &level read\n      issues: *level\n"),
      [WRITE],
      undefined,
    ],
    ["leaves what an anchor shares", `x: &p { contents: read }\n${job("    permissions: *p\n")}`, [WRITE], undefined],
  ])("%s", (_, text, permissions, expected) => {
    expect(grant(text, ...permissions)).toBe(expected);
  });
});
