import { randomUUID } from "node:crypto";
import { z } from "zod";
import { notModelled } from "../../errors/request-errors.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { requiredParameterMissing } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";
import { computeApiVersions, documentPart, place, refuseCompute, withoutSecrets } from "./compute-parts.ts";
import {
  matchCapacity,
  removeInstance,
  scaleSetNetworkInterface,
  scaleSetVirtualMachine,
} from "./scale-set-instance.ts";
import { checkNetworkReferences, scaleSetNetworkProfile } from "./scale-set-network.ts";

const schema = z.strictObject({
  orchestrationMode: word(["Uniform", "Flexible"]).optional(),
  overprovision: z.boolean().optional(),
  platformFaultDomainCount: z.int().optional(),
  singlePlacementGroup: z.boolean().optional(),
  upgradePolicy: z.strictObject({ mode: word(["Automatic", "Manual", "Rolling"]) }).optional(),
  virtualMachineProfile: z
    .strictObject({
      diagnosticsProfile: documentPart.optional(),
      licenseType: z.string().optional(),
      networkProfile: scaleSetNetworkProfile.optional(),
      osProfile: documentPart.optional(),
      securityProfile: documentPart.optional(),
      storageProfile: documentPart.optional(),
    })
    .optional(),
});

const sku = z.strictObject({ name: z.string(), tier: z.string().optional(), capacity: z.int().min(0).max(1000) });

/** A scale set with uniform orchestration, its machines and their network interfaces. */
export const virtualMachineScaleSet: ResourceType = {
  type: "Microsoft.Compute/virtualMachineScaleSets",
  scope: "resourceGroup",
  apiVersions: computeApiVersions,
  location: "required",
  tags: true,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutVirtualMachineScaleSetOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 30, update: 30 },
    prepare,
    completed,
  },
  remove: { longRunning: "location", seconds: 30, completed: removeInstances },
  patch: "tags",
  deletionOrder: 5,
  queries: {
    networkInterfaces: {
      invoke: ({ resource, world }) => {
        const nics = world.below(resource.id).filter(({ type }) => type === scaleSetNetworkInterface.type);
        const value = nics.map(({ id, name, body, provisioningState }) => ({
          id,
          name,
          properties: { provisioningState, ...body.properties },
        }));
        return { body: { value } };
      },
    },
  },
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const given = parseShape("VirtualMachineScaleSetProperties", body.properties, schema, {
    readOnly: ["provisioningState", "timeCreated", "uniqueId"],
    unmodelled: [
      "additionalCapabilities",
      "automaticRepairsPolicy",
      "doNotRunExtensionsOnOverprovisionedVMs",
      "hostGroup",
      "proximityPlacementGroup",
      "scaleInPolicy",
      "spotRestorePolicy",
      "zoneBalance",
    ],
    refuse: refuseCompute,
  });
  if (body.sku === undefined) throw requiredParameterMissing("sku");
  const size = parseShape("Sku", body.sku, sku, { refuse: refuseCompute });
  const profile = given.virtualMachineProfile;
  if (given.orchestrationMode === "Flexible") throw notModelled("scale sets with flexible orchestration");
  if (given.upgradePolicy === undefined) throw requiredParameterMissing("upgradePolicy");
  if (given.upgradePolicy.mode === "Rolling") throw notModelled("rolling upgrades of scale sets");
  if (profile?.networkProfile === undefined) throw requiredParameterMissing("virtualMachineProfile.networkProfile");
  checkNetworkReferences(context, profile.networkProfile);
  const before = context.existing?.body.properties;
  const osProfile = profile.osProfile === undefined ? {} : { osProfile: withoutSecrets(profile.osProfile) };
  return {
    ...place(body, ["sku"]),
    sku: { tier: "Standard", ...size },
    properties: {
      singlePlacementGroup: true,
      overprovision: true,
      ...given,
      orchestrationMode: "Uniform",
      virtualMachineProfile: { ...profile, ...osProfile },
      uniqueId: before?.uniqueId ?? randomUUID(),
      timeCreated: before?.timeCreated ?? context.world.now.toISOString(),
    },
  };
}

function completed(context: CompletionContext): void {
  const { sku: size, properties } = context.resource.body;
  const { mode } = z.object({ mode: z.enum(["Automatic", "Manual"]) }).parse(properties.upgradePolicy);
  matchCapacity(context, sku.parse(size).capacity, mode);
}

function removeInstances(context: CompletionContext): void {
  const below = context.world.below(context.resource.id);
  for (const instance of below.filter(({ type }) => type === scaleSetVirtualMachine.type))
    removeInstance(context, instance);
}
