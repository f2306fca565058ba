import type { JsonObject } from "../../json.ts";
import { idKey } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World } from "../../world.ts";
import { interfacesNaming, networkTypes } from "../back-references.ts";
import { defined } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";

const MEMBERS = {
  modelled: [],
  readOnly: ["backendIPConfigurations", "loadBalancingRules", "outboundRule", "outboundRules", "inboundNatRules"],
  unmodelled: [
    "location",
    "tunnelInterfaces",
    "loadBalancerBackendAddresses",
    "drainPeriodInSeconds",
    "virtualNetwork",
    "syncMode",
  ],
};

/** Backend pools that network interfaces join, written with their load balancer or by their own URL. */
export const backendAddressPool: ResourceType = {
  ...childType,
  type: networkTypes.backendAddressPool,
  inline: { property: "backendAddressPools", whenAbsent: "remove" },
  put: {
    operationName: "PutLoadBalancerBackendAddressPoolOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 3, update: 3 },
    prepare: (_context, body) => {
      // Clients read a load balancer and write it back: what Azure computed from its interfaces is passed over.
      const { loadBalancerBackendAddresses: _computed, ...given } = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      return storedBody(body, {});
    },
  },
  remove: {
    longRunning: "location",
    seconds: 3,
    check: (context, existing) => {
      const [user] = configurationsIn(context.world, existing.id);
      if (user) {
        throw badRequest(
          "InUseBackendAddressPoolCannotBeDeleted",
          `Backend address pool ${existing.id} cannot be deleted because it is in use by ${user.id}.`,
        );
      }
    },
  },
  view: (document, resource, world) => {
    const configurations = configurationsIn(world, resource.id);
    const rules = rulesOf(world, resource.id);
    return {
      ...document,
      properties: defined({
        ...document.properties,
        backendIPConfigurations: configurations.length > 0 ? configurations : undefined,
        loadBalancingRules: rules.length > 0 ? rules : undefined,
      }),
    };
  },
};

/** The IP configurations of network interfaces that joined a pool. */
function configurationsIn(world: World, poolId: string): { id: string }[] {
  return interfacesNaming(world, poolId).flatMap((networkInterface) => {
    const configurations = (networkInterface.body.properties.ipConfigurations ?? []) as {
      id: string;
      properties: JsonObject;
    }[];
    return configurations
      .filter(({ properties }) =>
        ((properties.loadBalancerBackendAddressPools ?? []) as { id: string }[]).some(
          ({ id }) => idKey(id) === idKey(poolId),
        ),
      )
      .map(({ id }) => ({ id }));
  });
}

function rulesOf(world: World, poolId: string): { id: string }[] {
  const balancer = world.get(poolId.slice(0, poolId.toLowerCase().lastIndexOf("/backendaddresspools/")));
  const rules = (balancer?.body.properties.loadBalancingRules ?? []) as { id: string; properties: JsonObject }[];
  return rules
    .filter(
      ({ properties }) =>
        idKey((properties.backendAddressPool as { id: string } | undefined)?.id ?? "") === idKey(poolId),
    )
    .map(({ id }) => ({ id }));
}
