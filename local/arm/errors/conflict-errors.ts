import { ArmError } from "../arm-error.ts";

/** 409: a write meets a running operation on the same or a dependent resource. */
export function anotherOperationInProgress(operationUri: string): ArmError {
  return new ArmError(
    409,
    "AnotherOperationInProgress",
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${operationUri}`,
  );
}

/** 412: If-Match or If-None-Match does not hold. */
export function preconditionFailed(id: string, given: string): ArmError {
  return new ArmError(412, "PreconditionFailed", "Precondition failed.", [
    {
      code: "PreconditionFailedEtagMismatch",
      message: `Etag provided in if-match header ${given} does not match etag of resource ${id} in NRP data store.`,
    },
  ]);
}

/** 409: a management lock forbids the write or the deletion. */
export function scopeLocked(scope: string, kind: "write" | "delete", locks: readonly string[]): ArmError {
  return new ArmError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${kind} operation because following scope(s) are locked: '${locks.join(",")}'. Please remove the lock and try again.`,
  );
}

/** 409: the resource group is on its way out. */
export function resourceGroupBeingDeleted(name: string): ArmError {
  return new ArmError(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
  );
}

/** 409: the subscription never registered the namespace. */
export function missingSubscriptionRegistration(namespace: string): ArmError {
  return new ArmError(
    409,
    "MissingSubscriptionRegistration",
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  );
}
