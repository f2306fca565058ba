/** Whether a code passes by itself, and what a network engineer does about it. */
export interface CatalogueEntry {
  readonly disposition: "permanent" | "transient";
  readonly remedy: string;
  /**
   * Milliseconds for which a permanent code may still be Azure's own delay: what was made moments ago is not known
   * everywhere at once. So long it is asked again; then the code is what it says.
   */
  readonly settlesWithin?: number;
}

const wait = "Nothing needs to be changed: run again, and the work continues where it stopped.";
const stillInUse = "Move or remove what Azure's message names, then run again.";
const overlap = "Choose an address prefix that overlaps neither the hub nor another virtual network peered with it.";
const vaultAccess =
  "Check that the vault of the certificate is open to Application Gateway and grants its secrets by role, and that the secret is there and enabled; then run again.";
const quota = "Ask for a higher quota of the subscription in this region, or remove what is no longer needed.";

const transient = (remedy: string = wait): CatalogueEntry => ({ disposition: "transient", remedy });
const permanent = (remedy: string): CatalogueEntry => ({ disposition: "permanent", remedy });
const settling = (seconds: number, remedy: string): CatalogueEntry => ({
  disposition: "permanent",
  remedy,
  settlesWithin: seconds * 1_000,
});

/**
 * A new group, identity or role is known everywhere after up to ten minutes. Source: Azure role-based access control,
 * "Troubleshoot Azure RBAC", section "Role assignment changes are not being detected".
 */
const untilRolesHold = 600;
/** Resource Manager's regions and the resource providers tell one another of a new resource within seconds. */
const untilResourcesAreKnown = 60;
/** A right that is missing lastingly is told soon; one that was granted just now may need another run. */
const untilRightsAreKnown = 20;

/** Azure's error codes that this tool meets. What is not listed is judged by its HTTP status. */
export const errorCatalogue: Readonly<Record<string, CatalogueEntry>> = {
  // Another operation is in the way, and ends.
  AnotherOperationInProgress: transient(),
  Canceled: transient(),
  CanceledAndSupersededDueToAnotherOperation: transient(),
  ReferencedResourceNotProvisioned: transient(),
  RetryableError: transient(),
  RetryableErrorDueToAnotherOperation: transient(),
  RetryableErrorDueToTooManyCalls: transient(),
  TooManyRequests: transient(),
  SubscriptionRequestsThrottled: transient(),
  OperationPreempted: transient(),
  // Someone wrote between our read and our write: read again.
  PreconditionFailed: transient(),
  PreconditionFailedEtagMismatch: transient(),
  // Azure itself.
  InternalServerError: transient(),
  InternalError: transient(),
  ServerTimeout: transient(),
  GatewayTimeout: transient(),
  ServiceUnavailable: transient(),
  // A token that ran out on its way, or by a clock that is ahead of ours: the next attempt takes a new one.
  ExpiredAuthenticationToken: transient(),

  PrincipalNotFound: settling(
    untilRolesHold,
    "Entra ID may need some minutes until it knows a new group everywhere. If it lasts, check that the group exists in this tenant.",
  ),
  // Event Grid tries a topic's identity at the queue before the role that was just assigned to it has replicated.
  "Managed Identity Authorization Error": settling(
    untilRolesHold,
    "Run again: a role that was just assigned takes up to ten minutes until it counts. If it lasts, check the topic's roles on the queue and on the dead-letter container.",
  ),

  AuthorizationFailed: settling(
    untilRightsAreKnown,
    "Grant the tool's identity a role that holds the action named in the message.",
  ),
  LinkedAuthorizationFailed: settling(
    untilRightsAreKnown,
    "Grant the tool's identity the action named in the message on the linked resource too (usually a join or peer action on the hub).",
  ),
  AuthorizationPermissionMismatch: settling(
    untilRightsAreKnown,
    "Grant the tool's identity a role that may read blobs of the storage account (docs/configuration.md).",
  ),
  AccessDenied: permanent(
    "Grant the tool's identity the permissions of Microsoft Graph that docs/configuration.md names.",
  ),
  Authorization_RequestDenied: permanent(
    "Grant the tool's identity the permissions of Microsoft Graph that docs/configuration.md names.",
  ),
  InvalidAuthenticationToken: permanent("Check the tenant and the Resource Manager audience in the app's settings."),
  InvalidAuthenticationTokenTenant: permanent("The subscription lies in another tenant: correct the configuration."),
  ScopeLocked: permanent("A management lock protects the resource: remove the lock, or leave the resource out."),
  RequestDisallowedByPolicy: permanent("An Azure Policy denies it: ask for an exemption, or change what is asked for."),
  MissingSubscriptionRegistration: permanent(
    "Register the resource provider that the message names in the subscription.",
  ),
  SubscriptionNotFound: permanent("Check the subscription id, and that the tool's identity has a role in it."),
  ResourceGroupBeingDeleted: permanent("Wait until the old resource group of this name is gone, then run again."),
  ResourceGroupNotFound: settling(
    untilResourcesAreKnown,
    "The resource group was removed while the work ran: run again.",
  ),
  NotFound: settling(untilResourcesAreKnown, "A resource was removed while the work ran: run again."),
  ResourceNotFound: settling(untilResourcesAreKnown, "A resource was removed while the work ran: run again."),
  ParentResourceNotFound: settling(
    untilResourcesAreKnown,
    "The parent resource was removed while the work ran: run again.",
  ),
  InvalidResourceReference: settling(
    untilResourcesAreKnown,
    "A resource that the message names does not stand: run again, or correct its id.",
  ),
  RoleAssignmentExists: settling(
    untilResourcesAreKnown,
    "The same principal holds the same role on this scope under another name: run again to adopt it.",
  ),
  RoleAssignmentUpdateNotPermitted: permanent(
    "An assignment of this name belongs to another principal: remove it by hand, then run again.",
  ),
  RoleDefinitionDoesNotExist: settling(
    untilResourcesAreKnown,
    "Let the platform's owner run the bootstrap that defines the role.",
  ),
  RoleDefinitionWithSameNameExists: permanent(
    "A role of this name exists under another id: put its id into the platform configuration.",
  ),
  NetcfgSubnetRangeOutsideVnet: permanent("A subnet lies outside the address space: correct the address prefix."),
  NetcfgInvalidSubnet: permanent("A subnet lies outside the address space: correct the address prefix."),
  NetcfgSubnetRangesOverlap: permanent("A subnet made by others takes addresses that a tier needs: move it away."),
  InvalidCIDRNotation: permanent("Write the prefix with its network address, for example 10.20.0.0/22."),
  VnetAddressSpacesOverlap: permanent(overlap),
  VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: permanent(overlap),
  InUseSubnetCannotBeDeleted: permanent(stillInUse),
  InUseNetworkSecurityGroupCannotBeDeleted: permanent(stillInUse),
  InUseRouteTableCannotBeDeleted: permanent(stillInUse),
  SecurityRuleConflict: permanent("Two rules have the same priority and direction: give one of them another priority."),
  SecurityRuleInvalidPriority: permanent("A rule's priority lies outside 100–4096."),
  AllApplicationSecurityGroupsInSecurityRuleMustBeFromSameVnet: permanent(
    "A network interface of another virtual network joined an application security group of this spoke: take it out.",
  ),
  ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup: permanent(
    "The gateway subnet's rules must allow GatewayManager and AzureLoadBalancer to any destination.",
  ),
  ApplicationGatewayKeyVaultSecretException: settling(untilRolesHold, vaultAccess),
  ApplicationGatewayKeyVaultSecretAccessDenied: settling(untilRolesHold, vaultAccess),
  NsgFlowLogCreationBlocked: permanent("Azure makes no NSG flow logs any more: use a virtual network flow log."),
  QuotaExceeded: permanent(quota),
  ResourceCountExceedsLimitDueToTemplate: permanent(quota),
  PublicIPCountLimitReached: permanent(quota),
  CertificateNotTrusted: permanent(
    "The endpoint's certificate is not trusted: name its CA in NODE_EXTRA_CA_CERTS, or correct the endpoint.",
  ),
  InvalidAuthenticationTokenAudience: permanent(
    "Resource Manager takes no tokens of this audience: set AZURE_RESOURCE_MANAGER_AUDIENCE to the one of this cloud.",
  ),
  CredentialUnavailable: permanent(
    "Give the app a managed identity, or set the credential that DefaultAzureCredential reads from the environment.",
  ),
  NotImplemented: permanent("This Azure does not offer the operation: check the Resource Manager endpoint."),
};
