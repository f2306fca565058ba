import { describe, expect, test } from "vitest";
import { parseQuery } from "../../../local/arm/resource-graph/kql/parse-query.ts";
import { QueryError } from "../../../local/arm/resource-graph/kql/query-error.ts";
import { type Column, type Relation, ValueRow } from "../../../local/arm/resource-graph/kql/relation.ts";
import { runQuery } from "../../../local/arm/resource-graph/kql/run-query.ts";

const columns: readonly Column[] = [
  { name: "name", type: "string" },
  { name: "size", type: "number" },
  { name: "properties", type: "dynamic" },
];
const table: Relation = {
  columns,
  rows: [
    { name: "nsg-front", size: 1, properties: { state: "Succeeded", rules: [{ name: "a" }, { name: "b" }] } },
    { name: "nsg-data", size: 3, properties: { state: "Failed", rules: [], "dotted.key": { deep: true } } },
    { name: "vnet's \\one", size: 2, properties: { state: null, count: 7 } },
  ].map((row) => new ValueRow(new Map(Object.entries(row)))),
};

function run(query: string): unknown[] {
  const result = runQuery(table, parseQuery(`t | ${query}`).operators);
  return result.rows.map((row) => Object.fromEntries(result.columns.map(({ name }) => [name, row.value(name)])));
}

function names(condition: string): unknown[] {
  return run(`where ${condition} | project name`).map((row) => (row as { name: string }).name);
}

function refusal(query: string): QueryError {
  try {
    run(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${query} was not refused`);
}

const front = "nsg-front";
const data = "nsg-data";
const one = "vnet's \\one";

describe("conditions", () => {
  test.each([
    ["name == 'nsg-front'", [front]],
    ["name == 'NSG-front'", []],
    ["name =~ 'NSG-front'", [front]],
    ["name !~ 'NSG-front'", [data, one]],
    ["name != 'nsg-front'", [data, one]],
    ["name in ('nsg-front', 'NSG-DATA')", [front]],
    ["name in~ ('nsg-front', 'NSG-DATA')", [front, data]],
    ["name !in ('nsg-front')", [data, one]],
    ["name !in~ ('NSG-FRONT')", [data, one]],
    ["name has 'front'", [front]],
    ["name has 'fron'", []],
    ["name !has 'front'", [data, one]],
    ["name contains 'FRON'", [front]],
    ["name !contains 'nsg'", [one]],
    ["name startswith 'NSG'", [front, data]],
    ["name endswith 'data'", [data]],
    ["size > 1 and size < 3", [one]],
    ["size >= 2", [data, one]],
    ["size == 1 or size == 2 and name has 'data'", [front]],
    ["(size == 1 or size == 3) and name has 'data'", [data]],
    ["not(size == 1)", [data, one]],
    ["properties.state == 'Failed'", [data]],
    ["properties['state'] == 'Failed'", [data]],
    ["properties.['dotted.key'].deep == true", [data]],
    ["properties.rules[1].name == 'b'", [front]],
    ["properties.rules[-2].name == 'a'", [front]],
    ["properties['dotted.key'].deep == true", [data]],
    ["properties.count > 6", [one]],
    ["properties.state > 6", []],
    ["isnull(properties.state)", [one]],
    ["isnotnull(properties.missing.deeper)", []],
    ["isempty(properties.state)", [one]],
    ["isnotempty(properties.state)", [front, data]],
    ["properties.state == null", []],
    ["properties.state != 'Failed'", [front, one]],
    ["array_length(properties.rules) == 0", [data]],
    ["tolower(name) == 'nsg-front'", [front]],
    ["tostring(properties.count) == '7'", [one]],
    ["toint(properties.count) == 7", [one]],
    ["name == 'vnet\\'s \\\\one'", [one]],
    ['name == "vnet\'s \\\\one"', [one]],
    ["name == @'vnet''s \\one'", [one]],
    ["name == '\\u006esg-front'", [front]],
    ["size == 1 // and size == 2", [front]],
  ])("%s", (condition, expected) => {
    expect(names(condition)).toEqual(expected);
  });

  test("a text that would end another is one text", () => {
    expect(names(`name == 'x\\' or name != \\''`)).toEqual([]);
  });
});

describe("operators", () => {
  test("project names columns as KQL does", () => {
    expect(
      run("project name, big = size > 2, properties.state, tostring(properties.rules[0].name), tolower(name)")[0],
    ).toEqual({
      name: front,
      big: false,
      properties_state: "Succeeded",
      properties_rules_0_name: "a",
      Column5: front,
    });
  });

  test("extend adds and replaces, project-away takes away", () => {
    expect(run("extend size = name, extra = properties.count | project-away properties")[2]).toEqual({
      name: one,
      size: one,
      extra: 7,
    });
  });

  test("order by is descending by itself, keeps the order of equals, and places nulls", () => {
    expect(run("order by size | project size")).toEqual([{ size: 3 }, { size: 2 }, { size: 1 }]);
    const keyed = "extend key = toint(properties.count) | sort by key";
    expect(run(`${keyed} asc, name asc | project name`).map((row) => Object.values(row as object)[0])).toEqual([
      data,
      front,
      one,
    ]);
    expect(run(`${keyed} asc nulls last, name desc | take 1`)).toMatchObject([{ name: one }]);
    expect(run(`${keyed} desc | limit 1`)).toMatchObject([{ name: one }]);
  });

  test("count, summarize and distinct count rows", () => {
    expect(run("count")).toEqual([{ Count: 3 }]);
    expect(run("where size > 9 | summarize count()")).toEqual([{ count_: 0 }]);
    expect(run("summarize total = count() by few = size < 3 | order by total desc")).toEqual([
      { few: true, total: 2 },
      { few: false, total: 1 },
    ]);
    expect(run("where size > 9 | summarize count() by name")).toEqual([]);
    expect(run("distinct tostring(properties.state)")).toEqual([
      { properties_state: "Succeeded" },
      { properties_state: "Failed" },
      { properties_state: "" },
    ]);
  });

  test("mv-expand makes a row of each element, one of null and none of an empty list", () => {
    expect(run("mv-expand rule = properties.rules | project name, rule = tostring(rule.name)")).toEqual([
      { name: front, rule: "a" },
      { name: front, rule: "b" },
      { name: one, rule: "" },
    ]);
    expect(run("mv-expand rule = properties.rules limit 1 | count")).toEqual([{ Count: 2 }]);
    expect(run("where size == 2 | mv-expand properties | project properties")).toEqual([
      { properties: { state: null } },
      { properties: { count: 7 } },
    ]);
  });
});

describe("what is not understood is refused and named", () => {
  test.each([
    ["join kind=inner (t) on name", "InvalidQueryLanguage", "join"],
    ["union t", "InvalidQueryLanguage", "union"],
    ["parse name with *", "InvalidQueryLanguage", "parse"],
    ["where strcat(name) == 'a'", "InvalidQueryLanguage", "strcat"],
    ["where name matches regex 'a'", "InvalidQueryLanguage", "matches"],
    ["where name has_any ('a')", "InvalidQueryLanguage", "has_any"],
    ["where size - 1 == 2", "InvalidQueryLanguage", "-"],
    ["summarize max(size)", "InvalidQueryLanguage", "max"],
    ["where size == 1 + 1", "InvalidQueryLanguage", "+"],
    ["where", "ParserFailure", "<EOF>"],
    ["where name == #a", "ParserFailure", "#"],
    ["where name = 'a'", "ParserFailure", "="],
    ["where name == 'a", "ParserFailure", "'a"],
    ["where name == 'a\\q'", "ParserFailure", "\\q"],
    ["take ten", "ParserFailure", "ten"],
    ["where missing == 1", "SemanticError", "missing"],
    ["where name", "SemanticError", "name"],
    ["where name == 1", "SemanticError", "name"],
    ["where name > 'a'", "SemanticError", "name"],
    ["where name.first == 'a'", "SemanticError", "name"],
    ["where size has 'a'", "SemanticError", "size"],
    ["project-away missing", "SemanticError", "project-away"],
    ["project a = name, a = size", "SemanticError", "size"],
    ["summarize count() by properties.state", "SemanticError", "summarize"],
    ["order by properties.state", "SemanticError", "properties"],
    ["mv-expand name", "SemanticError", "mv-expand"],
    ["mv-expand properties.rules limit 2001", "ParserFailure", "mv-expand"],
    ["mv-expand a = properties | mv-expand b = a | mv-expand c = b | mv-expand d = c", "ParserFailure", "mv-expand"],
  ])("%s", (query, code, token) => {
    expect(refusal(query)).toMatchObject({ code, token });
  });

  test("nesting without end", () => {
    expect(refusal(`where ${"(".repeat(5000)}`).message).toContain("nested");
  });

  test("the place is said", () => {
    expect(refusal("count\n| where name\n  frob 1").position).toEqual({ line: 3, character: 2 });
  });
});
