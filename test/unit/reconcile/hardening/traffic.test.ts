import { describe, expect, test } from "vitest";
import type { ObservedFlow } from "../../../../shared/hardening/flow-logs/observed-flow.ts";
import { type FlowReduction, reduceFlowRecords } from "../../../../shared/hardening/reduce-flow-records.ts";
import { MergedReduction } from "../../../../shared/reconcile/hardening/merge-reductions.ts";
import { agedRules, youngRules } from "../../../../shared/reconcile/hardening/rules-since.ts";
import { trafficDays } from "../../../../shared/reconcile/hardening/traffic-days.ts";
import { contractRequest, resourceOf, stateOf } from "../../spoke/example.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse("2026-11-27T04:30:00.000Z");
const text = (time: number) => new Date(time).toISOString();

describe("the days of a window", () => {
  test("are whole days up to the last full hour, without gap or overlap", () => {
    const days = trafficDays(now, 7 * day);
    expect(days.map(({ name }) => name)).toEqual([
      "20261120",
      "20261121",
      "20261122",
      "20261123",
      "20261124",
      "20261125",
      "20261126",
      "20261127",
    ]);
    for (const [index, { window }] of days.entries())
      expect(window.from).toBe(days[index - 1]?.window.to ?? window.from);
    expect(text(days.at(-1)?.window.to ?? 0)).toBe("2026-11-27T04:00:00.000Z");
  });

  test("are kept once nothing more can come of them", () => {
    expect(trafficDays(now, 2 * day).map(({ settled }) => settled)).toEqual([true, true, false]);
    const early = Date.parse("2026-11-27T02:59:59.000Z");
    expect(trafficDays(early, 2 * day).map(({ settled }) => settled)).toEqual([true, false, false]);
  });

  test("a window of hours is cut from one day or two, of which none is kept", () => {
    const days = trafficDays(now, 6 * hour);
    expect(days.map(({ window }) => [text(window.from), text(window.to)])).toEqual([
      ["2026-11-26T22:00:00.000Z", "2026-11-27T00:00:00.000Z"],
      ["2026-11-27T00:00:00.000Z", "2026-11-27T04:00:00.000Z"],
    ]);
    expect(days.some(({ settled }) => settled)).toBe(false);
  });
});

test("days are joined flow by flow; what differs in one part of its key stays apart", () => {
  const window = { from: 0, to: 2 * day };
  const empty = reduceFlowRecords({ window }).result();
  const flow: ObservedFlow = {
    source: 1,
    sourceLength: 32,
    destination: 2,
    destinationLength: 32,
    destinationPort: 443,
    protocol: 6,
    direction: "Inbound",
    allowed: true,
    aclId: "a",
    rule: "r",
    flows: 3,
    packetsSent: 1,
    bytesSent: 10,
    packetsReceived: 1,
    bytesReceived: 20,
    firstSeen: 100,
    lastSeen: 200,
  };
  const of = (flows: ObservedFlow[], hours: number[]): FlowReduction => ({
    ...empty,
    flows,
    interfaces: [{ macAddress: "m", addresses: [2], hours }],
    counts: { ...empty.counts, tuples: flows.length, blobs: 1 },
    tooManyFlows: { allowed: false, denied: hours[0] === 1 },
  });
  const merged = new MergedReduction();
  expect(merged.result(window)).toBeNull();
  merged.add(of([flow, { ...flow, destinationPort: 22 }], [1]));
  merged.add(
    of(
      [
        { ...flow, flows: 4, firstSeen: 50, lastSeen: 150 },
        { ...flow, allowed: false },
      ],
      [24, 1],
    ),
  );
  const result = merged.result(window);
  expect(result?.flows).toHaveLength(3);
  expect(result?.flows[0]).toMatchObject({ flows: 7, bytesSent: 20, bytesReceived: 40, firstSeen: 50, lastSeen: 200 });
  expect(result?.interfaces).toEqual([{ macAddress: "m", addresses: [2], hours: [1, 24] }]);
  expect(result?.counts).toMatchObject({ tuples: 4, blobs: 2 });
  expect(result?.tooManyFlows).toEqual({ allowed: false, denied: true });
});

test("an hour that a record claims outside of its day covers nothing, and neither do more interfaces than are told apart", () => {
  const reduction = (from: number, to: number) => reduceFlowRecords({ window: { from, to } }).result();
  const of = (from: number, interfaces: FlowReduction["interfaces"]): FlowReduction => ({
    ...reduction(from, from + day),
    interfaces,
  });
  const merged = new MergedReduction();
  merged.add(of(0, [{ macAddress: "m", addresses: [2], hours: [-1, 0, 23, 24, 1e9] }]));
  merged.add(of(day, [{ macAddress: "m", addresses: [2], hours: [23, 24] }]));
  expect(merged.result({ from: 0, to: 2 * day })?.interfaces[0]?.hours).toEqual([0, 23, 24]);
  const many = Array.from({ length: 70_000 }, (_, index) => ({ macAddress: `m${index}`, addresses: [2], hours: [1] }));
  merged.add(of(0, many));
  expect(merged.result({ from: 0, to: 2 * day })?.interfaces).toHaveLength(65_536);
});

test("rules are as old as the pass that first saw them; those of a spoke that is new to it count as old", () => {
  const state = stateOf(contractRequest);
  const group = resourceOf(state, "Microsoft.Network/networkSecurityGroups", "nsg-orders-prod-data");
  const first = agedRules([group], null, text(now));
  expect([...youngRules(first, group.id)]).toEqual([]);
  const [rule, ...rest] = group.body.securityRules;
  if (rule === undefined) throw new Error("no rule");
  const wider = { ...rule, destinationPortRanges: ["1-65535"] };
  const later = { ...group, body: { ...group.body, securityRules: [wider, ...rest, { ...rule, name: "New" }] } };
  const second = agedRules([later], first, text(now + day));
  expect([...youngRules(second, group.id.toUpperCase())]).toEqual([
    [rule.name, now + day],
    ["New", now + day],
  ]);
  const moved = {
    ...later,
    body: { ...later.body, securityRules: [{ ...wider, priority: 999, description: "" }, ...rest] },
  };
  expect([...youngRules(agedRules([moved], second, text(now + 2 * day)), group.id)]).toEqual([[rule.name, now + day]]);
});
