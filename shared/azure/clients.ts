import type { AuthorizationManagementClient } from "@azure/arm-authorization";
import type { EventGridManagementClient } from "@azure/arm-eventgrid";
import type { MonitorClient } from "@azure/arm-monitor";
import type { ManagedServiceIdentityClient } from "@azure/arm-msi";
import type { NetworkManagementClient } from "@azure/arm-network";
import type { PrivateDnsManagementClient } from "@azure/arm-privatedns";
import type { ResourceGraphClient } from "@azure/arm-resourcegraph";
import type { ResourceManagementClient } from "@azure/arm-resources";
import type { SecurityCenter } from "@azure/arm-security";
import type { StorageManagementClient } from "@azure/arm-storage";
import type { TokenCredential } from "@azure/identity";
import { once } from "../domain/once.ts";
import { askAgain } from "./ask-again.ts";
import { correlation } from "./correlation.ts";
import { operationEnd, withinLimit } from "./operation-limit.ts";
import { operationPace } from "./operation-pace.ts";
import { requestTimeout } from "./request-timeout.ts";
import { retryAfterLimit } from "./retry-after-limit.ts";
import type { AzureSettings } from "./settings.ts";
import { toldRefusals } from "./told-refusals.ts";
import { withTransientRetry } from "./transient-retry.ts";

/** What the clients take from outside: who they are, and how time and chance go. */
export interface ClientDependencies {
  readonly credential: () => Promise<TokenCredential>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** How long one call of a port repeats what passes by itself, in milliseconds. */
  readonly patience: number;
  /** How long it repeats at most what may be refused only until Azure knows everywhere what was made just now. */
  readonly settling: number;
  /** Milliseconds after which one operation on a resource is taken for one that never ends. */
  readonly operationLimit: (resourceId: string | null) => number;
}

/** The SDK clients, made when first asked for, and the one way in which every port calls them. */
export interface AzureClients extends Pick<ClientDependencies, "now" | "sleep" | "patience"> {
  readonly settings: AzureSettings;
  credential(): Promise<TokenCredential>;
  network(subscriptionId: string): Promise<NetworkManagementClient>;
  resources(subscriptionId: string): Promise<ResourceManagementClient>;
  managedIdentity(subscriptionId: string): Promise<ManagedServiceIdentityClient>;
  storage(subscriptionId: string): Promise<StorageManagementClient>;
  security(subscriptionId: string): Promise<SecurityCenter>;
  eventGrid(subscriptionId: string): Promise<EventGridManagementClient>;
  privateDns(subscriptionId: string): Promise<PrivateDnsManagementClient>;
  /** For resources of Microsoft.Insights that lie in a resource group. */
  monitorIn(subscriptionId: string): Promise<MonitorClient>;
  /** Answers for any subscriptions. */
  resourceGraph(): Promise<ResourceGraphClient>;
  /** Works at any scope. */
  authorization(): Promise<AuthorizationManagementClient>;
  authorizationIn(subscriptionId: string): Promise<AuthorizationManagementClient>;
  /** Works at any scope. */
  monitor(): Promise<MonitorClient>;
  /**
   * Runs an operation again while its trouble is transient and patience lasts.
   * @throws RefusedError | TransientError about `resourceId`, whatever the operation threw
   */
  attempt<R>(resourceId: string | null, operation: () => Promise<R>): Promise<R>;
}

/** Short first waits: the SDK itself repeats 408, 429 with Retry-After, 5xx and lost connections. */
const retryOptions = { maxRetries: 3, retryDelayInMs: 250, maxRetryDelayInMs: 15_000 };

/** Makes nothing yet: each SDK is loaded, and each client of a subscription made, by the first call that needs it. */
export function createAzureClients(settings: AzureSettings, dependencies: ClientDependencies): AzureClients {
  const { now, sleep, random, patience, settling, operationLimit } = dependencies;
  const credential = once(dependencies.credential);
  const scope = `${settings.resourceManagerAudience}/.default`;
  const pace = operationPace({ now, sleep });
  const common = {
    endpoint: settings.resourceManagerEndpoint,
    retryOptions,
    additionalPolicies: [
      pace,
      askAgain(dependencies),
      retryAfterLimit(dependencies, pace.isLook),
      requestTimeout,
      operationEnd,
      toldRefusals,
      correlation,
    ],
  };
  // The two generations of SDK clients name the audience differently, and ignore the other's name in silence.
  const options = { ...common, credentials: { scopes: [scope] } };
  const olderOptions = { ...common, credentialScopes: [scope] };

  const networkModule = once(() => import("@azure/arm-network"));
  const resourcesModule = once(() => import("@azure/arm-resources"));
  const identityModule = once(() => import("@azure/arm-msi"));
  const storageModule = once(() => import("@azure/arm-storage"));
  const securityModule = once(() => import("@azure/arm-security"));
  const eventGridModule = once(() => import("@azure/arm-eventgrid"));
  const privateDnsModule = once(() => import("@azure/arm-privatedns"));
  const monitorModule = once(() => import("@azure/arm-monitor"));

  const authorizationIn = perSubscription(async (subscriptionId) => {
    const { AuthorizationManagementClient } = await import("@azure/arm-authorization");
    return new AuthorizationManagementClient(await credential(), subscriptionId, olderOptions);
  });

  return {
    settings,
    now,
    sleep,
    patience,
    credential,
    network: perSubscription(async (subscriptionId) => {
      const { NetworkManagementClient } = await networkModule();
      return new NetworkManagementClient(await credential(), subscriptionId, options);
    }),
    resources: perSubscription(async (subscriptionId) => {
      const { ResourceManagementClient } = await resourcesModule();
      return new ResourceManagementClient(await credential(), subscriptionId, options);
    }),
    managedIdentity: perSubscription(async (subscriptionId) => {
      const { ManagedServiceIdentityClient } = await identityModule();
      return new ManagedServiceIdentityClient(await credential(), subscriptionId, olderOptions);
    }),
    storage: perSubscription(async (subscriptionId) => {
      const { StorageManagementClient } = await storageModule();
      return new StorageManagementClient(await credential(), subscriptionId, options);
    }),
    security: perSubscription(async (subscriptionId) => {
      const { SecurityCenter } = await securityModule();
      return new SecurityCenter(await credential(), subscriptionId, olderOptions);
    }),
    eventGrid: perSubscription(async (subscriptionId) => {
      const { EventGridManagementClient } = await eventGridModule();
      return new EventGridManagementClient(await credential(), subscriptionId, olderOptions);
    }),
    privateDns: perSubscription(async (subscriptionId) => {
      const { PrivateDnsManagementClient } = await privateDnsModule();
      return new PrivateDnsManagementClient(await credential(), subscriptionId, options);
    }),
    monitorIn: perSubscription(async (subscriptionId) => {
      const { MonitorClient } = await monitorModule();
      return new MonitorClient(await credential(), subscriptionId, options);
    }),
    resourceGraph: once(async () => {
      const { ResourceGraphClient } = await import("@azure/arm-resourcegraph");
      return new ResourceGraphClient(await credential(), options);
    }),
    authorization: () => authorizationIn(""),
    authorizationIn,
    monitor: once(async () => {
      const { MonitorClient } = await monitorModule();
      return new MonitorClient(await credential(), options);
    }),
    attempt: (resourceId, operation) =>
      withTransientRetry(() => withinLimit(operationLimit(resourceId), resourceId, operation), {
        resourceId,
        deadline: now() + patience,
        settling,
        now,
        sleep,
        random,
      }),
  };
}

function perSubscription<C>(make: (subscriptionId: string) => Promise<C>): (subscriptionId: string) => Promise<C> {
  const clients = new Map<string, () => Promise<C>>();
  return (subscriptionId) => {
    const client = clients.get(subscriptionId) ?? once(() => make(subscriptionId));
    clients.set(subscriptionId, client);
    return client();
  };
}
