/** Says that a text is no ARM resource id, or that a segment cannot stand in one. */
export class MalformedResourceIdError extends Error {
  override readonly name = "MalformedResourceIdError";
}

/** The parts of an ARM resource id. Source: Azure Resource Manager, "resourceId template function" and "extension resources". */
export interface ResourceId {
  /** The id as given, without a doubled or trailing slash. */
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  /** `Microsoft.Network/virtualNetworks/subnets`; of a resource group `Microsoft.Resources/resourceGroups`. */
  readonly type: string;
  /** One name for each segment of the type after the namespace. */
  readonly names: readonly string[];
  /** Last of the names. */
  readonly name: string;
  /** The resource, resource group, subscription or other scope that holds it; "" for the tenant. */
  readonly parentId: string;
}

// What would change the path on its way to ARM: separators, query, fragment, escapes and control characters.
const forbiddenInSegment = /[/\\?#%\p{Cc}\p{Cs}]/u;
// Longer than any chain of names that ARM takes, and short enough that a hostile text costs nothing.
const longestId = 2048;

/** `/subscriptions/{subscriptionId}`. Throws MalformedResourceIdError. */
export function subscriptionScope(subscriptionId: string): string {
  return `/subscriptions/${segment(subscriptionId)}`;
}

/** `/subscriptions/{subscriptionId}/resourceGroups/{name}`. Throws MalformedResourceIdError. */
export function resourceGroupId(subscriptionId: string, name: string): string {
  return `${subscriptionScope(subscriptionId)}/resourceGroups/${segment(name)}`;
}

/**
 * Id of a resource below a scope (a resource group, a subscription, "" for the tenant, or for extension resources
 * any resource): `resourceId(group, "Microsoft.Network/virtualNetworks/subnets", "vnet-a", "snet-b")`. There is one
 * name for each type segment after the namespace. Throws MalformedResourceIdError.
 */
export function resourceId(scope: string, type: string, ...names: readonly string[]): string {
  const [namespace = "", ...types] = type.split("/");
  if (types.length === 0 || types.length !== names.length) {
    throw new MalformedResourceIdError(`${type} needs ${types.length} names, not ${names.length}`);
  }
  const tail = types.map((name, index) => `/${segment(name)}/${segment(names[index] ?? "")}`).join("");
  return `${checkedScope(scope)}/providers/${segment(namespace)}${tail}`;
}

/** Id of a child: `childResourceId(nsg, "securityRules", "DenyAllInbound")`. Throws MalformedResourceIdError. */
export function childResourceId(parentId: string, childType: string, name: string): string {
  return `${parseResourceId(parentId).id}/${segment(childType)}/${segment(name)}`;
}

/** Whether two ids name the same resource: ARM compares them without regard to case. */
export function sameResourceId(a: string, b: string): boolean {
  return resourceIdKey(a) === resourceIdKey(b);
}

/** Form of an id for use as a key of maps and sets: lower case, no doubled leading or trailing slash. */
export function resourceIdKey(id: string): string {
  return trimmed(id).toLowerCase();
}

/** Whether the text is the id of a resource or resource group, of the given type where one is given. */
export function isResourceId(text: string, type?: string): boolean {
  const parsed = tryParseResourceId(text);
  return parsed !== null && (type === undefined || parsed.type.toLowerCase() === type.toLowerCase());
}

/** Takes an id of a resource or resource group apart. Throws MalformedResourceIdError. */
export function parseResourceId(id: string): ResourceId {
  const parsed = tryParseResourceId(id);
  if (parsed === null) throw new MalformedResourceIdError(`not a resource id: ${JSON.stringify(id.slice(0, 200))}`);
  return parsed;
}

/** As parseResourceId, but null where the text is no id. */
export function tryParseResourceId(id: string): ResourceId | null {
  const path = trimmed(id);
  if (!path.startsWith("/") || path.length > longestId) return null;
  const segments = path.slice(1).split("/");
  if (!segments.every(isSegment)) return null;
  const subscriptionId = valueAfter(segments, 0, "subscriptions");
  const resourceGroup = subscriptionId === null ? null : valueAfter(segments, 2, "resourcegroups");
  const owner = { id: path, subscriptionId, resourceGroup };
  if (resourceGroup !== null && segments.length === 4) {
    const names = [resourceGroup];
    const parentId = `/${segments.slice(0, 2).join("/")}`;
    return { ...owner, type: "Microsoft.Resources/resourceGroups", names, name: resourceGroup, parentId };
  }
  const provider = segments.findLastIndex((part, index) => index % 2 === 0 && part.toLowerCase() === "providers");
  if (provider === -1) return null;
  // A type and its name come in pairs behind the namespace, so the whole has an even number of segments.
  const [namespace, ...pairs] = segments.slice(provider + 1);
  if (namespace === undefined || pairs.length === 0 || pairs.length % 2 === 1) return null;
  if (!isScope(segments.slice(0, provider))) return null;
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  const parentLength = pairs.length === 2 ? provider : segments.length - 2;
  const parentId = parentLength === 0 ? "" : `/${segments.slice(0, parentLength).join("/")}`;
  return { ...owner, type: [namespace, ...types].join("/"), names, name: names.at(-1) ?? "", parentId };
}

/** Last name in the id. Throws MalformedResourceIdError. */
export function resourceName(id: string): string {
  return parseResourceId(id).name;
}

/** Whether the segments before `/providers/` are the tenant, a subscription, a resource group, or a resource. */
function isScope(segments: readonly string[]): boolean {
  if (segments.length === 0) return true;
  const path = `/${segments.join("/")}`;
  return (
    (segments.length === 2 && valueAfter(segments, 0, "subscriptions") !== null) || tryParseResourceId(path) !== null
  );
}

function checkedScope(scope: string): string {
  const path = trimmed(scope);
  const segments = path.split("/").slice(1);
  if (path !== "" && !(path.startsWith("/") && segments.every(isSegment) && isScope(segments))) {
    throw new MalformedResourceIdError(`not a scope: ${JSON.stringify(scope.slice(0, 200))}`);
  }
  return path;
}

function segment(text: string): string {
  if (!isSegment(text)) {
    throw new MalformedResourceIdError(`cannot stand in a resource id: ${JSON.stringify(text.slice(0, 200))}`);
  }
  return text;
}

function isSegment(text: string): boolean {
  return text !== "" && text.length <= 260 && text !== "." && text !== ".." && !forbiddenInSegment.test(text);
}

function valueAfter(segments: readonly string[], index: number, word: string): string | null {
  return segments[index]?.toLowerCase() === word ? (segments[index + 1] ?? null) : null;
}

// Some Azure clients write `//subscriptions/…` (a scope with its slash behind another slash).
function trimmed(id: string): string {
  return id.replace(/^\/{2,}/, "/").replace(/\/$/, "");
}
