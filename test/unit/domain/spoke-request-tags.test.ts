import { describe, expect, it } from "vitest";
import { requestAfter, violationsAfter } from "./contract-request.ts";

const tags = (value: unknown) => violationsAfter((each) => (each.tags = value));
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));

describe("tags", () => {
  it("have names and values within Azure's limits", () => {
    expect(
      tags({ ["n".repeat(512)]: "v".repeat(256), "cost center (EU)": "", constructor: "x", toString: "y" }),
    ).toEqual([]);
    expect(tags({ "": "x" })).toEqual([["/tags/", "tag-name-length"]]);
    expect(tags({ ["n".repeat(513)]: "x" }).map(([, code]) => code)).toEqual(["tag-name-length"]);
    expect(tags({ owner: "v".repeat(257) })).toEqual([["/tags/owner", "too-long"]]);
  });

  it("keep names that JavaScript objects have too", () => {
    const request = requestAfter((each) => (each.tags = { constructor: "x" }));
    expect(Object.entries(request.tags)).toEqual([["constructor", "x"]]);
  });

  it.each(["a<b", "a>b", "a%b", "a&b", "a\\b", "a?b", "a\0b", "\ud800"])("have no name like %j", (name) => {
    expect(tags({ [name]: "x" })).toEqual([[`/tags/${name}`, "tag-name-characters"]]);
    expect(tags({ "a/b": "x" })).toEqual([["/tags/a~1b", "tag-name-characters"]]);
  });

  it.each(["zero-trust-spoke", "Zero-Trust-Spoke", "microsoft.x", "Azure", "windows-11"])("leave %s alone", (name) => {
    expect(tags({ [name]: "x" })).toEqual([[`/tags/${name}`, "reserved-tag"]]);
  });

  it("have texts as values", () => {
    expect(tags({ a: 1, b: null, c: "\0" })).toEqual([
      ["/tags/a", "wrong-type"],
      ["/tags/b", "wrong-type"],
      ["/tags/c", "malformed"],
    ]);
    expect(tags([])).toEqual([["/tags", "wrong-type"]]);
  });

  it("differ by more than upper and lower case", () => {
    expect(tags({ owner: "a", Owner: "b" })).toEqual([["/tags/Owner", "duplicate-tag"]]);
  });

  it("are at most 49, because one is the tool's own", () => {
    expect(tags(many(49))).toEqual([]);
    expect(tags(many(50))).toEqual([["/tags", "too-many"]]);
  });
});
