// With which status commands end, by POSIX, the manuals of GNU coreutils 9 and bash 5.2; what is said of tee and its like was run in both bash and dash, 2026-11.

/** Commands that end with success whatever stands before or around them. */
export const ALWAYS_SUCCEED: ReadonlySet<string> = new Set(
  ": date declare echo exit export false local printf pwd readonly return seq set shopt sleep true typeset unset yes".split(
    " ",
  ),
);

/** Of those, the ones that tell a reader what is going on, between a command and a question about it. */
export const BETWEEN: ReadonlySet<string> = new Set(["echo", "set"]);

/** Commands at the end of a pipeline that end with success whatever they read, where each argument is like this. */
export const STAND_INS: ReadonlyMap<string, RegExp> = new Map([
  ["cat", /^-[AbeEnstTuv]*$/],
  ["nl", /^-\w*$/],
  ["sort", /^-[bdfghiMnRrVuz]+$/],
  ["tail", /^(?:-.*|\+?\d+)$/],
  ["tee", /^(?!>\()/],
  ["tr", /^/],
]);

/** Commands that only change the text that runs through a pipeline: who asks about the pipeline does not ask about them. */
export const FILTERS: ReadonlySet<string> = new Set(
  "awk cat column cut fold gawk grep head jq nl paste perl sed sort stdbuf tail tee tr ts uniq wc".split(" "),
);
