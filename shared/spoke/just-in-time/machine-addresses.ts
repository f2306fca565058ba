import type { MachineAddresses } from "../../domain/just-in-time-access.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";

/** The machines behind network interfaces, each once with all of its private addresses. */
export function machineAddresses(interfaces: readonly NetworkInterfaceFact[]): readonly MachineAddresses[] {
  const found = new Map<string, MachineAddresses>();
  for (const { virtualMachineId, privateIpAddresses } of interfaces) {
    if (virtualMachineId === null) continue;
    const key = resourceIdKey(virtualMachineId);
    const known = found.get(key)?.privateIpAddresses ?? [];
    found.set(key, { virtualMachineId, privateIpAddresses: [...new Set([...known, ...privateIpAddresses])] });
  }
  return [...found.values()];
}
