import { posix } from "node:path";
import { readModuleNames } from "../../documents/module-imports.ts";
import type { Place } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { folderOf, type Repository } from "../repository.ts";
import type { Project } from "./project.ts";
import { starOf } from "../package-exports.ts";
import { memberImportOf, sourceAt, targetOf, type MemberImport } from "./resolution.ts";

/** An import in a file that the compiler checks, and where it looks for the module: what has neither a target nor a member may be anywhere. */
export interface CheckedImport {
  readonly specifier: string;
  readonly place: Place;
  /** Relative to the repository root, as {@link targetOf} gives it. */
  readonly target: string | undefined;
  readonly ofMember: MemberImport | undefined;
}

/** What bundlers import besides modules, and declare as a whole. https://vite.dev/guide/features.html#static-assets */
const ASSET =
  /\?|\.(?:avif|css|eot|gif|gql|graphql|html|ico|jpe?g|json5?|less|md|mdx|mp[34]|otf|pcss|pdf|png|postcss|s[ac]ss|styl|svg|toml|ttf|txt|wasm|webm|webp|woff2?|ya?ml)$/i;
/** https://www.typescriptlang.org/docs/handbook/triple-slash-directives.html */
const REFERENCE = /^\/\/\/\s*<reference\s+path=["']([^"']+)["']/gm;
const MAX_FILES = 5000;
const MAX_BYTES = 50_000_000;

const namesIn = onceForEach(readModuleNames);

/** The imports of all files that belong to a project, by its list or because another file imports them. */
export function importsOf({ packages }: Repository, project: Project): readonly CheckedImport[] {
  return packages.deriveFor(project, collect);
}

function collect(repository: Repository, project: Project): readonly CheckedImport[] {
  const imports: CheckedImport[] = [];
  const declared: string[] = [];
  const queue = new Set(project.files);
  let bytes = 0;
  for (const path of queue) {
    const source = repository.files.read(path);
    if (!source) continue;
    bytes += source.text.length;
    // Of a project that is too large to be read a declaration could be missed.
    if (queue.size > MAX_FILES || bytes > MAX_BYTES) return [];
    const read = namesIn(source);
    declared.push(...read.declared);
    for (const [, reference = ""] of source.text.matchAll(REFERENCE)) {
      const file = posix.join(folderOf(path), reference);
      if (repository.files.isTracked(file)) queue.add(file);
    }
    // `skipLibCheck` keeps quiet about what declaration files import.
    if (/\.d\.[cm]?ts$/.test(path)) continue;
    for (const { specifier, offset } of read.imports) {
      if (ASSET.test(specifier)) continue;
      const target = targetOf(repository, project, path, specifier);
      const ofMember = memberImportOf(repository, project, path, specifier);
      imports.push({ specifier, place: { source, range: [offset, offset] }, target, ofMember });
      const file = target === undefined ? undefined : sourceAt(repository, target);
      if (file !== undefined) queue.add(file);
    }
  }
  return imports.filter(({ specifier }) => declared.every((pattern) => starOf(pattern, specifier) === undefined));
}
