import { readFileSync } from "node:fs";
import { reduceFlowRecords } from "../../shared/hardening/reduce-flow-records.ts";

/** What one way found in all blobs, and the CPU time that it took, in seconds. */
export interface Turn {
  readonly seconds: number;
  readonly flows: number;
  readonly tuples: number;
}

export const wayNames = ["touch", "reduction", "parse", "map"] as const;
export type WayName = (typeof wayNames)[number];

const piece = 64 * 1024;
const nothing = { flows: 0, tuples: 0 };

/** Each way to read blobs: what it needs of them is made ready before the time counts. */
export const ways: Readonly<Record<WayName, (files: readonly string[]) => () => Omit<Turn, "seconds">>> = {
  touch: (files) => {
    const blobs = files.map((file) => readFileSync(file));
    return () => {
      for (const blob of blobs) touched(blob);
      return nothing;
    };
  },
  reduction: (files) => {
    const blobs = files.map((file) => readFileSync(file));
    return () => {
      const reducer = reduceFlowRecords({ window: { from: 0, to: Number.POSITIVE_INFINITY } });
      for (const blob of blobs) {
        reducer.begin("");
        for (let at = 0; at < blob.length; at += piece) reducer.push(blob.subarray(at, at + piece));
        reducer.end();
      }
      const { flows, counts } = reducer.result();
      return { flows: flows.length, tuples: counts.tuples };
    };
  },
  // Texts that were decoded before: JSON.parse alone is measured at its best.
  parse: (files) => {
    const texts = files.map((file) => readFileSync(file, "latin1"));
    return () => {
      for (const text of texts) JSON.parse(text);
      return nothing;
    };
  },
  map: (files) => {
    const texts = files.map((file) => readFileSync(file, "latin1"));
    return () => {
      const flows = new Map<string, number[]>();
      let tuples = 0;
      for (const text of texts) tuples += addTo(flows, JSON.parse(text));
      return { flows: flows.size, tuples };
    };
  },
};

function touched(blob: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < blob.length; at += 1) sum = (sum + (blob[at] as number)) | 0;
  return sum;
}

interface Document {
  readonly records: readonly {
    readonly flowRecords: {
      readonly flows: readonly {
        readonly aclID: string;
        readonly flowGroups: readonly { readonly rule: string; readonly flowTuples: readonly string[] }[];
      }[];
    };
  }[];
}

/** What one would write first: each tuple split, and summed under a text. Answers how many. */
function addTo(flows: Map<string, number[]>, { records }: Document): number {
  const groups = records.flatMap(({ flowRecords }) =>
    flowRecords.flows.flatMap(({ aclID, flowGroups }) => flowGroups.map((group) => ({ aclID, ...group }))),
  );
  let tuples = 0;
  for (const { aclID, rule, flowTuples } of groups) {
    tuples += flowTuples.length;
    for (const tuple of flowTuples) {
      const fields = tuple.split(",");
      const [time, source, destination, , port, protocol, direction, state] = fields;
      const key = `${source} ${destination} ${port} ${protocol} ${direction} ${state !== "D"} ${aclID} ${rule}`;
      const counters = fields.slice(9).map(Number);
      const sums = flows.get(key);
      if (sums === undefined) flows.set(key, [...counters, Number(time), Number(time), 1]);
      else addCounters(sums, counters, Number(time));
    }
  }
  return tuples;
}

function addCounters(sums: number[], counters: readonly number[], time: number): void {
  for (let i = 0; i < 4; i += 1) sums[i] = (sums[i] as number) + (counters[i] as number);
  sums[4] = Math.min(sums[4] as number, time);
  sums[5] = Math.max(sums[5] as number, time);
  sums[6] = (sums[6] as number) + 1;
}
