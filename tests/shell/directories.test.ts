import { describe, expect, it } from "vitest";
import { line, read } from "./reading.ts";

/** Where each command that is no builtin of these runs. */
function directoriesOf(script: string): readonly string[] {
  return read(script)
    .filter(({ words }) => /^[a-c]$/.test(words[0].text))
    .map((command) => `${line(command)} in ${command.directory.known ? command.directory.value : "?"}`);
}

describe("directory", () => {
  it.each<[script: string, expected: readonly string[]]>([
    ["a", ["a in "]],
    ["cd x; a", ["a in x"]],
    ["cd x && a", ["a in x"]],
    ["cd x || exit 1\na", ["a in x"]],
    ["cd x/../y/; a", ["a in y"]],
    ["cd ..; a", ["a in .."]],
    ["cd 'x y'; a", ["a in x y"]],
    ["cd /tmp; a", ["a in /tmp"]],
    ["cd x 2> /dev/null; a", ["a in x"]],
    ["cd -- x; a", ["a in x"]],
    ["cd -P x; a", ["a in x"]],
    ["command cd x; a", ["a in x"]],
    ["builtin cd x; a", ["a in x"]],
    ['cd ""; a', ["a in "]],
    ['cd "$GITHUB_WORKSPACE/x"; a', ["a in /github/workspace/x"]],
    ["cd $GITHUB_WORKSPACE; a", ["a in /github/workspace"]],
    ["cd ${{ env.NAME }}; a", ["a in name"]],
    ["D=x; cd $D; a", ["a in x"]],
    ['cd "${EMPTY:-x}"; a', ["a in x"]],
    ['cd "x*"; a', ["a in x*"]],
    ["cd x; cd y; a", ["a in x/y"]],
    ["cd x; cd -; a", ["a in "]],
    ["pushd x; a; popd; b", ["a in x", "b in "]],
    ["pushd x; pushd y; a; popd; b; popd; c", ["a in x/y", "b in x", "c in "]],
    ["pushd x; cd y; popd; a", ["a in "]],
  ])("is known after %s", (script, expected) => {
    expect(directoriesOf(script)).toEqual(expected);
  });

  it.each<[script: string]>([
    ["cd; a"],
    ["cd -; a"],
    ["cd ~/x; a"],
    ['cd "$C"; a'],
    ['cd "${C:-x}"; a'],
    ['cd "$(pwd)"; a'],
    ["cd x*; a"],
    ["cd $LIST; a"],
    ['eval "cd x"; a'],
    ["popd; a"],
    ["pushd; a"],
    ["pushd +1; a"],
    ['if [ -n "$C" ]; then cd x; fi\na'],
    ["[ -d x ] && cd x\na"],
    ["cd x || cd y; a"],
    ['case "$C" in x) cd x ;; *) cd y ;; esac; a'],
    ["while b; do cd x; a; done"],
    ["for d in */; do cd $d; a; done"],
    ["for d in $C; do cd x; done; a"],
  ])("is unknown after %s", (script) => {
    expect(directoriesOf(script).at(-1)).toBe("a in ?");
  });

  it.each<[name: string, script: string, expected: readonly string[]]>([
    ["subshell", "(cd x && a); b", ["a in x", "b in "]],
    ["group", "{ cd x; a; }; b", ["a in x", "b in x"]],
    ["pipeline", "cd x | a; b", ["a in ", "b in "]],
    ["background", "cd x & a", ["a in "]],
    ["substitution", "v=$(cd x; a); b", ["a in x", "b in "]],
    ["function", "f() { cd x; a; }; f; b", ["a in x", "b in x"]],
    ["function with a subshell", "f() { (cd x; a); }; f; b", ["a in x", "b in "]],
    ["function called elsewhere", "f() { a; }; cd x; f", ["a in x"]],
    ["loop", "for d in x y; do (cd $d && a); done; b", ["a in x", "a in y", "b in "]],
    ["loop that goes back", "for d in x y; do cd $d; a; cd ..; done; b", ["a in x", "a in y", "b in "]],
    ["loop that does not", "for d in x y; do cd $d; a; done; b", ["a in x", "a in x/y", "b in x/y"]],
    ["branches that agree", 'if [ -n "$C" ]; then cd x; else cd x; fi; a', ["a in x"]],
    ["branch that is not taken", 'if [ "$NAME" = other ]; then cd x; fi; a', ["a in "]],
    ["branch that ends the script", 'if [ -n "$C" ]; then cd x; a; exit; fi; b', ["a in x", "b in "]],
    ["branch of which the other fails", 'case "$C" in x) cd x ;; *) exit 1 ;; esac; a', ["a in x"]],
    ["function left early", 'f() { if [ -n "$C" ]; then return; fi; cd x; }; f; a', ["a in ?"]],
    ["loop left early", 'for i in 1 2; do if [ -n "$C" ]; then break; fi; cd x; done; a', ["a in ?"]],
    ["loop whose condition leaves it", "while true; do until break; do :; done; cd x; break; done; a", ["a in ?"]],
  ])("follows a %s", (_, script, expected) => {
    expect(directoriesOf(script)).toEqual(expected);
  });
});
