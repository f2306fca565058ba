import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { defined, textOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember } from "./gateway-errors.ts";
import { type GatewayPart, type GivenPart, partsOf, readParts } from "./gateway-part.ts";
import { secretOf } from "./key-vault-secret.ts";
import { shownMembersOf } from "./part-references.ts";

/** Server certificates, taken from a key vault. */
export function readSslCertificates(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "sslCertificates", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: ["keyVaultSecretId"],
      readOnly: ["publicCertData", ...shownMembersOf("sslCertificates")],
      unmodelled: ["data", "password", "hsm"],
    });
    const keyVaultSecretId = readSecretId(context, part);
    if (keyVaultSecretId === undefined) throw missingMember("keyVaultSecretId", part.id);
    return { keyVaultSecretId };
  });
}

/** Certificates of the authorities that signed those of the backends: inline, or from a key vault. */
export function readTrustedRootCertificates(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "trustedRootCertificates", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: ["data", "keyVaultSecretId"],
      readOnly: shownMembersOf("trustedRootCertificates"),
    });
    const data = textOf(part.given.data, `${part.path}.data`);
    const keyVaultSecretId = readSecretId(context, part);
    if ((data === undefined) === (keyVaultSecretId === undefined)) {
      throw badRequest(
        "ApplicationGatewayTrustedRootCertificateInvalidData",
        `Trusted root certificate ${part.id} must have either data or a key vault secret.`,
      );
    }
    return defined({ data, keyVaultSecretId });
  });
}

function readSecretId({ world }: WriteContext, part: GivenPart): string | undefined {
  const secretId = textOf(part.given.keyVaultSecretId, `${part.path}.keyVaultSecretId`);
  if (secretId !== undefined && secretOf(world.cloud, secretId) === undefined) {
    throw badRequest(
      "ApplicationGatewayKeyVaultSecretIdInvalid",
      `The key vault secret ID '${secretId}' of ${part.id} is invalid. It has the form https://<vault>.${world.cloud.keyVaultSuffix}/secrets/<name>[/<version>].`,
    );
  }
  return secretId;
}

/** The URLs of all key vault secrets that a gateway reads. */
export function secretIdsOf(properties: JsonObject): string[] {
  return ["sslCertificates", "trustedRootCertificates"]
    .flatMap((collection) => partsOf(properties, collection))
    .flatMap(({ properties: { keyVaultSecretId } }) =>
      typeof keyVaultSecretId === "string" ? [keyVaultSecretId] : [],
    );
}

/** @throws ArmError `ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity` */
export function requireIdentityForSecrets(context: WriteContext, properties: JsonObject, identity: unknown): void {
  if (identity !== undefined || secretIdsOf(properties).length === 0) return;
  throw badRequest(
    "ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity",
    `Application Gateway ${context.id.id} references key vault secrets and requires a user-assigned identity that may read them.`,
  );
}
