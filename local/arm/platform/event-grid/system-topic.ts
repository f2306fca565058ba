import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ArmError } from "../../arm-error.ts";
import { resourceNotFound } from "../../errors/not-found-errors.ts";
import { notModelled } from "../../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import { parseResourceId, sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { envelope, patchedTags } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const type = "Microsoft.EventGrid/systemTopics";

/** Topic types and the kind of source each takes. */
const topicTypes = {
  "Microsoft.Resources.Subscriptions": "Microsoft.Resources/subscriptions",
  "Microsoft.PolicyInsights.PolicyStates": "Microsoft.Resources/subscriptions",
  "Microsoft.Resources.ResourceGroups": "Microsoft.Resources/subscriptions/resourceGroups",
  "Microsoft.Storage.StorageAccounts": "Microsoft.Storage/storageAccounts",
  "Microsoft.KeyVault.vaults": "Microsoft.KeyVault/vaults",
} as const;

const schema = z.strictObject({
  source: z.string(),
  topicType: word(Object.keys(topicTypes) as [keyof typeof topicTypes, ...(keyof typeof topicTypes)[]]),
});
const identitySchema = z.strictObject({
  type: word(["None", "SystemAssigned"]),
  principalId: z.string().optional(),
  tenantId: z.string().optional(),
});

const invalidRequest = (message: string) => new ArmError(400, "InvalidRequest", message);

/** The events that Azure publishes of one source; a source has one system topic of a type at most. */
export const systemTopic: ResourceType = {
  type,
  scope: "resourceGroup",
  apiVersions: ["2022-06-15", "2025-02-15"],
  location: "global",
  tags: true,
  namePattern: /^[A-Za-z0-9-]{3,128}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutSystemTopicOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 5 },
    prepare,
    completed: enterDirectory,
  },
  patch: {
    prepare: (context, patch, existing) => ({
      ...existing,
      ...patchedTags("system topics", patch, ["identity"]),
      ...identityOf(context, patch.identity),
    }),
    completed: enterDirectory,
  },
  remove: { longRunning: "location", seconds: 10, completed: leaveDirectory },
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const given = parseShape("SystemTopicProperties", body.properties, schema, {
    readOnly: ["metricResourceId", "provisioningState"],
    refuse: (path, message) => invalidRequest(`Property ${path} of the system topic is invalid. ${message}`),
  });
  const source = parseResourceId(given.source);
  const wanted = topicTypes[given.topicType];
  if (source === undefined || source.type.toLowerCase() !== wanted.toLowerCase()) {
    throw invalidRequest(`The source ${given.source} is not of the topic type ${given.topicType}.`);
  }
  checkPlace(context, body, source.kind, given.source);
  const other = context.world.list(type).find((topic) => {
    const { source: standing, topicType } = topic.body.properties;
    if (sameId(topic.id, context.id.id) || topicType !== given.topicType) return false;
    return sameId(String(standing), given.source);
  });
  if (other !== undefined) {
    throw invalidRequest(
      `There is an existing tracked system topic for the given source ${given.source}. Only one system topic is allowed per source.`,
    );
  }
  const before = context.existing?.body;
  if (before !== undefined && !sameId(String(before.properties.source), given.source)) {
    throw invalidRequest("The source of a system topic cannot be changed.");
  }
  return {
    ...envelope("system topics", body, ["identity"]),
    ...identityOf(context, body.identity),
    properties: { ...given, metricResourceId: before?.properties.metricResourceId ?? randomUUID() },
  };
}

/** Scopes publish in the location `global`, resources in their own. */
function checkPlace(context: WriteContext, body: ResourceBody, kind: string, sourceId: string): void {
  const source = kind === "resource" ? context.world.get(sourceId) : undefined;
  if (kind === "resource" && source === undefined) {
    const parsed = parseResourceId(sourceId);
    throw resourceNotFound(parsed?.type ?? "", parsed?.name ?? sourceId, parsed?.resourceGroup);
  }
  const expected = source?.body.location ?? "global";
  if (body.location?.toLowerCase() === expected.toLowerCase()) return;
  throw invalidRequest(`The location of the system topic must be '${expected}', the location of its source.`);
}

function identityOf(context: WriteContext, given: unknown): { identity?: JsonObject } {
  if (given === undefined) return {};
  const { type: kind } = parseShape("Identity", given, identitySchema, {
    refuse: () => notModelled("identities of system topics other than SystemAssigned"),
  });
  if (kind === "None") return { identity: { type: kind } };
  const before = context.existing?.body.identity;
  const principalId = typeof before?.principalId === "string" ? before.principalId : randomUUID();
  return { identity: { type: kind, principalId, tenantId: context.world.tenantId } };
}

function enterDirectory({ resource, world }: CompletionContext): void {
  const principalId = resource.body.identity?.principalId;
  if (typeof principalId !== "string" || world.directory.find(principalId) !== undefined) return;
  world.directory.put({
    id: principalId,
    principalType: "ServicePrincipal",
    servicePrincipalType: "ManagedIdentity",
    displayName: resource.name,
  });
}

function leaveDirectory({ resource, world }: CompletionContext): void {
  const { identity } = resource.body;
  if (isJsonObject(identity) && typeof identity.principalId === "string") world.directory.remove(identity.principalId);
}
