/** One port of one machine that a policy of just-in-time access keeps closed until somebody asks for it. */
export interface JustInTimePort {
  readonly number: number;
  readonly protocol: "Tcp" | "Udp" | "*";
  /** Addresses or prefixes from which it may be opened; `*` = any. */
  readonly allowedSources: readonly string[];
  /** ISO 8601 duration, PT5M to P1D. */
  readonly longestAccess: string;
}

/** A just-in-time policy of Defender for Cloud, which stands in the region of its machines. */
export interface JustInTimePolicy {
  readonly id: string;
  readonly location: string;
  readonly machines: readonly { readonly virtualMachineId: string; readonly ports: readonly JustInTimePort[] }[];
}

/** A port that Defender opened because somebody asked for it. Times are ISO 8601 in UTC. */
export interface JustInTimeRequest {
  readonly virtualMachineId: string;
  readonly port: number;
  /** Addresses or prefixes that were let in; `*` = any. Empty where Defender does not tell them. */
  readonly sources: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
}

/** What Defender for Cloud knows of just-in-time access in a subscription at a moment. */
export interface JustInTimeState {
  readonly policies: readonly JustInTimePolicy[];
  /** Those that were neither revoked nor are over. */
  readonly activeRequests: readonly JustInTimeRequest[];
}

/** A virtual machine and the private addresses of its interfaces: by these a rule means it. */
export interface MachineAddresses {
  readonly virtualMachineId: string;
  readonly privateIpAddresses: readonly string[];
}
