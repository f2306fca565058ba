import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, integerOf, listOf, objectOf, referenceOf, textOf, wordOf } from "../json-value.ts";
import { PrivateAddresses } from "../private-addresses.ts";
import { badRequest, missingMember, notModelled } from "../refusals.ts";
import { requireKnownMembers } from "../stored-body.ts";

/** A part of a load balancer that Azure gives an ID of its own. */
export interface Part {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly zones?: unknown;
}

function readParts(
  context: WriteContext,
  given: unknown,
  member: string,
  read: (part: JsonObject, path: string, id: string) => JsonObject,
): Part[] {
  return listOf(given, `properties.${member}`).map((entry, index) => {
    const path = `properties.${member}[${index}]`;
    const part = objectOf(entry, path);
    const name = textOf(part.name, `${path}.name`);
    if (name === undefined) throw missingMember(`${path}.name`, context.id.id);
    const id = `${context.id.id}/${member}/${name}`;
    const properties = read(objectOf(part.properties, `${path}.properties`), `${path}.properties`, id);
    const zones = part.zones === undefined ? {} : { zones: part.zones };
    return {
      name,
      id,
      type: `Microsoft.Network/loadBalancers/${member}`,
      properties: { provisioningState: "Succeeded", ...properties },
      ...zones,
    };
  });
}

/** Frontends of an internal load balancer: an address in a subnet, or a public address. */
export function readFrontends(context: WriteContext, given: unknown): Part[] {
  const claimed = new Map<string, string>();
  return readParts(context, given, "frontendIPConfigurations", (part, path, id) => {
    requireKnownMembers(part, path, {
      modelled: [
        "subnet",
        "privateIPAddress",
        "privateIPAllocationMethod",
        "privateIPAddressVersion",
        "publicIPAddress",
      ],
      readOnly: ["loadBalancingRules", "inboundNatRules", "inboundNatPools", "outboundRules"],
      unmodelled: ["publicIPPrefix", "gatewayLoadBalancer"],
    });
    if (wordOf(part.privateIPAddressVersion, path, ["IPv4", "IPv6"], "IPv4") === "IPv6")
      throw notModelled("IPv6 frontends");
    const publicIPAddress = referenceOf(part.publicIPAddress, `${path}.publicIPAddress`);
    if (publicIPAddress !== undefined) {
      const address = context.reference(publicIPAddress, { type: networkTypes.publicIPAddress });
      return { privateIPAllocationMethod: "Dynamic", publicIPAddress: { id: address.id } };
    }
    const subnetId = referenceOf(part.subnet, `${path}.subnet`);
    if (subnetId === undefined) {
      throw badRequest(
        "LoadBalancerFrontendIpConfigurationMustReferenceSubnetOrPublicIp",
        `Frontend IP configuration ${id} must reference either a Subnet, a PublicIPAddress or a PublicIPPrefix.`,
      );
    }
    const subnet = context.reference(subnetId, { type: networkTypes.subnet });
    const path2 = `${path}.privateIPAllocationMethod`;
    const method = wordOf(part.privateIPAllocationMethod, path2, ["Dynamic", "Static"], "Dynamic");
    const asked = textOf(part.privateIPAddress, `${path}.privateIPAddress`);
    if (method === "Static" && asked === undefined) throw missingMember(`${path}.privateIPAddress`, id);
    const addresses = new PrivateAddresses(context.world, subnet, context.id.id, claimed);
    const wanted = method === "Static" ? asked : presentAddress(context, id, subnet.id);
    const privateIPAddress = wanted === undefined ? addresses.allocate(id) : addresses.claim(wanted, id);
    claimed.set(privateIPAddress, id);
    return {
      subnet: { id: subnet.id },
      privateIPAddress,
      privateIPAllocationMethod: method,
      privateIPAddressVersion: "IPv4",
    };
  });
}

function presentAddress(context: WriteContext, id: string, subnetId: string): string | undefined {
  const stored = (context.existing?.body.properties.frontendIPConfigurations ?? []) as Part[];
  const found = stored.find((one) => one.id === id)?.properties;
  const sameSubnet = (found?.subnet as { id: string } | undefined)?.id === subnetId;
  return sameSubnet ? String(found?.privateIPAddress) : undefined;
}

/** Health probes. */
export function readProbes(context: WriteContext, given: unknown): Part[] {
  return readParts(context, given, "probes", (part, path, id) => {
    requireKnownMembers(part, path, {
      modelled: ["protocol", "port", "intervalInSeconds", "numberOfProbes", "probeThreshold", "requestPath"],
      readOnly: ["loadBalancingRules"],
      unmodelled: ["noHealthyBackendsBehavior"],
    });
    const protocol = wordOf(part.protocol, `${path}.protocol`, ["Tcp", "Http", "Https"]);
    const requestPath = textOf(part.requestPath, `${path}.requestPath`);
    if ((protocol === "Tcp") === (requestPath !== undefined)) {
      throw badRequest(
        "LoadBalancerProbeInvalidRequestPath",
        `Probe ${id}: a request path is required for protocol Http or Https and not allowed for protocol Tcp.`,
      );
    }
    return defined({
      protocol,
      port: portOf(part.port, `${path}.port`, id),
      requestPath,
      intervalInSeconds: integerOf(part.intervalInSeconds, `${path}.intervalInSeconds`, 15),
      numberOfProbes: integerOf(part.numberOfProbes, `${path}.numberOfProbes`, 2),
      probeThreshold: integerOf(part.probeThreshold, `${path}.probeThreshold`, 1),
    });
  });
}

/** Load balancing rules; that what they name stands in the same load balancer is checked later. */
export function readRules(context: WriteContext, given: unknown): Part[] {
  return readParts(context, given, "loadBalancingRules", (part, path, id) => {
    requireKnownMembers(part, path, {
      modelled: [
        "frontendIPConfiguration",
        "backendAddressPool",
        "backendAddressPools",
        "probe",
        "protocol",
        "loadDistribution",
        "frontendPort",
        "backendPort",
        "idleTimeoutInMinutes",
        "enableFloatingIP",
        "enableTcpReset",
        "disableOutboundSnat",
      ],
      unmodelled: ["enableConnectionTracking"],
    });
    const reference = (member: string) => {
      const target = referenceOf(part[member], `${path}.${member}`);
      return target === undefined ? undefined : { id: target };
    };
    const pools = listOf(part.backendAddressPools, `${path}.backendAddressPools`);
    if (pools.length > 1) throw notModelled("load balancing rules with several backend pools");
    const pool = reference("backendAddressPool") ?? (pools[0] as { id: string } | undefined);
    const protocol = wordOf(part.protocol, `${path}.protocol`, ["Tcp", "Udp", "All"]);
    const anyPort = protocol === "All";
    const frontend = reference("frontendIPConfiguration");
    if (!frontend) throw missingMember(`${path}.frontendIPConfiguration`, id);
    return defined({
      frontendIPConfiguration: frontend,
      backendAddressPool: pool,
      backendAddressPools: pool ? [pool] : [],
      probe: reference("probe"),
      protocol,
      loadDistribution: wordOf(part.loadDistribution, path, ["Default", "SourceIP", "SourceIPProtocol"], "Default"),
      frontendPort: anyPort ? 0 : portOf(part.frontendPort, `${path}.frontendPort`, id),
      backendPort: anyPort ? 0 : portOf(part.backendPort, `${path}.backendPort`, id),
      idleTimeoutInMinutes: integerOf(part.idleTimeoutInMinutes, `${path}.idleTimeoutInMinutes`, 4),
      enableFloatingIP: flagOf(part.enableFloatingIP, `${path}.enableFloatingIP`, false),
      enableTcpReset: flagOf(part.enableTcpReset, `${path}.enableTcpReset`, false),
      disableOutboundSnat: flagOf(part.disableOutboundSnat, `${path}.disableOutboundSnat`, false),
    });
  });
}

function portOf(value: unknown, path: string, id: string): number {
  const port = integerOf(value, path, -1);
  if (port < 1 || port > 65534) {
    throw badRequest(
      "LoadBalancerInvalidPort",
      `Port ${port} of ${id} is invalid. Allowed values are between 1 and 65534, inclusive.`,
    );
  }
  return port;
}
