type Tags = Readonly<Record<string, string>>;

/** Bodies of what steps 6 and 7 of the guidance ask for, in the normal form of `ResourceBodies`. */
export interface AccessResourceBodies {
  "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": {
    readonly location: string;
    readonly tags: Tags;
    readonly state: "Enabled" | "Disabled";
    readonly mode: "Prevention" | "Detection";
    readonly requestBodyCheck: boolean;
    /** Managed rule sets as `{type} {version}`. */
    readonly managedRuleSets: readonly string[];
  };
  /**
   * An Application Gateway v2 that publishes one application over HTTPS only and speaks TLS to its backend. Names of
   * its parts are fixed: `public`, `https`, `certificate`, `backend`, `backend-https`, `probe`, `listener`, `rule`.
   */
  "Microsoft.Network/applicationGateways": {
    readonly location: string;
    readonly tags: Tags;
    readonly zones: readonly string[];
    readonly minimumCapacity: number;
    readonly maximumCapacity: number;
    readonly subnetId: string;
    readonly publicIpAddressId: string;
    readonly userAssignedIdentityId: string;
    readonly firewallPolicyId: string;
    readonly certificateSecretId: string;
    /** Name of a predefined TLS policy, for example AppGwSslPolicy20220101 (TLS 1.2 at least). */
    readonly sslPolicyName: string;
    readonly hostName: string;
    /** Addresses of the backend; empty where network interfaces join the pool themselves. */
    readonly backendAddresses: readonly string[];
    readonly backendPort: number;
    readonly probePath: string;
  };
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": {
    readonly tags: Tags;
    readonly virtualNetworkId: string;
    readonly registrationEnabled: boolean;
  };
  /** A Conditional Access policy of the tenant that asks all users of an application for a second factor. */
  "Microsoft.Graph/conditionalAccessPolicies": {
    readonly applicationId: string;
    /** Object id of the group that the policy leaves out. */
    readonly breakGlassGroupId: string;
  };
  /** A Defender for Cloud plan of the subscription. */
  "Microsoft.Security/pricings": {
    readonly pricingTier: "Standard" | "Free";
    /** Null where the plan has none. */
    readonly subPlan: string | null;
  };
  "Microsoft.Security/securityContacts": {
    readonly emails: readonly string[];
    readonly phone: string | null;
    /** Alerts of this severity and above are sent. */
    readonly minimalSeverity: "High" | "Medium" | "Low";
    /** Roles on the subscription that are told too. */
    readonly notifiedRoles: readonly string[];
  };
  "Microsoft.Insights/activityLogAlerts": {
    readonly tags: Tags;
    readonly enabled: boolean;
    /** Ids under which events are looked at: the spoke's resource group. */
    readonly scopes: readonly string[];
    /** Any of these operations raises the alert. */
    readonly operationNames: readonly string[];
    readonly actionGroupIds: readonly string[];
  };
  /** The subscription's Event Grid system topic (`Microsoft.Resources.Subscriptions`), adopted whatever its name. */
  "Microsoft.EventGrid/systemTopics": {
    readonly source: string;
    readonly identityType: "SystemAssigned";
  };
  /** The event subscription that feeds the app's Storage queue with changes of the network, by the topic's identity. */
  "Microsoft.EventGrid/systemTopics/eventSubscriptions": {
    readonly storageAccountId: string;
    readonly queueName: string;
    readonly eventTypes: readonly string[];
    /** Operation names that the advanced filter admits (`data.operationName`, string-in). */
    readonly operationNames: readonly string[];
    readonly deadLetterContainer: string | null;
    readonly maxDeliveryAttempts: number;
    readonly timeToLiveInMinutes: number;
  };
}
