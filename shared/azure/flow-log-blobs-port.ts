/** Where the blobs of a flow log lie. */
export interface FlowLogStorage {
  readonly flowLogId: string;
  /** `primaryEndpoints.blob` of the storage account. */
  readonly blobEndpoint: string;
}

/** What one network interface logged in one hour. */
export interface FlowLogBlob {
  readonly name: string;
  /** Beginning of the hour, in milliseconds since the epoch. */
  readonly hour: number;
  readonly macAddress: string;
  readonly bytes: number;
  /** When it was written last: each minute while its hour lasts. Milliseconds since the epoch. */
  readonly lastModified: number;
}

/**
 * Blobs that virtual network flow logs write. Each call throws RefusedError or TransientError about the flow log, and
 * nothing else.
 */
export interface FlowLogBlobsPort {
  /**
   * The blobs of the hours from the one of `from` up to, and without, `to` (milliseconds since the epoch), by hour and
   * interface. Only their folders are looked through. None where the log never wrote.
   */
  list(storage: FlowLogStorage, from: number, to: number): Promise<readonly FlowLogBlob[]>;
  /** The blob's bytes, as they come. */
  read(storage: FlowLogStorage, blob: FlowLogBlob): AsyncIterable<Uint8Array>;
  /**
   * The blob with the newest record, by its hour and when it was written last, or null where the log never wrote. `now` (milliseconds since the epoch) says where to look first.
   */
  newest(storage: FlowLogStorage, now: number): Promise<FlowLogBlob | null>;
}
