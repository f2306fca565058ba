import type { AccessResourceBodies } from "./access-resources.ts";
import type { StepNumber } from "./finding.ts";

type Tags = Readonly<Record<string, string>>;

/** One security rule in the only form that the tool writes: plural lists, sorted, `*` for any. */
export interface SecurityRuleBody {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah" | "*";
  readonly sourceAddressPrefixes: readonly string[];
  readonly sourceApplicationSecurityGroupIds: readonly string[];
  readonly sourcePortRanges: readonly string[];
  readonly destinationAddressPrefixes: readonly string[];
  readonly destinationApplicationSecurityGroupIds: readonly string[];
  readonly destinationPortRanges: readonly string[];
}

export interface RouteBody {
  readonly name: string;
  readonly addressPrefix: string;
  readonly nextHopType: "VirtualAppliance" | "VnetLocal" | "Internet" | "VirtualNetworkGateway" | "None";
  readonly nextHopIpAddress: string | null;
}

export interface SubnetBody {
  readonly name: string;
  readonly addressPrefix: string;
  readonly networkSecurityGroupId: string | null;
  readonly routeTableId: string | null;
  readonly natGatewayId: string | null;
  readonly defaultOutboundAccess: boolean;
  readonly privateEndpointNetworkPolicies: string;
}

export interface FirewallNetworkRuleBody {
  readonly name: string;
  readonly description: string;
  readonly ipProtocols: readonly ("TCP" | "UDP")[];
  readonly sourceAddresses: readonly string[];
  readonly sourceIpGroupIds: readonly string[];
  readonly destinationAddresses: readonly string[];
  readonly destinationPorts: readonly string[];
}

export interface FirewallApplicationRuleBody {
  readonly name: string;
  readonly description: string;
  readonly protocols: readonly { readonly protocolType: "Http" | "Https"; readonly port: number }[];
  readonly sourceAddresses: readonly string[];
  readonly sourceIpGroupIds: readonly string[];
  readonly targetFqdns: readonly string[];
}

/** Body of each resource type, in our normal form: ids as written, sets sorted, nothing that Azure computes. */
export interface ResourceBodies extends AccessResourceBodies {
  "Microsoft.Resources/resourceGroups": { readonly location: string; readonly tags: Tags };
  "Microsoft.Authorization/roleDefinitions": {
    readonly roleName: string;
    readonly actions: readonly string[];
    readonly notActions: readonly string[];
    readonly dataActions: readonly string[];
    readonly notDataActions: readonly string[];
  };
  "Microsoft.Authorization/roleAssignments": {
    readonly roleDefinitionId: string;
    /**
     * Object id of the principal; or the ARM id of a user-assigned identity, or of a system topic with an identity of its
     * own, whose principal is meant (it is known only when that stands): the port resolves it, and answers the ARM id again where the principal is the same.
     */
    readonly principalId: string;
    readonly principalType: "Group" | "ServicePrincipal";
  };
  "Microsoft.Insights/diagnosticSettings": {
    readonly workspaceId: string;
    readonly storageAccountId: string;
    /** Enabled log categories. */
    readonly categories: readonly string[];
  };
  "Microsoft.Network/applicationSecurityGroups": { readonly location: string; readonly tags: Tags };
  "Microsoft.Network/networkSecurityGroups": {
    readonly location: string;
    readonly tags: Tags;
    readonly securityRules: readonly SecurityRuleBody[];
  };
  "Microsoft.Network/routeTables": {
    readonly location: string;
    readonly tags: Tags;
    readonly disableBgpRoutePropagation: boolean;
    readonly routes: readonly RouteBody[];
  };
  "Microsoft.Network/publicIPAddresses": {
    readonly location: string;
    readonly tags: Tags;
    readonly zones: readonly string[];
  };
  "Microsoft.Network/natGateways": {
    readonly location: string;
    readonly tags: Tags;
    readonly publicIpAddressIds: readonly string[];
  };
  "Microsoft.Network/virtualNetworks": {
    readonly location: string;
    readonly tags: Tags;
    readonly addressPrefixes: readonly string[];
    readonly dnsServers: readonly string[];
    /** Own subnets only; foreign subnets are preserved. */
    readonly subnets: readonly SubnetBody[];
  };
  "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": {
    readonly remoteVirtualNetworkId: string;
    readonly allowVirtualNetworkAccess: boolean;
    readonly allowForwardedTraffic: boolean;
    readonly allowGatewayTransit: boolean;
    readonly useRemoteGateways: boolean;
    /** Desired "Connected" on the side written last, null where it does not matter yet. */
    readonly peeringState: string | null;
    /**
     * Whether this side knows the other network's present address space; what was added to it is else not reached. Null
     * where it shall not follow by itself: what others add to a spoke's network does not become reachable from the hub.
     */
    readonly knowsRemoteAddressSpace: boolean | null;
  };
  "Microsoft.Network/loadBalancers": {
    readonly location: string;
    readonly tags: Tags;
    readonly subnetId: string;
    readonly privateIpAddress: string;
    readonly port: number;
  };
  /** Membership of one network interface in what its subnet's tier needs; all else of it is preserved. */
  "Microsoft.Network/networkInterfaces": {
    readonly subnetId: string;
    readonly applicationSecurityGroupIds: readonly string[];
    readonly loadBalancerBackendPoolIds: readonly string[];
  };
  "Microsoft.Network/networkWatchers": { readonly location: string };
  "Microsoft.ManagedIdentity/userAssignedIdentities": { readonly location: string; readonly tags: Tags };
  "Microsoft.Network/networkWatchers/flowLogs": {
    readonly location: string;
    readonly tags: Tags;
    readonly targetResourceId: string;
    readonly storageId: string;
    readonly enabled: boolean;
    readonly retentionDays: number;
    /** The flow log's own identity, where the storage refuses shared keys; else null. */
    readonly userAssignedIdentityId: string | null;
    readonly trafficAnalytics: {
      readonly enabled: boolean;
      readonly workspaceId: string;
      readonly workspaceResourceId: string;
      readonly workspaceRegion: string;
      readonly intervalMinutes: number;
    };
  };
  /** Membership of one spoke: its prefixes among the others'. */
  "Microsoft.Network/ipGroups": { readonly location: string; readonly ipAddresses: readonly string[] };
  /** This tool's group in the hub's policy; the rules of other spokes are preserved. */
  "Microsoft.Network/firewallPolicies/ruleCollectionGroups": {
    readonly priority: number;
    readonly networkRules: readonly FirewallNetworkRuleBody[];
    readonly applicationRules: readonly FirewallApplicationRuleBody[];
  };
}

export type ResourceType = keyof ResourceBodies;

/**
 * How far the tool's hand goes. "owned": made, mended and removed. "shared": what a subscription or hub shares,
 * adopted where it stands and never removed. "prerequisite": only verified, made by the platform's owner.
 * "membership": part of a resource that belongs to others.
 */
export type Ownership = "owned" | "shared" | "prerequisite" | "membership";

/** One resource as it shall stand. `T` distributes, so that `type` tells the shape of `body`. */
export type DesiredResource<T extends ResourceType = ResourceType> = T extends ResourceType
  ? {
      readonly id: string;
      readonly type: T;
      readonly ownership: Ownership;
      readonly steps: readonly StepNumber[];
      /** Ids of desired resources that must stand first. */
      readonly dependsOn: readonly string[];
      readonly body: ResourceBodies[T];
      /** Named members of collections (subnets, firewall rules) that were ours and shall go. */
      readonly retired?: readonly string[];
    }
  : never;

/** A resource as it stands, in the same normal form. */
export interface ObservedResource<T extends ResourceType = ResourceType> {
  /** As Azure writes it: may differ from the desired id where another resource was adopted. */
  readonly id: string;
  readonly type: T;
  readonly body: ResourceBodies[T];
  readonly etag: string | null;
  /** "Succeeded", "Updating", "Failed" … or null where the type has none. */
  readonly provisioningState: string | null;
  /** Azure's own answer, kept so that a write preserves what the tool does not know. */
  readonly native: unknown;
}
