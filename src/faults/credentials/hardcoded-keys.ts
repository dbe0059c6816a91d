import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { tokensIn } from "../../tools/token-shapes.ts";

/** A credential that is written in a file. Its text is nowhere in here. */
export interface HardcodedKey {
  /** The characters of the credential. */
  readonly place: Place;
  /** What it is: `a GitHub token`. */
  readonly kind: string;
  /** Where it is revoked. */
  readonly issuer: string;
  /** The part that all of its kind have in common; empty where there is none. */
  readonly prefix: string;
}

/** The credentials in a file, also those in comments: whoever can read the file has them. */
export function hardcodedKeys(repository: Repository, path: string): readonly HardcodedKey[] {
  const source = repository.files.read(path);
  if (!source) return [];
  return tokensIn(source.text).map(({ shape, prefix, range }) => ({
    place: { source, range },
    kind: shape.kind,
    issuer: shape.issuer,
    prefix,
  }));
}
