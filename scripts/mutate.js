// npm run mutate -- DIR…
// Breaks copies of sound repositories one way at a time, demands the matching report, then that `--fix` takes it away again
// where it can.
// What is not reported is listed: each is either a miss or a change that breaks nothing, which a reader has to judge.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { mutate } from "./mutations/index.js";

/** @typedef {{ made: number; reported: number; repaired: number }} Recall */

/** @type {Map<string, Recall>} */
const byKind = new Map();
const roots = process.argv
  .slice(2)
  .flatMap((folder) =>
    existsSync(join(folder, ".github"))
      ? [resolve(folder)]
      : readdirSync(folder).flatMap((name) => (name.includes("__") ? [resolve(folder, name)] : [])),
  );
for (const root of roots) {
  console.log(basename(root));
  for await (const { mutation, isReported, isRepaired, isFixable } of mutate(root)) {
    const recall = byKind.get(mutation.kind) ?? { made: 0, reported: 0, repaired: 0 };
    byKind.set(mutation.kind, recall);
    recall.made++;
    if (isReported) recall.reported++;
    if (isRepaired) recall.repaired++;
    const place = `${mutation.kind}: ${mutation.path}:${String(mutation.line)}`;
    if (!isReported) console.log(`  not reported  ${place}`);
    else if (!isRepaired && isFixable) console.log(`  not repaired  ${place}`);
  }
}
for (const [kind, { made, reported, repaired }] of byKind) {
  console.log(`${kind}: ${String(reported)} of ${String(made)} reported, ${String(repaired)} repaired by --fix`);
}
