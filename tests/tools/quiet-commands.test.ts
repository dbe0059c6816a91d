import { describe, expect, it } from "vitest";
import { isQuietBinary, onlyReadsFiles } from "../../src/tools/quiet-commands.ts";
import { binaryOf, reachesOf } from "./command-line.ts";

describe("a command only reads the files it names", () => {
  it.each([
    ["cat .env.local", true],
    ["[ -f .env.local ]", true],
    ["grep -q turbo package.json", true],
    // Its output goes into a file, but that is not asked here.
    ["cat a > package.json", true],
    ["sed -n 's/^A=//p' .env.local", true],
    ["sed -i 's/a/b/' .env.local", false],
    ["awk -F= '{ print $2 }' .env.local", true],
    ["uniq .env.example .env.local", false],
    ["cp .env.example .env.local", false],
    ["rm .env.local", false],
    ["echo package.json", false],
    ["$READER package.json", false],
  ])("%s: %s", (line, expected) => {
    const commands = reachesOf(line).map(({ located }) => located.command);
    expect(commands.map(onlyReadsFiles)).toEqual([expected]);
  });
});

describe("a program leaves the checkout as it is", () => {
  it.each([
    "tr '[:upper:]' '[:lower:]'",
    "cut -d. -f1",
    "sed 's/[^a-z]//g'",
    'sed -E "s|^v($MAJOR)|\\1|; s#a#b#gI"',
    "sed -nE '/^## /,/^$/{/a/!p}' CHANGELOG.md",
    "sed -ne '1,5p' -e '$d' file",
    "sed --expression=s/a/b/ file",
    "sed ':a;N;$!ba;s/\\n/ /g'",
    'sed -n "${LINE}p" file',
    "awk '{ print $1 }' file",
    "awk -F: -v x=1 '$1 >= 3 || /a/ { n++ } END { print n }'",
    "uniq -c file",
    "sort -rn -k2 file",
    "find . -name '*.ts' -type f",
    "base64 -d file",
    "curl -fsSL -X POST -H 'a: b' https://example.com",
    "curl -sSo /dev/null -w '%{http_code}' https://example.com",
    "mktemp -d",
    "openssl rand -hex 16",
    "gh api repos/a/b",
    "gh pr comment 1 --body a",
    "docker pull a",
    "git add package.json",
    "npm view react version",
    "npm config get cache",
    "pnpm store path --silent",
    "yarn cache dir",
  ])("%s", (line) => {
    expect(isQuietBinary(binaryOf(line))).toBe(true);
  });

  it.each([
    "sed -i 's/a/b/' file",
    "sed -Ei.bak 's/a/b/' file",
    "sed 's/a/b/' file --in-place",
    "sed -f script.sed file",
    "sed 's/a/b/w out' file",
    "sed 's/a/date/e' file",
    "sed -n '/a/w out' file",
    "sed 's/a/b/;w out' file",
    "sed 1e file",
    'sed "$SCRIPT" file',
    "sed ${{ vars.FLAGS }} 's/a/b/'",
    "sed",
    "awk '{ print > $1 }' file",
    "awk '{ print | \"sh\" }' file",
    "awk '{ system($0) }' file",
    "awk -i inplace '{ print }' file",
    "awk -f script.awk file",
    "awk ${{ vars.PROGRAM }} file",
    "uniq a b",
    "sort -o file file",
    "sort -uo file file",
    "sort ${{ vars.FLAGS }} file",
    "find . -name '*.js' -delete",
    "find . -exec touch {} +",
    "find . -fprint out",
    "base64 -o out file",
    "curl -O https://example.com/a",
    "curl -fsSLo a https://example.com/a",
    "curl --output a https://example.com/a",
    "curl --remote-name https://example.com/a",
    "mktemp out.XXX",
    "openssl rand -out key 16",
    "openssl req -new",
    "gh release download",
    "gh pr checkout 1",
    "gh run download 1",
    "docker run a",
    "docker build .",
    "git diff --output=out",
    "git checkout a",
    "npm version patch",
    "npm config set a b",
    "yarn config set a b",
  ])("not %s", (line) => {
    expect(isQuietBinary(binaryOf(line))).toBe(false);
  });
});
