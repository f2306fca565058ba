import { describe, expect, test } from "vitest";
import { RefusedError } from "../../../../shared/domain/errors.ts";
import type { SubnetBody } from "../../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../../shared/domain/resource-id.ts";
import { contractRequest } from "../../spoke/example.ts";
import { handMadeRule, transient, WatchedNetwork } from "./watched-network.ts";

const nsg = "nsg-orders-prod-data";

async function opened(part = "/securityRules/by-hand"): Promise<WatchedNetwork> {
  const network = new WatchedNetwork(contractRequest);
  network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
  await network.hear(network.event(nsg, part));
  return network;
}

describe("a change by hand", () => {
  test("a rule of priority 100 that opens 1433 to the Internet: critical, restored, told once with who and what", async () => {
    const network = await opened();
    expect(network.isIntended()).toBe(true);
    expect(network.writes).toEqual([nsg]);
    expect(network.alerts).toHaveLength(1);
    const [change] = await network.changes();
    expect(change).toMatchObject({
      severity: "critical",
      status: "Restored",
      pointer: "/securityRules/by-hand",
      origin: { caller: { name: "mallory" } },
      prior: [{ pointer: "/securityRules/by-hand", value: { name: "by-hand", priority: 100 } }],
    });
    expect(change?.meanings[0]?.code).toBe("ReachableFromInternet");
    expect(change?.gained[0]).toMatch(/ -> tier data Tcp 1433$/);
  });

  test("in audit it is told and left; the same again is not told again, and enforce restores it at the next look", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.mode = "audit";
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    await network.look(nsg, "sweep");
    expect(network.writes).toEqual([]);
    expect(network.alerts).toHaveLength(1);
    expect((await network.changes()).map(({ status }) => status)).toEqual(["Open"]);
    network.mode = "enforce";
    await network.look(nsg, "sweep");
    expect(network.isIntended()).toBe(true);
    expect((await network.changes()).map(({ status }) => status)).toEqual(["Restored"]);
    expect(network.alerts).toHaveLength(1);
  });

  test("in audit, what somebody changes back by hand is gone", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.mode = "audit";
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    network.setRules(nsg, (rules) => rules.filter(({ name }) => name !== "by-hand"));
    await network.hear(network.event(nsg, "/securityRules/by-hand", { action: "delete" }));
    expect((await network.changes()).map(({ status }) => status)).toContain("Gone");
  });

  test("a rule that is only renamed means the same, and has its name again", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) =>
      rules.map((rule) => (rule.name === "Allow-SQL-VM-to-SQL-VM-Inbound" ? { ...rule, name: "renamed" } : rule)),
    );
    await network.hear(network.event(nsg));
    expect(network.isIntended()).toBe(true);
    expect(await network.changes()).toMatchObject([{ severity: "none", status: "Restored", gained: [], lost: [] }]);
    expect(network.alerts).toEqual([]);
  });

  test("rules in another order are no change", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) => rules.toReversed());
    await network.hear(network.event(nsg));
    expect(network.writes).toEqual([]);
    expect(await network.changes()).toMatchObject([{ severity: "none", status: "Harmless" }]);
  });

  test("deny-all gone is critical", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) => rules.filter(({ name }) => name !== "DenyAllInbound"));
    await network.hear(network.event(nsg, "/securityRules/DenyAllInbound", { action: "delete" }));
    const [change] = await network.changes();
    expect(change?.severity).toBe("critical");
    expect(change?.meanings.map(({ code }) => code)).toContain("DenyAllGone");
    expect(network.isIntended()).toBe(true);
  });

  test("another tier let in is reachable across tiers", async () => {
    const network = new WatchedNetwork(contractRequest);
    const front = network.state.design.names.applicationSecurityGroup("front");
    const rule = {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [front],
      destinationPortRanges: ["22"],
    };
    network.setRules(nsg, (rules) => [...rules, handMadeRule("from-front", rule)]);
    await network.hear(network.event(nsg, "/securityRules/from-front"));
    expect((await network.changes())[0]).toMatchObject({
      severity: "critical",
      meanings: [{ code: "ReachableAcrossTiers" }],
    });
  });

  test("a flow that is cut off matters less than one that is opened", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) => rules.filter(({ name }) => name !== "Allow-App-Tier-to-SQL-VMs-Inbound"));
    await network.hear(network.event(nsg, "/securityRules/Allow-App-Tier-to-SQL-VMs-Inbound", { action: "delete" }));
    expect((await network.changes())[0]).toMatchObject({ severity: "medium", meanings: [{ code: "FlowsStopped" }] });
  });

  test("a deleted NSG is made again; a subnet that let go of it carries it again", async () => {
    const network = new WatchedNetwork(contractRequest);
    const detach = (body: { subnets: readonly SubnetBody[] }) => ({
      ...body,
      subnets: body.subnets.map((one) => (one.name === "snet-data" ? { ...one, networkSecurityGroupId: null } : one)),
    });
    network.change("vnet-orders-prod", detach);
    network.delete(nsg);
    await network.hear(network.event("vnet-orders-prod", "/subnets/snet-data"));
    expect(network.isIntended()).toBe(true);
    expect(network.writes).toEqual([nsg, "vnet-orders-prod"]);
    await network.hear(network.event(nsg, "", { action: "delete" }));
    const changes = await network.changes();
    expect(changes.find(({ pointer }) => pointer === "/subnets/snet-data")).toMatchObject({
      severity: "critical",
      status: "Restored",
      meanings: [{ code: "NetworkSecurityGroupDetached" }],
    });
    // Its deletion is told as what it was, though the NSG was made with its subnet.
    expect(changes.find(({ resourceId }) => resourceId === network.id(nsg))).toMatchObject({
      severity: "critical",
      status: "Gone",
      meanings: [{ code: "NetworkSecurityGroupDeleted" }],
      origin: { caller: { name: "mallory" } },
    });
    expect(network.alerts).toHaveLength(2);
  });

  test("a deleted NSG whose own event comes first is one critical change", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.delete(nsg);
    await network.hear(network.event(nsg, "", { action: "delete" }));
    expect(await network.changes()).toMatchObject([
      { severity: "critical", status: "Restored", pointer: "", meanings: [{ code: "NetworkSecurityGroupDeleted" }] },
    ]);
    expect(network.isIntended()).toBe(true);
  });

  test("the tool's own writes are no change, told by state and not by who made them", async () => {
    const network = await opened();
    await network.hear(network.event(nsg, "", {}, "the-tool"));
    expect(await network.changes()).toHaveLength(1);
    // Somebody with the tool's identity who opens a port is told as anybody is.
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-tool")]);
    await network.hear(network.event(nsg, "/securityRules/by-tool", {}, "the-tool"));
    expect(await network.changes()).toHaveLength(2);
    expect(network.isIntended()).toBe(true);
  });

  test("what is changed while a run is at work waits for its end", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.record = { ...network.record, status: "Running" };
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    expect(network.writes).toEqual([]);
    expect(await network.tools.pending.list()).toHaveLength(1);
    network.record = { ...network.record, status: "Succeeded" };
    await network.look(nsg);
    expect(network.isIntended()).toBe(true);
    expect(network.alerts).toHaveLength(1);
    expect((await network.changes())[0]?.origin?.caller.name).toBe("mallory");
    expect(await network.tools.pending.list()).toEqual([]);
  });

  test("what a run wrote over while it was at work is told with who wrote it, the run's own writes are not", async () => {
    const network = new WatchedNetwork(contractRequest);
    const startedAt = network.now();
    network.record = { ...network.record, status: "Running", startedAt };
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    network.put(nsg);
    await network.hear(network.event(nsg, "", {}, "the-tool"));
    network.clock += 60_000;
    network.record = { ...network.record, status: "Succeeded", finishedAt: network.now() };
    await network.look(nsg);
    expect(await network.changes()).toMatchObject([
      {
        status: "Gone",
        severity: "medium",
        pointer: "/securityRules/by-hand",
        origin: { caller: { name: "mallory" } },
      },
    ]);
    // What is written after it and is as it shall be is no news.
    network.clock += 60_000;
    await network.hear(network.event(nsg));
    expect((await network.changes()).map(({ severity, status }) => `${severity} ${status}`).toSorted()).toEqual([
      "medium Gone",
      "none Harmless",
    ]);
  });

  test("what a failed run may have left is told with that doubt, unless an event says who made it", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.record = { ...network.record, status: "Failed" };
    network.setRules(nsg, (rules) => [...rules, handMadeRule("left-over")]);
    await network.look(nsg, "sweep");
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    expect(network.isIntended()).toBe(true);
    const doubts = (await network.changes()).map(({ pointer, summary }) => [pointer, /last run failed/.test(summary)]);
    expect(Object.fromEntries(doubts)).toEqual({ "/securityRules/left-over": true, "/securityRules/by-hand": false });
  });

  test("Azure that is busy is tried again; Azure that refuses is told", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.failures = [transient()];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    expect(await network.tools.pending.list()).toHaveLength(1);
    await network.look(nsg);
    expect(network.isIntended()).toBe(true);
    expect((await network.changes()).map(({ status }) => status)).toEqual(["Restored"]);
    network.failures = [new RefusedError({ code: "ScopeLocked", message: "", resourceId: null, remedy: "Unlock it." })];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("again")]);
    await network.hear(network.event(nsg, "/securityRules/again"));
    expect((await network.changes()).find(({ pointer }) => pointer.endsWith("again"))).toMatchObject({
      status: "RestoreFailed",
      error: { code: "ScopeLocked", remedy: "Unlock it." },
    });
  });

  test("what Azure refuses is tried again after a while, without another alert: a lock goes without an event", async () => {
    const network = new WatchedNetwork(contractRequest);
    const locked = () => new RefusedError({ code: "ScopeLocked", message: "", resourceId: null, remedy: "Unlock it." });
    network.failures = [locked(), locked()];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    for (let round = 0; round < 2; round++) {
      const [pending] = await network.tools.pending.list();
      expect(Date.parse(pending?.notBefore ?? "")).toBe(network.clock + 15 * 60_000);
      network.clock += 15 * 60_000;
      await network.look(nsg);
    }
    expect(network.isIntended()).toBe(true);
    expect((await network.changes()).map(({ status }) => status)).toEqual(["Restored"]);
    expect(network.alerts).toHaveLength(1);
    expect(await network.tools.pending.list()).toEqual([]);
  });

  test("an event of a resource that cannot be read waits for that, for a day", async () => {
    const network = new WatchedNetwork(contractRequest);
    const observe = network.tools.azure.resources;
    const forbidden = new RefusedError({ code: "AuthorizationFailed", message: "", resourceId: null, remedy: "" });
    const refusing = new Proxy({}, { get: () => ({ observe: () => Promise.reject(forbidden) }) });
    Object.assign(network.tools.azure, { resources: refusing });
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    expect(await network.tools.pending.list()).toHaveLength(1);
    Object.assign(network.tools.azure, { resources: observe });
    await network.look(nsg);
    expect((await network.changes())[0]).toMatchObject({ status: "Restored", origin: { caller: { name: "mallory" } } });
    Object.assign(network.tools.azure, { resources: refusing });
    await network.hear(network.event(nsg, "/securityRules/other"));
    network.clock += 25 * 3_600_000;
    await network.look(nsg);
    expect(await network.tools.pending.list()).toEqual([]);
  });

  test("a crash between the restoration and its record is told by the next look", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    const event = network.event(nsg, "/securityRules/by-hand");
    const { update } = network.tools.changes;
    network.tools.changes.update = () => Promise.reject(new Error("killed"));
    await expect(network.hear(event)).rejects.toThrow("killed");
    network.tools.changes.update = update;
    expect(network.isIntended()).toBe(true);
    expect(network.alerts).toEqual([]);
    await network.hear(event);
    expect((await network.changes()).map(({ status }) => status)).toEqual(["Restored"]);
    expect(network.alerts).toHaveLength(1);
  });
});

describe("a network interface", () => {
  const id =
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-vms/providers/Microsoft.Network/networkInterfaces/nic-1";

  test("that comes into a tier's subnet joins the ASG and the pool of the tier", async () => {
    const network = new WatchedNetwork(contractRequest);
    const { names } = network.state.design;
    const outside = { applicationSecurityGroupIds: [], loadBalancerBackendPoolIds: [] };
    const common = { scaleSetId: null, managedBy: null, virtualMachineId: null };
    const subnetId = names.subnet("data");
    network.networkInterfaces = [
      { id, subnetIds: [subnetId], privateIpAddresses: ["10.20.0.133"], ...outside, ...common },
    ];
    network.standing.set(resourceIdKey(id), {
      id,
      type: "Microsoft.Network/networkInterfaces",
      body: { subnetId, ...outside },
      etag: null,
      provisioningState: "Succeeded",
      native: {},
    });
    await network.hear({ ...network.event(nsg), resourceId: id });
    expect(network.standing.get(resourceIdKey(id))?.body).toEqual({
      subnetId,
      applicationSecurityGroupIds: [names.applicationSecurityGroup("data")],
      loadBalancerBackendPoolIds: [names.loadBalancerBackendPool("data")],
    });
    expect((await network.changes())[0]).toMatchObject({ severity: "low", status: "Restored", resourceId: id });
  });

  test("elsewhere is none of the tool's business", async () => {
    const network = new WatchedNetwork(contractRequest);
    await network.hear({ ...network.event(nsg), resourceId: id });
    expect(await network.changes()).toEqual([]);
  });
});

test("a subnet that others add without an NSG is told once, left alone, and gone when it has one", async () => {
  const network = new WatchedNetwork(contractRequest);
  const withSubnet = (networkSecurityGroupId: string | null) => {
    network.change("vnet-orders-prod", (body: { subnets: readonly SubnetBody[] }) => {
      const [first] = body.subnets;
      if (first === undefined) throw new Error("no subnet");
      const foreign = { ...first, name: "snet-foreign", addressPrefix: "10.20.2.0/28", networkSecurityGroupId };
      return { ...body, subnets: [...body.subnets.filter(({ name }) => name !== "snet-foreign"), foreign] };
    });
  };
  withSubnet(null);
  await network.hear(network.event("vnet-orders-prod", "/subnets/snet-foreign"));
  await network.look("vnet-orders-prod", "sweep");
  expect(network.writes).toEqual([]);
  expect(network.alerts).toHaveLength(1);
  expect(await network.changes()).toMatchObject([
    {
      severity: "high",
      status: "Open",
      pointer: "/subnets/snet-foreign",
      origin: { caller: { name: "mallory" } },
      meanings: [{ code: "ForeignSubnetWithoutNetworkSecurityGroup" }],
      restoring: { action: "none" },
    },
  ]);
  withSubnet(network.id(nsg));
  await network.hear(network.event("vnet-orders-prod", "/subnets/snet-foreign"));
  expect((await network.changes()).map(({ status }) => status)).toContain("Gone");
});
