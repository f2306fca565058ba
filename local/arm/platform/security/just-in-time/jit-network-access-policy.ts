import { invalidResourceReference } from "../../../errors/reference-errors.ts";
import type { Resource, ResourceBody } from "../../../resource.ts";
import { sameId } from "../../../resource-id.ts";
import type { ResourceType } from "../../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../../world.ts";
import { envelope } from "../../envelope.ts";
import { badRequest } from "../../platform-errors.ts";
import { parseShape } from "../../shape.ts";
import { machineInterfaces } from "../machine-network.ts";
import { hasServersPlan2 } from "../servers-plan.ts";
import { initiated, permitRequest } from "./initiate-access.ts";
import { jitPolicyType } from "./policies-naming.ts";
import { locationOf, policiesIn, policyDocument } from "./policy-document.ts";
import { machinesOf, type PolicyMachine, policyShape } from "./policy-shape.ts";
import { removeRules, writeDenials } from "./write-jit-rules.ts";

/** The api-version that clients send. */
export const jitApiVersions: readonly string[] = ["2020-01-01"];

/**
 * Which ports of which machines open on request only. Defender writes a denial of the ports into the network security
 * groups of the machines, and a permission for each request while it lasts.
 */
export const jitNetworkAccessPolicy: ResourceType = {
  type: jitPolicyType,
  scope: "resourceGroup",
  virtualParent: true,
  apiVersions: jitApiVersions,
  list: { by: ["parent"], select: ({ scope, world }) => policiesIn(world, scope) },
  put: {
    operationName: "PutJitNetworkAccessPolicyOperation",
    status: { create: 200, update: 200 },
    prepare,
    completed: (context) => {
      for (const id of droppedBy(context.resource)) removeRules(context, id);
      for (const machine of machinesOf(context.resource)) writeDenials(context, context.resource.name, machine);
    },
  },
  remove: { completed: withdraw },
  actions: { initiate: { invoke: initiated, completed: permitRequest } },
  view: (_document, resource, world) => policyDocument(resource, world),
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const { id, world, existing } = context;
  envelope("just-in-time policies", body, ["kind"]);
  if (body.kind !== "Basic") throw badRequest("The kind of a just-in-time policy is 'Basic'.");
  if (!hasServersPlan2(world, id.subscriptionId)) {
    throw badRequest("Just-in-time VM access needs Microsoft Defender for Servers Plan 2 on the subscription.");
  }
  const properties = parseShape("JitNetworkAccessPolicyProperties", body.properties, policyShape, {
    readOnly: ["requests"],
    refuse: (path, message) => badRequest(`The property ${path} is invalid. ${message}`),
  });
  const virtualMachines = properties.virtualMachines.map((machine) => checkedMachine(context, machine));
  const requests = existing?.body.properties.requests ?? [];
  const before = existing === undefined ? [] : machinesOf(existing).map(({ id: machineId }) => machineId);
  const dropped = before.filter((machineId) => !virtualMachines.some((machine) => sameId(machine.id, machineId)));
  return { kind: "Basic", properties: { virtualMachines, requests, dropped } };
}

/** Machines that the policy named before its last PUT; Defender's rules for them go. Not shown. */
function droppedBy({ body }: Resource): readonly string[] {
  return Array.isArray(body.properties.dropped) ? body.properties.dropped.map(String) : [];
}

/**
 * A machine must stand in the policy's region, behind a network security group, and be the caller's to change.
 * Source: Defender for Cloud, "Understanding just-in-time (JIT) VM access": permissions, and machines that are not supported.
 */
function checkedMachine(context: WriteContext, given: PolicyMachine): PolicyMachine {
  const machine = context.reference(given.id, { type: "Microsoft.Compute/virtualMachines", joinAction: false });
  context.requireAction(machine.id, "Microsoft.Compute/virtualMachines/write");
  if (machine.body.location !== locationOf(context.id.id)) throw invalidResourceReference(machine.id, context.id.id);
  if (!machineInterfaces(context.world, machine).some(({ securityGroups }) => securityGroups.length > 0)) {
    throw badRequest(
      `The virtual machine ${machine.id} has no network security group, which just-in-time access needs.`,
    );
  }
  return { ...given, id: machine.id };
}

/** The machines lose the rules that Defender wrote for the policy. */
function withdraw(context: CompletionContext): void {
  for (const { id } of machinesOf(context.resource)) removeRules(context, id);
}
