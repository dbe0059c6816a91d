import { parse as parseToml } from "smol-toml";
import { entryOf, stringOf, valueAt, type DataNode } from "./data.ts";
import type { Manifest } from "./manifest.ts";
import { placeOf, type Place, type Source } from "./source.ts";

/** One place where a repository declares the Bun that it is developed with. */
export interface BunPin {
  /** The version or range as written, without the tool's name: `1.3.1`, `^1.2`, `latest`. */
  readonly version: string;
  /** How a message calls it: `packageManager`, `.bun-version`, … */
  readonly label: string;
  readonly place: Place;
  /** The scalar that holds it, where the file is JSON. */
  readonly node?: DataNode;
}

/** Names of the files beside package.json that can declare a Bun, in order of precedence. */
export const BUN_PIN_FILES: readonly string[] = [
  ".bun-version",
  ".tool-versions",
  "mise.toml",
  ".mise.toml",
  ".config/mise.toml",
  ".prototools",
];

/** The pins of a package.json, strongest first. A hash after the version (`bun@1.3.1+sha512.…`) is no part of it. */
export function bunPinsOfManifest(manifest: Manifest): readonly BunPin[] {
  const pins: BunPin[] = [];
  const add = (label: string, node: DataNode | undefined, version: string | undefined): void => {
    if (node && version !== undefined) pins.push({ version, label, node, place: placeOf(manifest.source, node) });
  };
  const packageManager = entryOf(manifest.node, "packageManager")?.value;
  add("packageManager", packageManager, /^bun@([^+]+)/.exec(stringOf(packageManager) ?? "")?.[1]);
  const devEngine = valueAt(manifest.node, "devEngines", "packageManager");
  if (stringOf(entryOf(devEngine, "name")?.value) === "bun") {
    const version = entryOf(devEngine, "version")?.value;
    add("devEngines.packageManager", version, stringOf(version));
  }
  const engine = valueAt(manifest.node, "engines", "bun");
  add("engines.bun", engine, stringOf(engine));
  return pins;
}

/** The pin in one of the files of {@link BUN_PIN_FILES}; undefined where it has none that can be read. */
export function bunPinOfFile(source: Source): BunPin | undefined {
  const name = source.path.slice(source.path.lastIndexOf("/") + 1);
  const pin = (version: string, offset: number): BunPin => ({
    version,
    label: name,
    place: { source, range: [offset, offset + version.length] },
  });
  if (name === ".bun-version") {
    const version = source.text.trim();
    return /^\S+$/.test(version) ? pin(version, source.text.indexOf(version)) : undefined;
  }
  if (name === ".tool-versions") {
    const match = /^bun[ \t]+(\S+)/m.exec(source.text);
    return match?.[1] === undefined ? undefined : pin(match[1], match.index + match[0].length - match[1].length);
  }
  const version = tomlBunVersion(source.text, name);
  const key = source.text.search(/^\s*(?:\[tools\.|tools\.)?"?bun"?\s*[=\].]/m);
  return version === undefined ? undefined : pin(version, Math.max(source.text.indexOf(version, key), 0));
}

function tomlBunVersion(text: string, name: string): string | undefined {
  try {
    const content = parseToml(text);
    const tools = name === ".prototools" ? content : content["tools"];
    const bun = typeof tools === "object" && "bun" in tools ? tools["bun"] : undefined;
    const first: unknown = Array.isArray(bun) ? (bun as readonly unknown[])[0] : bun;
    if (typeof first === "object" && first !== null && "version" in first) {
      return typeof first.version === "string" ? first.version : undefined;
    }
    return typeof first === "string" ? first : undefined;
  } catch {
    return undefined;
  }
}
