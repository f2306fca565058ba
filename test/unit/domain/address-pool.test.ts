import { expect, test } from "vitest";
import { freeOfIpamPool, ipamPoolAcross, ipamPoolAround, poolPrefixes } from "../../../shared/domain/address-pool.ts";

const pool = { ipamPoolId: "/p", addressPrefixes: ["10.112.0.0/20", "10.113.0.0/20"] };

test("free is what the pool has available in the part for spokes, joined where it adjoins, lowest first", () => {
  const free = (...availableAddressPrefixes: string[]) =>
    freeOfIpamPool(pool, { addressPrefixes: ["10.112.0.0/13"], availableAddressPrefixes });
  expect(free("10.112.0.0/13")).toEqual(["10.112.0.0/20", "10.113.0.0/20"]);
  expect(free("10.113.0.0/24", "10.112.6.0/23", "10.112.4.0/23")).toEqual(["10.112.4.0/22", "10.113.0.0/24"]);
  expect(free("10.112.16.0/20")).toEqual([]);
  expect(free()).toEqual([]);
});

test("a part that the pool does not have is the platform's mistake; halves of the pool count as the whole", () => {
  const usage = (...addressPrefixes: string[]) => ({ addressPrefixes, availableAddressPrefixes: addressPrefixes });
  expect(() => freeOfIpamPool(pool, usage("10.112.0.0/16"))).toThrow(/IpamPoolDiffers/);
  expect(freeOfIpamPool(pool, usage("10.112.0.0/16", "10.113.0.0/16"))).toEqual(pool.addressPrefixes);
});

test("a prefix lies in a pool, beside it, or across its border", () => {
  expect(ipamPoolAround([pool], "10.113.4.0/22")).toBe(pool);
  expect([ipamPoolAround([pool], "10.114.0.0/22"), ipamPoolAcross([pool], "10.114.0.0/22")]).toEqual([null, null]);
  expect([ipamPoolAround([pool], "10.113.0.0/16"), ipamPoolAcross([pool], "10.113.0.0/16")]).toEqual([
    null,
    "10.113.0.0/20",
  ]);
  expect(ipamPoolAcross([pool], "10.113.4.0/22")).toBeNull();
});

test("the prefixes of a pool, whatever its kind", () => {
  expect([poolPrefixes(undefined), poolPrefixes(["10.64.0.0/12"]), poolPrefixes(pool)]).toEqual([
    [],
    ["10.64.0.0/12"],
    pool.addressPrefixes,
  ]);
});
