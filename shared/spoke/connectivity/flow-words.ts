import type { ConnectivityFlow } from "../../domain/connectivity.ts";
import type { FlowEnd, IntendedFlow } from "../../rules/intent/intended-flow.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";

/** An end of a flow in the words of the spoke. `subnet` is the one whose machines `any` means. */
export function endWords(end: FlowEnd, subnet: string): string {
  switch (end.kind) {
    case "tier":
      return `tier ${end.tier}`;
    case "load-balancer":
      return `load balancer of tier ${end.tier}`;
    case "gateway":
      return "gateway";
    case "any":
      return subnet === gatewaySubnet ? "gateway" : `subnet of tier ${subnet}`;
    case "service-tag":
      return end.tag;
    case "addresses":
      return addressWords(end.prefixes, end.except);
  }
}

function addressWords(prefixes: readonly string[], except: readonly string[]): string {
  if (prefixes.length !== 1 || prefixes[0] !== "0.0.0.0/0") return prefixes.join(", ");
  return except.length === 0 ? "anywhere" : "Internet";
}

/** A flow as answers tell it, without what becomes of it. */
export function flowWords(
  { from, to, protocol, ports, reason, optional }: IntendedFlow,
  subnet: string,
): Omit<ConnectivityFlow, "passes" | "deciding"> {
  const [first, last] = ports;
  return {
    from: endWords(from, subnet),
    to: endWords(to, subnet),
    protocol,
    ports: first === last ? String(first) : last - first === 65535 ? "*" : `${first}-${last}`,
    reason,
    required: optional !== true,
  };
}
