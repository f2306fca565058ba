import type { LoadBalancer, LoadBalancingRule } from "@azure/arm-network";
import type { DesiredResource } from "../domain/resource.ts";
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
    toBody: (native, { body }) => {
      const frontend = named(native.frontendIPConfigurations, loadBalancerMembers.frontend);
      return {
        location: normalLocation(native.location),
        tags: normalTags(native.tags, body.tags),
        subnetId: frontend?.subnet?.id ?? "",
        privateIpAddress: frontend?.privateIPAddress ?? "",
        port: servedPort(native, body.port),
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
      probes: replaced(standing?.probes, {
        name: loadBalancerMembers.probe,
        protocol: "Tcp",
        port: desired.body.port,
        intervalInSeconds: 15,
        probeThreshold: 2,
      }),
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
    enableFloatingIP: false,
    enableTcpReset: true,
    idleTimeoutInMinutes: 4,
    disableOutboundSnat: true,
  };
}

/** The wanted port where rule and probe agree on it; else the one that stands otherwise, 0 for what is missing. */
function servedPort(native: LoadBalancer, wanted: number): number {
  const rule = (native.loadBalancingRules ?? []).find((one) => ownRuleName.test(one.name ?? ""));
  const probe = named(native.probes, loadBalancerMembers.probe);
  const pool = named(native.backendAddressPools, loadBalancerMembers.pool);
  const ports = [rule?.frontendPort ?? 0, rule?.backendPort ?? 0, probe?.port ?? 0, pool === undefined ? 0 : wanted];
  return ports.find((port) => port !== wanted) ?? wanted;
}

function named<M extends { name?: string }>(members: readonly M[] | undefined, name: string): M | undefined {
  return (members ?? []).find((member) => member.name === name);
}

/** The members that stand, with ours laid over the one of its name. */
function replaced<M extends { name?: string }>(members: readonly M[] | undefined, own: M): M[] {
  const others = (members ?? []).filter((member) => member.name !== own.name);
  return [...others, { ...named(members, own.name ?? ""), ...own }];
}
