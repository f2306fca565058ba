import type { AddressPool } from "./address-pool.ts";
import type { VmManagement } from "./vm-management.ts";

/** A hub virtual network and, where there is one, the Azure Firewall in it. */
export interface Hub {
  readonly location: string;
  readonly virtualNetworkId: string;
  readonly addressPrefixes: readonly string[];
  readonly firewall: HubFirewall | null;
  /** Peerings use the hub's VPN or ExpressRoute gateway; false where the hub has none. */
  readonly useRemoteGateways: boolean;
}

export interface HubFirewall {
  readonly privateIpAddress: string;
  readonly policyId: string;
  /** This tool's rule collection group in the policy: name and priority (100–65000). */
  readonly ruleCollectionGroup: { readonly name: string; readonly priority: number };
  /** The IP group that spokes join; made where it does not stand. */
  readonly ipGroupId: string;
}

/** Which subscriptions and manager groups a group of requesters may name; "any" is every configured one. */
export interface AccessBinding {
  /** Object id of a group in Microsoft Entra, or "any" for everybody who holds the role Request. */
  readonly requesterGroupId: string;
  readonly subscriptionIds: readonly string[] | "any";
  readonly networkManagersGroupIds: readonly string[] | "any";
}

/** What a requester need not know. */
export interface PlatformConfiguration {
  readonly tenantId: string;
  readonly locations: readonly string[];
  readonly subscriptionIds: readonly string[];
  readonly accessBindings: readonly AccessBinding[];
  readonly hubs: readonly Hub[];
  /** Prefixes outside Azure or of other teams, to which no spoke may get by a rule for the Internet. */
  readonly internalPrefixes: readonly string[];
  /** By location. */
  readonly addressPools: Readonly<Record<string, AddressPool>>;
  /** Prefix length given to a spoke that names no prefix (16–24). */
  readonly allocatedPrefixLength: number;
  readonly managementPrefixes: readonly string[];
  readonly bastionPrefixes: readonly string[];
  readonly dnsServers: readonly string[];
  readonly standaloneNatGateway: boolean;
  readonly networkManagementRole:
    | { readonly kind: "custom"; readonly roleDefinitionId: string; readonly roleName: string }
    | { readonly kind: "built-in-network-contributor" };
  readonly workspace: { readonly resourceId: string; readonly workspaceId: string; readonly location: string };
  readonly activityLogStorageAccountId: string;
  readonly flowLogs: {
    readonly storageAccountIds: Readonly<Record<string, string>>;
    readonly retentionDays: number;
    readonly trafficAnalyticsIntervalMinutes: 10 | 60;
  };
  readonly networkWatcher: { readonly resourceGroup: string; readonly namePattern: string };
  /** What the firewall and the security groups let machines reach to be managed; the public cloud's where it is left out. */
  readonly vmManagement: VmManagement;
  readonly enforcementMode: "audit" | "enforce";
  /** Whether somebody else must approve what is asked for, and how long they have (ISO 8601 duration). */
  readonly approval: { readonly required: boolean; readonly expiresAfter: string };
  /** How applications are published; null where this platform publishes none. */
  readonly applicationGateway: ApplicationGatewaySettings | null;
  /** Private DNS zones that every spoke's network is linked with. */
  readonly privateDnsZoneIds: readonly string[];
  readonly conditionalAccess: ConditionalAccessSettings | null;
  readonly defender: DefenderSettings | null;
  /** Who is told of changed NSGs; null where nobody is. */
  readonly networkChanges: NetworkChangeSettings | null;
  /** Where Event Grid sends the changes of a subscription's networks; null where the tool does not hear of them. */
  readonly networkEvents: NetworkEventSettings | null;
  /** When the tool looks by itself: NCRONTAB expressions of six fields, in UTC. */
  readonly schedules: ScheduleSettings;
  /** What it looks after beside its spokes, and how far it goes. */
  readonly enforcement: EnforcementSettings;
  /** Who is told of changes at once; app settings hold the addresses, as these are secrets. */
  readonly notifications: readonly NotificationTarget[];
  /** What the names of Key Vaults end in; no field of the file, but the app setting of a sovereign cloud. */
  readonly keyVaultSuffix: string;
}

export interface ScheduleSettings {
  readonly enforceFlowLogs: string;
  readonly applyHardening: string;
  readonly sweepCompliance: string;
}

/** Durations are ISO 8601. */
export interface EnforcementSettings {
  /** Networks beside the spokes that shall have a flow log. */
  readonly scope: EnforcementScope;
  /** So long an undone restoration keeps what somebody had changed. */
  readonly undoLasts: string;
  /** No exemption lasts longer. */
  readonly longestExemption: string;
  /** A flow log whose newest blob is older is silent, where a machine runs in its network. */
  readonly flowLogSilence: string;
  /** So far back traffic is looked at before a rule is said to be wider than needed. */
  readonly learningWindow: string;
  /** Longest time for which a just-in-time policy opens a management port. */
  readonly justInTimeAccess: string;
}

export interface EnforcementScope {
  /** Names of management groups; the subscriptions below them count beside the configured ones. */
  readonly managementGroups: readonly string[];
  readonly excludedSubscriptionIds: readonly string[];
  /** Networks with this tag alone (any value where it is null); null = all networks. Spokes always count. */
  readonly tag: { readonly name: string; readonly value: string | null } | null;
}

export interface NotificationTarget {
  readonly name: string;
  /** "teams": an adaptive card for a workflow of Microsoft Teams; "webhook": the change as JSON. */
  readonly kind: "teams" | "webhook";
  /** App setting that holds the https URL: in Azure a Key Vault reference. */
  readonly urlSetting: string;
  readonly minimumSeverity: ChangeSeverity;
}

/** How much a change matters; "none" = it means the same. */
export type ChangeSeverity = "critical" | "high" | "medium" | "low" | "none";

export interface ApplicationGatewaySettings {
  /** Capacity units between which the gateway scales itself (0–125). */
  readonly minimumCapacity: number;
  readonly maximumCapacity: number;
  readonly zones: readonly string[];
  /** A predefined TLS policy of Application Gateway that admits TLS 1.2 or later only. */
  readonly sslPolicyName: string;
  readonly probePath: string;
  /** Managed rule sets of the firewall, as `{type} {version}`. */
  readonly managedRuleSets: readonly string[];
  /** The vaults in which certificates may lie: their address, and the resource that the gateway's identity reads. */
  readonly certificateVaults: readonly { readonly vaultUri: string; readonly resourceId: string }[];
}

/** The tool looks whether Conditional Access asks for multi-factor authentication, or makes a policy that reports. */
export type ConditionalAccessSettings =
  | { readonly mode: "verify" }
  /** `breakGlassGroupId`: object id of the group that such a policy leaves out, because it must always get in. */
  | { readonly mode: "create"; readonly breakGlassGroupId: string };

export interface DefenderSettings {
  readonly plans: readonly { readonly name: string; readonly subPlan: string | null }[];
  readonly contact: {
    readonly emails: readonly string[];
    readonly phone: string | null;
    readonly minimalSeverity: "High" | "Medium" | "Low";
    readonly notifiedRoles: readonly string[];
  };
}

export interface NetworkChangeSettings {
  readonly actionGroupIds: readonly string[];
}

export interface NetworkEventSettings {
  /** The account with the app's Storage queue, which must stand. */
  readonly storageAccountId: string;
  readonly queueName: string;
  /** Blob container of the same account for what could not be delivered; null where that is dropped. */
  readonly deadLetterContainer: string | null;
  /** Resource group in each subscription for what its spokes share: name, and where it is made. */
  readonly resourceGroup: string;
  readonly location: string;
}
