import { ArmError } from "../arm-error.ts";

/** 400: a body names something that is no resource id. */
export function linkedInvalidPropertyId(value: string): ArmError {
  return new ArmError(
    400,
    "LinkedInvalidPropertyId",
    `Property id '${value}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
  );
}

/** 400: a body names a resource that does not stand (Microsoft.Network). */
export function invalidResourceReference(id: string, usedBy: string): ArmError {
  return new ArmError(
    400,
    "InvalidResourceReference",
    `Resource ${id} referenced by resource ${usedBy} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** 400: a body names a resource whose own operation still runs, or failed. */
export function referencedResourceNotProvisioned(
  id: string,
  usedBy: string,
  state: string,
  lastOperation: string,
): ArmError {
  const message = `Cannot proceed with operation because resource ${id} used by resource ${usedBy} is not in Succeeded state. Resource is in ${state} state and the last operation that updated/is updating the resource is ${lastOperation}.`;
  return new ArmError(400, "ReferencedResourceNotProvisioned", message);
}

/** 403: the caller may write the resource but not join what it refers to. */
export function linkedAuthorizationFailed(
  principalId: string,
  action: string,
  scope: string,
  linkedAction: string,
  linkedScope: string,
): ArmError {
  return new ArmError(
    403,
    "LinkedAuthorizationFailed",
    `The client '${principalId}' with object id '${principalId}' has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action(s) '${linkedAction}' on the linked scope(s) '${linkedScope}' (respectively) or the linked scope(s) are invalid.`,
  );
}
