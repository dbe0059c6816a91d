import { describe, expect, it } from "vitest";
import { CHILDREN, readComponent } from "../../src/documents/components.ts";

const rendered = (text: string, name = "default"): readonly string[] | undefined =>
  readComponent({ path: "a.tsx", text }, name)?.map((element) => [...element.around, element.name].join(">"));
const body = (text: string): string => `export default function A({ children }) {\n${text}\n}`;

describe("a component certainly renders", () => {
  it.each<[text: string, elements: readonly string[] | undefined]>([
    [body("return <a><B>{children}</B></a>;"), ["a", "a>B", `a>B>${CHILDREN}`]],
    [body("return (<><B.C /> it's {x} <D x={<E />} /></>)"), ["", ">B.C", ">D"]],
    [body("return <a>{x && <B />}{y ? <C /> : null}</a>;"), ["a"]],
    [body("useEffect(() => { if (x) return; }, [])\nreturn <B />"), ["B"]],
    [body("if (x) return null;\nreturn <B />"), undefined],
    [body("if (x) { return null; }\nreturn <B />"), undefined],
    [body("if (x) throw y;\nreturn <B />"), undefined],
    [body("return x ? <B /> : null"), undefined],
    [body("return <B"), []],
    ["const A = ({ children }: Props) => <B>{children}</B>;\nexport default A;", ["B", `B>${CHILDREN}`]],
    ["export default async (props: Props) => { return <B>{props.children}</B>; };", ["B", `B>${CHILDREN}`]],
    ["export default memo(A);", undefined],
    ["", undefined],
  ])("%s", (text, elements) => {
    expect(rendered(text)).toEqual(elements);
  });

  it("by its name", () => {
    const text = "export const A: React.FC<Props> = () => <B />;\nexport function C() { return <D />; }";
    expect([rendered(text, "A"), rendered(text, "C"), rendered(text, "E")]).toEqual([["B"], ["D"], undefined]);
  });
});
