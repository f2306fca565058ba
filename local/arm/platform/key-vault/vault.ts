import { z } from "zod";
import { ArmError } from "../../arm-error.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { Resource, ResourceBody, ResourceDocument } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, World, WriteContext } from "../../world.ts";
import { envelope, patchedProperties, patchedTags } from "../envelope.ts";
import { badRequest } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";
import { deletedVault, deletedVaultId } from "./deleted-vault.ts";

const type = "Microsoft.KeyVault/vaults";

const permissions = z.array(z.string()).optional();
const accessPolicy = z.strictObject({
  tenantId: z.guid(),
  objectId: z.string(),
  applicationId: z.string().optional(),
  permissions: z.strictObject({
    keys: permissions,
    secrets: permissions,
    certificates: permissions,
    storage: permissions,
  }),
});

const properties = z.strictObject({
  tenantId: z.guid().optional(),
  sku: z.strictObject({ family: word(["A"]), name: word(["standard", "premium"]) }).optional(),
  accessPolicies: z.array(accessPolicy).max(1024).optional(),
  createMode: word(["default", "recover"]).optional(),
  enableRbacAuthorization: z.boolean().optional(),
  enableSoftDelete: z.boolean().optional(),
  enablePurgeProtection: z.boolean().optional(),
  enabledForDeployment: z.boolean().optional(),
  enabledForDiskEncryption: z.boolean().optional(),
  enabledForTemplateDeployment: z.boolean().optional(),
  publicNetworkAccess: word(["Enabled", "Disabled"]).optional(),
  softDeleteRetentionInDays: z.int().min(7).max(90).optional(),
  networkAcls: z
    .strictObject({
      bypass: word(["AzureServices", "None"]).optional(),
      defaultAction: word(["Allow", "Deny"]),
      ipRules: z.array(z.strictObject({ value: z.string() })).optional(),
      virtualNetworkRules: z.array(z.strictObject({ id: z.string() })).optional(),
    })
    .optional(),
});

type VaultProperties = z.infer<typeof properties>;

const vaultAlreadyExists = (name: string) =>
  new ArmError(
    409,
    "VaultAlreadyExists",
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state.`,
  );

/** A key vault: the part of Azure Resource Manager, without the secrets in it. */
export const vault: ResourceType = {
  type,
  scope: "resourceGroup",
  apiVersions: ["2022-07-01", "2023-07-01", "2024-11-01"],
  location: "required",
  tags: true,
  namePattern: /^[A-Za-z](?:[A-Za-z0-9]|-(?!-)){1,22}[A-Za-z0-9]$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutVaultOperation",
    prepare,
    completed: forgetDeleted,
  },
  patch: {
    prepare: (_context, patch, existing) => {
      const given = parse(patchedProperties(patch));
      refuseWeakening(existing.properties, given);
      const tags = patchedTags("key vaults", patch);
      return { ...existing, ...tags, properties: { ...existing.properties, ...given } };
    },
  },
  remove: { completed: keepDeleted },
  view,
};

function parse(given: JsonObject): VaultProperties {
  return parseShape("VaultProperties", given, properties, {
    readOnly: ["hsmPoolResourceId", "privateEndpointConnections", "provisioningState", "vaultUri"],
    refuse: (path, message) => badRequest(`The value of the vault property ${path} is invalid. ${message}`),
  });
}

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const { createMode, ...given } = parse(body.properties);
  const { name } = context.id;
  if (given.tenantId === undefined) throw badRequest("The vault property tenantId is missing.");
  if (given.tenantId.toLowerCase() !== context.world.tenantId.toLowerCase()) {
    throw badRequest(`The tenant ${given.tenantId} is not the tenant of the subscription.`);
  }
  if (given.sku === undefined) throw badRequest("The vault property sku is missing.");
  if (given.enableSoftDelete === false)
    throw badRequest('The property "enableSoftDelete" cannot be set to false for creation of new vaults.');
  const deleted = context.world.list(deletedVault.type).find((gone) => gone.name.toLowerCase() === name.toLowerCase());
  const other = context.world.list(type).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (other !== undefined && !sameId(other.id, context.id.id)) throw vaultAlreadyExists(name);
  if (deleted !== undefined) return recovered(context, body, createMode, deleted.body.properties);
  const rbac = given.enableRbacAuthorization ?? false;
  if (!rbac && given.accessPolicies === undefined) {
    throw badRequest("The parameter accessPolicies is not specified.");
  }
  if (context.existing !== undefined) refuseWeakening(context.existing.body.properties, given);
  return {
    ...envelope("key vaults", body),
    properties: {
      accessPolicies: [],
      enabledForDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Enabled",
      ...given,
      enableRbacAuthorization: rbac,
    },
  };
}

function recovered(
  context: WriteContext,
  body: ResourceBody,
  createMode: string | undefined,
  deleted: JsonObject,
): ResourceBody {
  const mine = typeof deleted.vaultId === "string" && sameId(deleted.vaultId, context.id.id);
  if (!mine) throw vaultAlreadyExists(context.id.name);
  if (createMode !== "recover" || !isJsonObject(deleted.recoverable)) {
    throw new ArmError(
      409,
      "ConflictError",
      "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
    );
  }
  return { ...envelope("key vaults", body), properties: deleted.recoverable };
}

/** Purge protection stays on once it is on. */
function refuseWeakening(before: JsonObject, given: VaultProperties): void {
  if (before.enablePurgeProtection === true && given.enablePurgeProtection === false) {
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  if (given.enableSoftDelete === false)
    throw badRequest(
      'The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the soft delete is an irreversible action.',
    );
}

/** A recovered vault is no deleted one. */
function forgetDeleted(context: CompletionContext): void {
  const { id, resource } = context;
  context.remove(deletedVaultId(id.subscriptionId ?? "", resource.body.location ?? "", resource.name));
}

function keepDeleted(context: CompletionContext): void {
  const { id, resource, world } = context;
  const { location = "", properties: recoverable, tags } = resource.body;
  context.write(deletedVaultId(id.subscriptionId ?? "", location, resource.name), {
    properties: {
      vaultId: resource.id,
      location,
      ...(tags === undefined ? {} : { tags }),
      deletionDate: world.now.toISOString(),
      recoverable,
    },
  });
}

function view(document: ResourceDocument, _resource: Resource, world: World): ResourceDocument {
  const vaultUri = `https://${document.name.toLowerCase()}.${world.cloud.keyVaultSuffix}/`;
  return { ...document, properties: { ...document.properties, vaultUri } };
}
