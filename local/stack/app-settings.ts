import { type CloudName, clouds } from "../arm/cloud.ts";
import type { LocalAzureReady } from "./ready-line.ts";

/** The app's user-assigned identity, as local Azure's seed knows it. */
const appIdentityClientId = "44444444-4444-4444-4444-444444444444";

const instrumentationKey = "66666666-6666-4666-8666-666666666666";

/** Where Azure is: the settings that a sovereign cloud needs too. */
export function azureEndpointSettings(azure: LocalAzureReady, cloud: CloudName): Record<string, string> {
  const { resourceManagerAudiences, graph, storageSuffix, keyVaultSuffix } = clouds[cloud];
  return {
    AZURE_RESOURCE_MANAGER_ENDPOINT: azure.url,
    AZURE_RESOURCE_MANAGER_AUDIENCE: resourceManagerAudiences[0],
    MICROSOFT_GRAPH_ENDPOINT: azure.url,
    MICROSOFT_GRAPH_AUDIENCE: graph,
    STORAGE_ENDPOINT_SUFFIX: storageSuffix,
    KEY_VAULT_SUFFIX: keyVaultSuffix,
    NODE_EXTRA_CA_CERTS: azure.caFile,
  };
}

/**
 * Application Insights of local Azure. Its library asks Microsoft for settings of its own, whatever it is told: the proxy, at
 * a port where nobody listens, keeps that on this machine.
 */
function telemetrySettings(azure: LocalAzureReady): Record<string, string> {
  return {
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${instrumentationKey};IngestionEndpoint=${azure.url}/`,
    OTEL_METRIC_EXPORT_INTERVAL: "1000",
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1",
  };
}

/** The app settings with which any Functions host runs the built app against this stack. */
export function appSettings(stack: {
  readonly azure: LocalAzureReady;
  /** The one that local Azure plays. */
  readonly cloud: CloudName;
  readonly storageConnectionString: string;
  /** Of the account whose queue hears of changes. */
  readonly eventConnectionString: string;
  /** Absolute path. */
  readonly configurationFile: string;
  readonly enforcementMode: string | null;
  readonly telemetry: boolean;
}): Record<string, string> {
  return {
    AzureWebJobsStorage: stack.storageConnectionString,
    NetworkEvents: stack.eventConnectionString,
    NETWORK_ALERTS_WEBHOOK_URL: `${stack.azure.url}/_local/webhooks/generic`,
    NETWORK_ALERTS_TEAMS_URL: `${stack.azure.url}/_local/webhooks/teams`,
    FUNCTIONS_WORKER_RUNTIME: "node",
    PLATFORM_CONFIGURATION_FILE: stack.configurationFile,
    ...(stack.enforcementMode === null ? {} : { ENFORCEMENT_MODE: stack.enforcementMode }),
    ...(stack.telemetry ? telemetrySettings(stack.azure) : {}),
    AZURE_CLIENT_ID: appIdentityClientId,
    AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
    IDENTITY_ENDPOINT: stack.azure.identityEndpoint,
    IDENTITY_HEADER: stack.azure.identityHeader,
    ...azureEndpointSettings(stack.azure, stack.cloud),
  };
}
