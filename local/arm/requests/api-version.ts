import { ArmError } from "../arm-error.ts";
import { missingApiVersion, unsupportedApiVersion } from "../errors/request-errors.ts";

const shape = /^\d{4}-\d{2}-\d{2}(-preview|-alpha|-beta|-rc|-privatepreview)?$/i;

/**
 * The call's api-version, checked against what the type accepts.
 * @throws ArmError 400 MissingApiVersionParameter, InvalidApiVersionParameter, NoRegisteredProviderFound
 */
export function demandApiVersion(query: URLSearchParams, type: string, supported: readonly string[]): string {
  const given = query.get("api-version");
  if (given === null || given === "") throw missingApiVersion();
  if (!shape.test(given)) {
    throw new ArmError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${given}' is invalid. The supported versions are '${supported.join(",")}'.`,
    );
  }
  const known = supported.find((version) => version.toLowerCase() === given.toLowerCase());
  if (known === undefined) throw unsupportedApiVersion(type, given, supported);
  return known;
}
