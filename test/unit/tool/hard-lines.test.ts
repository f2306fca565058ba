import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { linesOf } from "../../../tool/nsg/lines.ts";
import { ruleOf } from "../rules/meaning/rule-of.ts";

interface Line {
  readonly id: unknown;
  readonly equal?: boolean;
  readonly code?: string;
}

/** Answers of `nsg compare` to lines as they stand. */
function answersTo(input: string | Buffer): Promise<string[]> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["tool/nsg/main.ts", "compare"], (_, output) =>
      resolve(output.split("\n").filter((line) => line !== "")),
    );
    child.stdin?.end(input);
  });
}

const equal = (id: string): string => `{"id":${id},"a":[],"b":[]}`;
const verdict = (line: string): unknown => {
  const { id, equal: same, code } = JSON.parse(line) as Line;
  return [id, same ?? code];
};

test("a question that no rule set could mean is answered with an error, and those behind it are answered", async () => {
  const rule = (fields: object) => JSON.stringify([{ ...ruleOf({}), ...fields }]);
  const answers = await answersTo(
    [
      `{"id":1,"a":${rule({ direction: { toString: 1, valueOf: 1 } })},"b":[]}`,
      `{"id":2,"a":[{"priority":100,"protocol":"Tcp","direction":${"[".repeat(20_000)}${"]".repeat(20_000)}}],"b":[]}`,
      `{"id":${"[".repeat(20_000)}${"]".repeat(20_000)},"a":[],"b":[]}`,
      equal('"last"'),
    ].join("\n"),
  );
  expect(answers.map(verdict)).toEqual([
    [1, "UnreadableSecurityRule"],
    [2, "UnreadableSecurityRule"],
    [null, true],
    ["last", true],
  ]);
});

test("a byte order mark, line ends of Windows and blank lines are no part of a question", async () => {
  const answers = await answersTo(`\uFEFF${equal("1")}\r\n\r\n  \n${equal("2")}\r\n`);
  expect(answers.map(verdict)).toEqual([
    [1, true],
    [2, true],
  ]);
});

test("an id comes back as it was written, also a number with more digits than a double holds", async () => {
  const ids = ["12345678901234567890", '{"a":[1]}', "true", "null", '"é"', "0.5"];
  // An id inside the rules is not the question's.
  const withInner = '{"id":98765432109876543210,"a":[],"b":{"id":1.5,"securityRules":[]}}';
  const answers = await answersTo([...ids.map(equal), withInner].join("\n"));
  expect(answers.map((line) => line.slice(0, line.indexOf(',"equal"')))).toEqual(
    [...ids, "98765432109876543210"].map((id) => `{"id":${id}`),
  );
});

test("rules of very many tags or ASGs are too complex, and take neither the memory nor the other answers", async () => {
  const tags = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}${index}`);
  const sides = (count: number) =>
    ruleOf({
      sourceAddressPrefix: "",
      sourceAddressPrefixes: tags(count, "S"),
      destinationAddressPrefix: "",
      destinationAddressPrefixes: tags(count, "D"),
    });
  const one = (name: string, index: number) =>
    ruleOf({ priority: 100 + index, sourceAddressPrefix: `S${index}`, destinationAddressPrefix: `${name}${index}` });
  const many = tags(1000, "D").map((_, index) => one("D", index));
  const question = (id: number, a: unknown[]) => JSON.stringify({ id, a, b: [] });
  const answers = await answersTo(
    [question(1, [sides(2000)]), question(2, [sides(300)]), question(3, many), question(4, [sides(20)])].join("\n"),
  );
  expect(answers.map(verdict)).toEqual([
    [1, "RulesTooComplex"],
    [2, "RulesTooComplex"],
    [3, "RulesTooComplex"],
    [4, false],
  ]);
});

test("protocols by number are read like their names", async () => {
  const question = { id: 1, a: [{ ...ruleOf({ protocol: "Tcp" }), protocol: 6 }], b: [ruleOf({ protocol: "Tcp" })] };
  expect((await answersTo(JSON.stringify(question))).map(verdict)).toEqual([[1, true]]);
});

test("a line that is too long is passed over, the next is read", async () => {
  async function* stream() {
    yield Buffer.from("ab\nabc");
    yield Buffer.from("defgh\nij\n\nabcd");
  }
  const lines: (string | null)[] = [];
  for await (const line of linesOf(stream(), 4)) lines.push(line);
  expect(lines).toEqual(["ab", null, "ij", "", "abcd"]);
});
