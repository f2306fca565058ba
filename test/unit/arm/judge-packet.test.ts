import { describe, expect, it } from "vitest";
import { compileGroup } from "../../../local/arm/flow-simulator/compile-group.ts";
import { Ipv4Set } from "../../../local/arm/flow-simulator/ipv4-set.ts";
import { judgePacket, type Packet } from "../../../local/arm/flow-simulator/judge-packet.ts";
import type { NetworkEnd, NetworkMap } from "../../../local/arm/flow-simulator/network-map.ts";
import type { Resource } from "../../../local/arm/resource.ts";

const own = new Ipv4Set(["10.20.0.0/16"]);

function group(...rules: Record<string, unknown>[]) {
  const securityRules = rules.map((properties, index) => ({
    name: String(properties.name ?? `rule-${index}`),
    properties: {
      protocol: "*",
      access: "Allow",
      direction: "Inbound",
      priority: 100 + index,
      sourcePortRange: "*",
      destinationPortRange: "*",
      ...("sourceApplicationSecurityGroups" in properties ? {} : { sourceAddressPrefix: "*" }),
      destinationAddressPrefix: "*",
      ...properties,
    },
  }));
  const body = { properties: { resourceGuid: `guid-${rules.length}`, securityRules } };
  return compileGroup({
    id: "/nsg",
    name: "nsg",
    type: "",
    body,
    etag: "",
    provisioningState: "Succeeded",
    lastOperation: "",
  } satisfies Resource);
}

function end(address: string, change: Partial<NetworkEnd> = {}): NetworkEnd {
  return {
    interfaceId: `/nic/${address}`,
    macAddress: "002248000001",
    address,
    subnetId: "/subnet",
    groups: new Set(),
    subnetGuard: undefined,
    ownGuard: undefined,
    virtualNetwork: own,
    ...change,
  };
}

function judge(
  at: NetworkEnd,
  direction: "Inbound" | "Outbound",
  change: Partial<Packet> = {},
  others: NetworkEnd[] = [],
) {
  const ends = [at, ...others];
  const map: NetworkMap = {
    ends,
    byAddress: new Map(ends.map((each) => [each.address, each])),
    own,
    connected: own,
    gateways: new Map(),
  };
  const packet: Packet = {
    source: direction === "Inbound" ? "10.20.1.4" : at.address,
    destination: direction === "Inbound" ? at.address : "10.20.1.4",
    sourcePort: 50_000,
    destinationPort: 1433,
    protocol: "Tcp",
    ...change,
  };
  return judgePacket(map, at, direction, packet);
}

const deny = { access: "Deny", priority: 4096, name: "DenyAll" };

describe("a packet", () => {
  it("meets the default rules where no custom one matches", () => {
    const at = end("10.20.2.4", { subnetGuard: group() });
    expect(judge(at, "Inbound")).toMatchObject({ allowed: true, rule: "DefaultRule_AllowVnetInBound" });
    expect(judge(at, "Inbound", { source: "203.0.113.9" })).toMatchObject({
      allowed: false,
      rule: "DefaultRule_DenyAllInBound",
    });
    expect(judge(at, "Inbound", { source: "168.63.129.16" })).toMatchObject({
      rule: "DefaultRule_AllowAzureLoadBalancerInBound",
    });
    expect(judge(at, "Outbound", { destination: "203.0.113.9" })).toMatchObject({
      rule: "DefaultRule_AllowInternetOutBound",
    });
    expect(judge(at, "Outbound", { destination: "192.168.1.1" })).toMatchObject({
      rule: "DefaultRule_DenyAllOutBound",
    });
  });

  it("is decided by the first rule that matches by priority, protocol and both ports", () => {
    const at = end("10.20.2.4", {
      subnetGuard: group(
        { name: "udp", protocol: "Udp" },
        { name: "other-port", destinationPortRange: "1-1432" },
        { name: "other-source-port", sourcePortRange: "1-1000" },
        { name: "list", destinationPortRange: undefined, destinationPortRanges: ["80", "1400-1500"] },
        deny,
      ),
    });
    expect(judge(at, "Inbound")).toMatchObject({ allowed: true, rule: "list" });
    expect(judge(at, "Inbound", { destinationPort: 1600 })).toMatchObject({ allowed: false, rule: "DenyAll" });
    expect(judge(at, "Inbound", { destinationPort: 443 })).toMatchObject({ rule: "other-port" });
  });

  it("must pass the subnet's and the interface's group; the verdict names who denied, or who was asked last", () => {
    const guarded = { subnetGuard: group({ name: "subnet" }), ownGuard: group({ name: "own" }, deny) };
    expect(judge(end("10.20.2.4", guarded), "Inbound")).toMatchObject({ rule: "own", aclId: "guid-2" });
    expect(judge(end("10.20.2.4", { ...guarded, subnetGuard: group(deny) }), "Inbound")).toMatchObject({
      allowed: false,
      rule: "DenyAll",
      aclId: "guid-1",
    });
    const outbound = { direction: "Outbound" };
    const leaving = {
      subnetGuard: group({ name: "subnet", ...outbound }),
      ownGuard: group({ name: "own", ...outbound }),
    };
    expect(judge(end("10.20.2.4", leaving), "Outbound")).toMatchObject({ rule: "subnet" });
    expect(judge(end("10.20.2.4"), "Inbound")).toMatchObject({ allowed: true, rule: "unspecified" });
  });

  it("matches an application security group by its members alone", () => {
    const asg = [{ id: "/ASG/front" }];
    const at = end("10.20.2.4", { subnetGuard: group({ name: "front", sourceApplicationSecurityGroups: asg }, deny) });
    const member = end("10.20.1.4", { groups: new Set(["/asg/front"]) });
    expect(judge(at, "Inbound", {}, [member])).toMatchObject({ rule: "front" });
    expect(judge(at, "Inbound", {}, [end("10.20.1.4")])).toMatchObject({ rule: "DenyAll" });
  });

  it("is within VirtualNetwork wherever a default route leads (trap 6)", () => {
    const everywhere = new Ipv4Set(["10.20.0.0/16", "0.0.0.0/0"]);
    const at = end("10.20.2.4", { subnetGuard: group(), virtualNetwork: everywhere });
    expect(judge(at, "Inbound", { source: "203.0.113.9" })).toMatchObject({ rule: "DefaultRule_AllowVnetInBound" });
  });

  it("that might be in a service tag nobody knows the addresses of is not judged", () => {
    const at = end("10.20.2.4", {
      subnetGuard: group({ name: "storage", sourceAddressPrefix: "Storage.WestEurope" }, deny),
    });
    expect(() => judge(at, "Inbound", { source: "20.60.1.1" })).toThrow("Storage.WestEurope");
    expect(judge(at, "Inbound", { source: "10.20.1.4" })).toMatchObject({ rule: "DenyAll" });
    expect(judge(at, "Inbound", { source: "203.0.113.9" })).toMatchObject({ rule: "DenyAll" });
  });

  it("of IPv4 is in no IPv6 prefix", () => {
    const at = end("10.20.2.4", { subnetGuard: group({ name: "six", sourceAddressPrefix: "2001:db8::/32" }, deny) });
    expect(judge(at, "Inbound")).toMatchObject({ rule: "DenyAll" });
  });
});
