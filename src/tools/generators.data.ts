// Tools that write code which other files import: where, and what runs them. Read and run 2026-11; sources per entry.

/** A tool that generates code. */
export interface Generator {
  /** The command, as messages name it. */
  readonly command: string;
  /** Dependencies of which a package that uses it has one. */
  readonly packages: readonly string[];
  /** Executables that can write the code. */
  readonly makers: ReadonlySet<string>;
  /** The executable and the words after it that write the code, and do nothing else. */
  readonly words: readonly [executable: string, ...rest: string[]];
  /** True where a plugin of a bundler, test runner or framework writes the code too. */
  readonly isPlugin: boolean;
  /** Where it writes unless it is told otherwise, relative to the package: a folder, or a file without extension. */
  readonly output: string;
  /** The modules in that folder; undefined where they are of any name, or where the output is a file. */
  readonly modules?: readonly string[];
}

/** By the name of the tool. */
export const GENERATORS = {
  // convex 1.48.0, run. https://docs.convex.dev/generated-api/ and https://docs.convex.dev/production/project-configuration#convexjson
  convex: {
    command: "convex codegen",
    packages: ["convex"],
    makers: new Set(["convex"]),
    words: ["convex", "codegen"],
    isPlugin: false,
    output: "convex/_generated",
    modules: ["api", "dataModel", "server"],
  },
  // @pandacss/dev 1.12.1, run. https://panda-css.com/docs/references/config#outdir
  panda: {
    command: "panda codegen",
    packages: ["@pandacss/dev"],
    makers: new Set(["panda"]),
    words: ["panda", "codegen"],
    isPlugin: true,
    output: "styled-system",
  },
  // @tanstack/router-cli 1.167.39, run. https://tanstack.com/router/latest/docs/api/file-based-routing#generatedroutetree
  tanstack: {
    command: "tsr generate",
    packages: [
      "@tanstack/react-start",
      "@tanstack/router-cli",
      "@tanstack/router-plugin",
      "@tanstack/router-vite-plugin",
      "@tanstack/solid-start",
    ],
    makers: new Set(["tsr"]),
    words: ["tsr", "generate"],
    isPlugin: true,
    output: "src/routeTree.gen",
  },
} satisfies Record<string, Generator>;
