/** What the reading of flow logs met, by number. */
export interface ReductionCounts {
  blobs: number;
  bytes: number;
  records: number;
  /** Tuples of IPv4 that were counted into flows. */
  tuples: number;
  /** Tuples of the same blob that were there before, field by field. */
  repeatedTuples: number;
  /** Records of which every tuple was there before. */
  repeatedRecords: number;
  /** Set aside: rules for IPv6 are not modelled. */
  ipv6Tuples: number;
  malformedTuples: number;
  /** Records that no reader could make sense of; what was read of them before is counted. */
  malformedRecords: number;
  /** Records of another version than 4, set aside whole. */
  otherVersionRecords: number;
  /** Records that were in no order that the quick reader knows, and were read by JSON.parse. */
  slowRecords: number;
  /** Blobs that end before their JSON does: they are being written, or were cut off. */
  cutOffBlobs: number;
  /** Tuples before or after the window, set aside. */
  tuplesOutsideWindow: number;
}

export type ReductionTrouble =
  | "malformed-tuple"
  | "malformed-record"
  | "other-version"
  | "cut-off"
  | "ipv6"
  | "repeated-record";

/** An example of what was set aside, for people to look at. */
export interface ReductionSample {
  readonly trouble: ReductionTrouble;
  readonly blob: string;
  /** Bytes from the beginning of the blob. */
  readonly offset: number;
  /** The beginning of what was met there. */
  readonly text: string;
}

const samplesOfEach = 3;
const longestText = 160;

export class ReductionReport {
  readonly counts: ReductionCounts = {
    blobs: 0,
    bytes: 0,
    records: 0,
    tuples: 0,
    repeatedTuples: 0,
    repeatedRecords: 0,
    ipv6Tuples: 0,
    malformedTuples: 0,
    malformedRecords: 0,
    otherVersionRecords: 0,
    slowRecords: 0,
    cutOffBlobs: 0,
    tuplesOutsideWindow: 0,
  };
  readonly samples: ReductionSample[] = [];
  /** Name of the blob that is being read. */
  blob = "";
  private readonly taken = new Map<ReductionTrouble, number>();

  /** Keeps a sample while there are few of its kind. */
  sample(trouble: ReductionTrouble, offset: number, text: string): void {
    const taken = this.taken.get(trouble) ?? 0;
    if (taken >= samplesOfEach) return;
    this.taken.set(trouble, taken + 1);
    this.samples.push({ trouble, blob: this.blob, offset, text: text.slice(0, longestText) });
  }
}
