import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { defined, objectOf, wordOf } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { storedBody } from "../stored-body.ts";
import { readFlowLog } from "./read-flow-log.ts";

/** Flow logs of a virtual network, a subnet or a network interface. */
export const flowLog: ResourceType = {
  ...childType,
  type: networkTypes.flowLog,
  location: "required",
  tags: true,
  patch: "tags",
  deletionOrder: 10,
  put: {
    operationName: "PutFlowLogOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 8, update: 8 },
    prepare: (context, body) => {
      const identity = readIdentity(context, body);
      const properties = readFlowLog(context, body.properties, body.location);
      return storedBody({ ...body, identity }, properties, ["identity"]);
    },
  },
  remove: { longRunning: "location", seconds: 8 },
};

/** The user-assigned identity with which Azure writes to the storage account; assigning it needs a permission on it. */
function readIdentity(context: WriteContext, body: ResourceBody): JsonObject | undefined {
  if (body.identity === undefined || body.identity === null) return undefined;
  const type = wordOf(body.identity.type, "identity.type", ["None", "UserAssigned"]);
  if (type === "None") return undefined;
  const given = Object.keys(objectOf(body.identity.userAssignedIdentities, "identity.userAssignedIdentities"));
  const identities = given.map((id) => {
    const identity = context.reference(id, {
      type: "Microsoft.ManagedIdentity/userAssignedIdentities",
      joinAction: "assign",
    });
    const { principalId, clientId } = identity.body.properties;
    return [identity.id, defined({ principalId, clientId })] as const;
  });
  return { type, userAssignedIdentities: Object.fromEntries(identities) };
}
