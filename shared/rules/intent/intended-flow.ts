/**
 * An end of an intended flow: machines that joined the ASG of a tier, addresses, or one of the two sources of Azure's
 * own that a spoke must let in.
 */
export type FlowEnd =
  | { readonly kind: "tier"; readonly tier: string }
  | { readonly kind: "gateway" }
  | { readonly kind: "load-balancer"; readonly tier: string }
  | { readonly kind: "addresses"; readonly prefixes: readonly string[]; readonly except: readonly string[] }
  | { readonly kind: "service-tag"; readonly tag: "Internet" | "GatewayManager" | "AzureLoadBalancer" }
  /** Whoever stands in the subnet whose NSG is asked, and whoever is at the other end. */
  | { readonly kind: "any" };

/** What a request means to pass, in no order and with no priorities: the union of its flows passes, nothing else. */
export interface IntendedFlow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: "Tcp" | "Udp" | "*";
  /** Destination ports, inclusive. */
  readonly ports: readonly [first: number, last: number];
  /** Why, in the words of the request or of the guidance. */
  readonly reason: string;
  /** It may pass and need not: nothing is wrong either way. */
  readonly optional?: true;
}

/** The intent for one subnet: what its NSG lets out and lets in. A flow inside the spoke stands at both of its ends. */
export interface SubnetIntent {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly Outbound: readonly IntendedFlow[];
  readonly Inbound: readonly IntendedFlow[];
}

export const everyPort: readonly [number, number] = [0, 65535];
export const onePort = (port: number): readonly [number, number] => [port, port];
export const tierEnd = (tier: string): FlowEnd => ({ kind: "tier", tier });
export const addressEnd = (prefixes: readonly string[], except: readonly string[] = []): FlowEnd => ({
  kind: "addresses",
  prefixes,
  except,
});
