import { z } from "zod";
import { resourceNotFound } from "../../errors/not-found-errors.ts";
import { invalidParameter } from "../../errors/request-errors.ts";
import type { JsonObject } from "../../json.ts";
import type { ProviderOperation, ResourceType } from "../../resource-type.ts";
import type { World } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const type = "Microsoft.Security/pricings";
const apiVersions = ["2022-03-01", "2023-01-01", "2024-01-01"];
const path = `/subscriptions/{subscriptionId}/providers/${type}`;

/** The plans of Microsoft Defender for Cloud, with their sub-plans; the first is taken where none is named. */
const plans: ReadonlyMap<string, readonly string[]> = new Map([
  ["VirtualMachines", ["P2", "P1"]],
  ["SqlServers", []],
  ["AppServices", []],
  ["StorageAccounts", ["DefenderForStorageV2", "PerStorageAccount", "PerTransaction"]],
  ["SqlServerVirtualMachines", []],
  ["KubernetesService", []],
  ["ContainerRegistry", []],
  ["KeyVaults", ["PerKeyVault", "PerTransaction"]],
  ["Dns", []],
  ["Arm", ["PerSubscription", "PerApiCall"]],
  ["OpenSourceRelationalDatabases", []],
  ["CosmosDbs", []],
  ["Containers", []],
  ["CloudPosture", []],
  ["Api", ["P1", "P2", "P3", "P4", "P5"]],
  ["AI", []],
]);

/** Plans that others have replaced. */
const deprecated: ReadonlyMap<string, readonly string[]> = new Map([
  ["KubernetesService", ["Containers"]],
  ["ContainerRegistry", ["Containers"]],
  ["Dns", ["VirtualMachines"]],
]);

const schema = z.strictObject({ pricingTier: word(["Free", "Standard"]), subPlan: z.string().optional() });

/** A Defender plan of a subscription. Every plan stands from the beginning, as Free; writing it switches it. */
export const pricing: ResourceType = {
  type,
  scope: "subscription",
  apiVersions,
  provisioningState: false,
  names: [...plans.keys()],
  put: {
    operationName: "PutPricingOperation",
    status: { create: 200, update: 200 },
    prepare: ({ id, world, existing }, body) => {
      envelope("Defender plans", body);
      const given = parseShape("PricingProperties", body.properties, schema, {
        readOnly: ["deprecated", "enablementTime", "freeTrialRemainingTime", "replacedBy"],
        unmodelled: ["enforce", "extensions"],
        refuse: (property, message) => invalidParameter(`The property ${property} is invalid. ${message}`),
      });
      const [, subPlans = []] = planOf(id.name) ?? [];
      const subPlan = chosenSubPlan(id.name, subPlans, given);
      const switchedOn = given.pricingTier === "Standard" && existing?.body.properties.pricingTier !== "Standard";
      const since = switchedOn ? world.now.toISOString() : existing?.body.properties.enablementTime;
      return {
        properties: {
          pricingTier: given.pricingTier,
          ...(subPlan === undefined ? {} : { subPlan }),
          ...(given.pricingTier === "Free" || since === undefined ? {} : { enablementTime: since }),
        },
      };
    },
  },
  view: (document) => ({
    ...document,
    properties: { ...document.properties, ...standingProperties(document.name) },
  }),
};

/** The reads of the plans: they answer also for those that were never written. */
export const pricingReads: readonly ProviderOperation[] = [
  {
    method: "GET",
    path,
    apiVersions,
    action: `${type}/read`,
    invoke: ({ scope, world }) => ({
      body: { value: [...plans.keys()].map((name) => documentOf(world, scope.id, name)) },
    }),
  },
  {
    method: "GET",
    path: `${path}/{pricingName}`,
    apiVersions,
    action: `${type}/read`,
    invoke: ({ scope, world, parameters: { pricingName = "" } }) => {
      const [name] = planOf(pricingName) ?? [];
      if (name === undefined) throw resourceNotFound(type, pricingName, undefined);
      return { body: documentOf(world, scope.id, name) };
    },
  },
];

function planOf(name: string): readonly [string, readonly string[]] | undefined {
  return [...plans].find(([plan]) => plan.toLowerCase() === name.toLowerCase());
}

function chosenSubPlan(
  name: string,
  subPlans: readonly string[],
  { pricingTier, subPlan }: z.infer<typeof schema>,
): string | undefined {
  if (pricingTier === "Free") return undefined;
  if (subPlan === undefined) return subPlans[0];
  const found = subPlans.find((each) => each.toLowerCase() === subPlan.toLowerCase());
  if (found === undefined) throw invalidParameter(`The sub-plan '${subPlan}' is not one of the plan '${name}'.`);
  return found;
}

function documentOf(world: World, subscription: string, name: string): JsonObject {
  const id = `${subscription}/providers/${type}/${name}`;
  const properties = world.get(id)?.body.properties ?? { pricingTier: "Free" };
  return { id, name, type, properties: { ...properties, ...standingProperties(name) } };
}

function standingProperties(name: string): JsonObject {
  const [plan = name] = planOf(name) ?? [];
  const replacedBy = deprecated.get(plan);
  return { freeTrialRemainingTime: "PT0S", ...(replacedBy === undefined ? {} : { deprecated: true, replacedBy }) };
}
