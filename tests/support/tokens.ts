import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Characters that look random and are always the same. No credential stands in a file of this repository: all are made here. */
export function noise(length: number, alphabet = DIGITS): string {
  let text = "";
  for (let block = 0; text.length < length; block++) {
    const bytes = createHash("sha512")
      .update(`preflight ${String(length)} ${String(block)}`)
      .digest();
    text += Array.from(bytes, (byte) => alphabet[byte % alphabet.length] ?? "").join("");
  }
  return text.slice(0, length);
}

const HEX = DIGITS.slice(0, 10) + "abcdef";

function withChecksum(body: string): string {
  let rest = crc32(body);
  let checksum = "";
  for (; rest > 0; rest = Math.floor(rest / 62)) checksum = (DIGITS[rest % 62] ?? "") + checksum;
  return body + checksum.padStart(6, "0");
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64");

/** The part of a Convex key after the bar. */
export const CONVEX_SECRET = base64({ v2: noise(32, HEX) });

/** One well-formed credential of each kind that is recognized. */
export const TOKENS = {
  "a Convex deploy key": `prod:joyful-jaguar-123|${CONVEX_SECRET}`,
  "a Convex admin key": `joyful-jaguar|${noise(74, HEX)}`,
  "a GitHub token": `ghp_${withChecksum(noise(30))}`,
  "a GitHub personal access token": `github_pat_11${noise(20, DIGITS.slice(0, 36))}_${noise(59)}`,
  "an npm access token": `npm_${withChecksum(noise(30))}`,
  "a Cloudflare API token": `cfut_${noise(40)}${crc32(noise(40)).toString(16).padStart(8, "0")}`,
  "a Vercel token": `vcp_${withChecksum(noise(50))}`,
  "a Netlify access token": `nfp_${noise(36)}`,
  "a Supabase access token": `sbp_${noise(40, HEX)}`,
  "a Fly.io token": `fo1_${noise(43)}`,
  "a Sentry user token": `sntryu_${noise(64, HEX)}`,
  "a Sentry organization token": `sntrys_${base64({ iat: 1_700_000_000.5, url: "https://sentry.io", org: "acme" })}_${noise(43)}`,
  "a Stripe live key": `sk_live_${noise(24)}`,
  "a Doppler token": `dp.st.prd.${noise(43)}`,
  "an AWS secret access key": noise(40),
} as const;
