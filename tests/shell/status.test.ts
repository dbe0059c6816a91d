import { describe, expect, it } from "vitest";
import { line, read } from "./reading.ts";

/** Each command of which something is asked, with what asks: `=` where it only ends with the answer, `|` where the others of its pipeline do not count. */
function questions(text: string, options?: Parameters<typeof read>[1]): readonly string[] {
  return read(text, options).flatMap((command) => {
    const { question, isSole, isFatal } = command;
    if (!question || command.words[0].text === "[") return [];
    const { asker, decides, answeredBy } = question;
    const who = `${asker}${decides ? "" : "="}${answeredBy === undefined ? "" : `(${answeredBy})`}`;
    return [`${who} ${isSole === true ? "| " : ""}${line(command)}${isFatal ? "!" : ""}`];
  });
}

describe("questions", () => {
  it.each<[script: string, questions: readonly string[]]>([
    ["if a | tee f; then b; fi", ["if | tee f"]],
    ["if a; b | tee f; then c; fi", ["if | tee f"]],
    ["if ! a | tee f; then b; fi", ["if | tee f"]],
    ["if (a | tee f); then b; fi", ["if | tee f"]],
    ["if { a | tee f; } > g; then b; fi", ["if | tee f"]],
    ["(exit 3; a | tee f)\n[ $? -ne 0 ]", []],
    ["if { exit 3; a | tee f; }; then b; fi", []],
    ["x=$(exit 3; a | tee f)\n[ $? -eq 0 ]", []],
    ["if b; then c; elif a | tee f; then d; fi", ["if b", "if | tee f"]],
    ["if a && b | tee f; then c; fi", []],
    ["while a | tee f; do b; done", ["while | tee f"]],
    ["until a | tee f; do b; done", ["until | tee f"]],
    ["a | tee f || b", ["|| | tee f"]],
    ["a | tee f || exit 1", ["|| | tee f!"]],
    ["a | tee f || true", []],
    ["a | tee f || :", []],
    ["a | tee f || exit 0", []],
    ["c && a | tee f || b", []],
    ["c || a | tee f || b", ["|| c", "|| | tee f"]],
    ["a | tee f && b", []],
    ["a | tee f; exit $?", ["$?= | tee f!"]],
    ["a | tee f\nif [ $? -ne 0 ]; then b; fi", ["$? | tee f!"]],
    ["a | tee f\n[ $? -eq 0 ] || b", ["$? | tee f!"]],
    ["a | tee f\n[[ $? == 0 ]] || b", ["$? | tee f!"]],
    ["a | tee f\n[[ $? == 0 ]] && b", ["$?= | tee f!"]],
    ["a | tee f\n[ $? -eq 0 ]", ["$?= | tee f!"]],
    ["a | tee f\nif [ $? -eq 0 ]; then b; fi", ["$?= | tee f!"]],
    ["a | tee f\nif [ $? -eq 0 ]; then b; else c; fi", ["$? | tee f!"]],
    ["a | tee f\n(($? == 0)) || b", ["$? | tee f!"]],
    ["a | tee f\ncase $? in 0) b ;; esac", ["$? | tee f!"]],
    ['a | tee f\necho "code=$?" >> "$GITHUB_OUTPUT"', ["$? | tee f!"]],
    ["a | tee f\necho $?", []],
    ["a | tee f\nx=$?", []],
    ["a | tee f\nx=$?\nif [ $x -ne 0 ]; then b; fi", ["$? | tee f!"]],
    ["a | tee f\nx=$?\nexit $x", ["$?= | tee f!"]],
    ["a | tee f\nx=$?\nx=1\nexit $x", []],
    ['a | tee f\nx=$?\necho "x=$x" >> $GITHUB_OUTPUT', ["$? | tee f!"]],
    ["a | tee f\nexport x=$?\n[ $x = 0 ] || b", ["$? | tee f!"]],
    ["a | tee f\necho done\nexit $?", ["$?= echo done!"]],
    ['a | tee f\n[ "$(b)" = $? ]', []],
    ["a | tee f\n[ '$?' = 0 ]", []],
    ["a | tee f\n[ \\$? = 0 ]", []],
    ["x=$(a | tee f)\n[ $? -ne 0 ]", ["$? | tee f!"]],
    ["if x=$(a | tee f); then b; fi", ["if | tee f"]],
    ["x=$(a) y=$(b)\n[ $? -ne 0 ]", ["$? b!"]],
    ["a\n[ $? -ne 0 ]", ["$? a!"]],
    ["set +e\na\n[ $? -ne 0 ]", ["$? a"]],
    ["set +e\na\nset -e\n[ $? -ne 0 ]", ["$? set -e!"]],
    ["a &\n[ $? -ne 0 ]", []],
    ["a && b\n[ $? -ne 0 ]", []],
    ["a || b\n[ $? -ne 0 ]", ["|| a"]],
    ["! a\n[ $? -ne 0 ]", ["$? a"]],
    ["if a; then b; fi\n[ $? -ne 0 ]", ["if a"]],
    ["for i in 1; do b; done\n[ $? -ne 0 ]", []],
    ["f() { a; }\nf\n[ $? -ne 0 ]", []],
    ["f() { a; [ $? -ne 0 ]; }\nif f; then b; fi", ["$? a"]],
    ["f() { a; local x=$?; return $x; }\nf", ["$?= a!"]],
    ["export X=$(a)\n[ $? -ne 0 ]", ["$?(export) a", "$? export!"]],
    ["f() { local x=$(a) || b; }; f", ["||(local) a", "|| local"]],
    ["if export X=$(a | tee f); then b; fi", ["if(export) | tee f", "if export"]],
    ["shopt -uo errexit\na\n[ $? -ne 0 ]", []],
    ["set $X\na\n[ $? -ne 0 ]", []],
  ])("%s", (script, expected) => {
    expect(questions(script)).toEqual(expected);
  });

  it.each([
    "set -o pipefail\nif a | tee f; then b; fi",
    "if a | tee f; then b; fi\nset -euo pipefail",
    "if a | tee f; then b; fi # no pipefail here",
    "if a | tee f; then b; fi\necho ${PIPESTATUS[0]}",
    "shopt -so $OPTION\nif a | tee f; then b; fi",
    "if tee f; then b; fi",
    "if a | { b; tee f; }; then c; fi",
    "if (a || b) | tee f; then c; fi",
    "if { b; if a; then c; fi; } | tee f; then d; fi",
    "g() { a; }\nif g | tee f; then c; fi",
    "if a | while read -r x; do tee f; done; then c; fi",
    "f() { tee x; }\nif a | f; then c; fi",
  ])("does not tell whether the others of a pipeline count: %s", (script) => {
    expect(read(script).filter(({ isSole }) => isSole === true)).toEqual([]);
  });

  it("tells what is taken as a value", () => {
    const captured = read('x=$(a | b)\nc "$(d)" < <(e)').filter(({ isCaptured }) => isCaptured === true);
    expect(captured.map(line)).toEqual(["a", "b", "d", "e"]);
  });

  it("tells that with `pipefail` all of them count", () => {
    const [, tee] = read("if a | tee f; then b; fi", { errexit: true, pipefail: true });
    expect(tee?.isSole).toBeUndefined();
  });
});
