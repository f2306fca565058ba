import { describe, expect, test } from "vitest";
import { reduceFlowRecords } from "../../../shared/hardening/reduce-flow-records.ts";

const begun = Date.UTC(2026, 7, 29, 10);
const window = { from: begun, to: begun + 3_600_000 };

function record(tuples: readonly string[], changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    time: "2026-08-29T10:00:52.5625085Z",
    flowLogVersion: 4,
    macAddress: "00224871C205",
    flowRecords: {
      flows: [{ aclID: "00aa00aa", flowGroups: [{ rule: "UserRule_Allow-SQL", flowTuples: tuples }] }],
    },
    ...changes,
  });
}

function reduce(...blobs: string[]) {
  const reducer = reduceFlowRecords({ window });
  for (const [index, blob] of blobs.entries()) {
    reducer.begin(`blob ${index}`);
    reducer.push(new TextEncoder().encode(blob));
    reducer.end();
  }
  return reducer.result();
}

const records = (...list: string[]) => `{"records":[${list.join(",")}]}`;
const ends = "10.20.1.4,10.20.2.4,50000,1433,6,I";
const inboundFlow = [
  `${begun},${ends},B,NX,,,,`,
  `${begun + 5},${ends},C,NX,10,800,8,9000`,
  `${begun + 9},${ends},E,NX,2,100,1,60`,
];

describe("flow tuples", () => {
  test("beginning, continuation and end are one flow with the sum of its counters (trap 26)", () => {
    const { flows, counts } = reduce(records(record(inboundFlow)));
    expect(flows).toEqual([
      {
        source: 0x0a140104,
        sourceLength: 32,
        destination: 0x0a140204,
        destinationLength: 32,
        destinationPort: 1433,
        protocol: 6,
        direction: "Inbound",
        allowed: true,
        aclId: "00aa00aa",
        rule: "UserRule_Allow-SQL",
        flows: 1,
        packetsSent: 12,
        bytesSent: 900,
        packetsReceived: 9,
        bytesReceived: 9060,
        firstSeen: begun,
        lastSeen: begun + 9,
      },
    ]);
    expect(counts).toMatchObject({ blobs: 1, records: 1, tuples: 3 });
  });

  test("denied traffic is kept apart (trap 26)", () => {
    const { flows } = reduce(records(record([...inboundFlow, `${begun},${ends},D,NX,0,0,0,0`])));
    expect(flows.map(({ allowed, flows: count }) => [allowed, count])).toEqual([
      [true, 1],
      [false, 1],
    ]);
  });

  test("times in seconds, as in the documentation's example, are times in milliseconds", () => {
    const { flows } = reduce(records(record([`${begun / 1000},${ends},B,NX,,,,`])));
    expect(flows[0]?.firstSeen).toBe(begun);
  });

  test("what lies outside the window is counted and set aside", () => {
    const { flows, counts } = reduce(
      records(record([`${window.from - 1},${ends},B,NX,,,,`, `${window.to},${ends},B,NX,,,,`])),
    );
    expect(flows).toEqual([]);
    expect(counts.tuplesOutsideWindow).toBe(2);
  });

  test("IPv6 is counted and set aside", () => {
    const { flows, counts, samples } = reduce(
      records(record([`${begun},fd00::4,fd00:1::5,50000,1433,6,I,B,NX,,,,`, `${begun},10.0.0.4,::1,1,2,6,O,B,NX,,,,`])),
    );
    expect(flows).toEqual([]);
    expect(counts).toMatchObject({ ipv6Tuples: 2, malformedTuples: 0 });
    expect(samples[0]).toMatchObject({ trouble: "ipv6", blob: "blob 0" });
  });

  test.each([
    ["no time", `x,${ends},B,NX,,,,`],
    ["a letter in its time", `${begun.toString().slice(0, 4)}x${begun.toString().slice(5)},${ends},B,NX,,,,`],
    ["an address too long", `${begun},10.20.1.4.5,10.20.2.4,50000,1433,6,I,B,NX,,,,`],
    ["an octet of four digits", `${begun},10.20.1.0004,10.20.2.4,50000,1433,6,I,B,NX,,,,`],
    ["a letter in its port", `${begun},10.20.1.4,10.20.2.4,5000a,1433,6,I,B,NX,,,,`],
    ["an octet too large", `${begun},10.20.1.256,10.20.2.4,50000,1433,6,I,B,NX,,,,`],
    ["three octets", `${begun},10.20.1,10.20.2.4,50000,1433,6,I,B,NX,,,,`],
    ["a port too large", `${begun},10.20.1.4,10.20.2.4,50000,65536,6,I,B,NX,,,,`],
    ["no port", `${begun},10.20.1.4,10.20.2.4,50000,,6,I,B,NX,,,,`],
    ["a protocol too large", `${begun},10.20.1.4,10.20.2.4,50000,1433,256,I,B,NX,,,,`],
    ["another direction", `${begun},10.20.1.4,10.20.2.4,50000,1433,6,X,B,NX,,,,`],
    ["another state", `${begun},10.20.1.4,10.20.2.4,50000,1433,6,I,A,NX,,,,`],
    ["words for counters", `${begun},${ends},E,NX,many,1,1,1`],
    ["nothing", ""],
    ["the form of NSG flow logs", "1542110377,10.0.0.4,13.67.143.118,44931,443,T,O,A,C,30,16978,24,14008"],
  ])("a tuple with %s is malformed, and the next one counts", (_, broken) => {
    const { counts, samples } = reduce(records(record([broken, ...inboundFlow])));
    expect(counts).toMatchObject({ malformedTuples: 1, tuples: 3, records: 1, malformedRecords: 0 });
    expect(samples).toEqual([expect.objectContaining({ trouble: "malformed-tuple", text: broken })]);
  });

  test("counters may be missing, long, or followed by more", () => {
    const { flows, counts } = reduce(
      records(
        record([
          `${begun},${ends},E`,
          `${begun},${ends},E,NX,1,12345678901,2,3`,
          `${begun},${ends},E,X,1,1,1,1,new,"'`,
        ]),
      ),
    );
    expect(counts.malformedTuples).toBe(0);
    expect(flows[0]).toMatchObject({ flows: 3, bytesSent: 12_345_678_902 });
  });

  test("the word for encryption may be any", () => {
    const tuples = ["X", "", "NX_HW_NOT_SUPPORTED", "NX_REMOTE_NO_ENCRYPTION"].map(
      (word, index) => `${begun + index},${ends},D,${word},1,2,3,4`,
    );
    const { flows, counts } = reduce(records(record(tuples)));
    expect(counts).toMatchObject({ tuples: 4, malformedTuples: 0 });
    expect(flows[0]).toMatchObject({ flows: 4, packetsSent: 4, bytesReceived: 16 });
  });

  test("the same tuple twice in a record counts once", () => {
    const { flows, counts } = reduce(records(record([...inboundFlow, ...inboundFlow])));
    expect(counts).toMatchObject({ tuples: 3, repeatedTuples: 3, repeatedRecords: 0 });
    expect(flows[0]).toMatchObject({ flows: 1, bytesSent: 900 });
  });
});

describe("records", () => {
  test("of another version are set aside whole", () => {
    const { flows, counts, samples } = reduce(records(record(inboundFlow, { flowLogVersion: 5 }), record(inboundFlow)));
    expect(flows).toHaveLength(1);
    expect(counts).toMatchObject({ otherVersionRecords: 1, records: 1, malformedRecords: 0, slowRecords: 0 });
    expect(samples[0]?.trouble).toBe("other-version");
  });

  test("with unknown members, in any order, are read by JSON.parse", () => {
    const { flowRecords, ...head } = JSON.parse(record(inboundFlow));
    const turned = JSON.stringify({ flowRecords, new: { nested: [1] }, ...head });
    const { flows, counts } = reduce(records(turned));
    expect(flows).toHaveLength(1);
    expect(counts).toMatchObject({ records: 1, slowRecords: 1, malformedRecords: 0 });
  });

  test("with an unknown member in the middle count each tuple once", () => {
    const { flows, counts } = reduce(
      records(record(inboundFlow).replace('"flowGroups":[{', '"new":{},"flowGroups":[{')),
      records(record(inboundFlow).replace("]}]}]}}", '],"new":{}}]}]}}')),
    );
    expect(counts).toMatchObject({ records: 2, slowRecords: 2, tuples: 6, repeatedTuples: 0 });
    expect(flows[0]).toMatchObject({ flows: 2, bytesSent: 1800 });
  });

  test("that are no flow records, or make no sense, do not stop the next", () => {
    const { flows, counts } = reduce(
      records(
        "{}",
        '{"time":"x","flowLogVersion":4}',
        "17",
        record(inboundFlow),
        record(inboundFlow).replace("}]}", "]}"),
      ),
      records(record(inboundFlow)),
    );
    expect(counts.malformedRecords).toBeGreaterThanOrEqual(3);
    expect(flows[0]?.flows).toBeGreaterThanOrEqual(2);
  });

  test("of a blob that is being written count as far as they stand", () => {
    const whole = records(record(inboundFlow));
    const { flows, counts, samples } = reduce(whole.slice(0, -20), whole);
    expect(counts).toMatchObject({ blobs: 2, cutOffBlobs: 1, records: 1 });
    expect(flows[0]?.flows).toBe(2);
    expect(samples.map(({ trouble, blob }) => [trouble, blob])).toEqual([["cut-off", "blob 0"]]);
  });

  test("with an escape in a tuple are read by JSON.parse, wherever they are cut", () => {
    const later = record(inboundFlow, { time: "2026-08-29T10:01:52Z" });
    const text = records(record(inboundFlow).replace(",NX,2,", ",\\u004eX,2,"), later);
    expect(text).toContain("\\u004e");
    for (let cut = text.indexOf("flowTuples"); cut < text.length; cut += 1) {
      const reducer = reduceFlowRecords({ window });
      reducer.begin("blob");
      reducer.push(new TextEncoder().encode(text.slice(0, cut)));
      reducer.push(new TextEncoder().encode(text.slice(cut)));
      reducer.end();
      const { counts, flows } = reducer.result();
      expect(counts).toMatchObject({ records: 2, slowRecords: 1, tuples: 6, repeatedTuples: 0 });
      expect(flows[0]).toMatchObject({ flows: 2, bytesSent: 1800 });
    }
  });

  test("of a blob that ends its list where another went on", () => {
    const reducer = reduceFlowRecords({ window });
    const first = records(record(inboundFlow));
    const second = records(record(inboundFlow.slice(0, 1)));
    const cut = second.indexOf(',,,,"') + 5;
    reducer.begin("first");
    reducer.push(new TextEncoder().encode(first));
    reducer.end();
    reducer.begin("second");
    reducer.push(new TextEncoder().encode(second.slice(0, cut)));
    reducer.push(new TextEncoder().encode(second.slice(cut)));
    reducer.end();
    expect(reducer.result().counts).toMatchObject({ records: 2, tuples: 4, malformedRecords: 0, slowRecords: 0 });
  });

  test("an empty blob is nothing, and a blob of something else is malformed", () => {
    expect(reduce("").counts).toMatchObject({ blobs: 1, cutOffBlobs: 0, malformedRecords: 0 });
    expect(reduce("<html>no</html>").counts).toMatchObject({ records: 0, malformedRecords: 1 });
    expect(reduce("[1, 2]").counts.malformedRecords).toBe(1);
  });

  test("a byte order mark, white space and several documents in one blob are read", () => {
    const document = JSON.stringify(JSON.parse(records(record(inboundFlow))), null, "\t");
    const second = document.replace("10:00:52", "10:01:52");
    const { counts } = reduce(`\uFEFF${document}\r\n${second}`);
    expect(counts).toMatchObject({ records: 2, malformedRecords: 0, cutOffBlobs: 0 });
  });
});

test("which interface logged in which hours, at which addresses", () => {
  const later = record([`${begun + 1},10.20.2.4,10.0.0.4,5,53,17,O,B,NX,,,,`], { time: "2026-08-29T11:59:00Z" });
  const quiet = record([], { macAddress: "00224871C206", time: "2026-08-29T10:30:00Z" });
  const hour = begun / 3_600_000;
  expect(reduce(records(record(inboundFlow), later, quiet)).interfaces).toEqual([
    { macAddress: "00224871C205", addresses: [0x0a140204], hours: [hour, hour + 1] },
    { macAddress: "00224871C206", addresses: [], hours: [hour] },
  ]);
});
