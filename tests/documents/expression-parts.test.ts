import { describe, expect, it } from "vitest";
import { rangesOfPart } from "../../src/documents/expression-parts.ts";

const BUILD = { context: "steps", path: ["build", "outputs", "tag"] };

/** The text with what is found in brackets of its own. */
const marked = (text: string, part: number): string =>
  rangesOfPart(text, BUILD, part).reduceRight(
    (result, [start, end]) => `${result.slice(0, start)}«${result.slice(start, end)}»${result.slice(end)}`,
    text,
  );

describe("rangesOfPart", () => {
  it.each([
    [0, "steps.build.outputs.tag", "steps.«build».outputs.tag"],
    [2, "steps.build.outputs.tag", "steps.build.outputs.«tag»"],
    [0, "STEPS . Build . outputs.tag", "STEPS . «Build» . outputs.tag"],
    [2, "steps['build']['outputs'][ 'tag' ]", "steps['build']['outputs'][ '«tag»' ]"],
    [0, "format('steps.build', steps.build.outputs.tag)", "format('steps.build', steps.«build».outputs.tag)"],
    [0, "a ||\n  steps.build.outputs.tag", "a ||\n  steps.«build».outputs.tag"],
    [0, "steps.build.outcome || steps.build.outputs.tag", "steps.«build».outcome || steps.«build».outputs.tag"],
    [2, "steps.build.outcome || steps.build.outputs.tag", "steps.build.outcome || steps.build.outputs.«tag»"],
    [0, "github.steps.build", "github.steps.build"],
    [0, "steps.builder.outputs.tag", "steps.builder.outputs.tag"],
    [0, "steps[env.build]", "steps[env.build]"],
    [0, "steps", "steps"],
  ])("part %i of %s", (part, text, expected) => {
    expect(marked(text, part)).toBe(expected);
  });
});
