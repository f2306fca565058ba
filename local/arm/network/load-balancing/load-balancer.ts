import { invalidResourceReference } from "../../errors/reference-errors.ts";
import type { ResourceBody } from "../../resource.ts";
import { idKey } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { interfacesNaming, networkTypes } from "../back-references.ts";
import { objectOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";
import { type Part, readFrontends, readProbes, readRules } from "./read-load-balancer.ts";

const MEMBERS = {
  modelled: ["frontendIPConfigurations", "backendAddressPools", "loadBalancingRules", "probes"],
  unmodelled: ["inboundNatRules", "inboundNatPools", "outboundRules", "scope", "mode"],
};

/** Standard load balancers with one address per frontend. */
export const loadBalancer: ResourceType = {
  ...topLevelType,
  type: networkTypes.loadBalancer,
  deletionOrder: 20,
  put: {
    operationName: "PutLoadBalancerOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 5, update: 5 },
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      const tier = objectOf(body.sku, "sku");
      const sku = {
        name: wordOf(tier.name, "sku.name", ["Basic", "Standard"], "Basic"),
        tier: wordOf(tier.tier, "sku.tier", ["Regional"], "Regional"),
      };
      if (sku.name === "Basic") throw notModelled("Basic load balancers, which Azure retired on 30 September 2025");
      return storedBody(
        { ...body, sku },
        {
          resourceGuid: resourceGuidOf(context.existing),
          frontendIPConfigurations: readFrontends(context, given.frontendIPConfigurations),
          loadBalancingRules: readRules(context, given.loadBalancingRules),
          probes: readProbes(context, given.probes),
          inboundNatRules: [],
          inboundNatPools: [],
          outboundRules: [],
        },
        ["sku"],
      );
    },
    checkWhole: (context, merged) => {
      requireReferencedParts(context, merged);
      requireDistinctRules(context, merged);
      requireReferencesNearby(context, merged);
    },
  },
  remove: { longRunning: "location", seconds: 5, check: requireEmptyPools },
  view: (document) => {
    const { loadBalancingRules, frontendIPConfigurations, probes } = document.properties as Record<string, Part[]>;
    const withRules = (parts: Part[] | undefined, member: string) =>
      (parts ?? []).map((part) => {
        const rules = (loadBalancingRules ?? []).filter(({ properties }) => isReference(properties[member], part.id));
        if (rules.length === 0) return part;
        return { ...part, properties: { ...part.properties, loadBalancingRules: rules.map(({ id }) => ({ id })) } };
      });
    return {
      ...document,
      properties: {
        ...document.properties,
        frontendIPConfigurations: withRules(frontendIPConfigurations, "frontendIPConfiguration"),
        probes: withRules(probes, "probe"),
      },
    };
  },
};

function isReference(value: unknown, id: string): boolean {
  const target = (value as { id?: unknown } | undefined)?.id;
  return typeof target === "string" && idKey(target) === idKey(id);
}

/** @throws ArmError `InvalidResourceReference` where a rule names a frontend, pool or probe that the body lacks */
function requireReferencedParts(context: WriteContext, merged: ResourceBody): void {
  const named = {
    frontendIPConfiguration: "frontendIPConfigurations",
    backendAddressPool: "backendAddressPools",
    probe: "probes",
  };
  for (const rule of merged.properties.loadBalancingRules as Part[]) {
    for (const [member, collection] of Object.entries(named)) {
      const reference = rule.properties[member];
      if (reference === undefined) continue;
      const parts = (merged.properties[collection] ?? []) as { name: string }[];
      if (parts.some((part) => isReference(reference, `${context.id.id}/${collection}/${part.name}`))) continue;
      throw invalidResourceReference((reference as { id: string }).id, rule.id);
    }
  }
}

function requireDistinctRules(context: WriteContext, merged: ResourceBody): void {
  const seen = new Map<string, string>();
  for (const { name, properties } of merged.properties.loadBalancingRules as Part[]) {
    const frontend = idKey((properties.frontendIPConfiguration as { id: string }).id);
    const key = `${frontend} ${properties.protocol} ${properties.frontendPort}`;
    const other = seen.get(key);
    if (other !== undefined) {
      throw badRequest(
        "RulesUseSameFrontendPortProtocolAndIPConfig",
        `Load balancing rules ${other} and ${name} of ${context.id.id} belong to the same load balancer and use the same frontend protocol (${properties.protocol}) and port (${properties.frontendPort}) with the same frontend IP configuration.`,
      );
    }
    seen.set(key, name);
  }
}

function requireEmptyPools(context: WriteContext, existing: { id: string }): void {
  for (const pool of context.world.list(networkTypes.backendAddressPool, existing.id)) {
    const [user] = interfacesNaming(context.world, pool.id);
    if (user) {
      throw badRequest(
        "LoadBalancerInUse",
        `Load balancer ${existing.id} cannot be deleted because its backend address pool ${pool.id} is in use by ${user.id}.`,
      );
    }
  }
}
