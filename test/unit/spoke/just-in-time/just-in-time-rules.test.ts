import { describe, expect, test } from "vitest";
import type { JustInTimePolicy, JustInTimeRequest } from "../../../../shared/domain/just-in-time-access.ts";
import type { NetworkInterfaceFact } from "../../../../shared/domain/platform-facts.ts";
import type { SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { isActiveJustInTimeRule } from "../../../../shared/spoke/just-in-time/is-active-just-in-time-rule.ts";
import { isJustInTimeDenial } from "../../../../shared/spoke/just-in-time/is-just-in-time-denial.ts";
import { machineAddresses } from "../../../../shared/spoke/just-in-time/machine-addresses.ts";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod";
const machine = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const nic = (name: string, address: string, virtualMachineId: string | null): NetworkInterfaceFact => ({
  id: `${group}/providers/Microsoft.Network/networkInterfaces/${name}`,
  subnetIds: [],
  privateIpAddresses: [address],
  applicationSecurityGroupIds: [],
  loadBalancerBackendPoolIds: [],
  virtualMachineId,
  scaleSetId: null,
  managedBy: null,
});
const members = machineAddresses([
  nic("nic-1", "10.20.0.70", machine("vm-1")),
  nic("nic-1b", "10.20.0.71", machine("VM-1")),
  nic("nic-2", "10.20.0.80", machine("vm-2")),
  nic("nic-pe", "10.20.0.90", null),
]);

// As Defender writes it (description and form of the name from a rule that it made).
const rule: SecurityRuleBody = {
  name: "SecurityCenter-JITRule-1170687618-8C18BF8921F041989344B4F1E3A0C370",
  description: "ASC JIT Network Access rule created by an initiation request for policy 'default' of VM 'vm-1'.",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "*",
  sourceAddressPrefixes: ["10.0.2.7"],
  sourceApplicationSecurityGroupIds: [],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["10.20.0.70"],
  destinationApplicationSecurityGroupIds: [],
  destinationPortRanges: ["22"],
};
const request: JustInTimeRequest = {
  virtualMachineId: machine("vm-1").toUpperCase(),
  port: 22,
  sources: ["10.0.2.0/26"],
  startsAt: "2026-11-27T10:00:00.000Z",
  endsAt: "2026-11-27T13:00:00.000Z",
};
const during = "2026-11-27T12:59:59.999Z";
const left = (changes: Partial<SecurityRuleBody>, requests: readonly JustInTimeRequest[] = [request], now = during) =>
  isActiveJustInTimeRule({ ...rule, ...changes }, requests, members, now);

describe("trap 7: an allow of Defender's just-in-time access", () => {
  test("is left alone while a request for its machine, port and source holds", () => {
    expect(left({})).toBe(true);
    expect(left({ destinationAddressPrefixes: ["10.20.0.70/32", "10.20.0.71"] })).toBe(true);
    expect(left({ protocol: "Tcp", sourceAddressPrefixes: ["10.0.2.0/27"] })).toBe(true);
    expect(left({ destinationPortRanges: ["22", "3389"] }, [request, { ...request, port: 3389 }])).toBe(true);
  });

  test("a name alone is no permission", () => {
    expect(left({}, [])).toBe(false);
  });

  test("a request alone neither: a rule of another name is somebody else's", () => {
    expect(left({ name: "Allow-Ssh" })).toBe(false);
    expect(left({ name: "My-SecurityCenter-JITRule-1" })).toBe(false);
  });

  test.each<[string, Partial<SecurityRuleBody>]>([
    ["another machine", { destinationAddressPrefixes: ["10.20.0.80"] }],
    ["another machine beside the right one", { destinationAddressPrefixes: ["10.20.0.70", "10.20.0.80"] }],
    ["a prefix around the machine", { destinationAddressPrefixes: ["10.20.0.64/26"] }],
    ["any destination", { destinationAddressPrefixes: ["*"] }],
    ["no destination", { destinationAddressPrefixes: [] }],
    ["an address of no machine", { destinationAddressPrefixes: ["10.20.0.90"] }],
    ["a tier's ASG beside the machine", { destinationApplicationSecurityGroupIds: ["/asg"] }],
    ["any source", { sourceAddressPrefixes: ["*"] }],
    ["a service tag", { sourceAddressPrefixes: ["Internet"] }],
    ["a source beside the granted one", { sourceAddressPrefixes: ["10.0.2.7", "10.0.3.7"] }],
    ["a wider source", { sourceAddressPrefixes: ["10.0.2.0/25"] }],
    ["no source", { sourceAddressPrefixes: [] }],
    ["an ASG as source", { sourceApplicationSecurityGroupIds: ["/asg"] }],
    ["another port", { destinationPortRanges: ["3389"] }],
    ["a port beside the granted one", { destinationPortRanges: ["22", "3389"] }],
    ["a range around the port", { destinationPortRanges: ["20-25"] }],
    ["all ports", { destinationPortRanges: ["*"] }],
    ["all ports as a range", { destinationPortRanges: ["0-65535"] }],
    ["no port", { destinationPortRanges: [] }],
    ["a protocol without ports", { protocol: "Icmp" }],
    ["outbound", { direction: "Outbound" }],
    ["a denial", { access: "Deny" }],
  ])("with %s it is drift", (_, changes) => {
    expect(left(changes)).toBe(false);
  });

  test("before the request begins and from its end on it is drift", () => {
    expect(left({}, [request], request.startsAt)).toBe(true);
    expect(left({}, [request], "2026-11-27T09:59:59.999Z")).toBe(false);
    expect(left({}, [request], request.endsAt)).toBe(false);
    expect(left({}, [{ ...request, endsAt: "soon" }])).toBe(false);
  });

  test("any source only where any was asked for; where Defender tells no source, none", () => {
    expect(left({ sourceAddressPrefixes: ["*"] }, [{ ...request, sources: ["*"] }])).toBe(true);
    expect(left({}, [{ ...request, sources: [] }])).toBe(false);
  });

  test("an address of IPv6 to the letter", () => {
    const requests = [{ ...request, sources: ["2001:DB8::7"] }];
    expect(left({ sourceAddressPrefixes: ["2001:db8::7"] }, requests)).toBe(true);
    expect(left({ sourceAddressPrefixes: ["2001:db8::/64"] }, requests)).toBe(false);
  });
});

describe("trap 7: a denial of Defender's just-in-time access", () => {
  const policy: JustInTimePolicy = {
    id: `${group}/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/zero-trust-orders-prod`,
    location: "westeurope",
    machines: [
      {
        virtualMachineId: machine("vm-1"),
        ports: [{ number: 22, protocol: "*", allowedSources: ["10.0.2.0/26"], longestAccess: "PT3H" }],
      },
    ],
  };
  const denial: SecurityRuleBody = {
    ...rule,
    name: "SecurityCenter-JITRule_-1105480617_9EF6964FE766478B9EC568B32FB82045",
    access: "Deny",
    priority: 1000,
    sourceAddressPrefixes: ["*"],
  };

  test("is left alone while the policy closes its ports", () => {
    expect(isJustInTimeDenial(denial, [policy], members)).toBe(true);
  });

  test("closing more than the policy is drift, and so is an allow", () => {
    expect(isJustInTimeDenial(denial, [], members)).toBe(false);
    expect(isJustInTimeDenial({ ...denial, destinationPortRanges: ["22", "443"] }, [policy], members)).toBe(false);
    expect(isJustInTimeDenial({ ...denial, destinationAddressPrefixes: ["10.20.0.80"] }, [policy], members)).toBe(
      false,
    );
    expect(isJustInTimeDenial({ ...denial, destinationAddressPrefixes: ["*"] }, [policy], members)).toBe(false);
    expect(isJustInTimeDenial(rule, [policy], members)).toBe(false);
  });
});

test("a machine with several interfaces is one, whatever the case of its id", () => {
  expect(members).toEqual([
    { virtualMachineId: machine("VM-1"), privateIpAddresses: ["10.20.0.70", "10.20.0.71"] },
    { virtualMachineId: machine("vm-2"), privateIpAddresses: ["10.20.0.80"] },
  ]);
});
