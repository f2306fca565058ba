import { linkedInvalidPropertyId, referencedResourceNotProvisioned } from "../../errors/reference-errors.ts";
import type { JsonObject } from "../../json.ts";
import { idKey, parseResourceId } from "../../resource-id.ts";
import type { World, WriteContext } from "../../world.ts";
import { interfacesNaming } from "../back-references.ts";
import { badRequest, invalidResourceReference } from "./gateway-errors.ts";
import { partsOf } from "./gateway-part.ts";
import { gatewayTypes } from "./gateway-type-names.ts";

const poolType = `${gatewayTypes.applicationGateway}/backendAddressPools`;

/**
 * Follows the reference of a network interface to a gateway's backend pool, as `WriteContext.reference` does for
 * resources: a pool is none of its own.
 * @returns the pool's ID in Azure's casing
 */
export function joinGatewayPool(context: WriteContext, poolId: string): string {
  const parsed = parseResourceId(poolId);
  if (parsed?.kind !== "resource") throw linkedInvalidPropertyId(poolId);
  const missing = invalidResourceReference(poolId, context.id.id);
  if (parsed.type.toLowerCase() !== poolType.toLowerCase()) throw missing;
  context.requireAction(parsed.id, `${poolType}/join/action`);
  const gateway = context.world.get(parsed.parentId ?? "");
  const pool =
    gateway && partsOf(gateway.body.properties, "backendAddressPools").find(({ id }) => idKey(id) === idKey(poolId));
  if (gateway === undefined || pool === undefined) throw missing;
  if (gateway.provisioningState !== "Succeeded") {
    const { id, provisioningState, lastOperation } = gateway;
    throw referencedResourceNotProvisioned(id, context.id.id, provisioningState, lastOperation);
  }
  return pool.id;
}

/**
 * A network interface joins pools of gateways in its own region and subscription only.
 * @param location the interface's region
 */
export function requireGatewayNearby(context: WriteContext, poolId: string, location: string | undefined): void {
  const pool = parseResourceId(poolId);
  const region = context.world.get(pool?.parentId ?? "")?.body.location;
  if (pool?.subscriptionId === context.id.subscriptionId && region === location) return;
  throw invalidResourceReference(poolId, context.id.id);
}

/** The IP configurations of network interfaces that joined a gateway's backend pool. */
export function configurationsInPool(world: World, poolId: string): { id: string }[] {
  type Configuration = { readonly id: string; readonly properties: JsonObject };
  return interfacesNaming(world, poolId)
    .flatMap(({ body }) => (body.properties.ipConfigurations ?? []) as Configuration[])
    .filter(({ properties }) =>
      ((properties.applicationGatewayBackendAddressPools ?? []) as { id: string }[]).some(
        ({ id }) => idKey(id) === idKey(poolId),
      ),
    )
    .map(({ id }) => ({ id }));
}

/**
 * Refuses to take away pools that network interfaces joined.
 * @param before the gateway's stored properties
 * @param after those to be stored; `undefined` when the gateway goes
 */
export function requireEmptyPools(world: World, before: JsonObject, after: JsonObject | undefined): void {
  const kept = new Set(after === undefined ? [] : partsOf(after, "backendAddressPools").map(({ id }) => idKey(id)));
  for (const { id } of partsOf(before, "backendAddressPools")) {
    const [user] = kept.has(idKey(id)) ? [] : configurationsInPool(world, id);
    if (user === undefined) continue;
    throw badRequest(
      "ApplicationGatewayBackendAddressPoolInUse",
      `Backend address pool ${id} cannot be deleted because it is in use by ${user.id}.`,
    );
  }
}
