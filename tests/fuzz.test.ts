import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import preflight from "eslint-plugin-preflight";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INCIDENT, readFolder } from "./support/incident.ts";
import { writeRepository } from "./support/temporary.ts";

const repositories = fileURLToPath(new URL("repositories", import.meta.url));
const LINTED = /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|action\.ya?ml|package\.json|turbo\.jsonc?)$/;

/** What a half-typed or wrongly merged file may hold. */
const PIECES = [
  ..."- ? : & * ! | > % @ ` { } [ ] , # ' \" \\".split(" "),
  ..."\n \t \r\n \0 \ufeff \ud800 ---\n ...\n ${{ }} ${{ &a *a <<: null true 0 ~ [] {} [[[ //x\n /* */".split(" "),
  "\n        env:\n          A: ${{ secrets.A }}",
  "run: |\n          cd x && (bunx convex codegen || true)\n",
  "uses: ./.github/actions/a",
  '"extends": ["//"],',
  "$(",
  "`",
  "<<EOF\n",
  "if [ -z $X ]; then\n",
  "; }",
  "\\\n",
];

/** One damage to a text: of its lines, its words or its characters. */
const damage: fc.Arbitrary<(text: string) => string> = fc
  .record({
    kind: fc.constantFrom("piece", "word", "line", "cut", "character"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    other: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.constantFrom(...PIECES),
    code: fc.integer({ min: 0, max: 0xff_ff }),
  })
  .map(({ kind, at, other, piece, code }) => (text) => {
    const offset = Math.floor(at * text.length);
    if (kind === "piece") return text.slice(0, offset) + piece + text.slice(offset);
    if (kind === "character") return text.slice(0, offset) + String.fromCharCode(code) + text.slice(offset + 1);
    if (kind === "cut") return text.slice(0, offset) + text.slice(offset + Math.floor(other * 40));
    if (kind === "word") {
      const words = [...text.matchAll(/[\w./@^#-]+/g)];
      const from = words[Math.floor(at * words.length)];
      const to = words[Math.floor(other * words.length)];
      return from && to ? text.slice(0, from.index) + to[0] + text.slice(from.index + from[0].length) : text;
    }
    const lines = text.split("\n");
    const [line = ""] = lines.splice(Math.floor(at * lines.length), other < 0.5 ? 1 : 0);
    lines.splice(
      Math.floor(other * lines.length),
      0,
      ...(other < 0.3 ? [] : other < 0.7 ? [`  ${line}`] : [line, line]),
    );
    return lines.join("\n");
  });

describe.each([INCIDENT, ...readdirSync(repositories).map((theme) => join(repositories, theme))])(
  "%s, damaged",
  (folder) => {
    it("never throws, and stays readable after fixes", async () => {
      const files = readFolder(folder);
      const paths = Object.keys(files).filter((path) => LINTED.test(path));
      const root = writeRepository(files);
      const eslint = new ESLint({
        cwd: root,
        overrideConfigFile: true,
        overrideConfig: preflight.configs.strict,
        fix: true,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...paths),
          fc.array(damage, { minLength: 1, maxLength: 6 }),
          async (path, changes) => {
            const text = changes.reduce((current, change) => change(current), files[path] ?? "");
            const [result] = await eslint.lintText(text, { filePath: join(root, path) });
            if (result?.output === undefined) return;
            expect(result.fatalErrorCount).toBe(0);
            const [again] = await eslint.lintText(result.output, { filePath: join(root, path) });
            expect(again?.fatalErrorCount).toBe(0);
            expect(again?.output).toBeUndefined();
          },
        ),
        { seed: 20_261_122, numRuns: Number(process.env["FUZZ_RUNS"] ?? 150) },
      );
    });
  },
);
