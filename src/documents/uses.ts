import { stringOf, type DataNode } from "./data.ts";
import type { Range, Source } from "./source.ts";

/** What a `uses` key names: a path of this repository, an action or workflow of another one, or a Docker image. */
export type UsesTarget =
  | { readonly kind: "local"; readonly path: string }
  | {
      readonly kind: "repository";
      /** `owner/name` in lower case, as GitHub compares it. */
      readonly repository: string;
      /** Folder or file below the repository's root; empty for the root itself. */
      readonly path: string;
      readonly ref: string;
      /** A version that a comment on the same line names, as tools write it beside a pinned commit (`# v2.1.0`). */
      readonly versionComment?: string;
    }
  | { readonly kind: "docker"; readonly image: string };

/** A `uses` key: what it names, and where. */
export interface Uses {
  readonly range: Range;
  readonly text: string;
  readonly target: UsesTarget;
}

/** The name of an action of another repository, `owner/name/folder`; undefined for what is none. */
export function actionName({ target }: Uses): string | undefined {
  return target.kind === "repository" ? [target.repository, target.path].filter(Boolean).join("/") : undefined;
}

/** The release of an action that a ref names, as written: `4`, `4.1.0`; undefined for a branch, and for a commit without a comment. */
export function releaseOf({ target }: Uses): string | undefined {
  if (target.kind !== "repository") return undefined;
  const { ref, versionComment } = target;
  if (/^[0-9a-f]{40}$/i.test(ref)) return versionComment;
  return /^v?(\d+(?:\.\d+){0,2})$/.exec(ref)?.[1];
}

/** Its first number. */
export function majorOf(uses: Uses): number | undefined {
  const release = releaseOf(uses);
  return release === undefined ? undefined : Number.parseInt(release);
}

/** Reads the value of a `uses` key; undefined where it is no string of a known form. */
export function readUses(node: DataNode | undefined, source: Source): Uses | undefined {
  const text = stringOf(node);
  if (!node || text === undefined) return undefined;
  const target = targetOf(text.trim(), versionCommentAfter(node.range[1], source.text));
  return target && { range: node.range, text, target };
}

function targetOf(text: string, versionComment: string | undefined): UsesTarget | undefined {
  if (text.startsWith("docker://")) return { kind: "docker", image: text.slice("docker://".length) };
  // `./x` is found in the workspace, `$/x` in the repository and commit of the file itself.
  const local = /^(?:\.|\$)[/\\](.*)$/.exec(text)?.[1];
  if (local !== undefined) return { kind: "local", path: local.replaceAll("\\", "/").replace(/\/+$/, "") };
  const remote = /^([^/@\s]+\/[^/@\s]+)(?:\/([^@\s]*))?@(\S+)$/.exec(text);
  const [, repository, path = "", ref] = remote ?? [];
  if (repository === undefined || ref === undefined) return undefined;
  return {
    kind: "repository",
    repository: repository.toLowerCase(),
    path,
    ref,
    ...(versionComment !== undefined && { versionComment }),
  };
}

function versionCommentAfter(offset: number, text: string): string | undefined {
  const rest = /^["']?[ \t]+#[ \t]*([^\r\n]*)/.exec(text.slice(offset, offset + 200))?.[1];
  // A number without a `v` may be part of a date, or count something else.
  const release =
    /\bv(\d+(?:\.\d+){0,2})\b/.exec(rest ?? "") ?? /^(?:\S+[@=:] ?)?(\d+(?:\.\d+){0,2})(?![\w-])/.exec(rest ?? "");
  return release?.[1];
}
