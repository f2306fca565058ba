import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { defined } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { storedBody } from "../stored-body.ts";
import { secretIdsOf } from "./gateway-certificates.ts";
import { keyVaultSecretException, notModelled } from "./gateway-errors.ts";
import { principalsOf, readIdentity, shownIdentity } from "./gateway-identity.ts";
import { partsOf } from "./gateway-part.ts";
import { configurationsInPool, requireEmptyPools } from "./gateway-pool-members.ts";
import { subnetIdOf } from "./gateway-subnet.ts";
import { gatewayTypes } from "./gateway-type-names.ts";
import { readZones } from "./gateway-zones.ts";
import { secretRefusal } from "./key-vault-secret.ts";
import { withShownReferences } from "./part-references.ts";
import { readGateway } from "./read-gateway.ts";
import { defaultSslPolicy } from "./ssl-policy.ts";

/** Application Gateways of the v2 tiers with a public frontend. */
export const applicationGateway: ResourceType = {
  ...topLevelType,
  type: gatewayTypes.applicationGateway,
  deletionOrder: 20,
  put: {
    operationName: "PutApplicationGatewayOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 336, update: 60 },
    whenBusy: "supersede",
    prepare,
    completed,
  },
  remove: {
    longRunning: "location",
    seconds: 120,
    check: ({ world }, existing) => requireEmptyPools(world, existing.body.properties, undefined),
  },
  actions: {
    start: { invoke: () => refuse("starting Application Gateways") },
    stop: { invoke: () => refuse("stopping Application Gateways") },
    backendhealth: { invoke: () => refuse("the health of backends") },
    getBackendHealthOnDemand: { invoke: () => refuse("the health of backends") },
  },
  view: (document, resource, world) => {
    const properties = withShownReferences(document.properties);
    const pools = partsOf(properties, "backendAddressPools").map((pool) => {
      const members = configurationsInPool(world, pool.id);
      if (members.length === 0) return pool;
      return { ...pool, properties: { ...pool.properties, backendIPConfigurations: members } };
    });
    const identity = shownIdentity(world, resource.body.identity);
    return {
      ...document,
      ...(identity === undefined ? {} : { identity }),
      properties: { ...properties, backendAddressPools: pools, defaultPredefinedSslPolicy: defaultSslPolicy },
    };
  },
};

function refuse(what: string): never {
  throw notModelled(what);
}

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const identity = readIdentity(context, body.identity);
  const zones = readZones(context, body.zones);
  const properties = readGateway(context, body, identity);
  const { identity: _identity, zones: _zones, ...rest } = body;
  const stored = storedBody({ ...rest, ...defined({ identity, zones }), properties }, properties, [
    "identity",
    "zones",
  ]);
  requireReferencesNearby(context, stored);
  if (context.existing !== undefined) requireEmptyPools(context.world, context.existing.body.properties, properties);
  return stored;
}

/** The gateway's instances start, and read their certificates from the vault with its identity. */
function completed(context: CompletionContext): void {
  const { resource, world } = context;
  const { identity, properties } = resource.body;
  const reader = {
    gatewayId: resource.id,
    principals: principalsOf(world, identity),
    subnetId: subnetIdOf(properties),
  };
  const refusals = secretIdsOf(properties).flatMap((secretId) => secretRefusal(world, secretId, reader) ?? []);
  if (refusals.length > 0) throw keyVaultSecretException(resource.id, refusals);
  context.update(resource.id, (body) => ({
    ...body,
    properties: { ...body.properties, operationalState: "Running" },
  }));
}
