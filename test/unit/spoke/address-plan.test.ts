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
  expect(assignTierSlots(slots, [...without, "fresh"])).toMatchObject({ fresh: 5 });
  expect(assignTierSlots(slots, [...without, "fresh"])).not.toHaveProperty("t5");
});

test("a thirteenth tier is refused", () => {
  const thirteen = Array.from({ length: 13 }, (_, index) => `t${index}`);
  expect(() => assignTierSlots({}, thirteen)).toThrow(/TooManyTiers/);
});
