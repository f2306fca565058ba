import type { ExtraFlow, ManagementAccess, OutboundAccess, OutboundPolicy } from "../domain/spoke-request.ts";
import type { VmManagement } from "../domain/vm-management.ts";

/** One tier as its rules see it. */
export interface TierContext {
  readonly name: string;
  readonly port: number;
  readonly replicates: boolean;
  /** Address prefix of the tier's subnet. */
  readonly addressPrefix: string;
  readonly applicationSecurityGroupId: string;
  /** Planned address of the tier's internal load balancer, or null where it has none. */
  readonly loadBalancerAddress: string | null;
}

/** All that the security rules of one spoke depend on. */
export interface RuleContext {
  /** In the order of the traffic. */
  readonly tiers: readonly TierContext[];
  readonly spokePrefix: string;
  readonly gateway: {
    readonly addressPrefix: string;
    /** An Application Gateway publishes the first tier. */
    readonly publishes: boolean;
  };
  readonly flows: readonly ExtraFlow[];
  readonly managementAccess: readonly ManagementAccess[];
  readonly outboundAccess: readonly OutboundAccess[];
  readonly dnsServers: readonly string[];
  /** What machines need to be managed. */
  readonly vmManagement: VmManagement;
  readonly outbound: OutboundPolicy;
  /** The tiers' default route leads to the hub's firewall, which decides on host names. */
  readonly behindFirewall: boolean;
  /** What a rule for the Internet must never reach: hubs, internal prefixes, all private space. */
  readonly internalPrefixes: readonly string[];
}
