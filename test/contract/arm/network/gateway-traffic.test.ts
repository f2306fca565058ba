import { describe, expect, it } from "vitest";
import { blockedGatewayTraffic } from "../../../../local/arm/network/security-groups/gateway-traffic.ts";

type Members = Record<string, unknown>;
let priority = 100;
const rule = (members: Members) => {
  priority += 1;
  return {
    name: `r${priority}`,
    properties: {
      priority,
      protocol: "*",
      direction: "Inbound",
      access: "Allow",
      sourcePortRange: "*",
      destinationPortRange: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
      ...members,
    },
  };
};
const management = (members: Members = {}) =>
  rule({ sourceAddressPrefix: "GatewayManager", destinationPortRange: "65200-65535", ...members });
const probes = (members: Members = {}) => rule({ sourceAddressPrefix: "AzureLoadBalancer", ...members });
const denyInbound = rule({ access: "Deny", priority: 4096 });
const denyOutbound = rule({ access: "Deny", direction: "Outbound", priority: 4096 });

describe("rules of a v2 Application Gateway's subnet (trap 15)", () => {
  it("may deny the rest once management and probes pass", () => {
    expect(blockedGatewayTraffic([management(), probes(), denyInbound])).toBeUndefined();
  });

  it("block the gateway without a rule for management traffic: the default rules deny it", () => {
    expect(blockedGatewayTraffic([])).toBe("Inbound");
    expect(blockedGatewayTraffic([probes(), denyInbound])).toBe("Inbound");
  });

  it("block the gateway without a rule for probes above a deny", () => {
    expect(blockedGatewayTraffic([management()])).toBeUndefined();
    expect(blockedGatewayTraffic([management(), denyInbound])).toBe("Inbound");
  });

  it.each([
    ["a destination of VirtualNetwork", management({ destinationAddressPrefix: "VirtualNetwork" })],
    ["half of the ports", management({ destinationPortRange: "65200-65400" })],
    ["UDP only", management({ protocol: "Udp" })],
    ["one source port", management({ sourcePortRange: "443" })],
  ])("are not satisfied by %s", (_what, weak) => {
    expect(blockedGatewayTraffic([weak, probes(), denyInbound])).toBe("Inbound");
  });

  it("may give the ports in parts", () => {
    const parts = [
      management({ destinationPortRange: "65200-65300" }),
      management({ destinationPortRange: "65301-65535" }),
    ];
    expect(blockedGatewayTraffic([...parts, probes(), denyInbound])).toBeUndefined();
  });

  it("may not deny before they allow", () => {
    const early = rule({ access: "Deny", sourceAddressPrefix: "Internet", priority: 50 });
    expect(blockedGatewayTraffic([early, management(), probes()])).toBe("Inbound");
  });

  it("may not deny traffic to the Internet (trap 16)", () => {
    expect(blockedGatewayTraffic([management(), probes(), denyOutbound])).toBe("Outbound");
    const open = rule({ direction: "Outbound", destinationAddressPrefix: "Internet" });
    expect(blockedGatewayTraffic([management(), probes(), open, denyOutbound])).toBeUndefined();
  });
});
