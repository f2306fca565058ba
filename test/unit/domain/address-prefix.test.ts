import { describe, expect, it } from "vitest";
import {
  anyPrefixContains,
  canonicalIpv4Prefix,
  comparePrefixes,
  isCanonicalIpv4Prefix,
  isIpv4Address,
  isPrivatePrefix,
  MalformedAddressPrefixError,
  nthAddress,
  prefixContains,
  prefixesOverlap,
  prefixLength,
  splitPrefix,
} from "../../../shared/domain/address-prefix.ts";
import { firstFreePrefix } from "../../../shared/domain/free-prefix.ts";

describe("syntax of prefixes", () => {
  it.each(["10.20.0.0/22", "0.0.0.0/0", "255.255.255.255/32", "172.16.0.0/12", "10.0.0.2/31"])("takes %s", (text) => {
    expect(isCanonicalIpv4Prefix(text)).toBe(true);
  });

  it.each([
    "10.20.0.1/22",
    "010.20.0.0/22",
    "10.20.0.0/022",
    "10.20.0.0/33",
    "10.20.0.0",
    "10.20.0/22",
    "10.20.0.0.0/22",
    "256.0.0.0/8",
    " 10.20.0.0/22",
    "10.20.0.0/22\n",
    "10.20.0.0 /22",
    "::/0",
    "::ffff:10.0.0.0/104",
    "١٠.0.0.0/8",
    "0x0a.0.0.0/8",
    "10.20.0.0/",
    "",
  ])("refuses %j", (text) => {
    expect(isCanonicalIpv4Prefix(text)).toBe(false);
  });

  it("takes addresses without leading zeros", () => {
    expect(["10.0.0.4", "0.0.0.0", "255.255.255.255"].every(isIpv4Address)).toBe(true);
    expect(["10.0.0.04", "10.0.0", "10.0.0.256", "10.0.0.4/32", "::1"].some(isIpv4Address)).toBe(false);
  });
});

describe("arithmetic of prefixes", () => {
  it("knows length, overlap and containment", () => {
    expect(prefixLength("10.20.0.0/22")).toBe(22);
    expect(prefixLength("10.20.0.1")).toBe(32);
    expect(prefixesOverlap("10.0.0.0/16", "10.0.255.0/24")).toBe(true);
    expect(prefixesOverlap("10.0.0.0/16", "10.1.0.0/16")).toBe(false);
    expect(prefixContains("10.0.0.0/16", "10.0.3.4")).toBe(true);
    expect(prefixContains("10.0.3.0/24", "10.0.0.0/16")).toBe(false);
    expect(anyPrefixContains(["10.1.0.0/16", "10.0.0.0/16"], "10.0.3.0/24")).toBe(true);
    expect(anyPrefixContains([], "10.0.3.0/24")).toBe(false);
  });

  it("tells private prefixes by RFC 1918, at their very edges", () => {
    expect(["10.0.0.0/8", "172.16.0.0/12", "172.31.255.0/24", "192.168.255.255"].every(isPrivatePrefix)).toBe(true);
    expect(["172.32.0.0/16", "172.15.255.0/24", "192.169.0.0/16", "8.0.0.0/7"].some(isPrivatePrefix)).toBe(false);
  });

  it("splits into equal parts, lowest first", () => {
    expect(splitPrefix("10.20.0.0/22", 4)).toEqual(["10.20.0.0/24", "10.20.1.0/24", "10.20.2.0/24", "10.20.3.0/24"]);
    expect(splitPrefix("10.20.0.0/24", 16).at(15)).toBe("10.20.0.240/28");
    expect(splitPrefix("128.0.0.0/1", 2)).toEqual(["128.0.0.0/2", "192.0.0.0/2"]);
    expect(splitPrefix("10.20.0.0/22", 1)).toEqual(["10.20.0.0/22"]);
    for (const parts of [3, 0, -2, 0.5, Number.NaN])
      expect(() => splitPrefix("10.0.0.0/24", parts)).toThrow(RangeError);
    expect(() => splitPrefix("10.0.0.0/31", 4)).toThrow(RangeError);
  });

  it("counts addresses from the network address", () => {
    expect(nthAddress("10.20.0.0/26", 0)).toBe("10.20.0.0");
    expect(nthAddress("10.20.0.0/26", 4)).toBe("10.20.0.4");
    expect(nthAddress("255.255.255.0/24", 255)).toBe("255.255.255.255");
    for (const n of [64, -1, 1.5]) expect(() => nthAddress("10.20.0.0/26", n)).toThrow(RangeError);
  });

  it("sorts by number, the wider prefix first", () => {
    const sorted = ["10.100.0.0/16", "10.20.0.0/24", "9.0.0.0/8", "10.20.0.0/16"].sort(comparePrefixes);
    expect(sorted).toEqual(["9.0.0.0/8", "10.20.0.0/16", "10.20.0.0/24", "10.100.0.0/16"]);
  });

  it("clears host bits on demand", () => {
    expect(canonicalIpv4Prefix("10.20.3.7/22")).toBe("10.20.0.0/22");
    expect(canonicalIpv4Prefix("10.20.3.7")).toBe("10.20.3.7/32");
  });

  it("throws its own error for what is no prefix", () => {
    for (const text of ["10.20.0.1/22", "Internet", "::/0"]) {
      expect(() => prefixLength(text)).toThrow(MalformedAddressPrefixError);
      expect(() => prefixesOverlap(text, "10.0.0.0/8")).toThrow(MalformedAddressPrefixError);
      expect(() => prefixContains("10.0.0.0/8", text)).toThrow(MalformedAddressPrefixError);
    }
    expect(() => canonicalIpv4Prefix("::/0")).toThrow(MalformedAddressPrefixError);
  });
});

describe("the first free prefix", () => {
  it("is the lowest one of the first pool with room", () => {
    expect(firstFreePrefix(["10.64.0.0/12"], 22, [])).toBe("10.64.0.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.0.0/22", "10.64.8.0/22"])).toBe("10.64.4.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.8.0/22", "10.64.0.0/22"])).toBe("10.64.4.0/22");
    expect(firstFreePrefix(["10.1.0.0/24", "10.0.0.0/24"], 24, ["10.1.0.128/25"])).toBe("10.0.0.0/24");
  });

  it("steps over prefixes that are narrower, wider, nested or outside", () => {
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.1.0/24", "10.64.1.0/28"])).toBe("10.64.4.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.0.0/16", "10.64.3.0/24"])).toBe("10.65.0.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["9.0.0.0/8", "11.0.0.0/8"])).toBe("10.64.0.0/22");
  });

  it("steps over a single address at its very beginning and at its very end", () => {
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.0.0"])).toBe("10.64.4.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.3.255/32"])).toBe("10.64.4.0/22");
    expect(firstFreePrefix(["10.64.0.0/12"], 22, ["10.64.4.0/32"])).toBe("10.64.0.0/22");
  });

  it("is null where every pool is full or too small", () => {
    expect(firstFreePrefix(["10.0.0.0/23"], 24, ["10.0.0.0/24", "10.0.1.0/24"])).toBeNull();
    expect(firstFreePrefix(["10.0.0.0/25"], 24, [])).toBeNull();
    expect(firstFreePrefix(["255.255.255.0/24"], 24, ["255.255.255.255"])).toBeNull();
    expect(firstFreePrefix([], 24, [])).toBeNull();
  });

  it("refuses a length that no prefix has", () => {
    expect(() => firstFreePrefix(["10.0.0.0/8"], 33, [])).toThrow(RangeError);
  });
});
