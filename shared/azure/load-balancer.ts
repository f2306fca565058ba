import type { FrontendIPConfiguration, LoadBalancer, LoadBalancingRule, Probe } from "@azure/arm-network";
import type { DesiredResource } from "../domain/resource.ts";
import { isSame } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/loadBalancers";

/** Names of the members that this tool makes in each internal load balancer. */
const loadBalancerMembers = { frontend: "frontend", pool: "backend", probe: "probe" } as const;

const ownRuleName = /^rule-\d+$/;

/** A Standard internal load balancer: one static frontend, one pool, one TCP probe, one rule of the same port. */
export function loadBalancerPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, LoadBalancer>(clients, (client) => client.loadBalancers, {
    type: "Microsoft.Network/loadBalancers",
    toBody: (native, desired) => {
      const { body } = desired;
      const frontend = named(native.frontendIPConfigurations, loadBalancerMembers.frontend);
      return {
        location: normalLocation(native.location),
        tags: normalTags(native.tags, body.tags),
        subnetId: frontend?.subnet?.id ?? "",
        // A dynamic address is none to rely on, even while it is the wanted one.
        privateIpAddress: (isDynamic(frontend) ? undefined : frontend?.privateIPAddress) ?? "",
        port: servedPort(native, desired),
      };
    },
    toNative: (desired, standing) => ({
      ...standing,
      location: desired.body.location,
      tags: mergedTags(standing?.tags, desired.body.tags),
      sku: standing?.sku ?? { name: "Standard", tier: "Regional" },
      frontendIPConfigurations: replaced(standing?.frontendIPConfigurations, {
        name: loadBalancerMembers.frontend,
        privateIPAddress: desired.body.privateIpAddress,
        privateIPAllocationMethod: "Static",
        privateIPAddressVersion: "IPv4",
        subnet: { id: desired.body.subnetId },
      }),
      backendAddressPools: replaced(standing?.backendAddressPools, { name: loadBalancerMembers.pool }),
      probes: replaced(standing?.probes, ownProbe(desired)),
      loadBalancingRules: [
        ...(standing?.loadBalancingRules ?? []).filter((rule) => !ownRuleName.test(rule.name ?? "")),
        ownRule(desired),
      ],
    }),
  });
}

function ownRule(desired: DesiredResource<Type>): LoadBalancingRule {
  const { port } = desired.body;
  return {
    name: `rule-${port}`,
    protocol: "Tcp",
    frontendPort: port,
    backendPort: port,
    frontendIPConfiguration: { id: `${desired.id}/frontendIPConfigurations/${loadBalancerMembers.frontend}` },
    backendAddressPool: { id: `${desired.id}/backendAddressPools/${loadBalancerMembers.pool}` },
    probe: { id: `${desired.id}/probes/${loadBalancerMembers.probe}` },
    loadDistribution: "Default",
    enableFloatingIP: false,
    enableTcpReset: true,
    idleTimeoutInMinutes: 4,
    disableOutboundSnat: true,
  };
}

function ownProbe({ body }: DesiredResource<Type>): Probe {
  // Azure takes a request path with HTTP only, and one that stands would be laid under ours.
  const requestPath = undefined;
  const name = loadBalancerMembers.probe;
  return { name, protocol: "Tcp", port: body.port, requestPath, intervalInSeconds: 15, probeThreshold: 2 };
}

/**
 * The wanted port where the load balancer serves it exactly as it would be written; the other port where rule or probe
 * have another; 0 where anything else of them deviates (protocol, floating IP, probe, pool …) or is missing.
 */
function servedPort(native: LoadBalancer, desired: DesiredResource<Type>): number {
  const wanted = desired.body.port;
  const rules = (native.loadBalancingRules ?? []).filter((one) => ownRuleName.test(one.name ?? ""));
  const [rule] = rules;
  const probe = named(native.probes, loadBalancerMembers.probe);
  const pool = named(native.backendAddressPools, loadBalancerMembers.pool);
  const other = [rule?.frontendPort, rule?.backendPort, probe?.port].find((port) => port !== wanted);
  if (other !== undefined) return other;
  const complete = rules.length === 1 && rule !== undefined && probe !== undefined && pool !== undefined;
  return complete && holds(rule, ownRule(desired)) && holds(probe, ownProbe(desired)) ? wanted : 0;
}

/** Whether what stands says the same as ours, as far as ours says anything and Azure tells it. */
function holds(standing: object, own: object): boolean {
  const told = standing as Readonly<Record<string, unknown>>;
  return Object.entries(own).every(([key, value]) => {
    const other = told[key];
    if (isReference(value)) return isReference(other) && isSame(value.id, other.id);
    if (typeof value === "string") return typeof other !== "string" || isSame(value, other);
    return value === undefined || other === undefined || value === other;
  });
}

function isReference(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && typeof (value as { id?: unknown }).id === "string";
}

function isDynamic(frontend: FrontendIPConfiguration | undefined): boolean {
  return frontend?.privateIPAllocationMethod === "Dynamic";
}

function named<M extends { name?: string }>(members: readonly M[] | undefined, name: string): M | undefined {
  return (members ?? []).find((member) => member.name === name);
}

/** The members that stand, with ours laid over the one of its name. */
function replaced<M extends { name?: string }>(members: readonly M[] | undefined, own: M): M[] {
  const others = (members ?? []).filter((member) => member.name !== own.name);
  return [...others, { ...named(members, own.name ?? ""), ...own }];
}
