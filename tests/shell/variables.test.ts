import { describe, expect, it } from "vitest";
import { read, variable } from "./reading.ts";

/** What the last command gets as `A` and `B`. */
function variablesOf(script: string): string {
  const command = read(script).at(-1);
  return command ? [variable(command, "A"), variable(command, "B")].filter((text) => text !== "outside").join(" ") : "";
}

describe("variables", () => {
  it.each<[script: string, expected: string]>([
    ["A=1 a", "A=1"],
    ["A= a", "A="],
    ["A=~/x a", "A=?/x"],
    ["A=1; B=2 a", "A:1 B=2"],
    ["A=1; B=$A a", "A:1 B=1"],
    // bash expands them one after another, dash before all assignments.
    ["A=1 B=$A a", "A=1 B~"],
    ["A=1 :; a", ""],
    ["A=1 command a", "A=1"],
    ["A=1; a", "A:1"],
    ["A=1 B=$A; a", "A:1 B:1"],
    ["A=$(date); a", "A:?"],
    ["A=$LIST; a", "A:one two"],
    ["A+=1; a", "A~"],
    ["A=(1 2); a", "A~"],
    ["A[0]=1; a", "A~"],
  ])("are assigned by %s", (script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });

  it.each<[script: string, expected: string]>([
    ["export A=1; a", "A=1"],
    ["export A=1 B=$NAME; a", "A=1 B=name"],
    ["export A=; a", "A="],
    ["export A=$(date); a", "A=?"],
    ["export A=${{ env.NAME }} B=${{ github.x }}; a", "A=name B=?"],
    ['export "A=$NAME"; a', "A=name"],
    ["A=1; export A; a", "A=1"],
    ["export A; A=1; a", "A=1"],
    ["export A B=1; a", "B=1"],
    ["export A=1; A=2; a", "A=2"],
    ["export -p; a", ""],
    ["export -n A; a", "A~"],
    ["export A=1; export -n A; A=2; a", "A~2"],
    ["export $C; a", "opened opened"],
    ["declare A=1; a", "A:1"],
    ["declare -x A=1; a", "A=1"],
    ["typeset -x A=1; a", "A=1"],
    ["readonly A=1; a", "A:1"],
    ["set -a; A=1; set +a; B=2; a", "A=1 B:2"],
    ["set -o allexport; A=1; a", "A=1"],
    ["set -a; declare A=1; a", "A=1"],
    ['if [ -n "$C" ]; then set -a; fi; A=1; a', "A~1"],
    ['if [ -n "$C" ]; then export A; fi; A=1; a', "A~1"],
    ['if [ -n "$C" ]; then B=1; fi; B=2; a', "B:2"],
  ])("are exported by %s", (script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });

  it.each<[script: string, expected: string]>([
    ["export A=1; unset A; a", "-A"],
    ["unset A B; a", "-A -B"],
    ["unset -v A; a", "-A"],
    ["unset A; A=1; a", "A~1"],
    ["unset A; export A=1; a", "A=1"],
    ['unset "$C"; a', "opened opened"],
    ["f() { unset A; }; f; a", "A~"],
    ["source x; a", "opened opened"],
    ["A=1; . x; a", "A~ opened"],
    ['eval "B=2"; a', "opened opened"],
    ["source x; export A=1; a", "A=1 opened"],
  ])("are removed or opened by %s", (script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });

  it.each<[script: string, expected: string]>([
    ["read A B; a", "A~ B~"],
    ["read -r A <<< x; a", "A~"],
    ["printf -v A x; a", "A~"],
    ["mapfile -t A; a", "A~"],
    ["getopts ab A; a", "A~"],
    ["let A=1; a", "A~"],
    ["((A++)); a", "A~"],
    [": $((A += 1)); a", "A~"],
    [': "${A:=x}"; a', "A~"],
    ["for A in 1 2; do :; done; a", "A:2"],
    ["for A in $C; do :; done; a", "A~"],
    ["for ((A = 0; A < 2; A++)); do :; done; a", "A~"],
    ["select A in 1; do :; done; a", "A~"],
    ["while read -r A; do a; done", "A~"],
  ])("are set in other ways by %s", (script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });

  it.each<[name: string, script: string, expected: string]>([
    ["a subshell", "(export A=1); a", ""],
    ["a pipeline", "export A=1 | b; a", ""],
    ["the background", "export A=1 & a", ""],
    ["a group", "{ export A=1; }; a", "A=1"],
    ["a branch", 'if [ -n "$C" ]; then export A=1; fi; a', "A~"],
    ["a branch that ends", 'if [ -n "$C" ]; then export A=1; exit; fi; a', ""],
    ["a chain", "export A=1 && export B=2 && a", "A=1 B=2"],
    ["what may not run", '[ -n "$C" ] || export A=1; a', "A~"],
    ["an item that falls through", 'case "$C" in x) A=1 ;& *) B=1 ;; esac; a', "A~ B~"],
  ])("of %s", (_, script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });

  it.each<[name: string, script: string, expected: string]>([
    ["its own variable", "f() { local A=1; a; }; f", "A:1"],
    ["its own variable, afterwards", "f() { local A=1; }; A=0; f; a", "A:0"],
    ["its own variable, declared twice", "f() { local A=1; local A=2; }; A=0; f; a", "A:0"],
    ["its own variable without a value", "f() { local A; a; }; A=1; f", "A~"],
    ["a variable that becomes its own late", "f() { A=1; local A=2; }; f; a", "A:1"],
    ["a variable that may be its own", 'f() { if [ -n "$C" ]; then local A; fi; A=1; }; A=0; f; a', "A~"],
    ["the script's variable", "f() { A=1; }; f; a", "A:1"],
    ["an exported variable", "f() { export A=1; }; f; a", "A=1"],
    ["an own variable that is exported", "f() { local A; export A=1; }; f; A=2; a", "A~2"],
    ["declare", "f() { declare A=1; }; f; a", ""],
    ["declare -g", "f() { declare -g A=1; }; f; a", "A:1"],
    ["what stands before its name", "f() { a; }; A=1 f", "A=1"],
    ["what stood before its name", "f() { :; }; A=1 f; a", "A~"],
    ["what is assigned before the call", "A=1; f() { a; }; A=2; f", "A:2"],
  ])("of a function: %s", (_, script, expected) => {
    expect(variablesOf(script)).toBe(expected);
  });
});
