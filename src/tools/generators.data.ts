// Tools that write code which other files import: where, and what runs them. Read and run 2026-11; sources per entry.

/** A tool that generates code. */
export interface Generator {
  /** The command, as messages name it. */
  readonly command: string;
  /** Dependencies of which a package that uses it has one. */
  readonly packages: readonly string[];
  /** Executables that can write the code. */
  readonly makers: ReadonlySet<string>;
  /** The words after such an executable with which it writes the code, and does nothing else. */
  readonly words: readonly string[];
  /** True where a plugin of a bundler, test runner or framework writes the code too. */
  readonly isPlugin: boolean;
  /** The versions of packages whose installation does not write the code; of packages that are not listed, all. */
  readonly quietInstalls?: Readonly<Record<string, string>>;
  /** True where it writes a .gitignore beside the code, so that no file of the repository ignores it. */
  readonly ignoresItself?: boolean;
  /** Where it writes unless it is told otherwise, relative to the package: a folder, or a file. */
  readonly output?: string;
  /** The modules in that folder; undefined where they are of any name, or where the output is a file. */
  readonly modules?: readonly string[];
}

/**
 * The build of a package of the workspace, whatever it runs: of what is not known to leave sources alone, all may run it. The
 * compilers do unless they emit nothing; `attw` and `publint` pack the package first (0.18.2 and 0.3.12, by their help).
 */
export const BUILD: Generator = {
  command: "build",
  packages: [],
  makers: new Set(["attw", "publint", "tsc", "tsc-alias", "tsgo", "vue-tsc"]),
  words: [],
  isPlugin: true,
};

/** Executables with which a package is built, or what was built before is removed or copied; they run nothing else of the repository but their configuration. */
export const BUILDERS: ReadonlySet<string> = new Set(
  "babel bunchee copyfiles cp cpx cpy del del-cli esbuild microbundle pkgroll rimraf rm rolldown rollup rslib shx svelte-package swc tsc tsc-alias tsc-esm-fix tsdown tsgo tsup unbuild vite vue-tsc".split(
    " ",
  ),
);

/**
 * Bundlers that write to `dist` unless they are told otherwise, with the names of their configurations, and declarations where
 * that is asked for: tsup 8.5.1, tsdown 0.21.10 and unbuild 3.6.1.
 */
export const DECLARING_BUNDLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["tsdown", ["tsdown.config"]],
  ["tsup", ["tsup.config"]],
  ["unbuild", ["build.config"]],
]);

/** By the name of the tool. */
export const GENERATORS = {
  // @bufbuild/buf 1.75.0 with @bufbuild/protoc-gen-es 2, run. https://buf.build/docs/generate/
  buf: {
    command: "buf generate",
    packages: [
      "@bufbuild/buf",
      "@bufbuild/protoc-gen-es",
      "@connectrpc/protoc-gen-connect-es",
      "@protobuf-ts/plugin",
      "ts-proto",
    ],
    makers: new Set(["buf"]),
    words: ["generate"],
    isPlugin: false,
  },
  // convex 1.48.0, run. https://docs.convex.dev/generated-api/ and https://docs.convex.dev/production/project-configuration#convexjson
  convex: {
    command: "convex codegen",
    packages: ["convex"],
    makers: new Set(["convex"]),
    words: ["codegen"],
    isPlugin: false,
    output: "convex/_generated",
    modules: ["api", "dataModel", "server"],
  },
  // @pandacss/dev 1.12.1, run. https://panda-css.com/docs/references/config#outdir
  panda: {
    command: "panda codegen",
    packages: ["@pandacss/dev"],
    makers: new Set(["panda"]),
    words: ["codegen"],
    isPlugin: true,
    output: "styled-system",
  },
  // @graphql-codegen/cli 7.4.3, run. https://the-guild.dev/graphql/codegen/docs/getting-started/development-workflow
  graphqlCodegen: {
    command: "graphql-codegen",
    packages: ["@graphql-codegen/cli"],
    makers: new Set(["gql-gen", "graphql-code-generator", "graphql-codegen", "graphql-codegen-esm"]),
    words: [],
    isPlugin: false,
  },
  // nuxt 4.4.5, run: also by `nuxt build`, `nuxt typecheck` and the like. https://nuxt.com/docs/4.x/api/commands/prepare
  nuxt: {
    command: "nuxt prepare",
    packages: ["nuxt", "nuxt-edge", "nuxt-nightly"],
    makers: new Set(["nuxi", "nuxi-ng", "nuxt", "nuxt-cli", "nuxt-module-build"]),
    words: ["prepare"],
    isPlugin: true,
    output: ".nuxt",
  },
  // @inlang/paraglide-js 2.25.4, run. https://paraglidejs.com/compiling-messages
  paraglide: {
    command: "paraglide-js compile",
    packages: [
      "@inlang/paraglide-js",
      "@inlang/paraglide-next",
      "@inlang/paraglide-sveltekit",
      "@inlang/paraglide-vite",
    ],
    makers: new Set(["paraglide-js"]),
    words: ["compile"],
    isPlugin: true,
    ignoresItself: true,
  },
  // prisma 7.10.1, run; @prisma/client before 7 has a postinstall that does it. https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate
  prisma: {
    command: "prisma generate",
    packages: ["@prisma/client", "prisma"],
    makers: new Set(["prisma"]),
    words: ["generate"],
    isPlugin: false,
    quietInstalls: { "@prisma/client": ">=7", prisma: ">=7" },
  },
  // @sveltejs/kit 2.70.4, run; 2.15.3 and before have a postinstall that does it. https://svelte.dev/docs/kit/cli
  svelteKit: {
    command: "svelte-kit sync",
    packages: ["@sveltejs/kit"],
    makers: new Set(["svelte-kit"]),
    words: ["sync"],
    isPlugin: true,
    quietInstalls: { "@sveltejs/kit": ">=2.16.0" },
    output: ".svelte-kit",
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
    words: ["generate"],
    isPlugin: true,
    output: "src/routeTree.gen",
  },
} satisfies Record<string, Generator>;
