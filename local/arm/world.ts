import type { Cloud } from "./cloud.ts";
import type { Directory } from "./directory.ts";
import type { QuotaName } from "./quotas/quotas.ts";
import type { Resource, ResourceBody } from "./resource.ts";
import type { ResourceId } from "./resource-id.ts";
import type { RetiredService } from "./retired-services/retired-services.ts";
import type { StorageService } from "./storage-data/backing-storage.ts";

/** What a resource type may read of local Azure. */
export interface World {
  readonly tenantId: string;
  /** Which of Azure's clouds this is. */
  readonly cloud: Cloud;
  /** The present moment. */
  readonly now: Date;
  /** The users, groups and service principals of the tenant. */
  readonly directory: Directory;
  /** The resource (also an inline child) by its id in any casing. */
  get(id: string): Resource | undefined;
  /** All resources of a type (also inline children), optionally only those whose id lies below `scopeId`. */
  list(type: string, scopeId?: string): readonly Resource[];
  /** All resources directly or indirectly below a resource id that are stored on their own. */
  below(id: string): readonly Resource[];
  /**
   * The resources whose stored body names `id` as a value anywhere (back references), optionally of one type. An inline
   * child is reported itself, not its parent. A resource's references to its own parts are not reported.
   */
  referencesTo(id: string, type?: string): readonly Resource[];
  /** True where the principal's role assignments grant the (data) action at the scope. */
  isAllowed(principalId: string, scopeId: string, action: string, kind?: "action" | "dataAction"): boolean;
  /** The provider registration of a subscription. */
  isRegistered(subscriptionId: string, namespace: string): boolean;
  /** True where a service that Azure has retired answers all the same. */
  offers(service: RetiredService): boolean;
  /** How many a subscription may have in a region. */
  quota(subscriptionId: string, location: string, name: QuotaName): number;
  /** Where a service of a storage account answers; undefined where there is no data behind the account. */
  dataAddress(account: string, service: StorageService): string | undefined;
}

/** Who calls. */
export interface Caller {
  /** Object id of the principal. */
  readonly principalId: string;
  /** Application id, for service principals and managed identities. */
  readonly clientId: string | undefined;
}

/** Demands on a resource that a body refers to. */
export interface ReferenceDemand {
  /** The type the reference must have, such as `Microsoft.Network/networkSecurityGroups`. */
  readonly type?: string;
  /** The caller needs `{type of the reference}/{joinAction}/action` on it: `join` by default; false asks for none. */
  readonly joinAction?: string | false;
  /** Refuse while it is not in state Succeeded. Default true. */
  readonly provisioned?: boolean;
}

/** A PUT, PATCH or DELETE that is being decided. */
export interface WriteContext {
  readonly id: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly world: World;
  readonly caller: Caller;
  /** What stands under the id now. */
  readonly existing: Resource | undefined;
  /** The parent of a nested type (for inline children of a parent that is being created: the parent before the write). */
  readonly parent: Resource | undefined;
  /**
   * Demands a permission of the caller on another scope.
   * @throws ArmError 403 LinkedAuthorizationFailed
   */
  requireAction(scopeId: string, action: string): void;
  /**
   * The one way to follow a reference in a body: checks its shape, the caller's permission to join it, that it exists
   * and that it is provisioned.
   * @throws ArmError 400 LinkedInvalidPropertyId, 403 LinkedAuthorizationFailed, 400 InvalidResourceReference,
   *   400 ReferencedResourceNotProvisioned
   */
  reference(id: string, demand?: ReferenceDemand): Resource;
}

/** A POST action or GET query on a resource. */
export interface ActionContext extends WriteContext {
  /** The resource it is called on. */
  readonly resource: Resource;
}

/** The search for a resource that is computed. */
export interface FindContext {
  readonly id: ResourceId;
  readonly query: URLSearchParams;
  readonly world: World;
}

/** A list call with a selection of its own. */
export interface ListContext {
  /** The scope below which is listed. */
  readonly scope: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly world: World;
  readonly caller: Caller;
}

/** The end of an operation: the one place where other resources may be changed. */
export interface CompletionContext {
  readonly id: ResourceId;
  /** The resource written, in its new state, or what was deleted. */
  readonly resource: Resource;
  readonly caller: Caller;
  readonly world: World;
  /** Changes another resource's stored body (also an inline child's). Does nothing where it does not stand. */
  update(id: string, change: (body: ResourceBody) => ResourceBody): void;
  /** Writes a resource that Azure makes by itself (such as a network watcher), state Succeeded. */
  write(id: string, body: ResourceBody): void;
  /** Takes away a resource that goes with this one. */
  remove(id: string): void;
  /** Writes a resource as another service of Azure does by a call of its own: events tell of it. */
  writeAsService(id: string, body: ResourceBody): void;
  /** Takes a resource away at a moment, as another service of Azure does: events tell of it. */
  removeAsService(id: string, at: Date): void;
}
