import { adaptiveNetworkHardeningPort } from "./adaptive-network-hardening.ts";
import { type ClientDependencies, createAzureClients } from "./clients.ts";
import { conditionalAccessPort } from "./conditional-access.ts";
import { directoryPort } from "./directory.ts";
import { flowLogBlobsPort } from "./flow-log-blobs.ts";
import { identityCredential } from "./identity-credential.ts";
import { ipamPoolPort } from "./ipam-pool.ts";
import { justInTimeAccessPort } from "./just-in-time-access.ts";
import { occupantsPort } from "./occupants.ts";
import { operationLimit } from "./operation-limit.ts";
import { withFewLooks } from "./operation-pace.ts";
import { ownIdentity } from "./own-identity.ts";
import type { AzurePorts } from "./ports.ts";
import { resourceGraphPort } from "./resource-graph.ts";
import { resourcePorts } from "./resource-ports.ts";
import type { AzureSettings } from "./settings.ts";
import { spokeFactsPort } from "./spoke-facts.ts";
import { subscriptionSettingsPort } from "./subscription-settings.ts";

/** Five minutes for each call of a port, so that an activity that observes and writes stays within ten. */
const defaultPatience = 300_000;
/** No shorter than any time of the error catalogue. */
const defaultSettling = 600_000;

/**
 * Everything that the tool asks of Azure. Nothing is loaded and nobody signs in before the first call.
 * @param settings where Azure is; `publicAzure` outside sovereign clouds
 * @param dependencies what shall differ from DefaultAzureCredential, the real clock, sleep and randomness
 */
export function createAzurePorts(settings: AzureSettings, dependencies: Partial<ClientDependencies> = {}): AzurePorts {
  const clients = createAzureClients(settings, {
    credential: () => identityCredential(null),
    now: Date.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    patience: defaultPatience,
    settling: defaultSettling,
    operationLimit,
    ...dependencies,
  });
  return {
    resources: resourcePorts(clients),
    facts: spokeFactsPort(clients),
    directory: directoryPort(clients),
    occupants: occupantsPort(clients),
    conditionalAccess: conditionalAccessPort(clients),
    ipamPools: ipamPoolPort(clients),
    resourceGraph: resourceGraphPort(clients),
    subscriptionSettings: subscriptionSettingsPort(clients),
    ownIdentity: ownIdentity(clients),
    withFewLooks,
    justInTime: justInTimeAccessPort(clients),
    adaptiveNetworkHardening: adaptiveNetworkHardeningPort(clients),
    flowLogBlobs: flowLogBlobsPort(clients),
  };
}
