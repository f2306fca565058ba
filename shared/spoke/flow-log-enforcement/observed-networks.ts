/** A virtual network, as a pass over all subscriptions sees it. */
export interface SeenNetwork {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A flow log as Azure shows it; `row` is the whole document, for who translates it. */
export interface SeenFlowLog {
  readonly id: string;
  readonly targetResourceId: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** A network interface of a virtual machine. */
export interface SeenInterface {
  readonly id: string;
  readonly virtualMachineId: string;
  readonly subnetIds: readonly string[];
}

/** An NSG and where it holds. */
export interface SeenSecurityGroup {
  readonly id: string;
  readonly subnetIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
}

/** All that the flow logs of one subscription are judged by. */
export interface SubscriptionSight {
  readonly subscriptionId: string;
  /** False where Resource Graph shows nothing of the subscription: the tool may not read it, or it is gone. */
  readonly readable: boolean;
  readonly networks: readonly SeenNetwork[];
  readonly flowLogs: readonly SeenFlowLog[];
  readonly interfaces: readonly SeenInterface[];
  readonly runningMachineIds: readonly string[];
  readonly networkWatchers: readonly { readonly id: string; readonly location: string }[];
  /** Those alone that have a flow log. */
  readonly securityGroups: readonly SeenSecurityGroup[];
}

/** A storage account for flow logs. */
export interface SeenStorage {
  readonly id: string;
  readonly location: string;
  readonly skuName: string;
  readonly allowSharedKeyAccess: boolean;
  /** Where its blobs are; null where Azure does not tell. */
  readonly blobEndpoint: string | null;
}
