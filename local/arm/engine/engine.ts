import type { AccessCheck } from "../authorization/access-check.ts";
import type { Cloud } from "../cloud.ts";
import type { DirectoryStore } from "../directory-store.ts";
import type { TokenTimes } from "../entra/token-times.ts";
import type { Faults } from "../faults/faults.ts";
import type { EndedChanges } from "../operations/ended-change.ts";
import type { OperationClock } from "../operations/operation-clock.ts";
import type { OperationStore } from "../operations/operation-store.ts";
import type { Quotas } from "../quotas/quotas.ts";
import type { ResourceGraphState } from "../resource-graph/resource-graph-state.ts";
import type { ProviderOperation } from "../resource-type.ts";
import type { RetiredServices } from "../retired-services/retired-services.ts";
import type { BackingStorage } from "../storage-data/backing-storage.ts";
import type { Database } from "../store/database.ts";
import type { ResourceStore } from "../store/resource-store.ts";
import type { SubscriptionStore } from "../subscriptions/subscription-store.ts";
import type { Throttle } from "../throttling/throttle.ts";
import type { TypeRegistry } from "../type-registry.ts";
import type { World } from "../world.ts";

/** The parts of a running local Azure, made once at the start and handed to every call. */
export interface Engine {
  readonly tenantId: string;
  /** Which of Azure's clouds this is. */
  readonly cloud: Cloud;
  /** How many times faster than Azure operations run; 0 = at once. */
  readonly speed: number;
  /** `https://127.0.0.1:PORT`: what absolute links begin with. */
  baseUrl: string;
  readonly database: Database;
  readonly types: TypeRegistry;
  readonly providerOperations: readonly ProviderOperation[];
  readonly resources: ResourceStore;
  readonly operations: OperationStore;
  readonly clock: OperationClock;
  /** Tells who listens of every write, deletion and action that has ended. */
  readonly changes: EndedChanges;
  readonly directory: DirectoryStore;
  readonly subscriptions: SubscriptionStore;
  readonly access: AccessCheck;
  readonly throttle: Throttle;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly retiredServices: RetiredServices;
  readonly tokens: TokenTimes;
  readonly resourceGraph: ResourceGraphState;
  readonly world: World;
  /** The data behind storage accounts; undefined where there is none. */
  readonly storage: BackingStorage | undefined;
  /** Takes note of a defect of local Azure itself. */
  readonly report: (defect: unknown) => void;
}
