import { describe, expect, it } from "vitest";
import { entryOf } from "../../src/documents/data.ts";
import { levelOf, readPermissions } from "../../src/documents/permissions.ts";
import { readYaml } from "../../src/documents/read-data.ts";

const read = (text: string) => {
  const entry = entryOf(readYaml({ path: "a.yml", text }).root, "permissions");
  return entry && readPermissions(entry);
};
const levels = (text: string, ...names: readonly string[]) => {
  const permissions = read(text);
  return permissions?.known ? names.map((name) => levelOf(permissions.value, name)) : undefined;
};

describe("permissions", () => {
  it.each([
    ["permissions: { contents: write, issues: read }", ["write", "read", "none"]],
    ["permissions:\n  issues: none", ["none", "none", "none"]],
    ["permissions: {}", ["none", "none", "none"]],
    ["permissions: read-all", ["read", "read", "read"]],
    ["permissions: write-all", ["write", "write", "write"]],
  ])("reads %j", (text, expected) => {
    expect(levels(text, "contents", "issues", "id-token")).toEqual(expected);
  });

  it.each([
    "permissions:",
    "permissions: none",
    "permissions: [contents]",
    "permissions: { content: read }",
    "permissions: { contents: admin }",
    "permissions: { contents: [read] }",
    "permissions: { contents: true }",
    "a: &a { contents: read }\npermissions: { <<: *a }",
  ])("does not know %j", (text) => {
    expect(read(text)?.known).toBe(false);
  });
});
