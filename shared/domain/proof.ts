/** What was proven of the rules of a plan before anything is written. */
export interface Proof {
  readonly status: "Proven";
  /** What was proven, in one sentence. */
  readonly statement: string;
  /** Hashes of what each NSG means, by direction: equal hashes, equal meaning, however the rules are written. */
  readonly networkSecurityGroups: readonly {
    readonly id: string;
    readonly inbound: string;
    readonly outbound: string;
  }[];
  /** What the proof rests on and cannot know. */
  readonly assumptions: readonly string[];
}
