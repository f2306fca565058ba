import { ArmError, type ArmErrorDetail } from "../../arm-error.ts";
import { badRequest } from "../refusals.ts";

export { invalidResourceReference } from "../../errors/reference-errors.ts";
export { badRequest, invalidMember, missingMember, notModelled } from "../refusals.ts";

/*
 * Azure publishes no list of the gateway's codes. Known from public transcripts of its answers:
 * ApplicationGatewayFirewallNotConfiguredForSelectedSku, ApplicationGatewayFirewallPolicyCannotBeRemoved,
 * ApplicationGatewayKeyVaultSecretAccessDenied, -Exception, -NotFound, -RequiresUserAssignedIdentity,
 * ApplicationGatewayNetworkIsolationRequiresSubnetDelegation, ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty,
 * ApplicationGatewaySubnetUserDefinedRouteNotAllowed,
 * ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration.
 * The other codes that begin with ApplicationGateway or WebApplicationFirewall only follow the pattern: Azure documents the
 * refusal, not its name, so clients must not depend on them. ApplicationGatewayBackendAddressPoolInUse is assumed whole.
 */

/** 400 for a value outside its range. */
export function outOfRange(code: string, what: string, value: number, first: number, last: number): ArmError {
  return badRequest(code, `${what} has the invalid value ${value}. Allowed values are between ${first} and ${last}.`);
}

/** What a gateway's operation ends with when a certificate cannot be read from its vault. */
export function keyVaultSecretException(gatewayId: string, details: readonly ArmErrorDetail[]): ArmError {
  return badRequest(
    "ApplicationGatewayKeyVaultSecretException",
    `Problem occured while accessing and validating KeyVault Secrets associated with Application Gateway '${gatewayId}'. See details below:`,
    details,
  );
}

/** 400: the body names a user-assigned identity that does not stand (Managed identities for Azure resources). */
export function identityNotFound(gatewayId: string, identityId: string): ArmError {
  return new ArmError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${gatewayId}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: Resource '${identityId}' was not found.'.`,
  );
}
