/** Records of one blob that are known at once: an hour of one interface has sixty. */
const MOST = 65_536;

/** Which records of a blob were read: one that was written twice has the same time, interface and tuples. */
export class KnownRecords {
  private readonly digests = new Map<string, number[]>();

  forget(): void {
    this.digests.clear();
  }

  /** Whether there was a record of this time and interface. */
  has(time: string, macAddress: string): boolean {
    return this.digests.has(`${time} ${macAddress}`);
  }

  /** Whether there was one with the same tuples. */
  holds(time: string, macAddress: string, digest: number): boolean {
    return this.digests.get(`${time} ${macAddress}`)?.includes(digest) ?? false;
  }

  add(time: string, macAddress: string, digest: number): void {
    const key = `${time} ${macAddress}`;
    const known = this.digests.get(key);
    if (known !== undefined) known.push(digest);
    else if (this.digests.size < MOST) this.digests.set(key, [digest]);
  }
}
