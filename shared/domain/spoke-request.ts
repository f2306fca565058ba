/** IANA protocols that a flow of an application may name, spelt as Azure spells them. */
export type FlowProtocol = "Tcp" | "Udp";

/** A virtual machine role: one subnet, one NSG, one ASG. */
export interface Tier {
  readonly name: string;
  /** TCP port on which the tier serves the tier before it. */
  readonly port: number;
  readonly loadBalanced: boolean;
  /** Its machines talk to one another on the same port (for example SQL Server replicas). */
  readonly replicates: boolean;
}

/** A flow beside the chain of tiers; `from` and `to` are tier names. */
export interface ExtraFlow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: FlowProtocol;
  readonly description: string;
}

/** Management traffic into tiers from a prefix outside the spoke. */
export interface ManagementAccess {
  readonly from: string;
  readonly to: readonly string[];
  readonly port: number;
  readonly protocol: FlowProtocol;
  readonly description: string;
}

/** Traffic that tiers may send outside the spoke; `to` is an IPv4 address, an IPv4 prefix or a host name. */
export interface OutboundAccess {
  readonly from: readonly string[];
  readonly to: string;
  readonly port: number;
  readonly protocol: FlowProtocol;
  readonly description: string;
}

export type Topology = "hub-spoke" | "standalone";
export type OutboundPolicy = "deny-all" | "deny-virtual-network" | "allow-all";

/** What a portal asks for, parsed: every default is filled in, tiers stand in the order of the traffic. */
export interface SpokeRequest {
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly topology: Topology;
  /** Canonical IPv4 prefix, or null where the platform's pool shall give one. */
  readonly addressPrefix: string | null;
  readonly networkManagersGroupId: string;
  readonly application: {
    readonly clientId: string | null;
    /** Present together with certificateSecretId: then an Application Gateway publishes the application. */
    readonly hostName: string | null;
    readonly certificateSecretId: string | null;
    readonly tiers: readonly Tier[];
    readonly flows: readonly ExtraFlow[];
  };
  readonly managementAccess: readonly ManagementAccess[];
  readonly outboundAccess: readonly OutboundAccess[];
  readonly outbound: OutboundPolicy;
  readonly tags: Readonly<Record<string, string>>;
}
