import { describe, expect, it } from "vitest";
import { readStaticImports } from "../../src/documents/static-env.ts";

const FROM = 'from "$env/static/public";\n';

describe("a module of SvelteKit imports", () => {
  it.each<[path: string, text: string, names: readonly string[], modules: readonly string[]]>([
    ["a.ts", `import { PUBLIC_A } ${FROM}use(PUBLIC_A);`, ["PUBLIC_A"], []],
    ["a.js", `import { PUBLIC_A, PUBLIC_B as b } ${FROM}use(PUBLIC_A, b, "PUBLIC_B");`, ["PUBLIC_A", "PUBLIC_B"], []],
    ["a.ts", 'import { KEY } from "$env/static/private";\nuse(KEY);', ["KEY"], []],
    ["a.ts", `import { PUBLIC_A } ${FROM}`, [], []],
    ["a.ts", `import { PUBLIC_A } ${FROM}let a: typeof PUBLIC_A; // PUBLIC_A`, [], []],
    ["a.svelte", `<script>import { PUBLIC_A } ${FROM}</script><!-- {PUBLIC_A} -->`, [], []],
    ["a.ts", `import type { PUBLIC_A } ${FROM}use(PUBLIC_A);`, [], []],
    ["a.ts", `import { type PUBLIC_A, PUBLIC_B } ${FROM}const url = PUBLIC_B;`, ["PUBLIC_B"], []],
    [
      "a.ts",
      'import type { A } from "./a";\nimport { type B, type C } from "./b";\nimport { type D, E } from "./c";\nimport { type F } from "./d";\nimport "./e";',
      [],
      ["./c", "./e"],
    ],
    ["a.ts", `// import { PUBLIC_A } ${FROM}use(PUBLIC_A);`, [], []],
    ["a.ts", `import * as env ${FROM}use(env);`, [], []],
    ["a.ts", 'import { env } from "$env/dynamic/public";\nuse(env.PUBLIC_A);', [], ["$env/dynamic/public"]],
    ["a.ts", 'import { a } from "$lib/a";\nimport b from "./b";\na(b());\nimport("./c");', [], ["$lib/a", "./b"]],
    [
      "a.svelte",
      `<script module>\n  import "./c";\n</script>\n<script lang="ts">\n  import { PUBLIC_A } ${FROM}  import B from "./B.svelte";\n</script>\n<B url={PUBLIC_A} />`,
      ["PUBLIC_A"],
      ["./c", "./B.svelte"],
    ],
    ["a.svelte", "<p>no script</p>", [], []],
    ["a.svelte", "<script>import {", [], []],
  ])("%s %j", (path, text, names, modules) => {
    const read = readStaticImports({ path, text });
    expect(read.variables.map(({ name }) => name)).toEqual(names);
    expect(read.modules).toEqual(modules);
    for (const { name, offset } of read.variables) expect(text.startsWith(name, offset)).toBe(true);
  });
});
