import fc from "fast-check";
import { expect, it } from "vitest";
import {
  canonicalIpv4Prefix,
  ipv4Range,
  isCanonicalIpv4Prefix,
  prefixContains,
  prefixesOverlap,
  splitPrefix,
} from "../../../shared/domain/address-prefix.ts";
import { firstFreePrefix } from "../../../shared/domain/free-prefix.ts";
import { jsonPointer, parseJsonPointer } from "../../../shared/domain/json-pointer.ts";
import { parseResourceId, resourceGroupId, resourceId, sameResourceId } from "../../../shared/domain/resource-id.ts";

const prefix = fc
  .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => canonicalIpv4Prefix(`${address}/${length}`));
/** Prefixes that lie close enough together to meet. */
const nearPrefix = fc
  .tuple(fc.nat(63), fc.integer({ min: 22, max: 32 }))
  .map(([last, length]) => canonicalIpv4Prefix(`10.0.0.${last * 4}/${length}`));

it("agrees with arithmetic on ranges", () => {
  fc.assert(
    fc.property(fc.oneof(prefix, nearPrefix), fc.oneof(prefix, nearPrefix), (a, b) => {
      const [left, right] = [ipv4Range(a), ipv4Range(b)];
      expect(isCanonicalIpv4Prefix(a)).toBe(true);
      expect(prefixesOverlap(a, b)).toBe(left.first <= right.last && right.first <= left.last);
      expect(prefixContains(a, b)).toBe(left.first <= right.first && right.last <= left.last);
    }),
    { numRuns: 300 },
  );
});

it("splits a prefix without gap or overlap", () => {
  fc.assert(
    fc.property(fc.oneof(prefix, nearPrefix), fc.nat(6), (whole, bits) => {
      const { first, last, length } = ipv4Range(whole);
      fc.pre(length + bits <= 32);
      const ranges = splitPrefix(whole, 2 ** bits).map(ipv4Range);
      expect([ranges.at(0)?.first, ranges.at(-1)?.last]).toEqual([first, last]);
      for (const [index, range] of ranges.slice(1).entries()) expect(range.first).toBe((ranges[index]?.last ?? 0) + 1);
    }),
    { numRuns: 200 },
  );
});

it("finds the lowest free prefix that a search of every candidate finds", () => {
  fc.assert(
    fc.property(fc.array(nearPrefix, { maxLength: 12 }), fc.integer({ min: 24, max: 30 }), (taken, length) => {
      const pool = "10.0.0.0/24";
      const free = splitPrefix(pool, 2 ** (length - 24)).find(
        (each) => !taken.some((one) => prefixesOverlap(one, each)),
      );
      expect(firstFreePrefix([pool], length, taken)).toBe(free ?? null);
    }),
    { numRuns: 300 },
  );
});

it("reads every JSON pointer that it writes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (keys) => {
      expect(parseJsonPointer(jsonPointer(keys))).toEqual(keys);
    }),
    { numRuns: 200 },
  );
});

it("takes apart every resource id that it builds", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.() -]{1,40}$/).filter((text) => text !== "." && text !== "..");
  fc.assert(
    fc.property(fc.uuid(), name, name, name, (subscription, group, network, subnet) => {
      const id = resourceId(
        resourceGroupId(subscription, group),
        "Microsoft.Network/virtualNetworks/subnets",
        network,
        subnet,
      );
      expect(parseResourceId(id)).toMatchObject({
        subscriptionId: subscription,
        resourceGroup: group,
        names: [network, subnet],
      });
      expect(sameResourceId(id, id.toUpperCase())).toBe(true);
    }),
    { numRuns: 200 },
  );
});
