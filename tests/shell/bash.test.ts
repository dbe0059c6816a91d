import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { disagreements } from "./agreement.ts";
import { generatedScript } from "./generated-script.ts";
import { Bash } from "./real-bash.ts";

const RUNS = 500;
const bash = new Bash();

afterAll(() => {
  bash.remove();
});

describe("bash", () => {
  it("runs what the model lists, where and with what it says", { timeout: 600_000 }, () => {
    let judged = 0;
    fc.assert(
      fc.property(generatedScript, (script) => {
        const found = disagreements(bash, script);
        if (found) judged++;
        expect(found ?? []).toEqual([]);
      }),
      { seed: 1, numRuns: RUNS },
    );
    // The others leave the folder, or pop what was not pushed.
    expect(judged).toBeGreaterThan(RUNS / 2);
  });
});
