import { describe, expect, it } from "vitest";
import { jsonPointer, parseJsonPointer, resolveJsonPointer } from "../../../shared/domain/json-pointer.ts";

// RFC 6901 section 5.
const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8 };

describe("JSON pointers", () => {
  it.each([
    ["", document],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/c%d", 2],
    ["/e^f", 3],
    ["/i\\j", 5],
    ['/k"l', 6],
    ["/ ", 7],
    ["/m~0n", 8],
  ])("resolve %j as RFC 6901 says", (pointer, value) => {
    expect(resolveJsonPointer(document, pointer)).toEqual({ found: true, value });
  });

  it.each(["/foo/2", "/foo/01", "/foo/-", "/foo/length", "/nothing", "/constructor", "/foo/0/0", "foo", "/m~n"])(
    "lead nowhere at %j",
    (pointer) => {
      expect(resolveJsonPointer(document, pointer)).toEqual({ found: false });
    },
  );

  it("escape ~ before /", () => {
    expect(jsonPointer(["tiers", 0, "a/b", "~1"])).toBe("/tiers/0/a~1b/~01");
    expect(parseJsonPointer("/tiers/0/a~1b/~01")).toEqual(["tiers", "0", "a/b", "~1"]);
    expect(jsonPointer([])).toBe("");
  });
});
