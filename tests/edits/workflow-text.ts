import type { Choices } from "./choices.ts";

/** A workflow with the mappings in which something can be added. */
export interface WorkflowText {
  readonly text: string;
  /** Where each owner of an `env` or `with` is in the data. */
  readonly owners: readonly (readonly (string | number)[])[];
}

/** Writes workflows in many layouts: block and flow styles, comments and blank lines everywhere, every style of scalars, anchors. */
export class WorkflowWriter {
  readonly #choices: Choices;
  readonly #lines: string[] = [];
  readonly #owners: (string | number)[][] = [[]];
  #comments = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  /** The whole file. */
  file(): WorkflowText {
    const unit = this.#choices.of("  ", "    ", " ");
    if (this.#choices.once(4)) this.#lines.push(this.#comment(), "---");
    this.#trivia("");
    this.#scalar("", "name");
    this.#lines.push("on: push");
    this.#container("", unit, "env");
    this.#lines.push(`jobs:${this.#beside()}`);
    for (const id of ["shared", "test"].slice(0, 1 + this.#choices.below(2))) this.#job(id, unit);
    this.#lines.push(...this.#choices.of<readonly string[]>([""], [], ["# the end", ""], ["", ""]));
    const text = this.#lines.join("\n");
    return { text: this.#choices.once(3) ? text.replaceAll("\n", "\r\n") : text, owners: this.#owners };
  }

  #job(id: string, unit: string): void {
    const indent = unit + unit;
    this.#owners.push(["jobs", id]);
    this.#trivia(unit);
    this.#lines.push(`${unit}${id}:${this.#beside()}`);
    this.#trivia(indent);
    this.#lines.push(`${indent}runs-on: ubuntu-latest${this.#beside()}`);
    if (id === "shared") this.#lines.push(`${indent}container:`, `${indent}${unit}env: &values { ONE: 1 }`);
    if (this.#choices.once(2)) this.#container(indent, unit, "env");
    if (this.#choices.once(3)) this.#scalar(indent, "name");
    this.#lines.push(`${indent}steps:${this.#beside()}`);
    const dash = this.#choices.of(indent + unit, indent);
    const count = 1 + this.#choices.below(3);
    for (let step = 0; step < count; step++) {
      this.#owners.push(["jobs", id, "steps", step]);
      this.#trivia(indent);
      if (this.#choices.once(5)) this.#flowStep(dash);
      else this.#step(dash, unit);
    }
  }

  #step(dash: string, unit: string): void {
    const first = this.#lines.length;
    const indent = `${dash}  `;
    const keys = ["name", "id", "if"].slice(this.#choices.below(4));
    const place = this.#choices.below(keys.length + 2);
    const container = this.#choices.of("env", "with", "none");
    for (const [index, key] of [...keys, "run", "shell"].entries()) {
      if (index === place && container !== "none") this.#container(indent, unit, container);
      if (index === place) this.#trivia(indent);
      this.#scalar(indent, key);
    }
    // The first key of a step stands beside its dash.
    const line = this.#lines
      .slice(first)
      .findIndex((text) => text.startsWith(indent) && /^["a-z]/.test(text.slice(indent.length)));
    this.#lines[first + line] = `${dash}- ${this.#lines[first + line]?.slice(indent.length) ?? ""}`;
  }

  #flowStep(dash: string): void {
    const inner = this.#choices.of(
      "",
      ", env: {}",
      ", env: { A: 'x, y' }",
      ', with: { a: "}", }',
      ", env:",
      ", with: { a }",
    );
    const multi = this.#choices.once(3);
    const end = this.#choices.of("", ",");
    const comment = this.#beside();
    const text = multi
      ? `{${comment}\n${dash}    name: x,\n${dash}    run: "y z"${inner}${end}${this.#beside()}\n${dash}  }`
      : `{ name: x, run: 'y'${inner}${end} }`;
    this.#lines.push(...`${dash}- ${text}${this.#beside()}`.split("\n"));
  }

  /** An `env` or `with` in one of its forms, or none. */
  #container(indent: string, unit: string, key: string): void {
    const form = this.#choices.of("block", "none", "empty", "flow", "long flow", "merged", "alias");
    const inner = indent + unit;
    const isAliasKnown = this.#lines.some((line) => line.includes("&values"));
    if (form === "empty") this.#lines.push(`${indent}${key}:${this.#beside()}`);
    if (form === "flow")
      this.#lines.push(
        `${indent}${key}: ${this.#choices.of("{}", "{ A: 1 }", "{A: 1, B: }", "{ A: 'x', }")}${this.#beside()}`,
      );
    if (form === "long flow")
      this.#lines.push(`${indent}${key}: {${this.#beside()}`, `${inner}A: "1"${this.#beside()}`, `${indent}}`);
    if (form === "alias" && isAliasKnown) this.#lines.push(`${indent}${key}: *values${this.#beside()}`);
    if (form !== "block" && form !== "merged") return;
    this.#lines.push(`${indent}${key}:${this.#beside()}`);
    if (form === "merged" && isAliasKnown) this.#lines.push(`${inner}<<: *values`);
    const names = ["A", "B", "C"].slice(0, 1 + this.#choices.below(3));
    for (const name of names) {
      this.#trivia(inner);
      this.#scalar(inner, name);
    }
    this.#trivia(inner);
  }

  /** `key: value`, the value in any style. */
  #scalar(indent: string, key: string): void {
    const head = `${indent}${key}:`;
    const beside = this.#beside();
    const deeper = `${indent}  `;
    this.#lines.push(
      ...this.#choices.of<readonly string[]>(
        [`${head} value${beside}`],
        [`${head} "quoted # : text"${beside}`],
        [`${head} 'it''s'${beside}`],
        [`${head} plain`, `${deeper}on two lines${beside}`],
        [`${head} "quoted`, "", `${deeper}lines"${beside}`],
        [`${head} |${beside}`, `${deeper}echo "# no comment"`, `${deeper}  more`],
        [`${head} |-`, `${deeper}a: b`, "", `${deeper}c`, ""],
        [`${head} |+${beside}`, `${deeper}kept`, "", ""],
        [`${head} |+`, `${deeper}kept`, `${deeper}  `, indent, ""],
        [`${head} |2${beside}`, `${deeper}  spaces first`, `${deeper}x`],
        [`${head} >${beside}`, `${deeper}folded`, `${deeper}text`],
        [`${head} >+`, `${deeper}folded`, "", ""],
        [`${head} \${{ secrets.X || 'y' }}${beside}`],
        [`${head}${beside}`],
        [`${head} ~${beside}`],
        [`${head} !!str 1.10${beside}`],
        [`"${key}" : 1${beside}`].map((line) => indent + line),
      ),
    );
  }

  #trivia(indent: string): void {
    for (let count = this.#choices.below(3); count > 0; count--) {
      this.#lines.push(this.#choices.of("", indent + this.#comment(), this.#comment(), indent));
    }
  }

  #beside(): string {
    return this.#choices.once(4) ? ` ${this.#comment()}` : "";
  }

  #comment(): string {
    this.#comments++;
    return `# comment ${String(this.#comments)}: {`;
  }
}
