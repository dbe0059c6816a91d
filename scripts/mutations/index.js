// Breaks repositories that are sound, one place at a time. Each file beside this one has the kinds of one subject.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, sep } from "node:path";
import { LINTED_FILES, lintRepository } from "../lint-repository.js";
import { bunMutations } from "./bun.js";
import { convexMutations } from "./convex.js";
import { deployKeyMutations } from "./deploy-key.js";
import { secretsMutations } from "./secrets.js";
import { lockfileMutations } from "./lockfile.js";
import { generatedCodeMutations } from "./generated-code.js";
import { textsIn } from "./text.js";
import { turboMutations } from "./turbo.js";

/** All ways to break a repository: each takes its folder, and gives its mutations in a stable order. */
const KINDS = [
  convexMutations,
  turboMutations,
  bunMutations,
  deployKeyMutations,
  secretsMutations,
  lockfileMutations,
  generatedCodeMutations,
];

/**
 * Applies every mutation to a copy of a repository, and says of each whether it was reported, repaired, and can be.
 *
 * @param {string} root
 */
export async function* mutate(root) {
  const copy = mkdtempSync(join(tmpdir(), "preflight-mutate-"));
  try {
    cpSync(root, copy, {
      recursive: true,
      filter: (path) => !/^(?:\.git|node_modules)$/.test(basename(path)) && !path.endsWith(`${sep}FILES.txt`),
    });
    // What can be repaired is repaired first, so that the copy is as sound as it can be.
    for (let runs = 0; runs < 4; runs++) await lintRepository(copy, true);
    const originals = new Map(textsIn(copy, LINTED_FILES).map(({ path, text }) => [path, text]));
    const before = (await lintRepository(copy)).findings;
    const known = new Set(before.map(keyOf));
    const tally = tallyOf(before);
    for (const mutation of KINDS.flatMap((kind) => kind(copy))) {
      const isFixable = mutation.isFixable ?? true;
      mkdirSync(dirname(join(copy, mutation.path)), { recursive: true });
      writeFileSync(join(copy, mutation.path), mutation.text);
      const { findings } = await lintRepository(copy);
      const isReported = findings.some(
        (finding) =>
          finding.rule === mutation.rule && mutation.where.test(placeOf(finding)) && !known.has(keyOf(finding)),
      );
      let isRepaired = false;
      for (let runs = 0; isReported && isFixable && !isRepaired && runs < 4; runs++) {
        const left = (await lintRepository(copy, true)).findings;
        isRepaired = [...tallyOf(left)].every(([key, count]) => count <= (tally.get(key) ?? 0));
      }
      for (const { path, text } of textsIn(copy, LINTED_FILES)) {
        const original = originals.get(path);
        if (original === undefined) rmSync(join(copy, path));
        else if (original !== text) writeFileSync(join(copy, path), original);
      }
      yield { mutation, isReported, isRepaired, isFixable };
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @param {import("../lint-repository.js").Finding} finding */
function placeOf({ path, line }) {
  return `${path}:${String(line)}`;
}

/** @param {import("../lint-repository.js").Finding} finding */
function keyOf(finding) {
  return `${placeOf(finding)} ${finding.rule}`;
}

/**
 * How often each finding occurs, whatever its line.
 *
 * @param {import("../lint-repository.js").Finding[]} findings
 */
function tallyOf(findings) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const { path, rule, message } of findings) {
    const key = `${path} ${rule} ${message.replaceAll(/:\d+/g, "")}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  return tally;
}
