/** The workflow of the cases, and what it calls. */
export const WORKFLOW = ".github/workflows/ci.yml";
export const CALLED = ".github/workflows/called.yml";

/** Every key of a workflow that holds a value, each with one that is valid between `<` and `>`. */
export const EVERY_KEY = `name: CI
run-name: <run>
on:
  push:
  workflow_call:
    inputs:
      a: { type: string, default: <a> }
    outputs:
      a: { value: <a> }
concurrency: { group: <a>, cancel-in-progress: <true> }
env:
  A: <a>
jobs:
  call:
    name: <a>
    if: <true>
    concurrency: <a>
    strategy: { matrix: { a: [<a>], include: [{ b: <b> }] }, fail-fast: <true>, max-parallel: <1> }
    uses: ./${CALLED}
    with: { a: <a> }
    secrets: { TOKEN: <a> }
  other:
    name: <a>
    if: \${{ <true> }}
    environment: <a>
    runs-on: <a>
    container: <a>
    snapshot: { image-name: a, if: "\${{ <true> }}" }
    steps:
      - run: <a>
        if: <true>
      - parallel:
          - run: <a>
            if: <true>
  test:
    environment: { name: <a>, url: <a> }
    runs-on: [<a>, <b>]
    timeout-minutes: <1>
    continue-on-error: <true>
    container:
      image: <a>
      options: <a>
      env: { A: <a> }
      ports: [<a>]
      volumes: [<a>]
      credentials: { username: <a>, password: <b> }
    services:
      one: <a>
      two:
        image: <a>
        env: { A: <a> }
        ports: [<a>]
        credentials: { username: <a>, password: <b> }
    defaults: { run: { working-directory: <a> } }
    env: { A: <a> }
    outputs: { a: <a> }
    steps:
      - name: <a>
        run: <a>
        env: { A: <a> }
        working-directory: <a>
        continue-on-error: <true>
        timeout-minutes: <1>
        if: \${{ <true> }}
      - uses: actions/checkout@v5
        with: { a: <a> }
        env: { A: <a> }
        if: contains(<'a'>, 'a')
`;

/** Every key of a composite action that holds a value. */
export const EVERY_ACTION_KEY = `name: x
description: x
inputs:
  a: { description: x, default: <a> }
outputs:
  a: { description: x, value: <a> }
runs:
  using: composite
  steps:
    - name: <a>
      run: <a>
      if: \${{ <true> }}
      shell: <bash>
      env: { A: <a> }
      working-directory: <a>
      continue-on-error: <true>
    - uses: actions/checkout@v5
      with: { a: <a> }
      env: { A: <a> }
`;

export const CALLEE = `on:
  workflow_call:
    inputs:
      a: { type: string }
    secrets:
      TOKEN: { required: true }
      OTHER: { required: false }
      BARE:
jobs:
  a: { runs-on: ubuntu-latest, steps: [{ run: x }] }
`;

/** A template as it is written. */
export function plain(template: string): string {
  return template.replaceAll(/<([^>]*)>/g, "$1");
}

/** One text for each value between `<` and `>`: that one is an expression, the others are as they are written. */
export function textsWith(template: string, expression: string): readonly (readonly [name: string, text: string])[] {
  return [...template.matchAll(/<([^>]*)>/g)].map((mark) => {
    const before = template.slice(0, mark.index);
    const after = template.slice(mark.index + mark[0].length);
    const isInExpression = /\{\{ $|\($/.test(before) || /\bif: $/.test(before);
    const read = isInExpression ? expression : `\${{ ${expression} }}`;
    const line = before.split("\n").length;
    const key = /([\w-]+): *[[{]?$/.exec(before)?.[1] ?? "";
    const quoted = isInExpression || !/[[{]/.test(template.split("\n")[line - 1] ?? "") ? read : `"${read}"`;
    return [`line ${String(line)}, ${key}`, plain(before) + quoted + plain(after)];
  });
}
