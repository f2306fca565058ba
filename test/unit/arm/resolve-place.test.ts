import { describe, expect, it } from "vitest";
import { Ipv4Set } from "../../../local/arm/flow-simulator/ipv4-set.ts";
import type { NetworkEnd, NetworkMap } from "../../../local/arm/flow-simulator/network-map.ts";
import { resolvePlace } from "../../../local/arm/flow-simulator/resolve-place.ts";
import { SeededRandom } from "../../../local/arm/flow-simulator/seeded-random.ts";

const own = new Ipv4Set(["10.20.0.0/16"]);
const ends = ["10.20.1.4", "10.20.1.5"].map(
  (address): NetworkEnd => ({
    interfaceId: `/nics/${address}`,
    macAddress: "002248000001",
    address,
    subnetId: "/vnet/subnets/snet-app",
    groups: new Set(),
    subnetGuard: undefined,
    ownGuard: undefined,
    virtualNetwork: own,
  }),
);
const map: NetworkMap = {
  ends,
  byAddress: new Map(ends.map((end) => [end.address, end])),
  gateways: new Map([["/vnet/subnets/snet-gateway", ["10.20.3.4", "10.20.3.5"]]]),
  own,
  connected: own,
};
const drawn = (place: string) => {
  const random = new SeededRandom(1);
  const found = resolvePlace(map, place);
  return Array.from({ length: 50 }, () => found(random));
};

describe("a place of an order of traffic", () => {
  it("is a subnet: any of its interfaces, in any case of the letters", () => {
    const all = drawn("SNET-app");
    expect(new Set(all.map(({ address }) => address))).toEqual(new Set(["10.20.1.4", "10.20.1.5"]));
    expect(all.every(({ address, end }) => end?.address === address)).toBe(true);
  });

  it("is an interface, an address of one, or of somebody outside", () => {
    expect(drawn("/nics/10.20.1.5")[0]?.address).toBe("10.20.1.5");
    expect(drawn("10.20.1.4")[0]?.end).toBe(ends[0]);
    expect(drawn("10.0.1.9")[0]).toEqual({ address: "10.0.1.9", end: undefined });
  });

  it("is an Application Gateway, which logs nothing itself", () => {
    const all = drawn("snet-gateway");
    expect(new Set(all.map(({ address }) => address))).toEqual(new Set(["10.20.3.4", "10.20.3.5"]));
    expect([...all, ...drawn("10.20.3.5")].every(({ end }) => end === undefined)).toBe(true);
  });

  it("is the Internet: many addresses, all of them for documentation, the same for the same seed", () => {
    const all = drawn("internet").map(({ address }) => address);
    expect(new Set(all).size).toBeGreaterThan(30);
    expect(all.every((address) => /^(198\.51\.100|203\.0\.113)\./.test(address))).toBe(true);
    expect(drawn("Internet").map(({ address }) => address)).toEqual(all);
  });

  it.each(["10.20.1.99", "snet-none", "/nics/none"])("is not %s", (place) => {
    expect(() => resolvePlace(map, place)).toThrow(place);
  });
});
