import { ArmError, type ArmErrorDetail } from "../arm-error.ts";
import { invalidRequestFormat } from "../errors/request-errors.ts";

export { notModelled } from "../errors/request-errors.ts";

/**
 * 400 with a code of Microsoft.Network. Azure publishes no list of its codes; most here are known from public transcripts
 * of its answers. These are not, and only follow its pattern (the refusal itself is documented), so clients must not
 * depend on their names: RequiredSecurityRuleParametersMissing, SecurityRuleDescriptionTooLong, the codes ending in
 * LimitReached and LimitExceeded, AddressPrefixesRequired, AddressPrefixNotAllowed, OverlappingAddressPrefixes,
 * VnetCannotBePeeredWithItself, RouteInvalidNextHopIpAddress, RouteNextHopIpAddressNotAllowed,
 * InUseApplicationSecurityGroupCannotBeDeleted, AllIpConfigurationsInApplicationSecurityGroupMustBeFromSameVnet,
 * LoadBalancerInUse, InUseBackendAddressPoolCannotBeDeleted, the FlowLog codes but NsgFlowLogCreationBlocked,
 * InvalidFlowLogTarget, InvalidWorkspace, AzureFirewallSubnetInvalid, PrivateIPAddressNotInAnySubnet, those of network
 * managers, IPAM pools and static CIDRs.
 */
export function badRequest(code: string, message: string, details: readonly ArmErrorDetail[] = []): ArmError {
  return new ArmError(400, code, message, details);
}

/** 400 `InvalidRequestFormat`: a member of the body has the wrong type or none of the allowed words. */
export function invalidMember(value: unknown, path: string, expected: string): ArmError {
  return invalidRequestFormat(
    `Error converting value ${JSON.stringify(value) ?? "undefined"} to type '${expected}'. Path '${path}'.`,
  );
}

/** 400 `InvalidRequestFormat`: the type has no such member. */
export function unknownMember(member: string, path: string): ArmError {
  return invalidRequestFormat(
    `Could not find member '${member}' on object of type '${path}'. Path '${path}.${member}'.`,
  );
}

/** 400: a required member of the body is missing. */
export function missingMember(member: string, resourceId: string): ArmError {
  return badRequest("MissingRequiredParameter", `Resource ${resourceId} is missing required property ${member}.`);
}

/** 400: another resource still uses this one. */
export function inUse(code: string, kind: string, id: string, users: readonly string[], remedy: string): ArmError {
  return badRequest(
    code,
    `${kind} ${id} cannot be deleted because it is in use by the following resources: ${users.join(", ")}. ${remedy}`,
  );
}
