import type { Rule } from "@azure/arm-security";
import { RefusedError } from "../domain/errors.ts";
import type { AdaptiveRule } from "../domain/recommendation.ts";
import { parseResourceId } from "../domain/resource-id.ts";
import type { AdaptiveNetworkHardeningPort } from "./adaptive-network-hardening-port.ts";
import { parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { updateIntervalInMs } from "./operation-pace.ts";
import { readThrown } from "./thrown-failure.ts";

/** How Resource Manager says that it has no such type any more. */
const typeGone: ReadonlySet<string> = new Set([
  "InvalidResourceNamespace",
  "InvalidResourceType",
  "NoRegisteredProviderFound",
]);
/** What is missing is the machine, and not the service. */
const machineGone: ReadonlySet<string> = new Set(["ResourceGroupNotFound", "ResourceNotFound"]);

/** Adaptive network hardening, which Defender for Cloud retired on 31 August 2024 (its release notes). */
export function adaptiveNetworkHardeningPort(clients: AzureClients): AdaptiveNetworkHardeningPort {
  const machineOf = (id: string) => {
    const { subscriptionId, resourceGroup, name } = parseArmPath(id);
    const [namespace = "", type = ""] = parseResourceId(id).type.split("/");
    return { subscriptionId, path: [resourceGroup, namespace, type, name] as const };
  };

  return {
    rulesFor: (virtualMachineId) =>
      clients.attempt(virtualMachineId, async () => {
        const { subscriptionId, path } = machineOf(virtualMachineId);
        const { adaptiveNetworkHardenings } = await clients.security(subscriptionId);
        const rules: AdaptiveRule[] = [];
        try {
          for await (const hardening of adaptiveNetworkHardenings.listByExtendedResource(...path)) {
            const groups = (hardening.effectiveNetworkSecurityGroups ?? []).flatMap(
              (one) => one.networkSecurityGroups ?? [],
            );
            rules.push(...(hardening.rules ?? []).flatMap((rule) => adaptiveRule(rule, [...new Set(groups)])));
          }
        } catch (thrown) {
          const { statusCode, code } = readThrown(thrown);
          if (machineGone.has(code ?? "")) return [];
          const isGone = statusCode === 404 || statusCode === 405 || statusCode === 410;
          if (isGone || typeGone.has(code ?? "")) return "retired" as const;
          throw thrown;
        }
        return rules;
      }),

    enforce: (virtualMachineId, rules) =>
      clients.attempt(virtualMachineId, async () => {
        const { subscriptionId, path } = machineOf(virtualMachineId);
        const networkSecurityGroups = [...new Set(rules.flatMap((rule) => rule.networkSecurityGroupIds))];
        if (networkSecurityGroups.length === 0) throw withoutGroup(virtualMachineId);
        const { adaptiveNetworkHardenings } = await clients.security(subscriptionId);
        const body = { networkSecurityGroups, rules: rules.map(nativeRule) };
        await adaptiveNetworkHardenings.beginEnforceAndWait(...path, "default", body, { updateIntervalInMs });
      }),
  };
}

/** A rule without port, addresses or name says nothing that could be compared, and is left out. */
function adaptiveRule(rule: Rule, networkSecurityGroupIds: readonly string[]): AdaptiveRule[] {
  const { name, direction, destinationPort, protocols, ipAddresses } = rule;
  if (name === undefined || destinationPort === undefined || ipAddresses === undefined) return [];
  return [
    {
      name,
      direction: direction === "Outbound" ? "Outbound" : "Inbound",
      destinationPort,
      protocols: (protocols ?? []).map((one) => (one === "UDP" ? "Udp" : "Tcp")),
      ipAddresses,
      networkSecurityGroupIds,
    },
  ];
}

function nativeRule({ name, direction, destinationPort, protocols, ipAddresses }: AdaptiveRule): Rule {
  const upper = protocols.map((one) => (one === "Udp" ? "UDP" : "TCP"));
  return { name, direction, destinationPort, protocols: upper, ipAddresses: [...ipAddresses] };
}

function withoutGroup(resourceId: string): RefusedError {
  return new RefusedError({
    code: "NoEffectiveNetworkSecurityGroup",
    message: "Defender names no NSG that holds for the machine.",
    resourceId,
    remedy: "Associate an NSG with the machine's subnet first.",
  });
}
