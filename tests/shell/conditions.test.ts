import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";

/** Whether `a` runs if a condition holds: surely, never, or with what decides it. */
function verdictOf(condition: string): string {
  const command = read(`if ${condition}; then a; fi`).find(({ words }) => words[0].text === "a");
  if (!command) return "never";
  const [guard] = command.guards;
  if (!guard) return "surely";
  return guard.isTest ? [...guard.variables, ...guard.expressions.map(({ text }) => text)].join(" ") : "unknown";
}

describe("test", () => {
  it.each<[condition: string]>([
    ["[ a ]"],
    ["[ -n a ]"],
    ["[ -z '' ]"],
    ["[ a = a ]"],
    ["[ a == a ]"],
    ["[ a != b ]"],
    ["[ 1 -eq 1 ]"],
    ["[ 2 -gt 1 ]"],
    ["[ 10 -ge 9 ]"],
    ["[ -1 -lt 0 ]"],
    ["[ 1 -ne 2 ]"],
    ["[ ! a = b ]"],
    ["[ ! '' ]"],
    ["[ a = b -o a = a ]"],
    ["[ a = a -a b = b ]"],
    ['[ "x$C" ]'],
    ['[ -n "x$C" ]'],
    ["test a = a"],
    ["[[ a ]]"],
    ["[[ -n $NAME ]]"],
    ["[[ $NAME == name ]]"],
    ['[[ $NAME == "name" ]]'],
    ["[[ a == a && b == b ]]"],
    ["[[ a == b || b == b ]]"],
    ["[[ ! a == b ]]"],
    ["[[ ! ! a == a ]]"],
    ["[[ ( a == a ) ]]"],
    ["[[ a == a || -n $C ]]"],
    ['[ -n "${{ env.NAME }}" ]'],
    ["true"],
    [":"],
    ["! false"],
    ["[ a ] && [ b ]"],
    ["[ '' ] || [ b ]"],
    ["{ [ a ]; }"],
    ["( [ a ] )"],
  ])("%s holds", (condition) => {
    expect(verdictOf(condition)).toBe("surely");
  });

  it.each<[condition: string]>([
    ["[ '' ]"],
    ["[ ]"],
    ["[ $EMPTY ]"],
    ["[ -n '' ]"],
    ["[ -z a ]"],
    ["[ a = b ]"],
    ["[ 1 -eq 2 ]"],
    ["[ 1 -eq 1 -a a = b ]"],
    ['[ -z "x$C" ]'],
    ["[[ a == b ]]"],
    ["[[ a == b && -n $C ]]"],
    ["[[ -z $NAME ]]"],
    ["false"],
    ["! true"],
    ['[ -n "${{ env.EMPTY }}" ]'],
  ])("%s does not hold", (condition) => {
    expect(verdictOf(condition)).toBe("never");
  });

  it.each<[condition: string, verdict: string]>([
    ['[ -n "$C" ]', "C"],
    ['[ "$C" = "$NAME" ]', "C NAME"],
    ["[[ $C =~ ^x ]]", "C"],
    ["[[ $C < x ]]", "C"],
    ["[[ $NAME == n* ]]", "NAME"],
    ['[ "$C" -gt 1 ]', "C"],
    ["[[ -v C ]]", ""],
    ['[ -n "${C:-}" ]', "C"],
    ['[ "${C%%/*}" = x ]', "C"],
    ['[ "${{ github.ref }}" = x ]', "github.ref"],
    ['[ -n "$C" ] && [ a ]', "C"],
    ["[ -f x ]", "unknown"],
    ["[ a -nt b ]", "unknown"],
    ['[ "$(date)" = x ]', "unknown"],
    ['[ -n "${C:-$(date)}" ]', "unknown"],
    ['[ "${!C}" = x ]', "unknown"],
    ['[ -n "$C" ] && [ -f x ]', "unknown"],
    ["[ 1 -eq x ]", ""],
    ["[ 010 -eq 8 ]", ""],
    ["grep -q x y", "unknown"],
    ["git diff --quiet", "unknown"],
    ["b", "unknown"],
    ['b && [ -n "$C" ]', "unknown"],
    ["((C))", "unknown"],
  ])("%s depends on: %s", (condition, verdict) => {
    expect(verdictOf(condition)).toBe(verdict);
  });
});
