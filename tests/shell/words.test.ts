import { describe, expect, it } from "vitest";
import { read, shown } from "./reading.ts";

/** The words after the name of the last command. */
function wordsOf(text: string): readonly string[] {
  return (read(text).at(-1)?.words ?? []).slice(1).map(shown);
}

describe("words", () => {
  it.each<[written: string, words: readonly string[]]>([
    ["plain", ["plain"]],
    ["a\\ b", ["a b"]],
    ["'a b'", ["a b"]],
    ["'$NAME'", ["$NAME"]],
    ['"$NAME"', ["name"]],
    ['"${NAME}x"', ["namex"]],
    ['"\\$NAME \\"q\\""', ['$NAME "q"']],
    ["\\$NAME", ["$NAME"]],
    ["pre'in'\"side\"post", ["preinsidepost"]],
    [String.raw`$'a\tb\n'`, ["a\tb\n"]],
    [String.raw`$'it\'s'`, ["it's"]],
    ["''", [""]],
    ["''$EMPTY", ["…"]],
    ["--flag=$NAME", ["--flag=name"]],
    ["a\\\nb", ["ab"]],
    ["one \\\n  two", ["one", "two"]],
    ["a # comment", ["a"]],
    ["a#b", ["a#b"]],
  ])("reads quotes in %s", (written, words) => {
    expect(wordsOf(`run ${written}`)).toEqual(words);
  });

  it.each<[written: string, words: readonly string[]]>([
    ["$NAME", ["name"]],
    ["$EMPTY", []],
    ['"$EMPTY"', [""]],
    ["$LIST", ["?…"]],
    ['"$LIST"', ["one two"]],
    ["$C", ["?…"]],
    ['"$C"', ["?"]],
    ["a${C}b", ["a?b…"]],
    ['"a${C}b"', ["a?b"]],
    ["$1", ["?…"]],
    ['"$1"', ["?"]],
    ['"$@"', ["?…"]],
    ['"${list[@]}"', ["?…"]],
    ['"$#"', ["?"]],
    ['"$((1 + 1))"', ["?"]],
    ['"$(date)"', ["?"]],
    ["`date`", ["?…"]],
    ["{a,b}", ["?…"]],
    ["~", ["?"]],
    ["~/bin", ["?/bin"]],
    ["'~'", ["~"]],
    ["a~", ["a~"]],
    ["<(sort x)", ["?…"]],
  ])("expands %s", (written, words) => {
    expect(wordsOf(`run ${written}`)).toEqual(words);
  });

  it.each<[written: string, words: readonly string[]]>([
    ["${NAME:-d}", ["name"]],
    ["${EMPTY:-d}", ["d"]],
    ["${EMPTY:-$NAME}", ["name"]],
    ["${EMPTY:=d}", ["d"]],
    ['"${EMPTY:-two words}"', ["two words"]],
    ["${EMPTY:-two words}", ["?…"]],
    // It may be absent or empty.
    ["${EMPTY-d}", ["?…"]],
    ["${NAME-d}", ["name"]],
    ["${C:-d}", ["?…"]],
    ["${NAME:+--flag}", ["--flag"]],
    ["${EMPTY:+--flag}", []],
    ["${NAME:?missing}", ["name"]],
    ['"${NAME#n}"', ["?"]],
    ['"${#NAME}"', ["?"]],
    ['"${!NAME}"', ["?"]],
    ['"${NAME^^}"', ["?"]],
  ])("decides %s", (written, words) => {
    expect(wordsOf(`run ${written}`)).toEqual(words);
  });

  it.each<[written: string, words: readonly string[]]>([
    ["${{ env.NAME }}", ["name"]],
    ["${{ env.LIST }}", ["one", "two"]],
    ['"${{ env.LIST }}"', ["one two"]],
    ["${{ env.EMPTY }}", []],
    ['"${{ env.EMPTY }}"', [""]],
    ["${{ github.x }}", ["?…"]],
    ['"${{ github.x }}"', ["?"]],
    ["'${{ env.NAME }}'", ["name"]],
    ["'${{ a == 'b c' }}'", ["?"]],
    ["--name=${{ env.NAME }}-x", ["--name=name-x"]],
    ["--name=${{ github.x }}", ["--name=?…"]],
    ["$'${{ env.NAME }}'", ["?"]],
    ["$${{ env.NAME }}", ["?…"]],
    ['"${X:-${{ github.x }}}"', ["?"]],
  ])("puts expressions into %s", (written, words) => {
    expect(wordsOf(`run ${written}`)).toEqual(words);
  });

  it.each<[written: string, variables: readonly string[], isComputed: boolean]>([
    ["a", [], false],
    ['"$A$B"', ["A", "B"], false],
    ['"${A:-$B}"', ["A", "B"], false],
    ['"${A%%/*}"', ["A"], false],
    ['"${A#"$B"}"', ["A", "B"], false],
    ['"${!A}"', ["A"], true],
    ['"$(date)"', [], true],
    ['"${A:-$(date)}"', ["A"], true],
    ["~/x", [], true],
    ['"$1"', ["1"], false],
  ])("tells what decides %s", (written, variables, isComputed) => {
    expect(read(`run ${written}`).at(-1)?.words[1]).toMatchObject({ variables, isComputed });
  });
});

describe("here-documents", () => {
  it.each<[name: string, script: string, input: string | undefined]>([
    ["expanded", "cat <<EOF\nA=$NAME\nB=$C\nEOF", "A=name\nB=?\n"],
    ["quoted", "cat <<'EOF'\nA=$NAME\nEOF", "A=$NAME\n"],
    ["with escapes", "cat <<EOF\n\\$NAME \\`x\\`\nEOF", "$NAME `x`\n"],
    ["without tabs", "cat <<-EOF\n\t\tA=1\n\tEOF", "A=1\n"],
    ["with expressions", "cat <<EOF\nA=${{ env.LIST }}\nB=${{ github.x }}\nEOF", "A=one two\nB=?\n"],
    ["with expressions, quoted", "cat <<'EOF'\nA=${{ env.NAME }}\nEOF", "A=name\n"],
    ["as a string", 'cat <<< "a $NAME"', "a name"],
    ["of a group", "{ cat; } <<EOF\nx\nEOF", "x\n"],
    ["none", "cat < file", undefined],
  ])("%s", (_, script, input) => {
    const word = read(script)[0]?.input;
    expect(word && shown(word)).toBe(input);
  });
});

describe("redirects", () => {
  it.each<[script: string, redirects: readonly string[]]>([
    ["run > out", ["> out"]],
    ['run >> "$NAME.txt"', [">> name.txt"]],
    ["run 2>&1 > out", [">& 1", "> out"]],
    ["{ run; } > out", ["> out"]],
    ["{ run > in; } > out", ["> in", "> out"]],
    ["if true; then run; fi >> out", [">> out"]],
    ["f() { run; }; f > out", ["> out"]],
    ["f() { run; } > out; f", ["> out"]],
    ["run > $(name)", ["> ?"]],
    ["run", []],
  ])("%s", (script, redirects) => {
    const command = read(script).find(({ words }) => words[0].text === "run");
    expect(command?.redirects.map(({ operator, target }) => `${operator} ${shown(target)}`)).toEqual(redirects);
  });
});
