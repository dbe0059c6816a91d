import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** What a version of a package asks for, as in its package.json. */
export interface PublishedVersion {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: boolean }>>;
}

/** The packages of a registry, each with its versions from the oldest to the newest. */
export type Published = Readonly<Record<string, Readonly<Record<string, PublishedVersion>>>>;

/** A registry on this machine that knows the given packages and no other. */
export async function startRegistry(packages: Published): Promise<{ readonly url: string; readonly server: Server }> {
  const answers = new Map<string, string | Buffer>();
  const server = createServer((request, response) => {
    const answer = answers.get(decodeURIComponent(request.url ?? ""));
    if (answer === undefined) response.writeHead(404);
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  for (const [name, versions] of Object.entries(packages)) {
    answers.set(`/${name}`, JSON.stringify(packument(url, name, versions)));
    for (const [version, content] of Object.entries(versions))
      answers.set(`/${name}/-/${version}.tgz`, archiveOf({ name, version, ...content }));
  }
  return { url, server };
}

function packument(url: string, name: string, versions: Published[string]): object {
  const entries = Object.entries(versions).map(([version, content]) => {
    const manifest = { name, version, ...content };
    const integrity = `sha512-${createHash("sha512").update(archiveOf(manifest)).digest("base64")}`;
    return [version, { ...manifest, dist: { tarball: `${url}${name}/-/${version}.tgz`, integrity } }];
  });
  return {
    name,
    "dist-tags": { latest: Object.keys(versions).at(-1) },
    versions: Object.fromEntries(entries) as object,
  };
}

/** A package with nothing in it but its package.json: a tar archive of one file. */
function archiveOf(manifest: object): Buffer {
  const content = Buffer.from(JSON.stringify(manifest));
  const header = Buffer.alloc(512);
  const write = (text: string, offset: number): number => header.write(text, offset, "ascii");
  write("package/package.json", 0);
  write("0000644\0", 100);
  write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  write("00000000000\0", 136);
  write("        0", 148);
  write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc(((512 - (content.length % 512)) % 512) + 1024);
  return gzipSync(Buffer.concat([header, content, padding]));
}
