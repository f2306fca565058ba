import type { JustInTimePolicy, JustInTimePort } from "../../domain/just-in-time-access.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import { parseResourceId, resourceGroupId, resourceId, resourceIdKey } from "../../domain/resource-id.ts";

/** SSH, RDP and WinRM. */
export const managementPorts = [22, 3389, 5985, 5986] as const;

/**
 * The just-in-time policies that the machines of a spoke shall have: management ports closed, opened for a while from
 * bastion prefixes only. One for each resource group of machines, as Defender keeps them; machines that another policy
 * names are left to that. None where the platform names no bastion prefixes.
 * @param virtualMachineIds of the spoke's network
 */
export function justInTimePolicies(
  spoke: { readonly name: string; readonly location: string },
  virtualMachineIds: readonly string[],
  standing: readonly JustInTimePolicy[],
  configuration: Pick<PlatformConfiguration, "bastionPrefixes" | "enforcement">,
): JustInTimePolicy[] {
  const sources = configuration.bastionPrefixes;
  if (sources.length === 0) return [];
  const ports = managementPorts.map(
    (number): JustInTimePort => ({
      number,
      protocol: "Tcp",
      allowedSources: [...sources].sort(),
      longestAccess: configuration.enforcement.justInTimeAccess,
    }),
  );
  const groups = Map.groupBy(virtualMachineIds, (id) => resourceIdKey(justInTimePolicyId(id, spoke)));
  return [...groups.values()].flatMap((machines) => {
    const [first] = machines;
    if (first === undefined) return [];
    const id = justInTimePolicyId(first, spoke);
    const wanted = machines.map((virtualMachineId) => ({ virtualMachineId, ports }));
    const policy = policyOver({ id, location: spoke.location, machines: wanted }, standing);
    return policy.machines.length === 0 ? [] : [policy];
  });
}

/**
 * A policy over those that stand: machines that another policy names are left to that, and machines that it has already
 * stay in it. Who lists machines may have missed one, and without its policy the ports of that one would stand open.
 */
export function policyOver(wanted: JustInTimePolicy, standing: readonly JustInTimePolicy[]): JustInTimePolicy {
  const keyOf = ({ virtualMachineId }: JustInTimePolicy["machines"][number]) => resourceIdKey(virtualMachineId);
  const isOwn = ({ id }: JustInTimePolicy) => resourceIdKey(id) === resourceIdKey(wanted.id);
  const taken = new Set(standing.filter((one) => !isOwn(one)).flatMap(({ machines }) => machines.map(keyOf)));
  const own = wanted.machines.filter((machine) => !taken.has(keyOf(machine)));
  const named = new Set(own.map(keyOf));
  const kept = standing.filter(isOwn).flatMap(({ machines }) => machines.filter((one) => !named.has(keyOf(one))));
  const machines = [...own, ...kept].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { ...wanted, machines };
}

/** `zero-trust-{spoke}` in the machine's resource group and the spoke's region. */
export function justInTimePolicyId(virtualMachineId: string, spoke: { name: string; location: string }): string {
  const { subscriptionId, resourceGroup } = parseResourceId(virtualMachineId);
  const group = resourceGroupId(subscriptionId ?? "", resourceGroup ?? "");
  return resourceId(
    group,
    "Microsoft.Security/locations/jitNetworkAccessPolicies",
    spoke.location,
    `zero-trust-${spoke.name}`,
  );
}

/** Whether a policy stands as it shall: the same machines, each with the same ports, sources and longest access. */
export function standsAs(wanted: JustInTimePolicy, standing: readonly JustInTimePolicy[]): boolean {
  const found = standing.find(({ id }) => resourceIdKey(id) === resourceIdKey(wanted.id));
  return found !== undefined && comparable(found) === comparable(wanted);
}

function comparable({ machines }: JustInTimePolicy): string {
  const sorted = machines.map(({ virtualMachineId, ports }) => [
    resourceIdKey(virtualMachineId),
    ports
      .map(({ number, protocol, allowedSources, longestAccess }) =>
        JSON.stringify([number, protocol, [...allowedSources].sort(), longestAccess]),
      )
      .sort(),
  ]);
  return JSON.stringify(sorted.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
