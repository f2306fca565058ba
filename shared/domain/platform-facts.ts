/** A network interface that stands in a subnet of the spoke. */
export interface NetworkInterfaceFact {
  readonly id: string;
  /** Subnets of its ip configurations. */
  readonly subnetIds: readonly string[];
  readonly privateIpAddresses: readonly string[];
  readonly applicationSecurityGroupIds: readonly string[];
  readonly loadBalancerBackendPoolIds: readonly string[];
  /** The virtual machine that it is attached to; null where it is to none, or to an instance of a scale set. */
  readonly virtualMachineId: string | null;
  /** Belongs to a virtual machine scale set, whose model alone can change it. */
  readonly scaleSetId: string | null;
  /** Made by a private endpoint or another service, which alone can change it. */
  readonly managedBy: string | null;
}

/** Settings of a storage account that Zero Trust guidance for storage speaks about; null where Azure says nothing. */
export interface StorageAccountFact {
  readonly id: string;
  readonly location: string;
  readonly skuName: string;
  readonly allowSharedKeyAccess: boolean;
  readonly allowBlobPublicAccess: boolean;
  readonly supportsHttpsTrafficOnly: boolean;
  readonly minimumTlsVersion: string | null;
  readonly publicNetworkAccess: string | null;
  readonly networkDefaultAction: string | null;
  readonly requireInfrastructureEncryption: boolean;
}

/** A virtual network of the subscription, as far as overlap and subscription democratization need it. */
export interface VirtualNetworkFact {
  readonly id: string;
  readonly addressPrefixes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What Microsoft Entra says about multi-factor authentication for the users of an application. */
export type MultiFactorFact =
  | {
      readonly kind: "policy";
      readonly displayName: string;
      readonly reportOnly: boolean;
      /** Object ids of the groups that the policy leaves out. */
      readonly excludedGroupIds: readonly string[];
    }
  /** `ownPolicy` is the name of the policy that the tool made, where that has been switched off or narrowed. */
  | { readonly kind: "no-policy"; readonly ownPolicy: string | null }
  /** The tool may not read the policies. */
  | { readonly kind: "unknown"; readonly reason: string };

export interface SpokeFacts {
  /** Null where it was not asked: no application named, or the platform does not look. */
  readonly multiFactor: MultiFactorFact | null;
  /** The subscription's network watcher of the location, whatever its name and group; null where none stands. */
  readonly networkWatcherId: string | null;
  /** The subscription's Event Grid topic of what happens to its resources; null where none stands or nobody asked. */
  readonly systemTopicId: string | null;
  readonly networkInterfaces: readonly NetworkInterfaceFact[];
  /** Null where it does not stand. */
  readonly storageAccount: StorageAccountFact | null;
  /** All virtual networks of the spoke's subscription. */
  readonly virtualNetworks: readonly VirtualNetworkFact[];
  /** Subnets of the spoke's own virtual network that stand now, by name, with whether they hold an NSG. */
  readonly subnets: readonly {
    readonly name: string;
    readonly addressPrefix: string;
    readonly networkSecurityGroupId: string | null;
  }[];
}

/** Microsoft Entra's answer about an object id that a request names as group. */
export type SecurityGroupAnswer =
  | { readonly kind: "security-group"; readonly displayName: string }
  | { readonly kind: "other-group"; readonly displayName: string }
  | { readonly kind: "user" }
  | { readonly kind: "service-principal" }
  | { readonly kind: "unknown" };
