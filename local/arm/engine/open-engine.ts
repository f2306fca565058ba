import { AccessCheck } from "../authorization/access-check.ts";
import { type Cloud, clouds } from "../cloud.ts";
import { DirectoryStore } from "../directory-store.ts";
import { usualTokenTimes } from "../entra/token-times.ts";
import { Faults } from "../faults/faults.ts";
import { completeOperation } from "../operations/complete-operation.ts";
import { EndedChanges } from "../operations/ended-change.ts";
import { OperationClock } from "../operations/operation-clock.ts";
import { OperationStore } from "../operations/operation-store.ts";
import { Quotas } from "../quotas/quotas.ts";
import { ResourceGraphState } from "../resource-graph/resource-graph-state.ts";
import type { ProviderOperation, ResourceType } from "../resource-type.ts";
import { RetiredServices } from "../retired-services/retired-services.ts";
import type { BackingStorage, StorageService } from "../storage-data/backing-storage.ts";
import { storageEndpoint } from "../storage-data/storage-url.ts";
import type { Database } from "../store/database.ts";
import { ResourceStore } from "../store/resource-store.ts";
import { SubscriptionStore } from "../subscriptions/subscription-store.ts";
import { Throttle } from "../throttling/throttle.ts";
import { TypeRegistry } from "../type-registry.ts";
import type { Engine } from "./engine.ts";
import { LiveWorld } from "./live-world.ts";

export interface EngineOptions {
  readonly tenantId: string;
  /** The public cloud where it is absent. */
  readonly cloud?: Cloud | undefined;
  readonly speed: number;
  readonly database: Database;
  readonly resourceTypes: readonly ResourceType[];
  readonly providerOperations: readonly ProviderOperation[];
  /** The data behind storage accounts; undefined where there is none. */
  readonly storage?: BackingStorage | undefined;
  /** Takes note of a defect of local Azure itself. */
  readonly report: (defect: unknown) => void;
}

/** Puts the parts of local Azure together on a store, which may hold an earlier process's world. */
export function openEngine(options: EngineOptions): Engine {
  const { tenantId, cloud = clouds.AzureCloud, speed, database, providerOperations, storage } = options;
  const types = new TypeRegistry(options.resourceTypes);
  const resources = new ResourceStore(database, types);
  const operations = new OperationStore(database);
  const directory = new DirectoryStore(database, speed);
  const subscriptions = new SubscriptionStore(database);
  const quotas = new Quotas(database);
  const retiredServices = new RetiredServices(database);
  const access = new AccessCheck(resources, directory, tenantId);
  const clock = new OperationClock(operations, (operation) => completeOperation(engine, operation));
  const dataAddress = (account: string, service: StorageService) =>
    storage?.has(account) ? storageEndpoint(engine.baseUrl, account, service) : undefined;
  const resourceGraph = new ResourceGraphState(speed);
  resources.onChange((change) => resourceGraph.history.note(change));
  const engine: Engine = {
    tenantId,
    cloud,
    speed,
    baseUrl: "https://127.0.0.1",
    database,
    types,
    providerOperations,
    resources,
    operations,
    clock,
    changes: new EndedChanges(),
    directory,
    subscriptions,
    access,
    throttle: new Throttle(speed),
    faults: new Faults(),
    quotas,
    retiredServices,
    tokens: usualTokenTimes(),
    resourceGraph,
    world: new LiveWorld(tenantId, cloud, {
      resources,
      directory,
      access,
      subscriptions,
      quotas,
      retiredServices,
      dataAddress,
    }),
    storage,
    report: options.report,
  };
  return engine;
}

/** Empties the store: no resource, no principal, no operation is left. */
export function emptyEngine(engine: Engine): void {
  engine.database.transaction(() => {
    engine.operations.clear();
    engine.resources.clear();
    engine.subscriptions.clear();
    engine.directory.clear();
    engine.quotas.clear();
    engine.retiredServices.clear();
  });
  engine.throttle.clear();
  engine.faults.clear();
  engine.resourceGraph.clear();
  Object.assign(engine.tokens, usualTokenTimes());
}
