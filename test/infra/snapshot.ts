import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of Bicep. */
export const infraFolder = join(import.meta.dirname, "../../infra");

/** What azd and its hook would set for an installation in a private network with Durable Task Scheduler: it shows what dev and prod do not. */
const azdEnvironment = {
  AZURE_ENV_NAME: "azd",
  AZURE_LOCATION: "swedencentral",
  SIGN_IN_CLIENT_ID: "33333333-3333-3333-3333-333333333333",
  SPOKE_SUBSCRIPTION_IDS: "11111111-1111-1111-1111-111111111111,11111111-1111-1111-1111-000000000002",
  HUB_RESOURCE_GROUPS: "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub",
  ADDRESS_RESOURCE_GROUPS: "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-network-manager",
  EVENTS_STORAGE_ACCOUNT_NAME: "stspokeevents",
  GRANT_ENFORCE_ROLE: "true",
  NETWORK_MANAGEMENT_ROLE_GUID: "77777777-7777-4777-8777-777777777777",
  INTEGRATION_SUBNET_ID:
    "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-app",
  PRIVATE_ENDPOINT_SUBNET_ID:
    "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-endpoints",
  PRIVATE_DNS_ZONE_IDS: JSON.stringify({
    sites:
      "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.azurewebsites.net",
  }),
  DURABLE_TASK_IP_ALLOWLIST: "10.0.0.0/8",
  APP_SETTINGS: JSON.stringify({
    NETWORK_ALERTS_TEAMS_URL:
      "@Microsoft.KeyVault(SecretUri=https://kv-platform.vault.azure.net/secrets/network-alerts-teams)",
    ENFORCEMENT_MODE: "what the template sets itself is not overridden",
  }),
};

/** All parameter files, by name. */
export async function parameterFiles(): Promise<string[]> {
  return (await readdir(infraFolder)).filter((file) => file.endsWith(".bicepparam")).sort();
}

/**
 * Renders the template of a parameter file without Azure, and writes `*.snapshot.json` beside it, or compares with what is there.
 * @throws what the CLI says of the difference, in mode "validate".
 */
export async function snapshot(cli: string, parameterFile: string, mode: "overwrite" | "validate"): Promise<void> {
  const scope = parameterFile.startsWith("management-group")
    ? ["--management-group-id", "mg-landing-zones"]
    : ["--subscription-id", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"];
  const tenant = ["--tenant-id", "99999999-9999-4999-8999-999999999999", "--location", "westeurope"];
  await run(cli, ["snapshot", join(infraFolder, parameterFile), "--mode", mode, ...scope, ...tenant], {
    // Nothing of this machine's own azd or Azure settings.
    env: { HOME: process.env.HOME, PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...azdEnvironment },
    maxBuffer: 64 * 2 ** 20,
  });
}
