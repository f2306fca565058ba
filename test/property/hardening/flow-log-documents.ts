import fc from "fast-check";
import type { ObservedFlow } from "../../../shared/hardening/flow-logs/observed-flow.ts";

/** What a test knows of one tuple before it is written. */
export interface PlainTuple {
  readonly time: number;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
  readonly direction: "I" | "O";
  readonly state: "B" | "C" | "E" | "D";
  readonly counters: readonly (number | "")[];
}

export interface PlainGroup {
  readonly aclId: string;
  readonly rule: string;
  readonly tuples: readonly PlainTuple[];
}

export interface PlainRecord {
  readonly time: string;
  readonly mac: string;
  readonly groups: readonly PlainGroup[];
  /** Members in the order in which Azure writes them, or rules behind their tuples. */
  readonly usualOrder: boolean;
  readonly spaced: boolean;
}

const base = 1_788_000_000_000;
const address = fc.constantFrom("10.20.0.4", "10.20.0.5", "10.20.1.4", "203.0.113.9", "198.51.100.200", "0.0.0.0");

const state = fc.constantFrom("B", "C", "E", "D");
const counters = fc.oneof(
  fc.constant(["", "", "", ""] as const),
  fc.constant([0, 0, 0, 0] as const),
  fc.tuple(...[0, 1, 2, 3].map(() => fc.oneof(fc.nat(5000), fc.nat(99_999_999), fc.nat(99_999_999_999)))),
);

const tuple: fc.Arbitrary<PlainTuple> = fc
  .record({
    time: fc.integer({ min: 0, max: 100_000 }),
    source: address,
    destination: address,
    sourcePort: fc.integer({ min: 0, max: 65_535 }),
    destinationPort: fc.constantFrom(0, 22, 443, 1433, 65_535),
    protocol: fc.constantFrom(1, 6, 17, 132),
    direction: fc.constantFrom("I", "O"),
    state,
    counters,
  })
  .map((one) => ({ ...one, time: base + one.time }));

/** A flow is often logged several times in a row. */
const tuplesOfFlow: fc.Arbitrary<PlainTuple[]> = fc
  .tuple(tuple, fc.array(fc.record({ later: fc.integer({ min: 0, max: 99_999 }), state, counters }), { maxLength: 2 }))
  .map(([first, others]) => [
    first,
    ...others.map(({ later, ...changes }) => ({ ...first, ...changes, time: first.time + later })),
  ]);

const group = fc.record({
  aclId: fc.constantFrom("00aa00aa-bb11-cc22-dd33-44ee44ee44ee", "unspecified"),
  rule: fc.constantFrom("UserRule_Allow-SQL", "DefaultRule_DenyAllInBound", "Größe"),
  tuples: fc.array(tuplesOfFlow, { maxLength: 6 }).map((list) => list.flat()),
});

export const records: fc.Arbitrary<PlainRecord[]> = fc
  .array(
    fc.record({
      mac: fc.constantFrom("002248710001", "002248710002"),
      groups: fc.array(group, { maxLength: 4 }),
      usualOrder: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      spaced: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    list.map((record, index) => ({ ...record, time: `2026-08-29T10:${String(index).padStart(2, "0")}:01.1234567Z` })),
  );

export function tupleText(one: PlainTuple): string {
  const { time, source, destination, sourcePort, destinationPort, protocol, direction, state, counters } = one;
  return [time, source, destination, sourcePort, destinationPort, protocol, direction, state, "NX", ...counters].join();
}

export function recordText({ time, mac, groups, usualOrder, spaced }: PlainRecord): string {
  const flows = groups.map(({ aclId, rule, tuples }) => {
    const flowTuples = tuples.map(tupleText);
    return { aclID: aclId, flowGroups: [usualOrder ? { rule, flowTuples } : { flowTuples, rule }] };
  });
  const record = {
    time,
    flowLogVersion: 4,
    flowLogGUID: "66aa66aa-bb77-cc88-dd99-00ee00ee00ee",
    macAddress: mac,
    category: "FlowLogFlowEvent",
    flowRecords: { flows },
  };
  return spaced ? JSON.stringify(record, null, 2) : JSON.stringify(record);
}

export const documentOf = (texts: readonly string[]): string => `{"records":[${texts.join(",")}]}`;

/** Sums by key, in a form that tests can compare. */
export type Sums = Record<string, { flows: number; sums: number[]; seen: number[] }>;

/** The reduction as anybody would write it who is in no hurry. */
export function plainReduction(all: readonly PlainRecord[]): Sums {
  const byKey = new Map<string, PlainTuple[]>();
  for (const { groups } of all) {
    const once = new Map<string, readonly [key: string, tuple: PlainTuple]>();
    for (const { aclId, rule, tuples } of groups) {
      for (const one of tuples) {
        const { source, destination, destinationPort, protocol, direction, state } = one;
        const key = [source, destination, destinationPort, protocol, direction, state !== "D", aclId, rule].join(" ");
        once.set(`${key} ${tupleText(one)}`, [key, one]);
      }
    }
    for (const [key, one] of once.values()) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return Object.fromEntries([...byKey].map(([key, tuples]) => [key, sumOf(tuples)]));
}

function sumOf(tuples: readonly PlainTuple[]): Sums[string] {
  const count = (states: string) => tuples.filter(({ state }) => states.includes(state)).length;
  const times = tuples.map(({ time }) => time);
  return {
    flows: Math.max(count("BD"), count("E"), 1),
    sums: [0, 1, 2, 3].map((index) => tuples.reduce((sum, { counters }) => sum + Number(counters[index]), 0)),
    seen: [Math.min(...times), Math.max(...times)],
  };
}

/** The tool's answer in the same form. */
export function sumsOf(flows: readonly ObservedFlow[]): Sums {
  const text = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
  return Object.fromEntries(
    flows.map((flow) => [
      [
        text(flow.source),
        text(flow.destination),
        flow.destinationPort,
        flow.protocol,
        flow.direction === "Inbound" ? "I" : "O",
        flow.allowed,
        flow.aclId,
        flow.rule,
      ].join(" "),
      {
        flows: flow.flows,
        sums: [flow.packetsSent, flow.bytesSent, flow.packetsReceived, flow.bytesReceived],
        seen: [flow.firstSeen, flow.lastSeen],
      },
    ]),
  );
}
