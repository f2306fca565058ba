import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlowReduction, reduceFlowRecords } from "../../../shared/hardening/reduce-flow-records.ts";
import {
  documentOf,
  type PlainRecord,
  plainReduction,
  records,
  recordText,
  type Sums,
  sumsOf,
} from "./flow-log-documents.ts";

const always = { from: 0, to: Number.POSITIVE_INFINITY };

/** Pushes the bytes cut at the given places, each piece from the same memory, which is overwritten. */
function reduced(bytes: Uint8Array, cuts: readonly number[] = [], mostFlows?: number): FlowReduction {
  const reducer = reduceFlowRecords({ window: always, ...(mostFlows === undefined ? {} : { mostFlows }) });
  reducer.begin("blob");
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const scratch = new Uint8Array(bytes.length);
  for (const [index, place] of places.entries()) {
    const piece = bytes.subarray(place, places[index + 1] ?? bytes.length);
    scratch.set(piece);
    reducer.push(scratch.subarray(0, piece.length));
    scratch.fill(0x78);
  }
  reducer.end();
  return reducer.result();
}

const bytesOf = (texts: readonly string[]) => new TextEncoder().encode(documentOf(texts));
const cuts = fc.array(fc.nat(20_000), { maxLength: 12 });

test("flows are those that JSON.parse would find, wherever the bytes are cut", () => {
  fc.assert(
    fc.property(records, cuts, (list, places) => {
      const { flows, counts } = reduced(bytesOf(list.map(recordText)), places);
      expect(sumsOf(flows)).toEqual(plainReduction(list));
      expect(counts.records).toBe(list.length);
      expect([counts.malformedRecords, counts.malformedTuples, counts.cutOffBlobs]).toEqual([0, 0, 0]);
    }),
    { numRuns: 400 },
  );
});

test("one byte at a time is as good as all at once", () => {
  fc.assert(
    fc.property(records, (list) => {
      const bytes = bytesOf(list.map(recordText));
      const each = Array.from({ length: bytes.length }, (_, index) => index);
      expect(reduced(bytes, each).flows).toEqual(reduced(bytes).flows);
    }),
    { numRuns: 60 },
  );
});

test("of a blob that was cut off, every tuple that is whole counts, and the rest is reported", () => {
  fc.assert(
    fc.property(records, cuts, fc.double({ min: 0, max: 1, noNaN: true }), (all, places, share) => {
      const list = all.map((record) => ({ ...record, usualOrder: true }));
      const bytes = bytesOf(list.map(recordText));
      const cut = Math.floor(bytes.length * share);
      const { flows, counts } = reduced(bytes.subarray(0, cut), places);
      expect(sumsOf(flows)).toEqual(plainReduction(wholeBefore(list, cut)));
      const unfinished = cut > 0 && cut < bytes.length - 1;
      expect(counts.cutOffBlobs).toBe(unfinished ? 1 : 0);
    }),
    { numRuns: 400 },
  );
});

/** The records with those tuples whose closing quote stands before the cut. */
function wholeBefore(list: readonly PlainRecord[], cut: number): PlainRecord[] {
  const encoder = new TextEncoder();
  let from = encoder.encode('{"records":[').length;
  return list.map((record) => {
    const text = recordText(record);
    let place = 0;
    const groups = record.groups.map((group) => {
      place = text.indexOf('"flowTuples"', place) + 12;
      const tuples = group.tuples.filter(() => {
        place = text.indexOf('"', text.indexOf('"', place) + 1) + 1;
        return from + encoder.encode(text.slice(0, place)).length <= cut;
      });
      return { ...group, tuples };
    });
    from += encoder.encode(text).length + 1;
    return { ...record, groups };
  });
}

test("a broken byte is never fatal, and costs no record but its own", () => {
  fc.assert(
    fc.property(
      records.filter((list) => list.length > 0),
      cuts,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      (all, places, which, where, value) => {
        const list = all.map((record) => ({ ...record, usualOrder: true }));
        const at = which % list.length;
        const texts = list.map(recordText);
        const bytes = bytesOf(texts);
        const encoder = new TextEncoder();
        const from = encoder.encode(
          `{"records":[${texts
            .slice(0, at)
            .map((text) => `${text},`)
            .join("")}`,
        ).length;
        bytes[from + (where % encoder.encode(texts[at]).length)] = value;
        const { flows } = reduced(bytes, places);
        expectAtLeast(sumsOf(flows), plainReduction(list.filter((_, index) => index !== at)));
      },
    ),
    { numRuns: 600 },
  );
});

function expectAtLeast(actual: Sums, least: Sums): void {
  for (const [key, { flows, sums }] of Object.entries(least)) {
    const found = actual[key];
    expect(found?.flows, key).toBeGreaterThanOrEqual(flows);
    for (const [index, sum] of sums.entries()) expect(found?.sums[index], key).toBeGreaterThanOrEqual(sum);
  }
}

test("a record that was written twice counts once", () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.nat(), cuts, (list, which, where, places) => {
      const filled = list.filter(({ groups }) => groups.some(({ tuples }) => tuples.length > 0));
      fc.pre(filled.length > 0);
      const texts = filled.map(recordText);
      const index = which % texts.length;
      const again = index + 1 + (where % (texts.length - index));
      const { flows, counts } = reduced(bytesOf(texts.toSpliced(again, 0, texts[index] ?? "")), places);
      expect(sumsOf(flows)).toEqual(plainReduction(filled));
      expect([counts.repeatedRecords, counts.records]).toEqual([1, filled.length]);
    }),
    { numRuns: 300 },
  );
});

test("too many distinct flows are told less finely, and all are counted in what stands for them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 200 }),
      fc.nat(1000),
      (hosts, ports, seed) => {
        const most = 1024;
        const tuples = Array.from({ length: 3000 }, (_, index) => ({
          time: 1_788_000_000_000 + index,
          source: `203.${(index * 7 + seed) % 256}.${index % 251}.${index % 13}`,
          destination: `10.20.0.${4 + (index % hosts)}`,
          sourcePort: index,
          destinationPort: index % ports,
          protocol: 6,
          direction: "I" as const,
          state: index % 3 === 0 ? ("D" as const) : ("B" as const),
          counters: [1, 60, 0, 0],
        }));
        const group = { aclId: "acl", rule: "rule", tuples };
        const record = { time: "2026-08-29T10:00:00Z", mac: "a", groups: [group], usualOrder: true, spaced: false };
        const { flows, tooManyFlows } = reduced(bytesOf([recordText(record)]), [], most);
        expect(flows.length).toBeLessThanOrEqual(most);
        const distinct = new Set(tuples.map((t) => `${t.source} ${t.destination} ${t.destinationPort} ${t.state}`))
          .size;
        expect(tooManyFlows.allowed || tooManyFlows.denied).toBe(distinct > most);
        for (const allowed of [true, false]) {
          const own = tuples.filter(({ state }) => (state === "B") === allowed);
          const told = flows.filter((flow) => flow.allowed === allowed);
          expect(told.reduce((sum, flow) => sum + flow.flows, 0)).toBe(own.length);
          expect(told.reduce((sum, flow) => sum + flow.bytesSent, 0)).toBe(own.length * 60);
          for (const one of own.slice(0, 200)) expect(told.some((flow) => standsFor(flow, one))).toBe(true);
        }
      },
    ),
    { numRuns: 25 },
  );
});

function standsFor(
  flow: FlowReduction["flows"][number],
  one: { source: string; destination: string; destinationPort: number },
): boolean {
  const number = (text: string) => text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const within = (address: string, first: number, length: number) => {
    const size = 2 ** (32 - length);
    return Math.floor(number(address) / size) * size === first;
  };
  return (
    within(one.source, flow.source, flow.sourceLength) &&
    within(one.destination, flow.destination, flow.destinationLength) &&
    (flow.destinationPort === null || flow.destinationPort === one.destinationPort)
  );
}
