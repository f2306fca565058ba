import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/arm/json.ts";
import type { ArmWrite } from "../../bicep/arm-write.ts";
import { distinctWrites } from "../../bicep/distinct-writes.ts";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-a";
const write = (properties: JsonObject, name = "a", apiVersion = "1"): ArmWrite => ({
  caller: null,
  path: `${group}/providers/Microsoft.Network/networkSecurityGroups/${name}`,
  apiVersion,
  body: { properties },
});
/** More names than an enumeration has. */
const named = (properties: JsonObject = {}) =>
  Array.from({ length: 20 }, (_, index) => write({ label: `name-${index}`, ...properties }, `nsg-${index}`));

test("what differs in names alone is kept once", () => {
  expect(distinctWrites(named())).toEqual(named().slice(0, 1));
});

test.each([
  ["another value of an enumeration", write({ label: "name-0", access: "Deny" })],
  ["another type of a name", write({ label: 5, access: "Allow" })],
  ["a property more", write({ label: "name-0", access: "Allow", more: 1 })],
  ["a property less", write({ access: "Allow" })],
  ["an element of a list that differs", write({ label: "name-0", access: "Allow", rules: [{ a: 1 }, { b: 1 }] })],
  ["another API version", write({ label: "name-0", access: "Allow" }, "a", "2")],
  ["another type", { ...write({ label: "name-0", access: "Allow" }), path: `${group}/providers/A.B/c/d` }],
])("%s is kept", (_, other) => {
  const all = [...named({ access: "Allow" }), other];
  expect(distinctWrites(all)).toEqual([all[0], other]);
});

test("an object seen before is nothing new in another order or number", () => {
  const one = write({ rules: [{ access: "Allow" }, { access: "Deny" }] });
  expect(
    distinctWrites([one, write({ rules: [{ access: "Deny" }, { access: "Allow" }, { access: "Deny" }] })]),
  ).toEqual([one]);
});

test("a body without properties is kept", () => {
  const empty = { ...write({}), body: {} };
  expect(distinctWrites([empty])).toEqual([empty]);
});
