import type { Connectivity, ConnectivityFlow } from "../../domain/connectivity.ts";
import { resourceName } from "../../domain/resource-id.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import type { TierContext } from "../../rules/rule-context.ts";
import { mostCounterexamples } from "../../rules/spoke-proof/prove-spoke.ts";
import type { NetworkDesign } from "../design-network.ts";
import { type DrawnPlace, placeOfWords } from "./place-of-words.ts";
import type { LinkState, Topology, TopologyLink, TopologySubnet } from "./topology.ts";

/** Traffic of one kind between two ends, before what belongs together is merged. */
interface Traffic {
  readonly from: string;
  readonly to: string;
  readonly state: LinkState;
  readonly text: string;
  readonly title: string;
}

/** What of a spoke is drawn, from its design and what its network lets pass. */
export function topologyOf(design: NetworkDesign, connectivity: Connectivity, observedAt: string): Topology {
  const { ruleContext, hub } = design;
  const { tiers, gateway, spokePrefix, internalPrefixes } = ruleContext;
  const traffic = trafficOf(connectivity);
  const placed = traffic.map((one) => ({
    one,
    from: placeOfWords(one.from, spokePrefix, internalPrefixes),
    to: placeOfWords(one.to, spokePrefix, internalPrefixes),
  }));
  const detailsOf = (subnet: string) =>
    merged(
      placed.flatMap(({ one, from, to }) => (isAt(subnet, from, to) ? { ...one, key: wordsAt(one, subnet) } : [])),
    );
  const subnet = (name: string, title: string, lines: readonly string[]): TopologySubnet => ({
    name,
    title,
    lines,
    details: detailsOf(name).map(({ state, text, key }) => ({ state, text: `${key}: ${text}` })),
  });
  const links = placed.flatMap(({ one, from: source, to: destination }) => {
    const [from, to] = [keyOf(source), keyOf(destination)];
    if (from === null || to === null || from === to) return [];
    return { ...one, from, to, key: `${from} > ${to}` };
  });
  return {
    name: connectivity.name,
    status: connectivity.status,
    observedAt,
    addressPrefix: spokePrefix,
    hub: hub === null ? null : { name: resourceName(hub.virtualNetworkId), addressPrefixes: hub.addressPrefixes },
    firewall: hub?.firewall?.privateIpAddress ?? null,
    subnets: [
      subnet(gatewaySubnet, gateway.publishes ? "Application Gateway" : "Gateway subnet, not used", [
        `snet-gateway  ${gateway.addressPrefix}`,
      ]),
      ...tiers.map((tier) => subnet(tier.name, `Tier ${tier.name}`, tierLines(tier))),
    ],
    links: merged(links).map(({ from, to, state, text, title }): TopologyLink => ({ from, to, state, text, title })),
    refutations: [
      ...connectivity.findings.filter(({ severity }) => severity === "critical").map(({ message }) => message),
      ...connectivity.counterexamples.map(({ words }) => words),
      ...(connectivity.counterexamples.length < mostCounterexamples ? [] : ["There may be more such packets."]),
    ],
  };
}

function tierLines({ name, addressPrefix, port, loadBalancerAddress }: TierContext): string[] {
  const subnet = `snet-${name}  ${addressPrefix}`;
  return [subnet, loadBalancerAddress === null ? `port ${port}` : `load balancer ${loadBalancerAddress}:${port}`];
}

function trafficOf({ flows, counterexamples }: Connectivity): Traffic[] {
  const meant = flows.filter(({ required, passes }) => required || passes === true);
  return [
    ...meant.map((flow) => {
      const state: LinkState = flow.passes === null ? "unknown" : flow.passes ? "passes" : "held-back";
      const text = trafficText(flow.protocol, flow.ports);
      return { from: flow.from, to: flow.to, state, text, title: flowTitle(flow, text) };
    }),
    // What is held back is among the flows already.
    ...counterexamples
      .filter(({ passes }) => passes)
      .map(({ from, to, packet, words }) => ({
        from,
        to,
        state: "unintended" as const,
        text: `e.g. ${packet.protocol} ${packet.destinationPort}`,
        title: words,
      })),
  ];
}

function trafficText(protocol: string, ports: string): string {
  if (protocol === "*" && ports === "*") return "everything";
  return `${protocol === "*" ? "any" : protocol} ${ports}`;
}

function flowTitle({ from, to, reason, deciding }: ConnectivityFlow, text: string): string {
  const rules = deciding.map(({ rule, subnet }) => `${rule ?? "not known"} at ${subnet}`).join(", ");
  return `${from} to ${to}, ${text}: ${reason}${rules === "" ? "" : ` (${rules})`}`;
}

function keyOf(place: DrawnPlace): string | null {
  if (place === "beside") return null;
  return "subnet" in place ? place.subnet : place.outside;
}

/** Whether traffic is told inside the box of a subnet. */
function isAt(subnet: string, from: DrawnPlace, to: DrawnPlace): boolean {
  const [source, destination] = [keyOf(from), keyOf(to)];
  if (source === null) return destination === subnet;
  return source === subnet && (destination === null || destination === subnet);
}

function wordsAt({ from, to }: Traffic, subnet: string): string {
  if (from === `load balancer of tier ${subnet}`) return "load balancer to machines";
  if (from === to) return "among its machines";
  if (/^\d/.test(to)) return "to the spoke";
  return placeName(from) === null ? "among its machines" : `from ${from}`;
}

function placeName(words: string): string | null {
  return /tier \w+$/.test(words) ? null : words;
}

/** Traffic of one key and state as one, with all its texts and titles; in the order of the first. */
function merged<T extends { readonly key: string; readonly state: LinkState; text: string; title: string }>(
  traffic: readonly T[],
): T[] {
  const groups = Map.groupBy(traffic, ({ key, state }) => `${state} ${key}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const distinct = (values: readonly string[]) => [...new Set(values)];
    const text = distinct(group.map((one) => one.text)).join(", ");
    return { ...first, text, title: distinct(group.map((one) => one.title)).join("; ") };
  });
}
