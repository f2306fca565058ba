import { notModelled } from "../errors/request-errors.ts";
import type { ResourceType } from "../resource-type.ts";
import { envelope } from "./envelope.ts";

/**
 * Types that only stand there, for Resource Graph to tell of: what may not live in a spoke's resource group, and solutions
 * of a workspace. Of their properties local Azure knows those that the app looks at.
 */
export const bystanders: readonly ResourceType[] = [
  bystander("Microsoft.Compute/disks", "2024-03-02"),
  bystander("Microsoft.DBforMySQL/flexibleServers", "2023-12-30"),
  bystander("Microsoft.DBforPostgreSQL/flexibleServers", "2024-08-01"),
  bystander("Microsoft.DocumentDB/databaseAccounts", "2024-11-15"),
  bystander("Microsoft.OperationsManagement/solutions", "2015-11-01-preview", ["workspaceResourceId"]),
  bystander("Microsoft.Sql/servers", "2023-08-01"),
];

function bystander(type: string, apiVersion: string, known: readonly string[] = []): ResourceType {
  return {
    type,
    scope: "resourceGroup",
    apiVersions: [apiVersion],
    location: "required",
    tags: true,
    list: { by: ["resourceGroup", "subscription"] },
    put: {
      operationName: "PutBystanderOperation",
      prepare: (_context, body) => {
        const foreign = Object.keys(body.properties).find((name) => !known.includes(name));
        if (foreign !== undefined) throw notModelled(`property '${foreign}' of '${type}'`);
        return { ...envelope(type, body), properties: body.properties };
      },
    },
    remove: {},
  };
}
