import { resourceContainersTable } from "./resource-containers-table.ts";
import { resourcesTable } from "./resources-table.ts";
import { securityResourcesTable } from "./security-resources-table.ts";
import type { Table } from "./table.ts";

/** The tables that local Azure has, by their names in lower case. */
export const tables = {
  resources: resourcesTable,
  resourcecontainers: resourceContainersTable,
  securityresources: securityResourcesTable,
} as const satisfies Readonly<Record<string, Table>>;
