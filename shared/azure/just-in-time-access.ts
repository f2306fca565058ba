import type { JitNetworkAccessPolicy, JitNetworkAccessPortRule, JitNetworkAccessRequest } from "@azure/arm-security";
import { RefusedError } from "../domain/errors.ts";
import type {
  JustInTimePolicy,
  JustInTimePort,
  JustInTimeRequest,
  JustInTimeState,
} from "../domain/just-in-time-access.ts";
import { tryParseResourceId } from "../domain/resource-id.ts";
import type { AzureClients } from "./clients.ts";
import type { JustInTimeAccessPort } from "./just-in-time-port.ts";
import { unlessMissing } from "./missing.ts";
import { normalLocation, singularOrPlural } from "./normal-form.ts";

/** Just-in-time access through Defender for Cloud's own operations. */
export function justInTimeAccessPort(clients: AzureClients): JustInTimeAccessPort {
  async function observe(subscriptionId: string): Promise<JustInTimeState> {
    const natives = await clients.attempt(`/subscriptions/${subscriptionId}`, async () => {
      const { jitNetworkAccessPolicies } = await clients.security(subscriptionId);
      const found: JitNetworkAccessPolicy[] = [];
      for await (const policy of jitNetworkAccessPolicies.list()) found.push(policy);
      return found;
    });
    const now = clients.now();
    return {
      policies: natives.map(toPolicy),
      activeRequests: natives.flatMap(({ requests }) => (requests ?? []).flatMap((one) => active(one, now))),
    };
  }

  return {
    observe,
    write: (policy) =>
      clients.attempt(policy.id, async () => {
        const { subscriptionId, resourceGroup, location, name } = parsedPolicyId(policy.id);
        const { jitNetworkAccessPolicies } = await clients.security(subscriptionId);
        await jitNetworkAccessPolicies.createOrUpdate(resourceGroup, location, name, toNative(policy));
      }),
    remove: (policyId) =>
      clients.attempt(policyId, async () => {
        const { subscriptionId, resourceGroup, location, name } = parsedPolicyId(policyId);
        const { jitNetworkAccessPolicies } = await clients.security(subscriptionId);
        await unlessMissing(() => jitNetworkAccessPolicies.delete(resourceGroup, location, name));
      }),
  };
}

function toPolicy(native: JitNetworkAccessPolicy): JustInTimePolicy {
  return {
    id: native.id ?? "",
    location: normalLocation(native.location),
    machines: native.virtualMachines.map(({ id, ports }) => ({ virtualMachineId: id, ports: ports.map(toPort) })),
  };
}

function toPort(native: JitNetworkAccessPortRule): JustInTimePort {
  const { number, protocol, maxRequestAccessDuration } = native;
  return {
    number,
    protocol: protocol === "TCP" ? "Tcp" : protocol === "UDP" ? "Udp" : "*",
    allowedSources: sourcesOf(native),
    longestAccess: maxRequestAccessDuration,
  };
}

function toNative({ machines }: JustInTimePolicy): JitNetworkAccessPolicy {
  return {
    kind: "Basic",
    virtualMachines: machines.map(({ virtualMachineId, ports }) => ({
      id: virtualMachineId,
      ports: ports.map(({ number, protocol, allowedSources, longestAccess }) => ({
        number,
        protocol: protocol.toUpperCase(),
        ...sourceFields(allowedSources),
        maxRequestAccessDuration: longestAccess,
      })),
    })),
  };
}

function sourceFields(sources: readonly string[]) {
  const { singular, plural } = singularOrPlural(sources);
  return singular === undefined
    ? { allowedSourceAddressPrefixes: plural ?? [] }
    : { allowedSourceAddressPrefix: singular };
}

/** Ports of a request that Defender holds open now. A moment that Azure does not tell opens nothing. */
function active({ virtualMachines, startTimeUtc }: JitNetworkAccessRequest, now: number): JustInTimeRequest[] {
  const startsAt = momentOf(startTimeUtc);
  return (virtualMachines ?? []).flatMap(({ id, ports }) =>
    ports.flatMap((port): JustInTimeRequest[] => {
      const endsAt = momentOf(port.endTimeUtc);
      if (startsAt === null || endsAt === null || port.status === "Revoked" || Date.parse(endsAt) <= now) return [];
      return [{ virtualMachineId: id, port: port.number, sources: sourcesOf(port), startsAt, endsAt }];
    }),
  );
}

function sourcesOf(native: {
  readonly allowedSourceAddressPrefix?: string;
  readonly allowedSourceAddressPrefixes?: readonly string[];
}): string[] {
  const { allowedSourceAddressPrefix: one, allowedSourceAddressPrefixes: several } = native;
  // The portal puts several into the singular field, with commas between them.
  return [...(several ?? []), ...(one ?? "").split(",")].map((text) => text.trim()).filter((text) => text !== "");
}

function momentOf(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

interface PolicyPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly name: string;
}

/** `…/resourceGroups/{rg}/providers/Microsoft.Security/locations/{location}/jitNetworkAccessPolicies/{name}`. */
function parsedPolicyId(id: string): PolicyPath {
  const parsed = tryParseResourceId(id);
  const [location, name] = parsed?.names ?? [];
  const { subscriptionId = null, resourceGroup = null } = parsed ?? {};
  const isPolicy = parsed?.type.toLowerCase() === "microsoft.security/locations/jitnetworkaccesspolicies";
  if (!isPolicy || subscriptionId === null || resourceGroup === null || location === undefined || name === undefined) {
    throw new RefusedError({
      code: "InvalidResourceId",
      message: `"${id}" is not the id of a just-in-time policy.`,
      resourceId: id,
      remedy: "Report this with the name of the spoke.",
    });
  }
  return { subscriptionId, resourceGroup, location, name };
}
