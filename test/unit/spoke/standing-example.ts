import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../shared/domain/resource-id.ts";
import { type AskedSpoke, connectivityOf } from "../../../shared/spoke/connectivity/connectivity-of.ts";
import type { StandingNetwork } from "../../../shared/spoke/connectivity/standing-network.ts";
import type { DesiredState } from "../../../shared/spoke/desired-state.ts";
import { resourceOf } from "./example.ts";

export function spokeOf({ design }: DesiredState): AskedSpoke {
  return { name: design.request.name, design, names: design.names, shallStand: true };
}

/** The network of a spoke as it stands right after its run, with the rules of one NSG edited. */
export function standingOf(
  state: DesiredState,
  edited = "",
  edit: (rules: readonly SecurityRuleBody[]) => readonly unknown[] = (rules) => rules,
): StandingNetwork {
  const groups = state.resources.filter(({ type }) => type === "Microsoft.Network/networkSecurityGroups");
  const tables = state.resources.filter(({ type }) => type === "Microsoft.Network/routeTables");
  return {
    subnets: resourceOf(state, "Microsoft.Network/virtualNetworks").body.subnets,
    networkSecurityGroups: new Map(
      groups.map(({ id, body }) => {
        const rules = "securityRules" in body ? body.securityRules : [];
        const name = id.split("/").at(-1);
        return [resourceIdKey(id), { name, securityRules: id.endsWith(`-${edited}`) ? edit(rules) : rules }];
      }),
    ),
    routes: new Map(tables.map(({ id, body }) => [resourceIdKey(id), "routes" in body ? body.routes : []])),
    networkInterfaces: [],
  };
}

export const connectivityWith = (state: DesiredState, network: StandingNetwork) =>
  connectivityOf(spokeOf(state), network);

/** A rule that somebody opened by hand. */
export function openedByHand(priority: number, port: string): Record<string, unknown> {
  return {
    name: "by-hand",
    priority,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "Internet",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: port,
  };
}
