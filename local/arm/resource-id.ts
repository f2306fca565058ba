/**
 * A parsed id of Azure Resource Manager: a scope (`/`, a management group, a subscription, a resource group) or a resource.
 * Ids are compared without regard to case.
 */
export interface ResourceId {
  /** The id in canonical form: `/subscriptions/…/resourceGroups/…/providers/…`, no trailing slash; the tenant is `/`. */
  readonly id: string;
  readonly kind: "tenant" | "managementGroup" | "subscription" | "resourceGroup" | "resource";
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  /** `Microsoft.Network`, for resources. */
  readonly namespace?: string;
  /** `Microsoft.Network/virtualNetworks/subnets`, for resources; for scopes Azure's name of the scope's type. */
  readonly type: string;
  /** Last name in the id; empty for the tenant. */
  readonly name: string;
  /** The id of the parent resource, of the extended resource, or of the scope that holds it; undefined for the tenant. */
  readonly parentId: string | undefined;
  /** For extension resources: the id before the last `/providers/`. */
  readonly extendedId?: string;
}

const tenant: ResourceId = {
  id: "/",
  kind: "tenant",
  type: "Microsoft.Resources/tenants",
  name: "",
  parentId: undefined,
};

/** Equality of ids, without regard to case and trailing slashes. */
export function sameId(a: string, b: string): boolean {
  return idKey(a) === idKey(b);
}

/** The form of an id under which it is looked up. */
export function idKey(id: string): string {
  const lower = id.toLowerCase();
  return lower.length > 1 && lower.endsWith("/") ? lower.slice(0, -1) : lower;
}

/** True where `id` is `scopeId` or lies below it. */
export function isWithin(id: string, scopeId: string): boolean {
  const scope = idKey(scopeId);
  const key = idKey(id);
  return scope === "/" || key === scope || key.startsWith(`${scope}/`);
}

/**
 * Parses an id; undefined where it is none (odd number of segments, unknown start). Names keep their casing; the fixed
 * segments get Azure's.
 */
export function parseResourceId(id: string): ResourceId | undefined {
  if (id === "/" || id === "") return tenant;
  if (!id.startsWith("/")) return undefined;
  const segments = id.slice(1).replace(/\/$/, "").split("/");
  if (segments.some((segment) => segment === "")) return undefined;
  const lastProviders = findLastProviders(segments);
  return lastProviders === -1 ? parseScope(segments) : parseProviders(segments, lastProviders);
}

function findLastProviders(segments: readonly string[]): number {
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    if (segments[index]?.toLowerCase() === "providers") return index;
  }
  return -1;
}

function parseScope(segments: readonly string[]): ResourceId | undefined {
  const [first, subscriptionId, third, group] = segments;
  if (first?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return undefined;
  const subscription = `/subscriptions/${subscriptionId}`;
  if (segments.length === 2) {
    const type = "Microsoft.Resources/subscriptions";
    return { id: subscription, kind: "subscription", subscriptionId, type, name: subscriptionId, parentId: "/" };
  }
  if (segments.length !== 4 || third?.toLowerCase() !== "resourcegroups" || group === undefined) return undefined;
  return {
    id: `${subscription}/resourceGroups/${group}`,
    kind: "resourceGroup",
    subscriptionId,
    resourceGroup: group,
    type: "Microsoft.Resources/subscriptions/resourceGroups",
    name: group,
    parentId: subscription,
  };
}

function parseProviders(segments: readonly string[], at: number): ResourceId | undefined {
  const scope = parseResourceId(`/${segments.slice(0, at).join("/")}`);
  const [namespace, ...rest] = segments.slice(at + 1);
  if (scope === undefined || namespace === undefined || rest.length === 0 || rest.length % 2 !== 0) return undefined;
  const types = rest.filter((_, index) => index % 2 === 0);
  const name = rest[rest.length - 1] ?? "";
  const prefix = `${scope.id === "/" ? "" : scope.id}/providers/${namespace}`;
  const id = `${prefix}/${rest.join("/")}`;
  const type = `${namespace}/${types.join("/")}`;
  if (scope.kind === "tenant" && type.toLowerCase() === "microsoft.management/managementgroups") {
    return { id, kind: "managementGroup", type: "Microsoft.Management/managementGroups", name, parentId: "/" };
  }
  const nested = types.length > 1;
  return {
    id,
    kind: "resource",
    ...(scope.subscriptionId === undefined ? {} : { subscriptionId: scope.subscriptionId }),
    ...(scope.resourceGroup === undefined ? {} : { resourceGroup: scope.resourceGroup }),
    namespace,
    type,
    name,
    parentId: nested ? `${prefix}/${rest.slice(0, -2).join("/")}` : scope.id,
    ...(scope.kind === "resource" || !nested ? { extendedId: scope.id } : {}),
  };
}
