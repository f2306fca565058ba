import fc from "fast-check";
import { expect, test } from "vitest";
import { ipv4Address, ipv4Range } from "../../../shared/domain/address-prefix.ts";
import type { JustInTimeRequest, MachineAddresses } from "../../../shared/domain/just-in-time-access.ts";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { isActiveJustInTimeRule } from "../../../shared/spoke/just-in-time/is-active-just-in-time-rule.ts";

const members: readonly MachineAddresses[] = [
  { virtualMachineId: "/vm-1", privateIpAddresses: ["10.20.0.4", "10.20.0.5"] },
  { virtualMachineId: "/vm-2", privateIpAddresses: ["10.20.0.6"] },
];
const now = "2026-11-27T12:00:00.000Z";
const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();

/** One value most of the time, and the others now and then. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

// Few addresses, ports and moments, so that rules and requests meet often.
const source = fc.oneof(
  fc.constantFrom("10.0.2.0/30", "10.0.2.0/31", "10.0.2.2/31", "10.0.2.0/29", "*", "Internet", "0.0.0.0/0"),
  fc.integer({ min: 0, max: 7 }).map((last) => `10.0.2.${last}`),
);
const request: fc.Arbitrary<JustInTimeRequest> = fc.record({
  virtualMachineId: mostly("/vm-1", "/VM-1", "/vm-2", "/vm-3"),
  port: mostly(22, 21, 23, 3389),
  sources: fc.array(source, { maxLength: 3 }),
  startsAt: mostly(hours(-2), hours(1)),
  endsAt: mostly(hours(2), hours(-1), hours(0)),
});
const rule: fc.Arbitrary<SecurityRuleBody> = fc.record({
  name: mostly("SecurityCenter-JITRule-1", "SecurityCenter-JITRule_2", "Allow-Ssh"),
  description: fc.constant(""),
  priority: fc.constant(100),
  direction: mostly<"Inbound" | "Outbound">("Inbound", "Outbound"),
  access: mostly<"Allow" | "Deny">("Allow", "Deny"),
  protocol: mostly<SecurityRuleBody["protocol"]>("Tcp", "Udp", "*", "Icmp"),
  sourceAddressPrefixes: fc.array(source, { minLength: 1, maxLength: 2 }),
  sourceApplicationSecurityGroupIds: mostly<readonly string[]>([], ["/asg"]),
  sourcePortRanges: fc.constant(["*"]),
  destinationAddressPrefixes: fc.array(
    mostly("10.20.0.4", "10.20.0.5/32", "10.20.0.6", "10.20.0.7", "10.20.0.4/30", "*"),
    {
      maxLength: 2,
    },
  ),
  destinationApplicationSecurityGroupIds: mostly<readonly string[]>([], ["/asg"]),
  destinationPortRanges: fc.array(mostly("22", "3389", "21-23", "22-22", "*"), { maxLength: 2 }),
});

/** Whether a packet from an address to a port of an address is granted: one request, looked at by hand. */
function isGranted(from: number, to: string, toPort: number, requests: readonly JustInTimeRequest[]): boolean {
  return requests.some(({ virtualMachineId, port: granted, sources, startsAt, endsAt }) => {
    const machine = members.find((one) => one.virtualMachineId === virtualMachineId.toLowerCase());
    const isNow = startsAt <= now && now < endsAt;
    return (
      isNow &&
      sources.some((one) => holds(one, from)) &&
      granted === toPort &&
      (machine?.privateIpAddresses.includes(to) ?? false)
    );
  });
}

/** Packets that the rule lets in, of a few addresses near and far. */
function packetsOf(one: SecurityRuleBody): { from: number; to: string; port: number }[] {
  const near = ipv4Range("10.0.2.0/29").first;
  const froms = [...Array.from({ length: 8 }, (_, index) => near + index), 1, 0xcb007107];
  const letIn = froms.filter((from) => one.sourceAddressPrefixes.some((prefix) => holds(prefix, from)));
  const ports = one.destinationPortRanges.flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return letIn.flatMap((from) =>
    one.destinationAddressPrefixes.flatMap((to) => ports.map((port) => ({ from, to: to.replace("/32", ""), port }))),
  );
}

function holds(prefix: string, address: number): boolean {
  if (prefix === "*" || prefix === "Internet") return prefix === "*";
  const { first, last } = ipv4Range(prefix);
  return first <= address && address <= last;
}

test("trap 7: every packet that a tolerated rule lets in was asked for, and is granted now", () => {
  let tolerated = 0;
  fc.assert(
    fc.property(rule, fc.array(request, { minLength: 1, maxLength: 6 }), (one, requests) => {
      if (!isActiveJustInTimeRule(one, requests, members, now)) return;
      tolerated += 1;
      expect(one.name.startsWith("SecurityCenter-JITRule")).toBe(true);
      expect([one.access, one.direction]).toEqual(["Allow", "Inbound"]);
      for (const { from, to, port } of packetsOf(one)) {
        const words = `${ipv4Address(from)} -> ${to}:${port}`;
        expect(isGranted(from, to, port, requests), words).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
  // The generator meets the interesting case, or the property says nothing.
  expect(tolerated).toBeGreaterThan(50);
});
