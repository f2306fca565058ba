/**
 * `npm run bootstrap -- --configuration FILE`: what the platform's owner does once for the tenant. It defines the role
 * "Network Management" at the tenant's root management group (Azure takes no custom role for "/"), which the app only verifies and assigns: an app that may write role
 * definitions could give itself any right.
 */
import { parseArgs } from "node:util";
import { azureSettings } from "../functions/settings/azure-settings.ts";
import { createAzurePorts } from "../shared/azure/azure-ports.ts";
import { networkManagementActions } from "../shared/domain/network-management-role.ts";
import type { DesiredResource } from "../shared/domain/resource.ts";
import { differences } from "../shared/spoke/difference.ts";
import { readConfiguration } from "./read-configuration.ts";

const { values } = parseArgs({ options: { configuration: { type: "string" } } });
const file = values.configuration ?? process.env.PLATFORM_CONFIGURATION_FILE;

try {
  await bootstrap();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bootstrap(): Promise<void> {
  if (file === undefined) throw new Error("Name the platform configuration: --configuration FILE");
  const { tenantId, networkManagementRole: role } = await readConfiguration(file);
  const root = `/providers/Microsoft.Management/managementGroups/${tenantId}`;
  if (role.kind === "custom") await defineRole(root, role.roleDefinitionId, role.roleName);
  else console.log("The built-in role Network Contributor is configured: nothing to define.");
}

async function defineRole(root: string, id: string, roleName: string): Promise<void> {
  const desired: DesiredResource<"Microsoft.Authorization/roleDefinitions"> = {
    id: `${root}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    type: "Microsoft.Authorization/roleDefinitions",
    ownership: "owned",
    steps: [1],
    dependsOn: [],
    body: { roleName, actions: networkManagementActions, notActions: [], dataActions: [], notDataActions: [] },
  };
  const port = createAzurePorts(azureSettings(process.env)).resources["Microsoft.Authorization/roleDefinitions"];
  const observed = await port.observe(desired);
  if (observed !== null && differences(desired, observed).length === 0) {
    console.log(`The role ${roleName} stands as it shall.`);
    return;
  }
  await port.write(desired, observed);
  console.log(`The role ${roleName} is ${observed === null ? "defined" : "mended"}.`);
}
