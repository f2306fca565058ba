import type { JustInTimePolicy } from "../../domain/just-in-time-access.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { managementPorts } from "./just-in-time-policies.ts";

/**
 * Machines whose management ports no just-in-time policy closes. A policy that names a machine for other ports alone says
 * nothing about these; which of them a machine has, its system decides.
 */
export function bareMachines(virtualMachineIds: readonly string[], policies: readonly JustInTimePolicy[]): string[] {
  const closed = policies.flatMap(({ machines }) =>
    machines.filter(({ ports }) => ports.some(({ number }) => managementPorts.some((port) => port === number))),
  );
  const covered = new Set(closed.map(({ virtualMachineId }) => resourceIdKey(virtualMachineId)));
  return virtualMachineIds.filter((id) => !covered.has(resourceIdKey(id)));
}
