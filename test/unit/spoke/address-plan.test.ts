import { expect, test } from "vitest";
import { assignTierSlots, planAddresses } from "../../../shared/spoke/address-plan.ts";

test("tiers take consecutive sixteenths, the gateway's subnet the upper quarter", () => {
  const plan = planAddresses("10.20.0.0/22", assignTierSlots({}, ["front", "app", "data"]));
  expect(plan.tier("app")).toEqual({ addressPrefix: "10.20.0.64/26", loadBalancerAddress: "10.20.0.68" });
  expect(plan.gatewayPrefix).toBe("10.20.3.0/24");
});

test("the smallest and the largest spoke", () => {
  expect(planAddresses("192.168.1.0/24", { a: 11 }).tier("a").addressPrefix).toBe("192.168.1.176/28");
  expect(planAddresses("10.0.0.0/16", { a: 1 }).tier("a")).toEqual({
    addressPrefix: "10.0.16.0/20",
    loadBalancerAddress: "10.0.16.4",
  });
});

test("a tier keeps its sixteenth when others go, come or change places", () => {
  const first = assignTierSlots({}, ["front", "app", "data"]);
  const second = assignTierSlots(first, ["data", "cache", "front"]);
  expect(second).toEqual({ front: 0, app: 1, data: 2, cache: 3 });
});

test("when all have been used, the place of a tier that is gone is given again", () => {
  const twelve = Array.from({ length: 12 }, (_, index) => `t${index}`);
  const slots = assignTierSlots({}, twelve);
  const without = twelve.filter((name) => name !== "t5");
  const replaced = assignTierSlots(slots, [...without, "fresh"]);
  expect(replaced).toEqual({ ...slots, fresh: 5 });
  expect(assignTierSlots(replaced, [...without, "fresh"])).toEqual(replaced);
  expect(assignTierSlots(replaced, [...without, "newest"])).toEqual({ ...slots, fresh: 5, newest: 5 });
});

test("a tier that comes back takes its old place, unless a present tier holds it", () => {
  const twelve = Array.from({ length: 12 }, (_, index) => `t${index}`);
  const without = (...gone: string[]) => twelve.filter((name) => !gone.includes(name));
  const replaced = assignTierSlots(assignTierSlots({}, twelve), [...without("t5"), "fresh"]);
  expect(assignTierSlots(replaced, twelve)).toMatchObject({ t5: 5, fresh: 5 });
  const both = assignTierSlots(replaced, ["t5", ...without("t5", "t7"), "fresh"]);
  expect(both).toMatchObject({ fresh: 5, t5: 7, t7: 7 });
  // The names are kept as JSON, and of one place the last name holds it.
  const stored: Record<string, number> = JSON.parse(JSON.stringify(both));
  expect(assignTierSlots(stored, ["fresh", "t7"])).toMatchObject({ fresh: 5, t7: 7 });
  expect(assignTierSlots(stored, ["t7", "t5"])).toMatchObject({ t5: 7, t7: 0 });
});

test("a thirteenth tier is refused", () => {
  const thirteen = Array.from({ length: 13 }, (_, index) => `t${index}`);
  expect(() => assignTierSlots({}, thirteen)).toThrow(/TooManyTiers/);
});
