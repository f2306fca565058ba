import type { ArmErrorDetail } from "../../arm-error.ts";
import type { Cloud } from "../../cloud.ts";
import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { World } from "../../world.ts";

const SECRET =
  /^https:\/\/([a-z][a-z0-9-]{1,22}[a-z0-9])\.([a-z0-9.-]+?)(?::443)?\/secrets\/([0-9a-z-]{1,127})(?:\/[0-9a-f]{32})?\/?$/i;
const readSecret = "Microsoft.KeyVault/vaults/secrets/getSecret/action";

/** Vault and name of a secret by its URL; `undefined` where the text is no such URL in this cloud. */
export function secretOf(
  { keyVaultSuffix }: Pick<Cloud, "keyVaultSuffix">,
  secretId: string,
): { readonly vault: string; readonly name: string } | undefined {
  const [, vault, suffix, name] = SECRET.exec(secretId) ?? [];
  return vault === undefined || name === undefined || suffix?.toLowerCase() !== keyVaultSuffix
    ? undefined
    : { vault, name };
}

/** Who reads a secret, and from where. */
export interface SecretReader {
  readonly gatewayId: string;
  /** Object ids of the gateway's identities. */
  readonly principals: readonly string[];
  /** The gateway's subnet, from which it calls the vault. */
  readonly subnetId: string;
}

/**
 * What keeps a gateway from reading a secret: no such vault, a vault closed to it, or no permission. Secrets themselves
 * are no part of Azure Resource Manager: every name is taken to stand.
 */
export function secretRefusal(world: World, secretId: string, reader: SecretReader): ArmErrorDetail | undefined {
  const secret = secretOf(world.cloud, secretId);
  const vault = world
    .list("Microsoft.KeyVault/vaults")
    .find(({ name }) => name.toLowerCase() === secret?.vault.toLowerCase());
  if (secret === undefined || vault === undefined) {
    return {
      code: "ApplicationGatewayKeyVaultSecretNotFound",
      message: `KeyVault Secret '${secretId}' referenced by Application Gateway '${reader.gatewayId}' was not found.`,
    };
  }
  const permitted = reader.principals.some((principal) => mayRead(world, vault, secret.name, principal));
  if (permitted && isOpen(vault, reader.subnetId)) return undefined;
  return {
    code: "ApplicationGatewayKeyVaultSecretAccessDenied",
    message: `Access denied for KeyVault Secret '${secretId}' for Application Gateway '${reader.gatewayId}'. Make sure that Identity assigned to Application Gateway has access to the KeyVault associated with secret.`,
  };
}

/** By role on the vault or the secret, or by access policy where the vault has no role-based access control. */
function mayRead(world: World, vault: Resource, secret: string, principal: string): boolean {
  const { enableRbacAuthorization, accessPolicies } = vault.body.properties;
  if (enableRbacAuthorization === true) {
    return world.isAllowed(principal, `${vault.id}/secrets/${secret}`, readSecret, "dataAction");
  }
  type Policy = { readonly objectId: string; readonly permissions: { readonly secrets?: readonly string[] } };
  return ((accessPolicies ?? []) as Policy[]).some(
    ({ objectId, permissions }) =>
      objectId.toLowerCase() === principal.toLowerCase() &&
      (permissions.secrets ?? []).some((one) => ["get", "all"].includes(one.toLowerCase())),
  );
}

/** Application Gateway is a trusted service of Key Vault ("Configure Azure Key Vault networking settings"). */
function isOpen(vault: Resource, subnetId: string): boolean {
  const { publicNetworkAccess, networkAcls } = vault.body.properties;
  const acls = (networkAcls ?? {}) as JsonObject;
  if ((acls.bypass ?? "AzureServices") === "AzureServices") return true;
  if (publicNetworkAccess === "Disabled") return false;
  const subnets = (acls.virtualNetworkRules ?? []) as { id: string }[];
  return acls.defaultAction !== "Deny" || subnets.some(({ id }) => sameId(id, subnetId));
}
