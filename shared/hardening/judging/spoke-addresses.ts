import { ipv4Range } from "../../domain/address-prefix.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import {
  type IntervalSet,
  intersectionOfIntervals,
  sameIntervals,
  unionOfIntervals,
} from "../../rules/meaning/interval-set.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import {
  type Membership,
  membershipOf,
  type Place,
  placesOf,
  prefixesAsIntervals,
  symbolOfGroup,
} from "../../rules/spoke-proof/place.ts";
import type { FlowEnd } from "./flow-end.ts";

export const isGroupSymbol = (symbol: string): boolean => symbol.startsWith("asg:");

/** What is known of addresses around a spoke. */
export class SpokeAddresses {
  readonly context: RuleContext;
  /** Symbols of application security groups by address, of those interfaces that stand. */
  private readonly groupsOf = new Map<number, ReadonlySet<string>>();
  private readonly places: readonly Place[];
  private readonly spoke: IntervalSet;
  private readonly balancers: ReadonlySet<number>;

  constructor(context: RuleContext, networkInterfaces: readonly NetworkInterfaceFact[]) {
    this.context = context;
    this.places = placesOf(context);
    this.spoke = prefixesAsIntervals([context.spokePrefix]);
    for (const { privateIpAddresses, applicationSecurityGroupIds } of networkInterfaces) {
      const groups = new Set(applicationSecurityGroupIds.map(symbolOfGroup));
      for (const address of privateIpAddresses) this.groupsOf.set(ipv4Range(address).first, groups);
    }
    const balancers = context.tiers.flatMap(({ loadBalancerAddress }) => loadBalancerAddress ?? []);
    this.balancers = new Set(balancers.map((address) => ipv4Range(address).first));
  }

  /** The addresses of a subnet of the spoke: of a tier by name, or of `gateway`. */
  subnet(name: string): IntervalSet {
    const tier = this.context.tiers.find((each) => each.name === name);
    const prefix = name === gatewaySubnet ? this.context.gateway.addressPrefix : tier?.addressPrefix;
    if (prefix === undefined) throw new RangeError(`the spoke has no subnet for ${name}`);
    return prefixesAsIntervals([prefix]);
  }

  /** Whether the default route of a subnet leads to a firewall, which widens VirtualNetwork (trap 6). */
  isBehindFirewall(subnet: string): boolean {
    return this.context.behindFirewall && subnet !== gatewaySubnet;
  }

  /** Whether an end belongs to a symbol, as the NSG of a subnet sees it. */
  membership(end: FlowEnd, symbol: string, subnet: string): Membership {
    if (isGroupSymbol(symbol)) return this.groupMembership(end, symbol);
    const answers = new Set(this.placesAt(end).map((place) => this.placeMembership(place, symbol, subnet)));
    const [only] = answers;
    return only !== undefined && answers.size === 1 ? only : "maybe";
  }

  /** The addresses that certainly belong to VirtualNetwork or Internet, as the NSG of a subnet sees it. */
  certainly(symbol: string, subnet: string): IntervalSet {
    const inside = this.places.filter((place) => this.placeMembership(place, symbol, subnet) === "in");
    return inside.reduce<IntervalSet>((all, { intervals }) => unionOfIntervals(all, intervals), []);
  }

  private placeMembership(place: Place, symbol: string, subnet: string): Membership {
    return membershipOf(place, symbol, new Set(), this.isBehindFirewall(subnet));
  }

  /** An interface that does not stand any more may have been in any group; outside the spoke there is none (trap 12). */
  private groupMembership(end: FlowEnd, symbol: string): Membership {
    const single = end.first === end.last;
    const known = single ? this.groupsOf.get(end.first) : undefined;
    if (known !== undefined) return known.has(symbol) ? "in" : "out";
    // A load balancer joins none (trap 14).
    if (single && this.balancers.has(end.first)) return "out";
    return intersectionOfIntervals([end.first, end.last], this.spoke).length > 0 ? "maybe" : "out";
  }

  private placesAt({ first, last }: FlowEnd): readonly Place[] {
    // A place with symbols of its own beside another of the same addresses is the other one plus what is not known.
    const seen: Place[] = [];
    for (const place of this.places) {
      if (intersectionOfIntervals([first, last], place.intervals).length === 0) continue;
      if (!seen.some((known) => sameIntervals(known.intervals, place.intervals))) seen.push(place);
    }
    return seen;
  }
}
