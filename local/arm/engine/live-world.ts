import type { AccessCheck, ActionKind } from "../authorization/access-check.ts";
import type { Cloud } from "../cloud.ts";
import type { Directory } from "../directory.ts";
import type { QuotaName, Quotas } from "../quotas/quotas.ts";
import type { Resource } from "../resource.ts";
import type { RetiredService, RetiredServices } from "../retired-services/retired-services.ts";
import type { StorageService } from "../storage-data/backing-storage.ts";
import type { ResourceStore } from "../store/resource-store.ts";
import type { SubscriptionStore } from "../subscriptions/subscription-store.ts";
import type { World } from "../world.ts";

/** What resource types read of the running local Azure. */
export class LiveWorld implements World {
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly directory: Directory;
  readonly #resources: ResourceStore;
  readonly #access: AccessCheck;
  readonly #subscriptions: SubscriptionStore;
  readonly #quotas: Quotas;
  readonly #retiredServices: RetiredServices;
  readonly #dataAddress: (account: string, service: StorageService) => string | undefined;

  constructor(
    tenantId: string,
    cloud: Cloud,
    parts: {
      resources: ResourceStore;
      directory: Directory;
      access: AccessCheck;
      subscriptions: SubscriptionStore;
      quotas: Quotas;
      retiredServices: RetiredServices;
      dataAddress: (account: string, service: StorageService) => string | undefined;
    },
  ) {
    this.tenantId = tenantId;
    this.cloud = cloud;
    this.directory = parts.directory;
    this.#resources = parts.resources;
    this.#access = parts.access;
    this.#subscriptions = parts.subscriptions;
    this.#quotas = parts.quotas;
    this.#retiredServices = parts.retiredServices;
    this.#dataAddress = parts.dataAddress;
  }

  get now(): Date {
    return new Date();
  }

  get(id: string): Resource | undefined {
    return this.#resources.get(id);
  }

  list(type: string, scopeId?: string): readonly Resource[] {
    return this.#resources.list(type, scopeId);
  }

  below(id: string): readonly Resource[] {
    return this.#resources.below(id);
  }

  referencesTo(id: string, type?: string): readonly Resource[] {
    return this.#resources.referencesTo(id, type);
  }

  isAllowed(principalId: string, scopeId: string, action: string, kind?: ActionKind): boolean {
    return this.#access.grants(principalId, scopeId, action, kind).length > 0;
  }

  isRegistered(subscriptionId: string, namespace: string): boolean {
    return this.#subscriptions.isRegistered(subscriptionId, namespace);
  }

  offers(service: RetiredService): boolean {
    return this.#retiredServices.answers(service);
  }

  quota(subscriptionId: string, location: string, name: QuotaName): number {
    return this.#quotas.limit(subscriptionId, location, name);
  }

  dataAddress(account: string, service: StorageService): string | undefined {
    return this.#dataAddress(account, service);
  }
}
