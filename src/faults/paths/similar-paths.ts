import { posix } from "node:path";
import { folderOf, type Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";
import type { Naming } from "./naming.ts";

/** The end of a path that leads to the file of an action instead of its folder. */
const OF_ACTION = /\/action\.ya?ml$/;

/** A path of the repository that may have been meant, and how it would be written; undefined where that is not plain. */
export function replacementFor(
  { files }: Repository,
  { kind, path, written }: Naming,
): { readonly path: string; readonly text: string | undefined } | undefined {
  if (path === undefined || kind === "patterns" || (kind === "tests" && path.includes("\n"))) return undefined;
  if (kind === "action" && OF_ACTION.test(path)) return { path: folderOf(path), text: written.replace(OF_ACTION, "") };
  // `**/bun.lockb` is found where `bun.lockb` is.
  const [, anywhere = "", sought = ""] = /^((?:\*\*\/)?)([^]*)$/.exec(path) ?? [];
  if (kind === "hashed" && !/^[\w./-]+$/.test(sought)) return undefined;
  const [folder, name] = [folderOf(sought), posix.basename(sought)];
  const similar = similarTo(name, files.list(folder));
  const found = similar === undefined ? soleElsewhere(files, kind, name) : posix.join(folder, similar);
  if (found === undefined) return undefined;
  const text = writtenLike(written.slice(anywhere.length), sought, found);
  return { path: found, text: text === undefined ? undefined : anywhere + text };
}

/** The only file of that name in the repository. */
function soleElsewhere(files: Repository["files"], kind: Naming["kind"], name: string): string | undefined {
  if (!(kind === "file" || kind === "hashed" || (kind === "tests" && name.includes("."))) || !/^[\w.-]+$/.test(name))
    return undefined;
  const [first, ...others] = files.glob("", [`**/${name}`]).filter((path) => !files.isIgnored(path));
  return others.length === 0 ? first : undefined;
}

/** One path in the place of another, from the folder where that starts. */
function writtenLike(written: string, path: string, other: string): string | undefined {
  const [, prefix = "", rest = ""] = /^((?:\.\/)?)([^]*?)\/?$/.exec(written) ?? [];
  if (rest.includes("..") || !(path === rest || path.endsWith(`/${rest}`))) return undefined;
  const base = path.slice(0, path.length - rest.length);
  return other.startsWith(base) ? prefix + other.slice(base.length) : undefined;
}
