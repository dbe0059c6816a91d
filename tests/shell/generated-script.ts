import fc, { type Arbitrary } from "fast-check";

/** A script, and how it is run. */
export interface GeneratedScript {
  readonly text: string;
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** What `C` holds, which the model is not told. */
  readonly secret: string;
}

/** A place in a script: what can stand there besides what can stand anywhere. */
interface Place {
  readonly depth: number;
  /** Distinguishes the counters of loops. */
  readonly label: string;
  readonly leaves: readonly string[];
  readonly isFunction: boolean;
  readonly functions: readonly string[];
}

type Weighted = fc.WeightedArbitrary<string>;

const VALUES = [
  "1",
  "2",
  "x",
  "''",
  '"x y"',
  '"$A"',
  '"$B"',
  "$A",
  '"$C"',
  '"${A:-d}"',
  '"${B}z"',
  String.raw`$'q\tr'`,
];
const EXPANSIONS = [
  "$C",
  "'$A'",
  "$A$B",
  "${B-e}",
  "${A+y}",
  "${A:+y z}",
  "\"${B:-'a'}\"",
  '"${A#st}"',
  '"a${B:-"$A"}b"',
  '"$(echo s)"',
];
const PATTERNS = ["{a,b}", "~", "nofile*", String.raw`\$A"b"'c'`, String.raw`a\ b`, String.raw`"\$A\"\n"`];
const DIRECTORIES = ["a", "b", "a/b", "..", ".", "../a", '"$ROOT/a"', '"$ROOT"', "./b/", '"$C"', '"${A:+a}"', "-- a"];
const OPTIONS = ["-a", "+a", "-e", "+e", "-o pipefail", "+o pipefail", "-eo pipefail"];

const value = fc.constantFrom(...VALUES);
const word = fc.constantFrom(...VALUES, ...EXPANSIONS, ...PATTERNS);
const name = fc.constantFrom("A", "B");

/** A text with `·` for each of the parts. */
function line(template: string, ...parts: readonly Arbitrary<string>[]): Arbitrary<string> {
  const pieces = template.split("·");
  return fc.tuple(...parts).map((texts) => pieces.map((piece, index) => piece + (texts[index] ?? "")).join(""));
}

/** A command that reports where and with what it ran. `@` becomes its number. */
const probe = fc.oneof(
  { weight: 6, arbitrary: fc.constant("probe @") },
  { weight: 1, arbitrary: line("probe @ · ·", word, word) },
  { weight: 1, arbitrary: line("·=· probe @", name, value) },
  { weight: 1, arbitrary: line("·=· B=· probe @", name, value, value) },
);

const assignment = fc.oneof(
  line("·=·", name, value),
  line("A=· B=·", value, value),
  line("export ·=·", name, value),
  line("export ·", name),
  line("unset ·", name),
  line("declare ·=·", name, value),
  line("declare -x ·=·", name, value),
  line("export -n ·", name),
  line("·+=·", name, value),
  line("read · <<< ·", name, value),
  line(': "${·:=·}"', name, fc.constantFrom("d", "$C")),
  line("·=$(probe @; echo ·)", name, value),
  line("export ·=$(probe @)", name),
  line("printf -v · %s v", name),
  line("set ·", fc.constantFrom(...OPTIONS)),
);

const directory = fc.oneof(
  { weight: 4, arbitrary: line("cd ·", fc.constantFrom(...DIRECTORIES)) },
  { weight: 1, arbitrary: line("pushd · > /dev/null", fc.constantFrom(...DIRECTORIES)) },
  { weight: 1, arbitrary: fc.constantFrom("popd > /dev/null", "cd - > /dev/null", "cd") },
);

const compared = fc.constantFrom("1", "x", '"$C"', '"$A"');
const test = fc.oneof(
  fc.constantFrom("true", "false", ":", "[ -f nofile ]", "[ -d . ]", "[ 1 -eq 1 ]", "[[ 1 -gt 2 ]]", "((0))", "((1))"),
  line("[ · = · ]", fc.constantFrom('"$A"', '"$B"', '"$C"', "1"), compared),
  line("[ · · ]", fc.constantFrom("-n", "-z"), fc.constantFrom('"$A"', '"$B"', '"$C"', '"a$C"')),
  line("[[ · != · ]]", fc.constantFrom("$A", "$B", "$C"), fc.constantFrom("1", "x", '"$C"', "*")),
  line("test · -o ·", fc.constantFrom('-n "$A"', '-z "$B"'), fc.constantFrom('"$C" = x', '"$A" = 1')),
  line("[[ · && ! · ]]", fc.constantFrom("-n $A", "$B == x", "-n $C"), fc.constantFrom("-z $A", "$C == 1")),
  line("[[ ( · ) || · ]]", fc.constantFrom("-n $A", "$B == x", "-n $C"), fc.constantFrom("-z $A", "$C == 1")),
  line("grep -q · <<< x", fc.constantFrom("x", "y")),
);

function simple({ functions, isFunction, leaves }: Place): Arbitrary<string> {
  const choices: Weighted[] = [
    { weight: 8, arbitrary: probe },
    { weight: 4, arbitrary: assignment },
    { weight: 4, arbitrary: directory },
    { weight: 1, arbitrary: test },
    { weight: 1, arbitrary: fc.constantFrom("exit", "exit 0", "exit 1", "exit $?") },
  ];
  if (functions.length > 0) {
    const call = fc.constantFrom(...functions);
    choices.push({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: line("·=· ·", name, value, call) });
  }
  if (isFunction) {
    choices.push(
      { weight: 2, arbitrary: line("local ·=·", name, value) },
      { weight: 1, arbitrary: line("local ·", name) },
      { weight: 2, arbitrary: fc.constantFrom("return", "return 0", "return 1") },
    );
  }
  if (leaves.length > 0) choices.push({ weight: 3, arbitrary: fc.constantFrom(...leaves) });
  return fc.oneof(...choices);
}

function statement(place: Place): Arbitrary<string> {
  if (place.depth <= 0) return simple(place);
  const inner = { ...place, depth: place.depth - 1 };
  return fc.oneof(
    { weight: 12, arbitrary: simple(place) },
    { weight: 4, arbitrary: chain(inner) },
    { weight: 4, arbitrary: group(inner) },
    { weight: 4, arbitrary: branch(inner) },
    { weight: 4, arbitrary: loop(inner) },
  );
}

function statements(place: Place): Arbitrary<string> {
  return fc.array(statement(place), { minLength: 1, maxLength: 3 }).map((texts) => texts.join("\n"));
}

function condition(place: Place): Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: test },
    { weight: 1, arbitrary: probe },
    { weight: 1, arbitrary: simple(place) },
    { weight: 1, arbitrary: line("! ·", test) },
    { weight: 1, arbitrary: line("· && ·", test, test) },
    { weight: 1, arbitrary: line("· || ·", test, test) },
    { weight: 1, arbitrary: line("{ ·\n}", statements(place)) },
  );
}

function chain(place: Place): Arbitrary<string> {
  const one = statement(place);
  const some = statements(place);
  const first = condition(place);
  return fc.oneof(
    line("· && ·", first, one),
    line("· || ·", first, one),
    line("· && · || ·", first, one, one),
    line("· || · && ·", first, one, one),
    line("· || true", one),
    line("· || { ·\n}", one, some),
    line("· && { ·\n}", one, some),
    line("! ·", one),
  );
}

function group(place: Place): Arbitrary<string> {
  const one = statement(place);
  const some = statements(place);
  return fc.oneof(
    line("(·\n)", some),
    line("{ ·\n}", some),
    line("{ ·\n} > /dev/null", some),
    line("· | ·", one, one),
    line("· | · | ·", one, one, one),
    line("{ { ·\n} & wait; }", simple({ ...place, functions: [] })),
    line('probe @ "$(·)"', one),
    line("·=$(·)", name, some),
  );
}

function branch(place: Place): Arbitrary<string> {
  const one = statement(place);
  const some = statements(place);
  const first = condition(place);
  const subject = fc.constantFrom("$A", '"$B"', '"$C"', "x");
  return fc.oneof(
    line("if ·; then\n·\nfi", first, some),
    line("if ·; then\n·\nelse\n·\nfi", first, some, some),
    line("if ·; then\n·\nelif ·; then\n·\nelse\n·\nfi", first, some, first, some, some),
    line("case · in\n1) · ;;\nx|2) · ;;\n*)\n·\nesac", subject, one, some, some),
    line("case · in\n'') · ;;\nx*) · ;;\nesac", subject, one, some),
    line("case · in\n1) · ;&\nx) · ;;&\n*) · ;;\nesac", subject, one, some, one),
  );
}

function loop(place: Place): Arbitrary<string> {
  const body = statements({ ...place, leaves: ["break", "continue"] });
  const once = statements({ ...place, leaves: ["break"] });
  const counter = `L${place.label}${String(place.depth)}`;
  return fc.oneof(
    line("for I in · ·; do\n·\ndone", word, value, body),
    line("for A in 1 x; do\n·\ndone", body),
    line("for D in a b; do\n(cd $D && ·)\ndone", statement(place)),
    line("while ·; do\n·\nbreak\ndone", condition(place), once),
    line("until ·; do\n·\nbreak\ndone", condition(place), once),
    line(`${counter}=; while [ "$${counter}" != ii ]; do ${counter}=i$${counter}\n·\ndone`, body),
  );
}

const MAIN: Place = { depth: 3, label: "m", leaves: [], isFunction: false, functions: ["f", "g"] };
const F: Place = { depth: 2, label: "f", leaves: [], isFunction: true, functions: [] };
const G: Place = { depth: 1, label: "g", leaves: [], isFunction: true, functions: ["f"] };

const text = fc
  .tuple(statements(F), statements(G), fc.array(statement(MAIN), { minLength: 1, maxLength: 6 }))
  .map(([f, g, main]) => {
    let probes = 0;
    const script = `f() {\n${f}\n}\ng() {\n${g}\n}\n${main.join("\n")}\nprobe @\n`;
    return script.replaceAll("@", () => String(++probes));
  });

/** Scripts over `probe`, with variables, directories and all that decides what runs. */
export const generatedScript: Arbitrary<GeneratedScript> = fc.record({
  text,
  errexit: fc.boolean(),
  pipefail: fc.boolean(),
  secret: fc.constantFrom("", "1", "x"),
});
