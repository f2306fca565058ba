import type { Resource } from "../resource.ts";
import { idKey } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";
import { isInline } from "../type-registry.ts";
import { ResourceRow, resourceColumns } from "./resource-row.ts";
import type { Table, TableContext } from "./table.ts";

/**
 * `resources`: what stands in a resource group and has a location. Parts of others (security rules, subnets, peerings)
 * are in their rows.
 */
export const resourcesTable: Table = (context) => {
  const { engine } = context;
  const shown = engine.types.all().filter(isTracked);
  const rows = shown.flatMap((type) => visibleOf(context, type));
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { columns: resourceColumns, rows: rows.map(({ resource }) => new ResourceRow(engine, resource)) };
};

function isTracked(type: ResourceType): boolean {
  const { scope, location } = type;
  return scope === "resourceGroup" && location !== undefined && location !== "none" && !isInline(type);
}

/** All of a type in the query's subscriptions that the caller may read, as Resource Graph sees them now. */
export function visibleOf(
  { engine, visible, subscriptions }: TableContext,
  { type }: Pick<ResourceType, "type">,
): readonly { readonly key: string; readonly resource: Resource }[] {
  const behind = engine.resourceGraph.history.seen();
  const current = engine.resources.list(type).filter(({ id }) => !behind.has(idKey(id)));
  const former = [...behind.values()].filter((resource) => resource?.type === type);
  return [...current, ...former].flatMap((resource) => {
    if (resource === undefined || !subscriptions.has(subscriptionOf(resource.id))) return [];
    return visible.mayRead(resource.id, type) ? [{ key: idKey(resource.id), resource }] : [];
  });
}

function subscriptionOf(id: string): string {
  return (id.split("/", 3)[2] ?? "").toLowerCase();
}
