import { describe, expect, it } from "vitest";
import { HOSTED_RUNNERS, PLAIN_IMAGES, RUNNER_VARIABLES } from "../../src/tools/runners.data.ts";

describe("a runner's label", () => {
  it.each([
    ["ubuntu-latest", "Linux"],
    ["ubuntu-24.04", "Linux"],
    ["ubuntu-24.04-arm", "Linux"],
    ["ubuntu-slim", "Linux"],
    ["ubuntu-latest-4-cores", "Linux"],
    ["macos-latest", "macOS"],
    ["macos-15-xlarge", "macOS"],
    ["macos-15-intel", "macOS"],
    ["windows-2025", "Windows"],
    ["windows-11-arm", "Windows"],
    ["blacksmith-4vcpu-ubuntu-2404", "Linux"],
    ["blacksmith-4vcpu-windows-2025", "Windows"],
    ["depot-ubuntu-24.04", "Linux"],
    ["depot-macos-latest", "macOS"],
    ["namespace-profile-default", "Linux"],
    ["ubicloud-standard-2", "Linux"],
    ["warp-ubuntu-latest-x64-4x", "Linux"],
    // Machines of one's own can have any variable set.
    ["self-hosted", undefined],
    ["ubuntu-latest-own", undefined],
    ["my-ubuntu-latest", undefined],
    ["linux", undefined],
  ])("%s is of %s", (label, os) => {
    expect(HOSTED_RUNNERS.find(([pattern]) => pattern.test(label))?.[1]).toBe(os);
  });
});

describe("an image of a job's container", () => {
  it.each([
    ["node:22", true],
    ["docker.io/library/node:22-alpine", true],
    ["oven/bun:1.2.18", true],
    ["oven/bun", true],
    ["mcr.microsoft.com/playwright:v1.50.0", true],
    ["ghcr.io/example/ci:1", false],
    ["example/node:22", false],
    ["node-ci:22", false],
  ])("%s sets nothing of its own: %s", (image, expected) => {
    expect(PLAIN_IMAGES.some((pattern) => pattern.test(image))).toBe(expected);
  });
});

describe("a variable of every runner", () => {
  it.each([
    ["CI", true],
    ["GITHUB_SHA", true],
    ["RUNNER_OS", true],
    ["ACTIONS_CACHE_URL", true],
    ["PATH", true],
    // It is a secret, which a step has to take.
    ["GITHUB_TOKEN", false],
    ["CI_TOKEN", false],
    ["CONVEX_DEPLOY_KEY", false],
  ])("%s: %s", (name, expected) => {
    expect(RUNNER_VARIABLES.some((pattern) => pattern.test(name))).toBe(expected);
  });
});
