import fc from "fast-check";
import { expect, test } from "vitest";
import { kql } from "../../../shared/azure/kql.ts";

test("values become literals of their kind", () => {
  const types = ["microsoft.network/virtualnetworks", "b"];
  expect(kql`resources | where type in~ (${kql`'a'`}) and n > ${3} and b == ${true}`.text).toBe(
    "resources | where type in~ ('a') and n > 3 and b == true",
  );
  expect(kql`where type in~ ${types}`.text).toBe("where type in~ ('microsoft.network/virtualnetworks', 'b')");
});

test.each([
  ["a quote that would end the text", "x' | union securityresources //", "'x\\' | union securityresources //'"],
  ["a backslash before the quote", "x\\' or true", "'x\\\\\\' or true'"],
  ["a line break", "x'\n| project secret", "'x\\'\\u000a| project secret'"],
  ["a double quote", '"', "'\\\"'"],
  ["what looks like a quote elsewhere", "\u2019\u02bc", "'\\u2019\\u02bc'"],
])("%s stays within the literal", (_, value, literal) => {
  expect(kql`where name == ${value}`.text).toBe(`where name == ${literal}`);
});

test("no text gets out of its literal: what is between the quotes has none, and no line ends", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const { text } = kql`${value}`;
      expect(text).toMatch(/^'(?:[^'"\\\n\r]|\\["'\\]|\\u[0-9a-f]{4})*'$/);
    }),
  );
});

test("what Kusto does not take is refused", () => {
  expect(() => kql`where type in~ ${[]}`).toThrow(RangeError);
  expect(() => kql`take ${Number.NaN}`).toThrow(RangeError);
});
