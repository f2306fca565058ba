import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const schema = z.strictObject({ isolationScope: word(["None", "Regional"]).optional() });

/** "Troubleshoot Azure RBAC" speaks of a delay without a number: an assumption. */
const REPLICATION_SECONDS = 10;

/** A user-assigned managed identity; its service principal enters the directory with it. */
export const userAssignedIdentity: ResourceType = {
  type: "Microsoft.ManagedIdentity/userAssignedIdentities",
  scope: "resourceGroup",
  apiVersions: ["2018-11-30", "2023-01-31", "2024-11-30"],
  location: "required",
  tags: true,
  provisioningState: false,
  namePattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutUserAssignedIdentityOperation",
    prepare: (context, body): ResourceBody => ({
      ...envelope("user-assigned identities", body),
      properties: identityProperties(context, body.properties),
    }),
    completed: enterDirectory,
  },
  patch: "tags",
  remove: { completed: ({ resource, world }) => world.directory.remove(String(resource.body.properties.principalId)) },
};

function identityProperties(context: WriteContext, properties: JsonObject): JsonObject {
  const given = parseShape("UserAssignedIdentityProperties", properties, schema, {
    readOnly: ["tenantId", "principalId", "clientId"],
  });
  const before = context.existing?.body.properties ?? {
    tenantId: context.world.tenantId,
    principalId: randomUUID(),
    clientId: randomUUID(),
  };
  return { ...before, ...given };
}

function enterDirectory({ resource, world }: CompletionContext): void {
  const principalId = String(resource.body.properties.principalId);
  if (world.directory.find(principalId) !== undefined) return;
  const principal = {
    id: principalId,
    principalType: "ServicePrincipal",
    servicePrincipalType: "ManagedIdentity",
    displayName: resource.name,
    clientId: String(resource.body.properties.clientId),
  } as const;
  world.directory.put(principal, REPLICATION_SECONDS);
}
