import type { NamedRule } from "../../../network/security-groups/rule-set.ts";
import type { Resource } from "../../../resource.ts";
import type { CompletionContext } from "../../../world.ts";
import { machineInterfaces } from "../machine-network.ts";
import { denialRule, isRuleOf, type JitRule, permissionRule } from "./jit-rules.ts";
import type { PolicyMachine, PortRule, RequestedPort } from "./policy-shape.ts";

/** Writes the denial of a machine of a policy into the groups of its subnet and interface; one that stands keeps its place. */
export function writeDenials(context: CompletionContext, policy: string, { id, ports }: PolicyMachine): void {
  forEachGroup(context, id, (group, machine, addresses) => {
    const standing = jitRulesIn(group, machine).find(({ properties }) => properties.access === "Deny");
    const { name, properties } = denialRule(group, policy, machine, ports, addresses);
    const priority = standing?.properties.priority ?? properties.priority;
    writeRule(context, group, { name: standing?.name ?? name, properties: { ...properties, priority } });
  });
}

/** Lets a request in until its end, in the same groups. */
export function writePermission(
  context: CompletionContext,
  policy: string,
  machineId: string,
  port: RequestedPort,
  protocol: PortRule["protocol"],
): void {
  forEachGroup(context, machineId, (group, machine, addresses) => {
    const rule = permissionRule(group, policy, machine, port, protocol, addresses);
    writeRule(context, group, rule);
    removeRule(context, group, rule.name, new Date(port.endTimeUtc));
  });
}

/** Takes away everything that a policy wrote for a machine. */
export function removeRules(context: CompletionContext, machineId: string): void {
  forEachGroup(context, machineId, (group, machine) => {
    for (const { name } of jitRulesIn(group, machine)) removeRule(context, group, name, context.world.now);
  });
}

function forEachGroup(
  { world }: CompletionContext,
  machineId: string,
  work: (group: Resource, machine: Resource, addresses: readonly string[]) => void,
): void {
  const machine = world.get(machineId);
  if (machine === undefined) return;
  const [primary] = machineInterfaces(world, machine);
  for (const group of primary?.securityGroups ?? []) work(group, machine, primary?.privateAddresses ?? []);
}

function jitRulesIn(group: Resource, machine: Resource): readonly NamedRule[] {
  const rules = (group.body.properties.securityRules ?? []) as readonly NamedRule[];
  return rules.filter((rule) => isRuleOf(rule, machine));
}

function writeRule(context: CompletionContext, group: Resource, { name, properties }: JitRule): void {
  context.writeAsService(`${group.id}/securityRules/${name}`, { properties });
}

function removeRule(context: CompletionContext, group: Resource, name: string, at: Date): void {
  context.removeAsService(`${group.id}/securityRules/${name}`, at);
}
