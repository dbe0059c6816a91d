import { describe, expect, it } from "vitest";
import { tokensIn } from "../../src/tools/token-shapes.ts";
import { CONVEX_SECRET, noise, TOKENS } from "../support/tokens.ts";

const AWS_ID = ["AKIA", "Q7RK2MXB5DYJN3WL"].join("");

/** What a credential is found beside. */
const BESIDE: Readonly<Record<string, string>> = {
  "a Convex admin key": "CONVEX_SELF_HOSTED_URL: https://convex.acme.dev\n",
  "an AWS secret access key": `AWS_ACCESS_KEY_ID: ${AWS_ID}\nAWS_SECRET_ACCESS_KEY: `,
};

/** The same text with another character in the middle. */
function changed(token: string): string {
  const at = Math.floor(token.length / 2);
  return `${token.slice(0, at)}${token[at] === "a" ? "b" : "a"}${token.slice(at + 1)}`;
}

describe("a credential is recognized", () => {
  it.each(Object.entries(TOKENS))("%s", (kind, token) => {
    const before = `${BESIDE[kind] ?? ""}"`;
    const tokens = tokensIn(`${before}${token}" # more`);
    expect(tokens.map(({ shape, range }) => [shape.kind, ...range])).toEqual([
      [kind, before.length, before.length + token.length],
    ]);
    expect(token.slice(-20)).not.toContain(tokens[0]?.prefix || "-");
  });

  const convex = [
    `prod:joyful-jaguar-123|${CONVEX_SECRET}`,
    `dev:joyful-jaguar-123|${CONVEX_SECRET}`,
    `preview:acme:shop|${CONVEX_SECRET}`,
    `preview:joyful-jaguar-123|${CONVEX_SECRET}`,
    `project:acme:shop|${CONVEX_SECRET}`,
    `team:acme|${CONVEX_SECRET}`,
    `custom:joyful-jaguar-123|${CONVEX_SECRET}`,
    CONVEX_SECRET,
  ];
  it.each(convex)("a Convex key: %s", (token) => {
    expect(tokensIn(`KEY='${token}' npx convex deploy`).map(({ range }) => range)).toEqual([[5, 5 + token.length]]);
  });

  it.each(["ghp_", "gho_", "ghu_", "ghs_"])("a GitHub token that starts with %s", (prefix) => {
    const token = TOKENS["a GitHub token"].replace("ghp_", prefix);
    expect(tokensIn(`https://x:${token}@github.com`)).toMatchObject([{ prefix }]);
  });

  it("each in the order of the text", () => {
    const text = `${TOKENS["an npm access token"]} ${TOKENS["a GitHub token"]} ${TOKENS["an npm access token"]}`;
    expect(tokensIn(text).map(({ prefix }) => prefix)).toEqual(["npm_", "ghp_", "npm_"]);
  });
});

describe("text is no credential", () => {
  const hex = noise(40, "0123456789abcdef");
  const none: readonly (readonly [name: string, text: string])[] = [
    ["a secret of GitHub", "${{ secrets.CONVEX_DEPLOY_KEY }}"],
    ["a template", "prod:joyful-jaguar-123|${{ secrets.CONVEX_TOKEN }}"],
    ["a placeholder", "prod:joyful-jaguar-123|xxxx"],
    ["an ellipsis", "prod:joyful-jaguar-123|eyJ2…0="],
    ["a key with text in place of a value", `prod:joyful-jaguar-123|${btoa(JSON.stringify({ v2: "not a key" }))}`],
    ["a key of zeros", `prod:joyful-jaguar-123|${btoa(JSON.stringify({ v2: "0".repeat(32) }))}`],
    ["a deployment", "CONVEX_DEPLOYMENT: dev:joyful-jaguar-123"],
    ["an anonymous deployment", "CONVEX_DEPLOYMENT: anonymous:anonymous-agent"],
    ["the admin key of a local backend", TOKENS["a Convex admin key"]],
    ["the admin key beside a local URL", `--url http://127.0.0.1:3210 --admin-key ${TOKENS["a Convex admin key"]}`],
    ["the same letter", `ghp_${"x".repeat(36)}`],
    ["a GitHub token that was mistyped", changed(TOKENS["a GitHub token"])],
    ["an npm token that was mistyped", changed(TOKENS["an npm access token"])],
    ["a Cloudflare token that was mistyped", changed(TOKENS["a Cloudflare API token"])],
    ["a Vercel token that was mistyped", changed(TOKENS["a Vercel token"])],
    ["a name that ends like a token", `my${TOKENS["a GitHub token"]}`],
    ["a token that goes on", `${TOKENS["a Netlify access token"]}0`],
    ["digits that count", ["sbp", "0102030405060708091011121314151617181920"].join("_")],
    ["a piece that is repeated", `nfp_${"a1B2c3D4e5F6".repeat(3)}`],
    ["a sample", `sk_live_${noise(17)}Example`],
    ["a test key", `sk_test_${noise(24)}`],
    ["an alphabet", ["nfp", "abcdefghijklmnopqrstuvwxyz0123456789"].join("_")],
    ["a hash", `${hex}|${hex}`],
    ["the secret of a service that is local", `AWS_SECRET_ACCESS_KEY: ${noise(40)}`],
    ["an AWS key's id", `AWS_ACCESS_KEY_ID: ${AWS_ID}`],
    ["a pinned action", `actions/checkout@${hex}`],
    ["an integrity", `sha512-${noise(86)}==`],
    ["another JSON in base64", btoa(JSON.stringify({ v1: noise(32, "0123456789abcdef"), v2: 1 }))],
  ];
  it.each(none)("%s", (_, text) => {
    expect(tokensIn(text)).toEqual([]);
  });
});

it("reads a long line in no time", () => {
  const start = performance.now();
  tokensIn(`prod:${"a-".repeat(200_000)} fm2_${"aB1".repeat(200_000)} ${"AWS_SECRET_ACCESS_KEY= ".repeat(20_000)}`);
  expect(performance.now() - start).toBeLessThan(2000);
});
