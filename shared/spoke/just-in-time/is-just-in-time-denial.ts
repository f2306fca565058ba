import type { JustInTimePolicy, MachineAddresses } from "../../domain/just-in-time-access.ts";
import type { SecurityRuleBody } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { justInTimeRule } from "./just-in-time-rule.ts";

/**
 * Whether a rule is the one with which Defender keeps ports closed that a just-in-time policy names: to be left alone as
 * long as the policy stands. What anybody forges here closes no more than the policy closes (trap 7).
 * @param policies of the subscription, as the port `justInTime` tells them
 * @param members machines of the spoke by their private addresses: `machineAddresses(networkInterfaces)`
 */
export function isJustInTimeDenial(
  rule: SecurityRuleBody,
  policies: readonly JustInTimePolicy[],
  members: readonly MachineAddresses[],
): boolean {
  if (rule.access !== "Deny") return false;
  const meant = justInTimeRule(rule, members);
  if (meant === null) return false;
  const machines = policies.flatMap((policy) => policy.machines);
  return [...meant.machines].every((machine) => {
    const closed = new Set(
      machines
        .filter(({ virtualMachineId }) => resourceIdKey(virtualMachineId) === machine)
        .flatMap(({ ports }) => ports.map(({ number }) => number)),
    );
    return meant.ports.every((port) => closed.has(port));
  });
}
