import type { IpamPoolUsage } from "../domain/address-pool.ts";
import type { NetworkInterfaceFact, SecurityGroupAnswer, SpokeFacts } from "../domain/platform-facts.ts";
import type { DesiredResource, ObservedResource, ResourceBodies, ResourceType } from "../domain/resource.ts";
import type { AdaptiveNetworkHardeningPort } from "./adaptive-network-hardening-port.ts";
import type { FlowLogBlobsPort } from "./flow-log-blobs-port.ts";
import type { JustInTimeAccessPort } from "./just-in-time-port.ts";
import type { KqlQuery } from "./kql.ts";
import type { RawResource } from "./raw-resource.ts";

/**
 * Everything that the tool does with one resource type in Azure. Each call throws RefusedError for what is
 * permanent and TransientError for what is worth retrying, and nothing else.
 */
export interface ResourcePort<T extends ResourceType> {
  /**
   * The resource as it stands, or null. May answer another resource that already serves the purpose (adoption). Where an
   * operation is at work on it, answers when that has ended; a membership's resource is told at once, whatever its state.
   */
  observe(desired: DesiredResource<T>): Promise<ObservedResource<T> | null>;
  /** What `observe` would find among documents that were read before; null where nothing stands. Asks nobody. */
  observeIn?(snapshot: ResourceSnapshot, desired: DesiredResource<T>): ObservedResource<T> | null;
  /** As `observe`, and waits for a membership's resource too: for who has the turn to write it. */
  settle?(desired: DesiredResource<T>): Promise<ObservedResource<T> | null>;
  /**
   * Creates or updates so that `desired` stands, keeps what is preserved, and waits until Azure is done.
   * @param observed what was just observed; null where nothing stands
   * @param accepted called once Azure has taken the write on, and works on it
   */
  write(desired: DesiredResource<T>, observed: ObservedResource<T> | null, accepted?: () => void): Promise<void>;
  /**
   * As `write`, over exactly what was observed: nothing is undone that nobody has looked at.
   * @throws RefusedError `ChangedMeanwhile` where something else stands by now
   */
  writeOver?(desired: DesiredResource<T>, observed: ObservedResource<T> | null): Promise<void>;
  /**
   * Removes it and waits until it is gone; nothing happens where it does not stand. `recorded` is what the spoke had
   * wanted of it: with that, a role assignment that was adopted under another name is found and goes too.
   */
  remove(id: string, recorded?: ResourceBodies[T]): Promise<void>;
}

/** Resources of Azure as they stood at a moment, read in bulk. */
export interface ResourceSnapshot {
  /** The resource with this id, whatever the case; undefined where none was read. */
  byId(id: string): RawResource | undefined;
  /** All of a type that were read in a subscription. */
  ofType(type: string, subscriptionId: string): readonly RawResource[];
}

export type ResourcePorts = { readonly [T in ResourceType]: ResourcePort<T> };

/** What the plan wants to know beside the resources themselves. */
export interface FactsPort {
  observeSpokeFacts(query: {
    readonly subscriptionId: string;
    readonly location: string;
    readonly virtualNetworkId: string;
    readonly storageAccountId: string | null;
    /** Whether to look for the subscription's Event Grid topic. */
    readonly withSystemTopic: boolean;
  }): Promise<Omit<SpokeFacts, "multiFactor">>;
  /** One network interface; null where it does not stand. */
  observeInterface(id: string): Promise<NetworkInterfaceFact | null>;
}

/** Who the tool is in Azure, as its token says; null is what that does not say. */
export interface OwnIdentity {
  readonly objectId: string | null;
  readonly applicationId: string | null;
}

/** Microsoft Graph, as far as the tool asks it. */
export interface DirectoryPort {
  lookUpSecurityGroup(objectId: string): Promise<SecurityGroupAnswer>;
}

/** Who lives where a spoke stands: ids of resources, whoever made them. */
export interface OccupantsPort {
  /** Resources with an address in any subnet of the network; none where it does not stand. */
  inSubnets(virtualNetworkId: string): Promise<readonly string[]>;
  /** Resources in the group; none where it does not stand. */
  inResourceGroup(resourceGroupId: string): Promise<readonly string[]>;
}

/** A Conditional Access policy that demands multi-factor authentication of all users of an application. */
export interface MfaPolicy {
  readonly id: string;
  readonly displayName: string;
  /** It only reports whom it would have asked. */
  readonly reportOnly: boolean;
  /** Object ids of the groups that it leaves out. */
  readonly excludedGroupIds: readonly string[];
}

/** Conditional Access of the tenant, through Microsoft Graph. */
export interface ConditionalAccessPort {
  /** The policy that covers the application, an enforced one before one that only reports; null where none does. */
  findMfaPolicy(clientId: string): Promise<MfaPolicy | null>;
  /** State of the policy of exactly this name; null where none stands. */
  stateOfPolicy(displayName: string): Promise<"enforced" | "reporting" | "off" | null>;
}

/** IPAM pools of Azure Virtual Network Manager. */
export interface IpamPoolPort {
  /** @throws RefusedError `IpamPoolMissing` */
  usageOf(poolId: string): Promise<IpamPoolUsage>;
  /** Makes the static CIDR hold the prefix; true where it does so already, false where somebody else holds a part of it. */
  reserve(staticCidrId: string, prefix: string, description: string): Promise<boolean>;
  /** Gives back what the static CIDR holds; nothing happens where it does not stand. */
  release(staticCidrId: string): Promise<void>;
}

/** Subscriptions, or all below management groups; never empty. */
export type ResourceGraphScope = readonly string[] | { readonly managementGroups: readonly string[] };

/** One row, as the query projects it. */
export type ResourceGraphRow = Readonly<Record<string, unknown>>;

export interface ResourceGraphAnswer {
  readonly rows: readonly ResourceGraphRow[];
  /** Null behind the last rows. */
  readonly skipToken: string | null;
  /** Size of the answer. */
  readonly bytes: number;
  /** Queries left until the quota is full again; null where Azure does not tell. */
  readonly quotaRemaining: number | null;
  readonly quotaResetsAfterSeconds: number | null;
}

/** Azure Resource Graph: many resources with one call, as they were seconds to minutes ago. */
export interface ResourceGraphPort {
  /**
   * @param page `top`: most rows (1–1000), also behind a skip token
   * @throws RefusedError `ResponsePayloadTooLarge` where the rows are more than 16 MiB: ask for fewer
   */
  query(
    query: KqlQuery,
    scope: ResourceGraphScope,
    page: { readonly top: number; readonly skipToken: string | null },
  ): Promise<ResourceGraphAnswer>;
}

/** What Resource Graph does not tell of a subscription. */
export type SubscriptionSettingKind =
  | "roleAssignments"
  | "roleDefinition"
  | "diagnosticSettings"
  | "pricings"
  | "securityContact"
  | "eventSubscriptions"
  | "ruleCollectionGroup";

export interface SubscriptionSettingsPort {
  /**
   * All of a kind, with one call.
   * @param id of the role definition, of the topic with the event subscriptions, of the rule collection group, or of the
   * resource whose role assignments are meant (else the subscription)
   * @throws RefusedError at once where the tool has no right to read it
   */
  read(kind: SubscriptionSettingKind, subscriptionId: string, id?: string): Promise<readonly RawResource[]>;
}

/** Everything outside the tool but its own state. */
export interface AzurePorts {
  readonly resources: ResourcePorts;
  readonly facts: FactsPort;
  readonly directory: DirectoryPort;
  readonly occupants: OccupantsPort;
  readonly conditionalAccess: ConditionalAccessPort;
  readonly ipamPools: IpamPoolPort;
  readonly resourceGraph: ResourceGraphPort;
  readonly subscriptionSettings: SubscriptionSettingsPort;
  readonly justInTime: JustInTimeAccessPort;
  readonly adaptiveNetworkHardening: AdaptiveNetworkHardeningPort;
  readonly flowLogBlobs: FlowLogBlobsPort;
  ownIdentity(): Promise<OwnIdentity>;
  /** Runs work that spends few calls on Azure rather than a little time. */
  withFewLooks<R>(work: () => Promise<R>): Promise<R>;
}
