import { ArmError } from "../arm-error.ts";

/** 400: the call has no `api-version`. */
export function missingApiVersion(): ArmError {
  return new ArmError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
  );
}

/** 400: the provider is known, the resource type or its api-version is not (Azure's NoRegisteredProviderFound). */
export function unsupportedApiVersion(type: string, apiVersion: string, supported: readonly string[]): ArmError {
  return new ArmError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '' and API version '${apiVersion}' for type '${type}'. The supported api-versions are '${supported.join(", ")}'.`,
  );
}

/** 404: the namespace is no resource provider's. */
export function invalidResourceNamespace(namespace: string): ArmError {
  return new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);
}

/** 400: Azure knows no such type in the namespace at this api-version. */
export function invalidResourceType(namespace: string, type: string, apiVersion: string): ArmError {
  return new ArmError(
    400,
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`,
  );
}

/** 400: the body is no JSON, or no JSON object. */
export function invalidRequestContent(reason: string): ArmError {
  return new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );
}

/** 400: a property of the body has the wrong shape (Microsoft.Network's code). */
export function invalidRequestFormat(message: string): ArmError {
  return new ArmError(400, "InvalidRequestFormat", "Cannot parse the request.", [{ code: "InvalidJson", message }]);
}

/** 400: a value is not among what Azure accepts. */
export function invalidParameter(message: string): ArmError {
  return new ArmError(400, "InvalidParameter", message);
}

/** 400: a name breaks the type's naming rule. */
export function invalidResourceName(name: string, type: string): ArmError {
  return new ArmError(
    400,
    "InvalidResourceName",
    `Resource name ${name} is invalid for type ${type}. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
  );
}

/** 400: a PUT without `location` for a type that needs one. */
export function locationRequired(): ArmError {
  return new ArmError(400, "LocationRequired", "The location property is required for this definition.");
}

/** 400: no such region, or the type is not offered there. */
export function locationNotAvailable(location: string, type: string, available: readonly string[]): ArmError {
  return new ArmError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${available.join(",")}'.`,
  );
}

/** 409: a PUT with another location than that of the resource that stands. */
export function invalidResourceLocation(name: string, current: string): ArmError {
  return new ArmError(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${current}'. A resource with the same name cannot be created in another location. Please select a new resource name.`,
  );
}

/** 405: Azure has no such method on this resource type. */
export function methodNotAllowed(method: string, type: string): ArmError {
  return new ArmError(
    405,
    "HttpMethodNotSupported",
    `The requested resource of type '${type}' does not support http method '${method}'.`,
  );
}

/** 501: Azure may have it; local Azure does not model it, and says so loudly. */
export function notModelled(what: string): ArmError {
  return new ArmError(501, "NotImplementedByLocalAzure", `Local Azure does not model ${what}.`);
}

/** 429 with Retry-After: a throttling bucket is empty. */
export function tooManyRequests(subscriptionId: string, retryAfterSeconds: number): ArmError {
  return new ArmError(
    429,
    "SubscriptionRequestsThrottled",
    `Number of requests for subscription '${subscriptionId}' exceeded the limit. Please try again after '${retryAfterSeconds}' seconds after additional tokens are available.`,
    [],
    { "retry-after": String(retryAfterSeconds) },
  );
}
