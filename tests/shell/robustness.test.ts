import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readApproximately } from "../../src/shell/powershell.ts";
import { generatedScript } from "./generated-script.ts";
import { read } from "./reading.ts";

const MANY = 5_000;

const SCRIPT = `set -euo pipefail
export A="\${X:-d}" B=\${{ github.ref }}
cd "$GITHUB_WORKSPACE/apps/web" || exit 1
deploy() {
  local env=$1
  if [[ "$env" == prod && -n "\${TOKEN:-}" ]]; then
    npx tool deploy --env "$env" | tee log.txt
  else
    echo "skip $(date +%s)" >&2; return 0
  fi
}
for f in a b 'c d'; do (cd "$f" && deploy "\${f#a}") || true; done
case "$B" in refs/tags/*) deploy prod ;; *) deploy dev ;; esac
while read -r line; do ((n++)); done < <(ls)
cat <<'END' >> "$GITHUB_ENV"
A=1
END
{ echo "K<<X"; printf '%s\\n' $'a\\tb'; echo X; } >> $GITHUB_ENV
`;

/** Text with pieces cut out or repeated elsewhere. */
const damaged = fc
  .array(fc.tuple(fc.nat(SCRIPT.length), fc.nat(40), fc.option(fc.nat(SCRIPT.length))), { minLength: 1, maxLength: 6 })
  .map((cuts) =>
    cuts.reduce((text, [at, length, to]) => {
      if (to === null) return text.slice(0, at) + text.slice(at + length);
      return text.slice(0, to) + text.slice(at, at + length) + text.slice(to);
    }, SCRIPT),
  );

const TOKENS =
  "a A=1 $ ${ ${{ }} $(( $( ) ` ' \" \\ ; ;; & && || | { } ( (( [[ ]] [ ] if then else fi for in do done while case esac function f() ! << <<< > ~ * = , é 😀";
const token = fc.constantFrom(...TOKENS.split(" "), " ", "\n", "\t", "\0", "<<END\n");

/** Fails where a command or word is not what the script has at its range. */
function expectSound(text: string): void {
  const wrong = read(text).filter(
    ({ range, words }) =>
      range[0] !== words[0].range[0] || words.some((word) => text.slice(...word.range) !== word.text),
  );
  expect(wrong).toEqual([]);
  readApproximately(text);
}

describe("readScript", () => {
  it.each<[name: string, texts: fc.Arbitrary<string>]>([
    ["tokens", fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(""))],
    ["tokens with blanks", fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(" "))],
    ["characters", fc.string({ unit: "binary", maxLength: 200 })],
    ["a damaged script", damaged],
    ["a script that is cut off", fc.tuple(generatedScript, fc.nat(400)).map(([{ text }, end]) => text.slice(0, end))],
  ])("reads %s", (_, texts) => {
    fc.assert(fc.property(texts, expectSound), { seed: 1, numRuns: 300 });
  });

  it.each<[name: string, text: string]>([
    ["open substitutions", "a $(".repeat(MANY)],
    ["substitutions", `${"a $(".repeat(MANY)}b${")".repeat(MANY)}`],
    ["subshells", `${"(".repeat(MANY)}a${")".repeat(MANY)}`],
    ["groups", `${"{ ".repeat(MANY)}a${"; }".repeat(MANY)}`],
    ["branches", `${"if a; then ".repeat(MANY)}b${"; fi".repeat(MANY)}`],
    ["undecided branches", `${'if [ -n "$C" ]; then cd x; else '.repeat(200)}b${"; fi".repeat(200)}`],
    ["loops", `${"while a; do ".repeat(200)}b${"; done".repeat(200)}`],
    ["loops over words", `${"for i in 1 2 3 4; do ".repeat(40)}a${"; done".repeat(40)}`],
    ["defaults", `echo ${"${A:-".repeat(MANY)}b${"}".repeat(MANY)}`],
    ["arithmetic", `echo ${"$((".repeat(MANY)}1${"))".repeat(MANY)}`],
    ["negated tests", `[ ${"! ".repeat(MANY)}a ]`],
    ["joined tests", `[ ${"a -a ".repeat(MANY)}a ]`],
    ["conditions", `[[ ${"( ".repeat(MANY)}a${" )".repeat(MANY)} ]]`],
  ])("reads deep %s", (_, text) => {
    expectSound(text);
  });

  it.each<[name: string, text: string]>([
    ["a chain", `${"a && ".repeat(MANY)}b`],
    ["a chain of tests", `${'[ -n "$C" ] && '.repeat(1_000)}b`],
    ["a pipeline", `${"a | ".repeat(MANY)}b`],
    ["early ends", '[ -n "$C" ] || exit 0\n'.repeat(1_000)],
    ["here-documents", "a <<END\n".repeat(MANY)],
    ["quotes", "'\"".repeat(MANY)],
    ["expressions", "a ${{ b }} ".repeat(MANY)],
    ["open expressions", "${{ ".repeat(MANY)],
    ["lines", "export A=1 B=$A\ncd x && a || b\n".repeat(MANY / 2)],
    ["variables", Array.from({ length: MANY }, (_, at) => `V${String(at)}=1`).join("\n")],
    ["branches", 'if [ -n "$C" ]; then A=1; cd x; fi\n'.repeat(MANY)],
  ])("reads long %s", (_, text) => {
    expectSound(text);
  });

  it("reads functions that call each other", () => {
    expectSound("f() { g; g; g; }; g() { f; f; f; }; f");
    const calls = Array.from({ length: 30 }, (_, at) => `f${String(at)}() { f${String(at + 1)}; f${String(at + 1)}; }`);
    expectSound(`${calls.join("\n")}\nf0`);
  });
});
