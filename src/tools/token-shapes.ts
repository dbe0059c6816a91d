import { crc32 } from "node:zlib";
import type { Range } from "../documents/source.ts";
import { TOKEN_SHAPES, type TokenProof, type TokenShape } from "./token-shapes.data.ts";

/** A credential that stands in a text. */
export interface Token {
  readonly shape: TokenShape;
  /** What may be shown of it: the part that all of its kind have in common. */
  readonly prefix: string;
  readonly range: Range;
}

/** The credentials in a text, in its order: only what its issuer would recognize as one. */
export function tokensIn(text: string): readonly Token[] {
  const found = TOKEN_SHAPES.flatMap((shape) => tokensOfShape(shape, text));
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

function tokensOfShape(shape: TokenShape, text: string): readonly Token[] {
  if (!shape.marks.some((mark) => text.includes(mark)) || shape.beside?.test(text) === false) return [];
  return Array.from(text.matchAll(shape.pattern)).flatMap((match) => {
    const { body = "", prefix = "" } = match.groups ?? {};
    if (!PROOFS[shape.proof](body)) return [];
    return { shape, prefix, range: [match.index, match.index + match[0].length] };
  });
}

const PROOFS: Readonly<Record<TokenProof, (body: string) => boolean>> = {
  "crc32-base62": (body) => body.slice(-6) === base62(crc32(body.slice(0, -6))),
  "crc32-hex": (body) => body.slice(-8) === crc32(body.slice(0, -8)).toString(16).padStart(8, "0"),
  random: isRandom,
  "convex-json": (body) => {
    const { v2 } = jsonOf(body);
    return typeof v2 === "string" && /^[0-9a-f]{32}$/.test(v2) && isRandom(v2);
  },
  "sentry-json": (body) => {
    const end = body.lastIndexOf("_");
    const { iat, org } = jsonOf(body.slice(0, end));
    return typeof iat === "number" && typeof org === "string" && isRandom(body.slice(end + 1));
  },
};

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Six digits, as GitHub writes its checksums. */
function base62(value: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (DIGITS[rest % 62] ?? "") + text;
  return text.padStart(6, "0");
}

const WORDS = /change.?me|dummy|example|fake|here|placeholder|redacted|sample|secret|test|token|your/i;
/** Characters of which each follows the one before, or is the same, as a keyboard and not as chance gives them. */
const MAX_RUN = 5;
/** Fewer different characters than this chance gives to less than one credential in a hundred. */
const MIN_DISTINCT = 16;
/** More than there are decimal digits: samples like to count. */
const MIN_DISTINCT_HEX = 11;
/** Of a long credential its beginning tells enough. */
const MAX_LENGTH = 100;

function isRandom(text: string): boolean {
  const body = text.slice(0, MAX_LENGTH);
  const least = /^[0-9a-f]+$/i.test(body) ? MIN_DISTINCT_HEX : MIN_DISTINCT;
  return new Set(body).size >= least && !WORDS.test(body) && !hasRun(body, 0) && !hasRun(body, 1) && !repeats(body);
}

function hasRun(body: string, distance: number): boolean {
  let length = 1;
  for (let at = 1; at < body.length; at++) {
    length = body.charCodeAt(at) - body.charCodeAt(at - 1) === distance ? length + 1 : 1;
    if (length >= MAX_RUN) return true;
  }
  return false;
}

/** Whether a piece of the text comes again: `a1b2c3d4e5a1b2c3d4e5`. */
function repeats(body: string): boolean {
  return /(\w{6,}).*\1/.test(body);
}

function jsonOf(base64: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
