/**
 * Real turbo judges the model: on generated repositories, which tasks a command line runs, and which variables reach them.
 * ORACLE_SEED and ORACLE_RUNS (repositories for each version) make another or a longer run:
 * `ORACLE_SEED=7 ORACLE_RUNS=2000 npx vitest run tests/oracle/turbo.test.ts`.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TURBO_VERSIONS, type TurboVersion } from "./turbo-binaries.ts";
import { cases, disagreements } from "./turbo-judgement.ts";

const seed = Number(process.env["ORACLE_SEED"] ?? 1);
const numRuns = Number(process.env["ORACLE_RUNS"] ?? 100);

describe.concurrent("turbo and the model agree on any repository", () => {
  it.each(Object.keys(TURBO_VERSIONS) as TurboVersion[])(
    "turbo %s",
    async (version) => {
      const property = fc.asyncProperty(cases(version), async (input) => {
        expect(await disagreements(input)).toEqual([]);
      });
      await fc.assert(property, { seed, numRuns });
    },
    numRuns * 2_000,
  );
});
