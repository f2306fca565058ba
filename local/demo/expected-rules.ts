import type { AddressPlan } from "./address-plan.ts";
import type { DemoRequest } from "./demo-request.ts";
import type { ShownRule } from "./network-security-group.ts";

/** A rule that must stand in an NSG: by its name where the contract names it, else by what it does. */
export interface ExpectedRule {
  readonly what: string;
  readonly lowest: number;
  readonly highest: number;
  readonly matches: (rule: ShownRule) => boolean;
}

type Direction = ShownRule["direction"];
const application = { lowest: 105, highest: 995 };
const management = { lowest: 1000, highest: 1995 };
const internalDenies = { lowest: 4000, highest: 4009 };
const hostNamePorts = { lowest: 4010, highest: 4090 };
const baseline = { lowest: 4096, highest: 4096 };

/** Expected rules by subnet name (`snet-{tier}`, `snet-gateway`): step 5 of the guidance, for this request. */
export function expectedRules(request: DemoRequest, plan: AddressPlan): Map<string, ExpectedRule[]> {
  const { tiers } = request.application;
  const expected = new Map<string, ExpectedRule[]>();
  const add = (subnet: string, ...rules: ExpectedRule[]): void => {
    expected.set(`snet-${subnet}`, [...(expected.get(`snet-${subnet}`) ?? []), ...rules]);
  };
  const first = tiers[0];
  add(
    "gateway",
    ...["Allow-Internet-to-Gateway", "Allow-GatewayManager", "Allow-Probe-to-Gateway"].map((n) => named(n, "Inbound")),
    named("DenyAllInbound", null, baseline),
  );
  if (first) {
    add("gateway", named(`Allow-Gateway-to-${service(first)}-VMs`, "Outbound"));
    add(first.name, named(`Allow-Gateway-to-${service(first)}-VMs`, "Inbound"));
  }
  for (const [index, tier] of tiers.entries()) {
    const next = tiers[index + 1];
    if (next) addStep(add, tier, next);
    if (tier.replicates) add(tier.name, ...both(`Allow-${service(tier)}-VM-to-${service(tier)}-VM`));
    if (tier.loadBalanced) {
      add(tier.name, ...both(`Allow-${service(tier)}-LB-to-${service(tier)}-VMs`));
      add(tier.name, named(`Allow-Probe-to-${service(tier)}`, "Inbound"));
    }
    add(tier.name, named("DenyAllInbound", null, baseline), named("DenyAllOutbound", null, baseline));
    add(tier.name, {
      what: `a deny of the spoke's own prefix ${request.addressPrefix} before the ports of host names`,
      ...internalDenies,
      matches: (rule) =>
        rule.direction === "Outbound" && rule.access === "Deny" && rule.to.includes(request.addressPrefix),
    });
  }
  for (const flow of request.application.flows) {
    add(
      flow.from,
      allowing("Outbound", flow, application, (rule) => reaches(rule, flow.to, request, plan)),
    );
    add(
      flow.to,
      allowing("Inbound", flow, application, (rule) => comesFrom(rule, flow.from, request, plan)),
    );
  }
  for (const access of request.managementAccess) {
    for (const tier of access.to) {
      add(
        tier,
        allowing("Inbound", access, management, (rule) => rule.from.includes(access.from)),
      );
    }
  }
  for (const access of request.outboundAccess) {
    for (const tier of access.from) {
      add(
        tier,
        allowing("Outbound", access, hostNamePorts, (rule) => rule.to.includes("0.0.0.0/0")),
      );
    }
  }
  return expected;
}

type Tier = DemoRequest["application"]["tiers"][number];

function addStep(add: (subnet: string, ...rules: ExpectedRule[]) => void, tier: Tier, next: Tier): void {
  const toMachines = `Allow-${capitalised(tier.name)}-Tier-to-${service(next)}-VMs`;
  add(tier.name, named(toMachines, "Outbound"));
  add(next.name, named(toMachines, "Inbound"));
  if (!next.loadBalanced) return;
  const toLoadBalancer = `Allow-${capitalised(tier.name)}-Tier-to-${capitalised(next.name)}-LB`;
  add(tier.name, ...both(toLoadBalancer));
  add(next.name, named(toLoadBalancer, "Inbound"));
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The guidance calls whatever serves port 1433 "SQL". */
function service(tier: Tier): string {
  return tier.port === 1433 ? "SQL" : capitalised(tier.name);
}

function named(name: string, direction: Direction | null, band = application): ExpectedRule {
  const full = direction === null ? name : `${name}-${direction}`;
  return { what: `rule ${full}`, ...band, matches: (rule) => rule.name === full };
}

function both(name: string): ExpectedRule[] {
  return [named(name, "Inbound"), named(name, "Outbound")];
}

function allowing(
  direction: Direction,
  flow: { readonly port: number; readonly protocol: string; readonly description: string },
  band: { lowest: number; highest: number },
  isPeer: (rule: ShownRule) => boolean,
): ExpectedRule {
  return {
    what: `an ${direction.toLowerCase()} rule for ${flow.protocol} ${flow.port} (${flow.description})`,
    ...band,
    matches: (rule) =>
      rule.direction === direction &&
      rule.access === "Allow" &&
      rule.protocol.toLowerCase() === flow.protocol.toLowerCase() &&
      rule.ports.includes(String(flow.port)) &&
      isPeer(rule),
  };
}

function reaches(rule: ShownRule, tier: string, request: DemoRequest, plan: AddressPlan): boolean {
  return names(tier, request, plan).some((name) => rule.to.includes(name));
}

function comesFrom(rule: ShownRule, tier: string, request: DemoRequest, plan: AddressPlan): boolean {
  return names(tier, request, plan).some((name) => rule.from.includes(name));
}

/** A tier may stand in a rule as its application security group or as its prefix. */
function names(tier: string, request: DemoRequest, plan: AddressPlan): string[] {
  const prefix = plan.tiers.find(({ name }) => name === tier)?.prefix;
  return [`asg-${request.name}-${tier}`, ...(prefix ? [prefix] : [])];
}
