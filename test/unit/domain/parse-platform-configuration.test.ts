import { describe, expect, it } from "vitest";
import { parsePlatformConfiguration } from "../../../shared/domain/parse-platform-configuration.ts";
import { publicVmManagement } from "../../../shared/domain/vm-management.ts";
import { type Document, found, parsedValue, sampleConfiguration } from "./contract-request.ts";

const refusals = (change: (document: Document) => void) => {
  const document = sampleConfiguration();
  change(document);
  return found(parsePlatformConfiguration(document));
};

describe("the platform configuration", () => {
  it("is the sample", () => {
    expect(parsedValue(parsePlatformConfiguration(sampleConfiguration()))).toEqual({
      ...sampleConfiguration(),
      vmManagement: publicVmManagement,
      keyVaultSuffix: "vault.azure.net",
    });
  });

  it.each([
    ["a name with a path", { fqdns: [{ fqdn: "a.example/x", port: 443 }] }, "/vmManagement/fqdns/0/fqdn", "malformed"],
    ["a port of its own", { fqdns: [{ fqdn: "a.example", port: 8080 }] }, "/vmManagement/fqdns/0/port", "not-allowed"],
    ["a name for an address", { timeServers: ["time.windows.com"] }, "/vmManagement/timeServers/0", "invalid"],
    ["nobody to activate Windows", { activationServers: [] }, "/vmManagement/activationServers", "too-few"],
    ["half of it", { activationServers: undefined }, "/vmManagement/activationServers", "missing"],
  ])("refuses what machines need to be managed with %s", (_what, part, pointer, code) => {
    expect(refusals((each) => (each.vmManagement = { ...publicVmManagement, ...part }))).toEqual([[pointer, code]]);
  });

  it("may lack hubs' firewalls and use the built-in role", () => {
    const change = (each: Document) => {
      each.hubs[0].firewall = null;
      each.networkManagementRole = { kind: "built-in-network-contributor" };
      each.accessBindings[0].subscriptionIds = [each.subscriptionIds[0].toUpperCase()];
    };
    expect(refusals(change)).toEqual([]);
  });

  const ipamPoolId =
    "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/r/providers/Microsoft.Network/networkManagers/n/ipamPools/p";

  it("may name an IPAM pool, and the part of it for spokes", () => {
    const pool = (...addressPrefixes: string[]) => ({ ipamPoolId, addressPrefixes });
    const withPool = (northeurope: object) => refusals((each) => (each.addressPools.northeurope = northeurope));
    expect(withPool(pool("10.112.0.0/13"))).toEqual([]);
    expect(withPool({ ipamPoolId })).toEqual([["/addressPools/northeurope/addressPrefixes", "missing"]]);
    expect(withPool({ ...pool("10.112.0.0/13"), ipamPoolId: "pool" })).toEqual([
      ["/addressPools/northeurope/ipamPoolId", "invalid"],
    ]);
    expect(withPool(pool("10.112.0.0/13", "10.64.0.0/16", "203.0.0.0/16", "10.120.0.0/24"))).toEqual([
      ["/addressPools/northeurope/addressPrefixes/1", "prefixes-overlap"],
      ["/addressPools/northeurope/addressPrefixes/2", "prefix-not-private"],
      ["/addressPools/northeurope/addressPrefixes/3", "pool-too-small"],
    ]);
  });

  it.each([null, 7, "x", []])("refuses %j", (input) => {
    expect(found(parsePlatformConfiguration(input))[0]).toEqual(["", "wrong-type"]);
  });

  it("tells every missing and every unknown field", () => {
    expect(found(parsePlatformConfiguration({})).every(([, code]) => code === "missing")).toBe(true);
    // Schedules, enforcement and notifications may be left out.
    expect(found(parsePlatformConfiguration({}))).toHaveLength(Object.keys(sampleConfiguration()).length - 3);
    const change = (each: Document) => {
      each.colour = 1;
      each.hubs[0].firewall.colour = 1;
      delete each.workspace.location;
      each.networkManagementRole.colour = 1;
    };
    expect(refusals(change)).toEqual([
      ["/hubs/0/firewall/colour", "unknown-field"],
      ["/networkManagementRole/colour", "unknown-field"],
      ["/workspace/location", "missing"],
      ["/colour", "unknown-field"],
    ]);
  });

  it.each<[string, (each: Document) => void, string, string]>([
    ["a tenant that is no GUID", (each) => (each.tenantId = "contoso"), "/tenantId", "malformed"],
    ["no locations", (each) => (each.subscriptionIds = []), "/subscriptionIds", "too-few"],
    [
      "an approval period of no end",
      (each) => (each.approval.expiresAfter = "P31D"),
      "/approval/expiresAfter",
      "invalid",
    ],
    [
      "an approval period of none",
      (each) => (each.approval.expiresAfter = "PT0S"),
      "/approval/expiresAfter",
      "invalid",
    ],
    [
      "an approval period in hours",
      (each) => (each.approval.expiresAfter = 72),
      "/approval/expiresAfter",
      "wrong-type",
    ],
    ["approval that nobody decided on", (each) => (each.approval = {}), "/approval/required", "missing"],
    ["an enforcement mode of its own", (each) => (each.enforcementMode = "off"), "/enforcementMode", "not-allowed"],
    [
      "an unknown role kind",
      (each) => (each.networkManagementRole.kind = "x"),
      "/networkManagementRole/kind",
      "not-allowed",
    ],
    [
      "a role without an id",
      (each) => delete each.networkManagementRole.roleDefinitionId,
      "/networkManagementRole/roleDefinitionId",
      "missing",
    ],
    [
      "a Conditional Access policy without a break-glass group",
      (each) => (each.conditionalAccess = { mode: "create" }),
      "/conditionalAccess/breakGlassGroupId",
      "missing",
    ],
    [
      "a break-glass group by its name",
      (each) => (each.conditionalAccess = { mode: "create", breakGlassGroupId: "Emergency access" }),
      "/conditionalAccess/breakGlassGroupId",
      "malformed",
    ],
    [
      "a binding to a word",
      (each) => (each.accessBindings[0].subscriptionIds = "all"),
      "/accessBindings/0/subscriptionIds",
      "not-allowed",
    ],
    [
      "a binding to a non-GUID",
      (each) => (each.accessBindings[0].networkManagersGroupIds = ["x"]),
      "/accessBindings/0/networkManagersGroupIds/0",
      "malformed",
    ],
    [
      "a binding without groups",
      (each) => delete each.accessBindings[0].networkManagersGroupIds,
      "/accessBindings/0/networkManagersGroupIds",
      "missing",
    ],
    [
      "an allocated length beyond /24",
      (each) => (each.allocatedPrefixLength = 25),
      "/allocatedPrefixLength",
      "too-large",
    ],
    [
      "a rule collection group of priority 99",
      (each) => (each.hubs[0].firewall.ruleCollectionGroup.priority = 99),
      "/hubs/0/firewall/ruleCollectionGroup/priority",
      "too-small",
    ],
    [
      "a rule collection group with a slash",
      (each) => (each.hubs[0].firewall.ruleCollectionGroup.name = "a/b"),
      "/hubs/0/firewall/ruleCollectionGroup/name",
      "malformed",
    ],
    [
      "an interval of 30 minutes",
      (each) => (each.flowLogs.trafficAnalyticsIntervalMinutes = 30),
      "/flowLogs/trafficAnalyticsIntervalMinutes",
      "not-allowed",
    ],
    ["flow logs kept for ever", (each) => (each.flowLogs.retentionDays = 0), "/flowLogs/retentionDays", "too-small"],
    [
      "a watcher without {location}",
      (each) => (each.networkWatcher.namePattern = "w"),
      "/networkWatcher/namePattern",
      "malformed",
    ],
    [
      "a watcher group with a final period",
      (each) => (each.networkWatcher.resourceGroup = "rg."),
      "/networkWatcher/resourceGroup",
      "malformed",
    ],
    [
      "a shared group that a spoke may call its own",
      (each) => (each.networkEvents.resourceGroup = "RG-orders"),
      "/networkEvents/resourceGroup",
      "invalid",
    ],
    [
      "a queue that cannot be called so",
      (each) => (each.networkEvents.queueName = "network--changes"),
      "/networkEvents/queueName",
      "malformed",
    ],
    [
      "a hub that is no virtual network",
      (each) => (each.hubs[0].virtualNetworkId = each.hubs[0].firewall.policyId),
      "/hubs/0/virtualNetworkId",
      "invalid",
    ],
    [
      "a workspace id that is none",
      (each) => (each.workspace.resourceId = "law-platform"),
      "/workspace/resourceId",
      "invalid",
    ],
    [
      "an id that climbs",
      (each) => (each.activityLogStorageAccountId += "/.."),
      "/activityLogStorageAccountId",
      "invalid",
    ],
    ["a name server that is a prefix", (each) => (each.dnsServers[1] = "10.0.3.4/32"), "/dnsServers/1", "invalid"],
    [
      "a prefix with host bits",
      (each) => (each.internalPrefixes[0] = "10.255.0.1/16"),
      "/internalPrefixes/0",
      "invalid",
    ],
    [
      "management from everywhere",
      (each) => each.managementPrefixes.push("0.0.0.0/0"),
      "/managementPrefixes/4",
      "invalid",
    ],
    ["an IPv6 prefix", (each) => (each.internalPrefixes[0] = "fd00::/8"), "/internalPrefixes/0", "invalid"],
  ])("refuses %s", (_, change, pointer, code) => {
    expect(refusals(change)).toEqual([[pointer, code]]);
  });

  it.each<[string, (each: Document) => void, string, string]>([
    ["a location twice", (each) => each.locations.push("westeurope"), "/locations/3", "duplicate"],
    [
      "a subscription twice",
      (each) => each.subscriptionIds.push(each.subscriptionIds[0]),
      "/subscriptionIds/30",
      "duplicate",
    ],
    [
      "a binding to an unknown subscription",
      (each) => (each.accessBindings[0].subscriptionIds = [each.tenantId]),
      "/accessBindings/0/subscriptionIds/0",
      "unknown-subscription",
    ],
    ["a hub elsewhere", (each) => (each.hubs[1].location = "eastus"), "/hubs/1/location", "unknown-location"],
    ["two hubs in a location", (each) => (each.hubs[1].location = "westeurope"), "/hubs/1/location", "duplicate-hub"],
    [
      "a pool elsewhere",
      (each) => (each.addressPools.eastus = ["10.112.0.0/12"]),
      "/addressPools/eastus",
      "unknown-location",
    ],
    [
      "storage elsewhere",
      (each) => (each.flowLogs.storageAccountIds.eastus = each.activityLogStorageAccountId),
      "/flowLogs/storageAccountIds/eastus",
      "unknown-location",
    ],
    [
      "a location without storage",
      (each) => delete each.flowLogs.storageAccountIds.northeurope,
      "/flowLogs/storageAccountIds/northeurope",
      "missing",
    ],
    [
      "a pool over a hub",
      (each) => each.addressPools.northeurope.push("10.0.128.0/17"),
      "/addressPools/northeurope/1",
      "prefixes-overlap",
    ],
    [
      "an internal prefix over a hub",
      (each) => each.internalPrefixes.push("10.1.0.0/24"),
      "/internalPrefixes/2",
      "prefixes-overlap",
    ],
    [
      "pools over one another",
      (each) => each.addressPools.swedencentral.push("10.64.0.0/16"),
      "/addressPools/swedencentral/1",
      "prefixes-overlap",
    ],
    [
      "a public pool",
      (each) => each.addressPools.swedencentral.push("203.0.0.0/16"),
      "/addressPools/swedencentral/1",
      "prefix-not-private",
    ],
    [
      "a pool too small to give a spoke",
      (each) => each.addressPools.swedencentral.push("10.112.0.0/23"),
      "/addressPools/swedencentral/1",
      "pool-too-small",
    ],
    [
      "a bastion outside management",
      (each) => each.bastionPrefixes.push("10.0.4.0/26"),
      "/bastionPrefixes/2",
      "bastion-outside-management",
    ],
    [
      "a firewall outside its hub",
      (each) => (each.hubs[0].firewall.privateIpAddress = "10.1.0.4"),
      "/hubs/0/firewall/privateIpAddress",
      "firewall-outside-hub",
    ],
  ])("refuses %s, across fields", (_, change, pointer, code) => {
    expect(refusals(change)).toContainEqual([pointer, code]);
    expect(
      refusals(change).every(([each, rule]) => (each === pointer && rule === code) || rule === "prefixes-overlap"),
    ).toBe(true);
  });

  it("judges what is well-formed beside what is not", () => {
    const change = (each: Document) => {
      each.tenantId = 1;
      each.bastionPrefixes = ["x", "10.0.4.0/26"];
      each.hubs[0].location = 5;
      each.hubs[1].firewall.privateIpAddress = "10.9.0.4";
    };
    expect(refusals(change)).toEqual([
      ["/tenantId", "wrong-type"],
      ["/hubs/0/location", "wrong-type"],
      ["/bastionPrefixes/0", "invalid"],
      ["/bastionPrefixes/1", "bastion-outside-management"],
      ["/hubs/1/firewall/privateIpAddress", "firewall-outside-hub"],
    ]);
  });
});
