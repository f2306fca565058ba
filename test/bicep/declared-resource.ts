/** Scopes at which a Bicep file deploys. */
export type TargetScope = "tenant" | "managementGroup" | "subscription" | "resourceGroup";

/** What the path of a resource says of it. */
export interface DeclaredResource {
  readonly targetScope: TargetScope;
  readonly type: string;
  /** `{parent}/{child}` for a child. */
  readonly name: string;
}

/**
 * The declaration that a PUT to `path` amounts to. What extends a resource is declared at the scope that holds that
 * resource: its type and body are the same.
 * @throws RangeError for a path of no resource.
 */
export function declaredResource(path: string): DeclaredResource {
  const [scope = "", ...extensions] = path.split(/\/providers\//i);
  const managementGroup = /^Microsoft\.Management\/managementGroups\/[^/]+$/i;
  const isBelowManagementGroup = scope === "" && extensions.length > 1 && managementGroup.test(extensions[0] ?? "");
  const last = extensions.at(-1);
  if (last === undefined) {
    const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(path)?.[1];
    if (group === undefined) throw new RangeError(`${path} names no resource`);
    return { targetScope: "subscription", type: "Microsoft.Resources/resourceGroups", name: decodeURIComponent(group) };
  }
  const [provider = "", ...pairs] = last.split("/").map(decodeURIComponent);
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  if (names.length === 0 || names.length !== types.length) throw new RangeError(`${path} names no resource`);
  const targetScope = isBelowManagementGroup ? "managementGroup" : targetScopeOf(scope);
  return { targetScope, type: [provider, ...types].join("/"), name: names.join("/") };
}

function targetScopeOf(scope: string): TargetScope {
  if (scope === "") return "tenant";
  return scope.split("/").length === 3 ? "subscription" : "resourceGroup";
}
