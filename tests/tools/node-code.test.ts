import { describe, expect, it } from "vitest";
import { onlyWritesJson } from "../../src/tools/node-code.ts";
import { reachesOf } from "./command-line.ts";

const WRITES = "require('fs').writeFileSync('./package.json', JSON.stringify(pkg, null, 2) + '\\n');";

describe("code for node only writes files of JSON that it names", () => {
  it.each([
    ["require('./package.json').version", true],
    [`const pkg = require('./package.json'); pkg.version = process.env.VERSION; ${WRITES}`, true],
    ["const fs = require('node:fs'); fs.writeFileSync('a.json', fs.readFileSync('b.txt', 'utf8'))", true],
    ["const { readFileSync, writeFileSync } = require('fs'); writeFileSync('a.json', readFileSync('b'))", true],
    ["fs.writeFileSync('a.json', JSON.stringify({ 'b/c': p['d'] }))", true],
    ["if (a > 3) { console.log('x'); process.exit(1); }", true],
    ["fs.writeFileSync('a.ts', '')", false],
    ["fs.writeFileSync(path, '')", false],
    ["fs.mkdirSync('a')", false],
    ["require('./build.js')", false],
    ["require(name)", false],
    ["import('./build.js')", false],
    ["eval(code)", false],
    ["require('child_process').execSync('make')", false],
    ["child_process.exec('make')", false],
    ["process.binding('fs')", false],
    ["process['binding']('fs')", false],
    ["require('fs')['writeFileSync']('a.ts', '')", false],
    ["const write = require('fs').writeFileSync; write('a.ts', '')", false],
    ["const { writeFileSync: write } = require('fs'); write('a.ts', '')", false],
    ["const f = require('fs'); f[name]('a.ts', '')", false],
    ["const f = require('fs').promises; f.writeFile('a.ts', '')", false],
  ])("%s: %s", (code, expected) => {
    const [reach] = reachesOf(`node -e ${JSON.stringify(code).replaceAll("$", String.raw`\$`)}`);
    expect(reach && onlyWritesJson(reach.located.command.words)).toBe(expected);
  });

  it.each([
    ["node -p 'a'", true],
    ["node --print 'a'", true],
    ["node 'a'", false],
    ["node -e 'a' $(cat more)", false],
    ["node -e $CODE", false],
    ["bun -e 'a'", false],
  ])("%s: %s", (line, expected) => {
    const [reach] = reachesOf(line);
    expect(reach && onlyWritesJson(reach.located.command.words)).toBe(expected);
  });
});
