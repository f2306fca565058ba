import { describe, expect, it } from "vitest";
import { violationsAfter } from "./contract-request.ts";

const onlyTier =
  (name: unknown) =>
  (each: { application: { tiers: unknown; flows: unknown }; managementAccess: unknown; outboundAccess: unknown }) => {
    each.application.tiers = [{ name, port: 443 }];
    each.application.flows = [];
    each.managementAccess = [];
    each.outboundAccess = [];
  };

describe("the name of a spoke", () => {
  it.each(["abc", "a1b", "orders-prod", `a${"-".repeat(38)}z`])("may be %s", (name) => {
    expect(violationsAfter((each) => (each.name = name))).toEqual([]);
  });

  it.each(["ab", "Orders", "1orders", "orders-", "-orders", "or_ders", "orders\n", `a${"b".repeat(40)}`])(
    "may not be %j",
    (name) => {
      expect(violationsAfter((each) => (each.name = name))).toEqual([["/name", "malformed"]]);
    },
  );

  it.each(["plan", "gateway"])("may not be the reserved %s", (name) => {
    expect(violationsAfter((each) => (each.name = name))).toEqual([["/name", "reserved-name"]]);
  });
});

describe("the name of a tier", () => {
  it.each(["a", "front", "web2", "a23456789012345"])("may be %s", (name) => {
    expect(violationsAfter(onlyTier(name))).toEqual([]);
  });

  it.each(["", "Front", "2web", "web-1", "a234567890123456", "front\n", "../x"])("may not be %j", (name) => {
    expect(violationsAfter(onlyTier(name))).toEqual([["/application/tiers/0/name", "malformed"]]);
  });

  it.each(["plan", "gateway"])("may not be the reserved %s", (name) => {
    expect(violationsAfter(onlyTier(name))).toEqual([["/application/tiers/0/name", "reserved-name"]]);
  });

  it("is unique, and every repetition is told", () => {
    const refusals = violationsAfter((each) => {
      each.application.tiers.push({ name: "front", port: 80 }, { name: "data", port: 81 });
    });
    expect(refusals).toEqual([
      ["/application/tiers/3/name", "duplicate-tier"],
      ["/application/tiers/4/name", "duplicate-tier"],
    ]);
  });
});

describe("the number of tiers", () => {
  const tiers = (count: number) =>
    violationsAfter((each) => {
      each.application.tiers = Array.from({ length: count }, (_, index) => ({ name: `t${index}`, port: 443 }));
      each.application.flows = [];
      each.managementAccess = [];
      each.outboundAccess = [];
    });

  it("is 1 to 12", () => {
    expect(tiers(0)).toEqual([["/application/tiers", "too-few"]]);
    expect(tiers(1)).toEqual([]);
    expect(tiers(12)).toEqual([]);
    expect(tiers(13)).toEqual([["/application/tiers", "too-many"]]);
    expect(tiers(200)).toEqual([["/application/tiers", "too-many"]]);
  });

  it("does not hide what is wrong with the tiers themselves", () => {
    const refusals = violationsAfter((each) => {
      each.application.tiers = Array.from({ length: 13 }, (_, index) => ({ name: `T${index}`, port: 443 }));
    });
    expect(refusals.filter(([, code]) => code === "malformed")).toHaveLength(13);
  });
});
