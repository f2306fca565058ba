import { z } from "zod";
import { resourceNotFound } from "../../errors/not-found-errors.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { parseShape } from "../shape.ts";
import { storageAccountType, storageApiVersions } from "./storage-account-name.ts";

// "Naming queues and metadata" and "Naming and referencing containers": the same rule for both.
const namePattern = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** A queue or blob container, as Azure Resource Manager knows it: its name, and a scope for role assignments. */
function part(service: string, kind: string, operationName: string): ResourceType {
  return {
    type: `${storageAccountType}/${service}/${kind}`,
    scope: "resourceGroup",
    apiVersions: storageApiVersions,
    virtualParent: true,
    provisioningState: false,
    namePattern,
    list: { by: ["parent"] },
    put: {
      operationName,
      prepare: (context, body) => {
        refuseMissingAccount(context);
        envelope(kind, body);
        return { properties: { metadata: {}, ...parseShape(kind, body.properties, properties) } };
      },
    },
    remove: {},
  };
}

const properties = z.strictObject({ metadata: z.record(z.string(), z.string()).optional() });

/** Between the account and the part stands the service, always named `default`, which is no resource of its own here. */
function refuseMissingAccount({ id, world }: WriteContext): void {
  const accountId = id.id.split("/").slice(0, -4).join("/");
  if (world.get(accountId) !== undefined) return;
  throw resourceNotFound(storageAccountType, accountId.split("/").at(-1) ?? "", id.resourceGroup);
}

export const storageQueue = part("queueServices", "queues", "PutQueueOperation");
export const blobContainer = part("blobServices", "containers", "PutContainerOperation");

/** Id of a queue of an account. */
export function storageQueueId(accountId: string, name: string): string {
  return `${accountId}/queueServices/default/queues/${name}`;
}

/** Id of a blob container of an account. */
export function blobContainerId(accountId: string, name: string): string {
  return `${accountId}/blobServices/default/containers/${name}`;
}
