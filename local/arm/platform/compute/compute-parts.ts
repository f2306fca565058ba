import { z } from "zod";
import type { ArmError } from "../../arm-error.ts";
import { invalidParameter } from "../../errors/request-errors.ts";
import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import { envelope } from "../envelope.ts";

/** The api-versions of Microsoft.Compute; 2018-10-01 is the one of the scale set's network calls. */
export const computeApiVersions = [
  "2018-10-01",
  "2023-09-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-04-01",
] as const;

/** A part of a machine's description that local Azure keeps and does not look into. */
export const documentPart = z.record(z.string(), z.unknown());

/** Microsoft.Compute's refusal of a wrong value. */
export function refuseCompute(path: string, message: string): ArmError {
  return invalidParameter(`The value of parameter ${path} is invalid. ${message}`);
}

/** An operating-system profile as Azure shows it: without what only the machine may know. */
export function withoutSecrets(osProfile: JsonObject): JsonObject {
  const { adminPassword: _password, customData: _data, secrets: _secrets, ...shown } = osProfile;
  return shown;
}

/** Location, tags and zones of a machine; an identity of its own is not modelled. */
export function place(body: ResourceBody, handled: readonly string[] = []): Omit<ResourceBody, "properties"> {
  return {
    ...envelope("virtual machines", body, ["zones", ...handled]),
    ...(body.zones === undefined ? {} : { zones: body.zones }),
  };
}
