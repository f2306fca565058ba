import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  inOrderOf,
  inOrderOfName,
  mergedList,
  normalLocation,
  singularOrPlural,
} from "../../../shared/azure/normal-form.ts";
import { mergedTags, normalTags } from "../../../shared/azure/tags.ts";

describe("sets as lists", () => {
  test("stand in the wanted order, whatever order Azure answers in", () => {
    const set = fc.uniqueArray(fc.string(), { selector: (text) => text.toLowerCase() });
    fc.assert(
      fc.property(set, fc.func(fc.integer()), (wanted, rank) => {
        const shuffled = wanted.toSorted((a, b) => rank(a) - rank(b));
        expect(inOrderOf(wanted, shuffled)).toEqual(wanted);
      }),
    );
  });

  test("show members that are not wanted, sorted, behind the wanted ones", () => {
    expect(inOrderOf(["c", "a"], ["z", "b", "a", "c"])).toEqual(["c", "a", "b", "z"]);
    const named = inOrderOfName([{ name: "b" }], [{ name: "a" }, { name: "B" }]);
    expect(named).toEqual([{ name: "B" }, { name: "a" }]);
  });
});

test("a list survives Azure's singular and plural fields", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (values) => {
      const { singular, plural } = singularOrPlural(values);
      expect(mergedList(singular, plural)).toEqual(values);
    }),
  );
  expect(singularOrPlural(["*"])).toEqual({ singular: "*" });
});

test("a location has one spelling", () => {
  expect(normalLocation("West Europe")).toBe("westeurope");
});

describe("tags", () => {
  test("of others are preserved, ours win, and case makes no second tag", () => {
    const standing = { "Zero-Trust-Spoke": "old", costcenter: "42" };
    expect(mergedTags(standing, { "zero-trust-spoke": "orders" })).toEqual({
      "zero-trust-spoke": "orders",
      costcenter: "42",
    });
    expect(normalTags(standing, { "zero-trust-spoke": "orders" })).toEqual({
      "zero-trust-spoke": "old",
      costcenter: "42",
    });
  });
});
