import { describe, expect, it } from "vitest";
import { flow, line, read } from "./reading.ts";

type Case = readonly [script: string, commands: readonly string[]];

const PLAIN = { errexit: false, pipefail: false };

describe("lists and chains", () => {
  it.each<Case>([
    ["a; b", ["a!", "b!"]],
    ["a && b", ["a!", "b!"]],
    ["a && b\nc", ["a", "b!", "c!"]],
    ["a || b; c", ["a", "? b!", "c!"]],
    ["a || true; b", ["a", "? true!", "b!"]],
    ["a || exit 1\nb", ["a!", "? exit 1!", "b!"]],
    ["a || exit 0\nb", ["a", "? exit 0!", "? b!"]],
    ["a || exit\nb", ["a!", "? exit!", "? b!"]],
    ["a || { echo no; exit 1; }\nb", ["a!", "? echo no!", "? exit 1!", "b!"]],
    ["a && b || c", ["a", "b", "? c!"]],
    ["a || b || exit 1", ["a", "? b!", "? exit 1!"]],
    ["a && exit 0\nb", ["a", "exit 0!", "? b!"]],
    ["a || (exit 1)", ["a!", "? exit 1!"]],
    ["{ a; b; } || true", ["a", "b", "? true!"]],
    ["exit; a", ["exit!"]],
    ["exit 1; a", ["exit 1!"]],
    ["exec a; b", ["exec a!"]],
    ["true && a", ["true!", "a!"]],
    ["false && a", ["false!"]],
    ["false || a", ["false", "a!"]],
    ["! true || a", ["true", "a!"]],
    ["! ! true && a", ["true", "a!"]],
    ["(exit 1) && a", ["exit 1!"]],
    ["! a\nb", ["a", "b!"]],
    ["a &\nb", ["a", "b!"]],
    ["{ grep -q x; a; } &\nb", ["grep -q x", "? a", "b!"]],
    ["f() { return 1; }; { f; a; } | b", ["return 1", "b!"]],
    ["f() { return 1; }; { f || a; } | b", ["return 1", "? a", "b!"]],
    ["time a", ["a!"]],
    ["coproc a", ["a"]],
    ["x=$(a)\nb", ["a!", "b!"]],
    ["x=$(a; b)", ["a", "b!"]],
    ["x=$(set -e; a; b)", ["set -e!", "a!", "b!"]],
    ['b "$(set -e; grep -q x; a)"', ["set -e", "grep -q x", "? a", "b ?!"]],
    ["x=$(a)$(b)", ["a", "b!"]],
    ['echo "$(a)"', ["a", "echo ?!"]],
    ["export X=$(a)", ["a", "export!"]],
    ["x=$(a) || true", ["a", "? true!"]],
    ["a > $(b)", ["b", "a!"]],
    ["a <<EOF\n$(b)\nEOF", ["b", "a!"]],
  ])("%s", (script, commands) => {
    expect(flow(script)).toEqual(commands);
  });

  it.each<Case>([
    ["a; b", ["a", "b!"]],
    ["a && b; c", ["a", "b", "c!"]],
    ["set -e\na; b", ["set -e!", "a!", "b!"]],
    ["set -euo pipefail\na | b; c", ["set -euo pipefail!", "a!", "b!", "c!"]],
    ["a\nexit", ["a", "exit!"]],
    ['case "$C" in x) a ;& *) b ;; esac', ["C? a", "C? b!"]],
    ["exec a", ["exec a!"]],
    ['if [ -z "$C" ]; then exit 1; fi; a', ["[ -z ? ]", "C? exit 1", "a!"]],
  ])("without -e: %s", (script, commands) => {
    expect(flow(script, PLAIN)).toEqual(commands);
  });

  it.each<Case>([
    ["set +e\na\nb", ["set +e", "a", "b!"]],
    ["set +e; a; set -e; b; c", ["set +e", "a", "set -e!", "b!", "c!"]],
    ['if [ -n "$C" ]; then set +e; fi; a; b', ["[ -n ? ]", "C? set +e", "a", "b!"]],
    ["(set +e; a; b); c", ["set +e", "a", "b!", "c!"]],
    ["trap 'exit 0' EXIT\na", ["trap exit 0 EXIT!", "a"]],
    ["trap 'exit $code' ERR\na", ["trap exit $code ERR!", "a"]],
    ["trap 'echo; exit 1' ERR\na", ["trap echo; exit 1 ERR!", "a!"]],
    ["trap 'rm x' EXIT\na", ["trap rm x EXIT!", "a!"]],
    ["trap 'exit 0' INT\na", ["trap exit 0 INT!", "a!"]],
    ['trap "$C" EXIT\na', ["trap ? EXIT!", "a"]],
    ["c() { exit 0; }; trap c EXIT\na", ["trap c EXIT!", "a"]],
    ["c() { rm x; }; trap c EXIT\na", ["trap c EXIT!", "a!"]],
    ["(trap 'exit 0' EXIT; a); b", ["trap exit 0 EXIT!", "a", "b!"]],
    [
      "trap 'exit 0' EXIT; if [ -n \"$C\" ]; then exit 1; fi; a",
      ["trap exit 0 EXIT!", "[ -n ? ]", "C? exit 1", "C? a"],
    ],
  ])("what counts: %s", (script, commands) => {
    expect(flow(script)).toEqual(commands);
  });

  it.each<[script: string, pipefail: boolean, commands: readonly string[]]>([
    ["a | b; c", false, ["a", "b!", "c!"]],
    ["a | b; c", true, ["a!", "b!", "c!"]],
    ["a | b | c", true, ["a!", "b!", "c!"]],
    ["a | b || true", true, ["a", "b", "? true!"]],
    ["! a | b", true, ["a", "b"]],
    ["{ a; b; } | c", true, ["a!", "b!", "c!"]],
    ["a | { b; c; }", false, ["a", "b!", "c!"]],
    ["grep x | a && b", false, ["grep x", "a!", "b!"]],
    ["grep x | a && b", true, ["grep x!", "a!", "? b!"]],
    ["a | grep x && b", false, ["a", "grep x!", "? b!"]],
    ["exit 1 | a && b", true, ["exit 1!", "a!", "? b!"]],
  ])("pipeline %s with pipefail %s", (script, pipefail, commands) => {
    expect(flow(script, { errexit: true, pipefail })).toEqual(commands);
  });

  it("knows what a command reads from", () => {
    const [, tee, cat] = read("echo A=1 | tee x | cat; b");
    expect(tee?.pipedFrom && line(tee.pipedFrom)).toBe("echo A=1");
    expect(cat?.pipedFrom && line(cat.pipedFrom)).toBe("tee x");
    expect(read("echo A=1 | tee x; b").at(-1)?.pipedFrom).toBeUndefined();
  });
});

describe("branches", () => {
  it.each<Case>([
    ["if a; then b; fi; c", ["a", "? b!", "c!"]],
    ["if ! a; then exit 1; fi\nb", ["a", "? exit 1!", "b!"]],
    ["if ! a; then exit 0; fi\nb", ["a", "? exit 0!", "? b!"]],
    ['if [ -n "$C" ]; then a; else b; fi', ["[ -n ? ]", "C? a!", "C? b!"]],
    ['if [ -n "$C" ]; then a; elif b; then c; fi', ["[ -n ? ]", "C? a!", "C? b", "C? ? c!"]],
    ["if true; then a; else b; fi", ["true", "a!"]],
    ["if false; then a; else b; fi", ["false", "b!"]],
    ['if [ -z "$C" ]; then exit 1; fi; a', ["[ -z ? ]", "C? exit 1!", "a!"]],
    ['if [ -z "$C" ]; then exit 0; fi; a', ["[ -z ? ]", "C? exit 0!", "C? a!"]],
    ['[ -n "$C" ] || exit 0\na', ["[ -n ? ]", "C? exit 0!", "C? a!"]],
    ['[ -n "$C" ] && a\nb', ["[ -n ? ]", "C? a!", "b!"]],
    ["[[ -n $C && $NAME == name ]] && a", ["C+NAME? a!"]],
    ['if [ -n "$C" ] || a; then b; fi', ["[ -n ? ]", "C? a", "? b!"]],
    ["if command -v a; then a; fi", ["command -v a", "? a!"]],
    ['if [ "$(a)" = x ]; then b; fi', ["a", "[ ? = x ]", "? b!"]],
    ['if [ "${{ github.ref }}" = main ]; then a; fi', ["[ ? = main ]", "github.ref? a!"]],
    ["((C > 1)) && a", ["? a!"]],
    ["if ((C)); then exit 0; fi; a", ["? exit 0!", "? a!"]],
    ['case "$C" in x) a ;; *) b ;; esac; c', ["C? a!", "C? b!", "c!"]],
    ['case "$NAME" in x) a ;; name) b ;; *) c ;; esac', ["b!"]],
    ['case "$NAME" in n*) a ;; *) b ;; esac', ["NAME? a!", "NAME? b!"]],
    ['case "$NAME" in "$C") a ;; esac', ["NAME+C? a!"]],
    ['case "$(a)" in x) b ;; esac', ["a", "? b!"]],
    ['case "$C" in x) exit 0 ;; esac; a', ["C? exit 0!", "C? a!"]],
    ['case "$C" in x) a ;& *) b ;; esac', ["C? a!", "C? b!"]],
  ])("%s", (script, commands) => {
    expect(flow(script)).toEqual(commands);
  });
});

describe("loops and functions", () => {
  it.each<Case>([
    ["for i in 1 2; do a $i; done; b", ["a 1!", "a 2!", "b!"]],
    ["for i in; do a; done; b", ["b!"]],
    ["for i in $C; do a $i; done; b", ["? a ?…!", "b!"]],
    ["for i in *.ts; do a; done", ["? a!"]],
    ["for i in 1 2; do break; a; done; b", ["break!", "b!"]],
    ["for i in 1 2; do continue; a; done; b", ["continue!", "continue!", "b!"]],
    [
      'for i in 1 2; do [ -n "$C" ] && break; a; done; b',
      ["[ -n ? ]", "C? break!", "C? a!", "C? [ -n ? ]", "C? C? break!", "C? C? a!", "b!"],
    ],
    ["for i in 1; do for j in 2; do break 2; done; a; done; b", ["break 2!", "? a!", "? b!"]],
    ["for i in 1; do [ -f x ]; done && a", ["[ -f x ]!", "? a!"]],
    ["for i in 1 2; do until break; do a; done; b; done", ["break", "b!", "break", "b!"]],
    ["while a; do b; done; c", ["a", "? b!", "c!"]],
    ["while false; do a; done; b", ["false", "b!"]],
    ["until true; do a; done; b", ["true", "b!"]],
    ["while [ -f x ]; do a; done && b", ["[ -f x ]", "? a", "? b!"]],
    ["for ((i = 0; i < 2; i++)); do a; done", ["? a!"]],
    ["f() { a; }; f; b", ["a!", "b!"]],
    ["f() { a; }\nb", ["b!"]],
    ["function f { a; }; f", ["a!"]],
    ["f() { a; return; b; }; f; c", ["a!", "return!", "c!"]],
    ["f() { return 1; }; f; a", ["return 1!"]],
    ["f() { return 1; }; f || a; b", ["return 1", "? a!", "b!"]],
    ["f() { exit 0; }; f; a", ["exit 0!"]],
    ["f() { a; b; }; f || c", ["a", "b", "? c!"]],
    ["f() { if a; then return 1; fi; b; }; f && c", ["a", "? return 1", "b!", "? c!"]],
    ["f() { if a; then return 0; fi; b; }; f && c", ["a", "? return 0", "? b!", "c!"]],
    ['f() { [ -n "$C" ] || return 0; a; }; f; b', ["[ -n ? ]", "C? return 0!", "C? a!", "b!"]],
    ["f() { [ -f x ]; }; f && a", ["[ -f x ]!", "? a!"]],
  ])("%s", (script, commands) => {
    expect(flow(script)).toEqual(commands);
  });
});
