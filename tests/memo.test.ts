import { expect, it } from "vitest";
import { onceForEach, onceForTexts } from "../src/memo.ts";

it("works out a function of an object once for each, also where it gives nothing", () => {
  const asked: object[] = [];
  const nothing = onceForEach((key: object) => void asked.push(key));
  const [a, b] = [{}, {}];
  for (const key of [a, b, a, a]) nothing(key);
  expect(asked).toEqual([a, b]);
  expect(asked[1]).toBe(b);
});

it("works out a function of texts once for each list of them", () => {
  const asked: string[][] = [];
  const join = onceForTexts((...texts: readonly string[]) => {
    asked.push([...texts]);
    return texts.join("-");
  });
  const given = [
    ["a", "b"],
    ["ab", ""],
    ["a", "b"],
    ["", "ab"],
  ];
  expect(given.map((texts) => join(...texts))).toEqual(["a-b", "ab-", "a-b", "-ab"]);
  expect(asked).toEqual([
    ["a", "b"],
    ["ab", ""],
    ["", "ab"],
  ]);
});
