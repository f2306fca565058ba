import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "../../../local/arm/resource-graph/kql/parse-query.ts";
import { QueryError } from "../../../local/arm/resource-graph/kql/query-error.ts";
import { ValueRow } from "../../../local/arm/resource-graph/kql/relation.ts";
import { runQuery } from "../../../local/arm/resource-graph/kql/run-query.ts";
import { kql } from "../../../shared/azure/kql.ts";

/** Texts that would like to be more than a text. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "|", "\n", "\r", "/", "@", "u", "x", "0", ")", " ", "é", "😀") }),
  fc.constantFrom("' or 1 == 1 //", "\\' | take 1", "@'a''b'", "\u2028", "\0", "\\u0027"),
);

const rowsOf = (names: readonly string[]) => names.map((name) => new ValueRow(new Map([["name", name]])));
const namesOf = (names: readonly string[], query: string) =>
  runQuery({ columns: [{ name: "name", type: "string" }], rows: rowsOf(names) }, parseQuery(query).operators).rows.map(
    (row) => row.value("name"),
  );

test("a value in a query of the app is that value to local Azure, whatever it holds", () => {
  fc.assert(
    fc.property(hostile, fc.uniqueArray(hostile, { maxLength: 5 }), (wanted, others) => {
      const names = [...new Set([wanted, ...others])];
      expect(namesOf(names, kql`t | where name == ${wanted}`.text)).toEqual([wanted]);
      expect(namesOf(names, kql`t | where name !in (${wanted})`.text)).toEqual(names.filter((name) => name !== wanted));
    }),
    { numRuns: 500 },
  );
});

test("a list in a query of the app is that list", () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 6 }), fc.nat(), (names, split) => {
      const wanted = names.slice(0, 1 + (split % names.length));
      expect(namesOf(names, kql`t | where name in ${wanted}`.text)).toEqual(wanted);
    }),
  );
});

test("whatever is no query is refused as one, and nothing else is thrown", () => {
  const words = [
    "where",
    "|",
    "project",
    "name",
    "==",
    "'a'",
    "(",
    ")",
    "[",
    "]",
    "in",
    "~",
    "!",
    ",",
    "by",
    "summarize",
  ];
  const more = ["count", "order", "extend", "=", "mv-expand", "not", "and", "or", "1", "-", ".", "//", "has", "null"];
  const soup = fc.array(fc.constantFrom(...words, ...more), { maxLength: 14 }).map((parts) => `t | ${parts.join(" ")}`);
  fc.assert(
    fc.property(fc.oneof(soup, fc.string(), hostile), (text) => {
      try {
        namesOf(["a", "b"], text);
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError);
      }
    }),
    { numRuns: 2000 },
  );
});
