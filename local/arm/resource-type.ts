import type { JsonObject } from "./json.ts";
import type { Resource, ResourceBody, ResourceDocument } from "./resource.ts";
import type { ResourceId } from "./resource-id.ts";
import type { ActionContext, CompletionContext, FindContext, ListContext, World, WriteContext } from "./world.ts";

/*
 * A resource type is one file that exports one `ResourceType`, and one line in the list of its folder. Example:
 *
 *   export const applicationSecurityGroup: ResourceType = {
 *     type: "Microsoft.Network/applicationSecurityGroups",
 *     scope: "resourceGroup",
 *     apiVersions: networkApiVersions,
 *     location: "required",
 *     tags: true,
 *     etag: true,
 *     list: { by: ["resourceGroup", "subscription"] },
 *     put: {
 *       operationName: "PutApplicationSecurityGroupOperation",
 *       longRunning: "azure-async-operation",
 *       seconds: { create: 3, update: 2 },
 *       prepare: (_context, body) => ({ ...body, properties: {} }),
 *     },
 *     patch: "tags",
 *     remove: { longRunning: "location", seconds: 4, check: refuseWhileReferenced },
 *   };
 *
 * An inline child (stored in its parent's document, reachable by its own URL and by the parent's body):
 *
 *   export const subnet: ResourceType = {
 *     type: "Microsoft.Network/virtualNetworks/subnets",
 *     inline: { property: "subnets", whenAbsent: (apiVersion) => (apiVersion < "2024" ? "remove" : "keep") },
 *     ...
 *     put: { ..., prepare: (context, body) => { context.reference(nsgId, { joinAction: "join" }); return {...}; } },
 *   };
 *
 * A PUT on the virtual network runs the `put.prepare` of every subnet in its body and the `remove.check` of every subnet
 * that the body drops; a PUT on the subnet alone runs the subnet's `put.prepare`.
 */

/** How a long-running operation reports itself to the client (Azure Resource Manager async operations). */
export type LongRunning = "azure-async-operation" | "location";

/** Where resources of a type live. `extension`: on any resource id, scope or `/` (role assignments, locks). */
export type TypeScope = "resourceGroup" | "subscription" | "tenant" | "extension";

/**
 * Collections a type can be listed by. `parent`: the collection URL below its parent resource;
 * `scope`: the collection URL of an extension type on exactly that scope.
 */
export type ListBy = "resourceGroup" | "subscription" | "tenant" | "parent" | "scope";

/** Seconds that Azure needs; local Azure divides them by LOCAL_AZURE_SPEED. */
export type Seconds = number;

/** A resource type of local Azure, whole. Optional members that are absent mean "Azure has no such operation". */
export interface ResourceType {
  /** `Namespace/type[/childType…]` in Azure's casing; also the `type` of the document. */
  readonly type: string;
  readonly scope: TypeScope;
  /** Accepted api-versions; another one is refused with InvalidResourceType / NoRegisteredProviderFound. */
  readonly apiVersions: readonly string[];
  /**
   * `required`: a modelled region. `global`: the word `global` or a region. `none`: the document has no location.
   * A PUT with another location than the existing resource's is refused (InvalidResourceLocation). Default `none`.
   */
  readonly location?: "required" | "global" | "none";
  /** True where the type takes `tags`. */
  readonly tags?: boolean;
  /** True where the document carries `etag` and If-Match / If-None-Match are honoured. */
  readonly etag?: boolean;
  /** False where the document has no `properties.provisioningState` (role assignments, diagnostic settings). Default true. */
  readonly provisioningState?: boolean;
  /** The only names accepted, for singletons such as `default`; a GET of a name never written is 404. */
  readonly names?: readonly string[];
  /** Pattern that a name must match, and the refusal where it does not: default 1 to 80 characters without `<>%&:\?/#`. */
  readonly namePattern?: RegExp;
  /** Makes the type a child stored inside its parent's document. */
  readonly inline?: InlineChild;
  /**
   * For types whose names are unique beyond the URL's scope (role definitions): the id under which all scopes find one
   * and the same resource. Permissions are still asked on the URL's scope.
   */
  readonly storedAt?: (id: ResourceId) => string;
  /** True where the parent segment of the URL is no resource (`locations/westeurope/jitNetworkAccessPolicies`). */
  readonly virtualParent?: boolean;
  readonly list?: ListDefinition;
  /** Finds a resource that Azure computes and nobody writes; asked where nothing is stored under the id. */
  readonly find?: (context: FindContext) => Resource | undefined;
  readonly put?: PutDefinition;
  /** `tags`: replaces the tags and nothing else. */
  readonly patch?: "tags" | PatchDefinition;
  readonly remove?: RemoveDefinition;
  /** POST `{id}/{key}`. Keys in Azure's casing; matched without regard to case. */
  readonly actions?: Readonly<Record<string, ActionDefinition>>;
  /** GET `{id}/{key}`, for reads that are no resource (`usages`, `checkIPAddressAvailability`). */
  readonly queries?: Readonly<Record<string, ActionDefinition>>;
  /**
   * The document as GET shows it. `document` has id, name, type, etag, location, tags and the stored properties with
   * provisioningState, and inline children already in their own view; return it with the computed fields added
   * (default rules, back references). Must not change `resource`.
   */
  readonly view?: (document: ResourceDocument, resource: Resource, world: World) => ResourceDocument;
  /** Properties that Resource Graph alone shows, beside those of GET. */
  readonly graphProperties?: (resource: Resource) => JsonObject;
  /**
   * Lower goes first when a resource group is deleted: give what refers to others a lower number than what is referred
   * to. What is still in use then is tried again after the rest. Default 50.
   */
  readonly deletionOrder?: number;
}

/** Says where an inline child stands in its parent's document. */
export interface InlineChild {
  /** Name of the array below the parent's `properties`; its entries are `{name, properties}`. */
  readonly property: string;
  /** What a parent PUT that does not mention the property does to existing children. */
  readonly whenAbsent: "keep" | "remove" | ((apiVersion: string) => "keep" | "remove");
  /** True for children that only the parent's `view` produces (defaultSecurityRules): GET and list, no writes. */
  readonly computed?: boolean;
}

export interface ListDefinition {
  readonly by: readonly ListBy[];
  /** Entries of one page; a longer list carries `nextLink`. Default 100. */
  readonly pageSize?: number;
  /** Replaces the ordinary selection where Azure's list is not "all below the scope" (role assignments). */
  readonly select?: (context: ListContext) => readonly Resource[];
}

export interface PutDefinition {
  /** The name in Azure's messages, such as `PutSubnetOperation`. */
  readonly operationName: string;
  /** Absent: the PUT is synchronous. */
  readonly longRunning?: LongRunning;
  /** How long Azure takes; ignored (0) for synchronous PUTs. */
  readonly seconds?: { readonly create: Seconds; readonly update: Seconds };
  /** Statuses of the answer. Default: 201 for a create; 200 for an update. */
  readonly status?: { readonly create: 200 | 201 | 202; readonly update: 200 | 201 | 202 };
  /**
   * Validates the body and its references and returns what is stored. Throws an ArmError to refuse; nothing is written
   * then. `body` has location and tags already checked, and `properties` is an object. For inline children it is called
   * with the child's context. The arrays of inline children are not in the parent's `body`; see `checkWhole`. It must not write: effects on other resources belong into `completed`.
   */
  readonly prepare: (context: WriteContext, body: ResourceBody) => ResourceBody;
  /**
   * Called on the parent after the children of its body have been prepared and merged, for checks that need all of them
   * (overlapping subnets, duplicate priorities). Also called on the parent's type when a child alone is written or deleted.
   */
  readonly checkWhole?: (context: WriteContext, merged: ResourceBody) => void;
  /**
   * Ids that the running operation keeps busy beside its own (and its parent's, for inline children). Another write that
   * touches one of them meanwhile is refused with 409 AnotherOperationInProgress.
   */
  readonly conflictDomains?: (context: WriteContext, body: ResourceBody) => readonly string[];
  /** What a second write of the same busy resource does. Default `refuse`. `supersede` cancels the running one. */
  readonly whenBusy?: "refuse" | "supersede";
  /** Effects when the operation ends well; an ArmError thrown here makes the operation fail with it. */
  readonly completed?: (context: CompletionContext) => void;
}

export interface PatchDefinition {
  /** Merges the PATCH body into the existing one and returns what is stored; synchronous. */
  readonly prepare: (context: WriteContext, patch: JsonObject, existing: ResourceBody) => ResourceBody;
  /** Effects once the change is stored. */
  readonly completed?: (context: CompletionContext) => void;
}

export interface RemoveDefinition {
  /** The name in Azure's messages, such as `DeleteSubnetOperation`. Default `Delete` + the PUT's name. */
  readonly operationName?: string;
  /** Absent: the DELETE is synchronous and answers 200. */
  readonly longRunning?: LongRunning;
  readonly seconds?: Seconds;
  /** Refuses (in use, for example) by throwing an ArmError. Also called when a parent's PUT drops an inline child. */
  readonly check?: (context: WriteContext, existing: Resource) => void;
  /** As for PUT. */
  readonly conflictDomains?: (context: WriteContext, existing: Resource) => readonly string[];
  /** Effects once the resource is gone (`context.resource` is what it was). */
  readonly completed?: (context: CompletionContext) => void;
  /** True where a resource group's deletion passes over `check`. Default false: what is in use goes after its users. */
  readonly uncheckedWithGroup?: boolean;
}

export interface ActionDefinition {
  /** The Azure RBAC action required, without the type. Default `{key}/action` for POST and `{key}/read` for GET. */
  readonly action?: string;
  readonly longRunning?: LongRunning;
  readonly seconds?: Seconds;
  /** The final answer. Runs when the call is accepted; a long-running one shows it when it ends. */
  readonly invoke: (context: ActionContext, body: unknown) => ActionResult;
  /** Effects on resources, once the call is accepted. */
  readonly completed?: (context: CompletionContext, body: unknown) => void;
}

export interface ActionResult {
  /** Default 200. */
  readonly status?: number;
  readonly body?: unknown;
}

/**
 * A call that is no operation of a resource: `GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/serviceTags`.
 * `path` is matched segment by segment without regard to case; `{x}` takes one segment.
 */
export interface ProviderOperation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD";
  readonly path: string;
  readonly apiVersions: readonly string[];
  /** The Azure RBAC action required on the path's scope (subscription, resource group or `/`). */
  readonly action: string;
  readonly invoke: (context: ProviderOperationContext, body: unknown) => ActionResult;
}

export interface ProviderOperationContext extends Omit<ActionContext, "resource" | "id"> {
  /** The values of the `{x}` segments, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The scope that was authorized. */
  readonly scope: ResourceId;
}
