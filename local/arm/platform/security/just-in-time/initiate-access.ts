import type { JsonObject } from "../../../json.ts";
import { prefixesContain } from "../../../network/address-prefix.ts";
import type { Resource } from "../../../resource.ts";
import { sameId } from "../../../resource-id.ts";
import type { ActionResult } from "../../../resource-type.ts";
import type { ActionContext, CompletionContext, World } from "../../../world.ts";
import { badRequest } from "../../platform-errors.ts";
import { parseShape } from "../../shape.ts";
import { minutesOf } from "./iso-duration.ts";
import {
  type InitiateRequest,
  initiateShape,
  machinesOf,
  type PortRule,
  type RequestedPort,
  sourcesOf,
} from "./policy-shape.ts";
import { writePermission } from "./write-jit-rules.ts";

/**
 * Checks a request for access against its policy, and answers it as Defender does: 202 with what was initiated.
 * @throws ArmError 400 for a machine, port, source or time that the policy does not allow, 403 for a machine that the
 *   caller may not read
 */
export function initiated(context: ActionContext, body: unknown): ActionResult {
  const request = requestOf(body);
  for (const { id, ports } of request.virtualMachines) {
    context.requireAction(id, "Microsoft.Compute/virtualMachines/read");
    for (const port of ports) requireAllowed(context.world, context.resource, id, port);
  }
  return { status: 202, body: recordOf(request, context.caller.principalId, context.world.now) };
}

/** Opens what was asked for, and keeps the request in its policy. */
export function permitRequest(context: CompletionContext, body: unknown): void {
  const request = requestOf(body);
  const { resource, caller, world } = context;
  for (const { id, ports } of request.virtualMachines) {
    for (const port of ports) {
      writePermission(context, resource.name, id, port, ruleOf(resource, id, port.number)?.protocol ?? "*");
    }
  }
  const record = recordOf(request, caller.principalId, world.now);
  context.update(resource.id, (stored) => {
    const earlier = Array.isArray(stored.properties.requests) ? stored.properties.requests : [];
    return { ...stored, properties: { ...stored.properties, requests: [...earlier, record] } };
  });
}

function requestOf(body: unknown): InitiateRequest {
  return parseShape("JitNetworkAccessPolicyInitiateRequest", body ?? {}, initiateShape, {
    refuse: (path, message) => badRequest(`The property ${path} is invalid. ${message}`),
  });
}

function requireAllowed(world: World, policy: Resource, machineId: string, port: RequestedPort): void {
  const rule = ruleOf(policy, machineId, port.number);
  if (rule === undefined) throw badRequest(`The policy does not name port ${port.number} of ${machineId}.`);
  const minutes = (Date.parse(port.endTimeUtc) - world.now.getTime()) / 60_000;
  if (minutes <= 0 || minutes > (minutesOf(rule.maxRequestAccessDuration) ?? 0)) {
    throw badRequest(`The access may last ${rule.maxRequestAccessDuration} from now; ${port.endTimeUtc} is not in it.`);
  }
  const allowed = sourcesOf(rule);
  const refused = sourcesOf(port).find((source) => !isAllowed(allowed, source));
  if (refused !== undefined || sourcesOf(port).length === 0) {
    throw badRequest(`The policy does not allow the source '${refused ?? ""}'.`);
  }
}

function isAllowed(allowed: readonly string[], source: string): boolean {
  if (allowed.length === 0 || allowed.includes("*") || allowed.includes(source)) return true;
  const isIpv4 = (text: string) => /^[\d./]+$/.test(text);
  return isIpv4(source) && prefixesContain(allowed.filter(isIpv4).map(withLength), withLength(source));
}

function withLength(prefix: string): string {
  return prefix.includes("/") ? prefix : `${prefix}/32`;
}

function ruleOf(policy: Resource, machineId: string, port: number): PortRule | undefined {
  const machine = machinesOf(policy).find(({ id }) => sameId(id, machineId));
  return machine?.ports.find(({ number }) => number === port);
}

function recordOf(request: InitiateRequest, requestor: string, now: Date): JsonObject {
  return {
    virtualMachines: request.virtualMachines.map(({ id, ports }) => ({
      id,
      ports: ports.map((port) => ({ ...port, status: "Initiated", statusReason: "NewlyInitiated" })),
    })),
    startTimeUtc: now.toISOString(),
    requestor,
    ...(request.justification === undefined ? {} : { justification: request.justification }),
  };
}
