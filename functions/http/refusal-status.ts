/** What the caller asks for cannot be on this platform: another request can. */
const aboutTheRequest: readonly string[] = ["HubMissing", "TooManySecurityRules", "TooManyTiers"];

/** What stands in the way is somebody's to move, or gone in a moment. */
const aboutTheState: readonly string[] = [
  "InUseNetworkSecurityGroupCannotBeDeleted",
  "InUseRouteTableCannotBeDeleted",
  "InUseSubnetCannotBeDeleted",
  "NetcfgSubnetRangesOverlap",
  "NetworkInterfaceLeftSubnet",
  "ParentResourceNotFound",
  "ResourceGroupBeingDeleted",
  "ResourceGroupNotFound",
  "ResourceGroupTaken",
  "ResourceNotFound",
  "ResourceOfOthers",
  "ResourceTaken",
  "RulesTooComplex",
  "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
  "VnetAddressSpacesOverlap",
];

const conflicts: ReadonlySet<string> = new Set([...aboutTheRequest, ...aboutTheState]);

/** Thrown inside the tool while it asked Azure, or about what only the tool decides: its own defects. */
const defects: ReadonlySet<string> = new Set(["UnexpectedError", "UnknownTier"]);

/**
 * HTTP status of a refusal that trying again cannot help: 409 (RFC 9110 §15.5.10) where the request or the state is to
 * change, 500 for a defect, and 502 (§15.6.3) for all that Azure or the platform refuses the tool itself, such as
 * AuthorizationFailed or PrerequisiteMissing: the caller can change nothing about these.
 */
export function refusalStatus(code: string): 409 | 500 | 502 {
  if (conflicts.has(code)) return 409;
  return defects.has(code) ? 500 : 502;
}
