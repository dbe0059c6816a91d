import type { Choices } from "./choices.ts";

/** Writes JSON with comments and trailing commas in any layout: on one line, one member a line, or anything between. */
export class JsoncWriter {
  readonly #choices: Choices;
  #comments = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  /** A file that holds a value. */
  file(value: unknown): string {
    const text = `${this.#choices.of("", '// before { "a": [1] }\n', "/* , */ ")}${this.value(value, "")}${this.#choices.of("\n", "", " // after, ]\n")}`;
    return this.#choices.once(3) ? text.replaceAll("\n", "\r\n") : text;
  }

  /** A value whose lines after the first stand at `indent`. */
  value(value: unknown, indent: string): string {
    if (Array.isArray(value))
      return this.#container(
        "[",
        value.map((item) => ["", item] as const),
        "]",
        indent,
      );
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    return this.#container(
      "{",
      Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}:`, item] as const),
      "}",
      indent,
    );
  }

  #container(open: string, members: readonly (readonly [string, unknown])[], close: string, indent: string): string {
    if (members.length === 0) return open + this.#choices.of("", " ", this.#comment("\n"), `\n${indent}`) + close;
    const trailing = this.#choices.once(3) ? "," : "";
    const layout = this.#choices.of("lines", "inline", "free");
    const inner = layout === "inline" ? indent : indent + this.#choices.of("  ", "\t", "    ");
    const parts = members.map(([key, item], index) => {
      const comma = index < members.length - 1 ? "," : trailing;
      const value = key === "" ? this.value(item, inner) : `${key} ${this.value(item, inner)}`;
      if (layout === "inline") return value + (comma === "" ? "" : `${comma} `);
      if (layout === "lines")
        return `\n${this.#above(inner)}${inner}${value}${this.#before(comma)}${comma}${this.#beside()}`;
      return this.#gap(inner) + value + this.#gap(inner) + comma + this.#gap(inner);
    });
    const end =
      layout === "lines"
        ? this.#choices.of(`\n${indent}`, `\n\n${indent}`, `\n${inner}// last, "x": [\n${indent}`, " ")
        : "";
    const last = parts.at(-1) ?? "";
    return open + parts.join("") + (end === " " && last.includes("//") ? "\n" : end) + close;
  }

  #comment(end: string): string {
    this.#comments++;
    const id = String(this.#comments);
    return this.#choices.of(`/* c${id} */`, `/* c${id}, ] } " */`, `// c${id}, "x", ]${end}`, `/* c${id}\n , */`);
  }

  #above(indent: string): string {
    return this.#choices.once(4) ? `${indent}${this.#comment("")}\n` : "";
  }

  #before(comma: string): string {
    return comma !== "" && this.#choices.once(6) ? ` ${this.#comment("\n")} ` : "";
  }

  #beside(): string {
    return this.#choices.once(3) ? ` ${this.#comment("")}` : "";
  }

  #gap(indent: string): string {
    return this.#choices.of("", " ", `\n${indent}`, ` ${this.#comment("\n")} `);
  }
}
