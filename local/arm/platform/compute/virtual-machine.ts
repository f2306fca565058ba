import { randomUUID } from "node:crypto";
import { z } from "zod";
import { invalidResourceReference } from "../../errors/reference-errors.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { Resource, ResourceBody } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { nicInUse, operationNotAllowed, requiredParameterMissing, subnetsNotInSameVnet } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";
import { computeApiVersions, documentPart, place, refuseCompute, withoutSecrets } from "./compute-parts.ts";

const nicReference = z.strictObject({
  id: z.string(),
  properties: z
    .strictObject({ primary: z.boolean().optional(), deleteOption: word(["Delete", "Detach"]).optional() })
    .optional(),
});

const schema = z.strictObject({
  hardwareProfile: z.strictObject({ vmSize: z.string(), vmSizeProperties: documentPart.optional() }).optional(),
  storageProfile: documentPart.optional(),
  osProfile: documentPart.optional(),
  networkProfile: z.strictObject({ networkInterfaces: z.array(nicReference).default([]) }).optional(),
  diagnosticsProfile: documentPart.optional(),
  licenseType: z.string().optional(),
  priority: word(["Regular", "Low", "Spot"]).optional(),
  securityProfile: documentPart.optional(),
});

type VirtualMachineProperties = z.infer<typeof schema>;

/**
 * A virtual machine: its place in the network and its life, not its inside. It runs from its creation on; starting,
 * stopping and resizing are not modelled.
 */
export const virtualMachine: ResourceType = {
  type: "Microsoft.Compute/virtualMachines",
  scope: "resourceGroup",
  apiVersions: computeApiVersions,
  location: "required",
  tags: true,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutVirtualMachineOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 30, update: 10 },
    prepare,
    completed: attachInterfaces,
  },
  patch: "tags",
  remove: { longRunning: "location", seconds: 30, completed: releaseInterfaces },
  deletionOrder: 5,
  queries: { instanceView: { invoke: ({ resource }) => ({ body: instanceView(resource) }) } },
  graphProperties: (resource) => ({ extended: { instanceView: extendedView(resource) } }),
};

/** Resource Graph shows power state and names of the instance view, and a GET without `$expand` does not. */
function extendedView(resource: Resource): JsonObject {
  const { computerName, statuses } = instanceView(resource);
  const power = statuses.find(({ code }) => code.startsWith("PowerState/"));
  return { computerName, ...(power === undefined ? {} : { powerState: power }) };
}

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const given = parseShape("VirtualMachineProperties", body.properties, schema, {
    readOnly: ["instanceView", "provisioningState", "timeCreated", "vmId"],
    unmodelled: [
      "additionalCapabilities",
      "availabilitySet",
      "billingProfile",
      "capacityReservation",
      "evictionPolicy",
      "extensionsTimeBudget",
      "host",
      "hostGroup",
      "proximityPlacementGroup",
      "scheduledEventsProfile",
      "userData",
      "virtualMachineScaleSet",
    ],
    refuse: refuseCompute,
  });
  for (const part of ["hardwareProfile", "storageProfile", "networkProfile"] as const) {
    if (given[part] === undefined) throw requiredParameterMissing(part);
  }
  checkInterfaces(context, body, given);
  const before = context.existing?.body.properties;
  return {
    ...place(body),
    properties: {
      ...given,
      ...(given.osProfile === undefined ? {} : { osProfile: withoutSecrets(given.osProfile) }),
      vmId: before?.vmId ?? randomUUID(),
      timeCreated: before?.timeCreated ?? context.world.now.toISOString(),
    },
  };
}

function checkInterfaces(context: WriteContext, body: ResourceBody, given: VirtualMachineProperties): void {
  const references = given.networkProfile?.networkInterfaces ?? [];
  if (references.length === 0) throw requiredParameterMissing("networkProfile.networkInterfaces");
  const primaries = references.filter((one) => one.properties?.primary === true);
  if (references.length > 1 && primaries.length !== 1) {
    throw refuseCompute("networkProfile", "Exactly one network interface of a virtual machine must be primary.");
  }
  const nics = references.map(({ id }) =>
    context.reference(id, { type: "Microsoft.Network/networkInterfaces", joinAction: "join" }),
  );
  for (const nic of nics) {
    if (nic.body.location !== body.location) throw invalidResourceReference(nic.id, context.id.id);
    const holder = context.world
      .referencesTo(nic.id, "Microsoft.Compute/virtualMachines")
      .find((other) => !sameId(other.id, context.id.id));
    if (holder !== undefined) throw nicInUse(nic.id, holder.id);
  }
  const [first, ...others] = nics.map(subnetOf);
  for (const other of others) {
    if (first !== undefined && !sameId(vnetOf(first), vnetOf(other))) throw subnetsNotInSameVnet(first, other);
  }
  refuseOtherInterfaces(context, nics);
}

/** The first network interfaces stay those of the running machine: Azure changes them on a deallocated one only. */
function refuseOtherInterfaces(context: WriteContext, nics: readonly Resource[]): void {
  if (context.existing === undefined) return;
  const before = interfacesOf(context.existing.body.properties);
  const same = before.length === nics.length && nics.every((nic) => before.some(({ id }) => sameId(id, nic.id)));
  if (same) return;
  throw operationNotAllowed("Network interfaces cannot be added to or removed from a running virtual machine.");
}

/** The machine's network interfaces name it from now on. */
function attachInterfaces(context: CompletionContext): void {
  const virtualMachine = { id: context.resource.id };
  for (const { id } of interfacesOf(context.resource.body.properties)) {
    context.update(id, (body) => ({ ...body, properties: { ...body.properties, virtualMachine } }));
  }
}

function releaseInterfaces(context: CompletionContext): void {
  for (const { id, properties } of interfacesOf(context.resource.body.properties)) {
    if (properties?.deleteOption === "Delete") context.remove(id);
    else context.update(id, withoutMachine);
  }
}

function withoutMachine(body: ResourceBody): ResourceBody {
  const { virtualMachine: _virtualMachine, ...properties } = body.properties;
  return { ...body, properties };
}

function instanceView(resource: Resource) {
  const ready = resource.provisioningState === "Succeeded";
  return {
    computerName: resource.name,
    statuses: [
      ready
        ? { code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Provisioning succeeded" }
        : { code: "ProvisioningState/updating", level: "Info", displayStatus: "Updating" },
      ...(ready ? [{ code: "PowerState/running", level: "Info", displayStatus: "VM running" }] : []),
    ],
  };
}

function interfacesOf({ networkProfile }: JsonObject): z.infer<typeof nicReference>[] {
  return schema.shape.networkProfile.parse(networkProfile)?.networkInterfaces ?? [];
}

function subnetOf(nic: Resource): string {
  const [first] = Array.isArray(nic.body.properties.ipConfigurations) ? nic.body.properties.ipConfigurations : [];
  const properties = isJsonObject(first) && isJsonObject(first.properties) ? first.properties : {};
  return isJsonObject(properties.subnet) ? String(properties.subnet.id) : "";
}

function vnetOf(subnetId: string): string {
  return subnetId.split("/").slice(0, -2).join("/");
}
