import { describe, expect, test } from "vitest";
import type { Amendment } from "../../../../shared/domain/amendment.ts";
import { applyUndo } from "../../../../shared/reconcile/changes/apply-undo.ts";
import { contractRequest } from "../../spoke/example.ts";
import { exemption } from "../../spoke/exemption-example.ts";
import { handMadeRule, transient, WatchedNetwork } from "./watched-network.ts";

const nsg = "nsg-orders-prod-data";
const hour = 3_600_000;

const amendment = (network: WatchedNetwork, more: Partial<Amendment>) =>
  exemption({
    id: "one",
    owner: { objectId: "1", name: "Operator" },
    createdAt: network.now(),
    expiresAt: new Date(network.clock + 24 * hour).toISOString(),
    resourceId: network.id(nsg),
    ...more,
  });

describe("an exemption", () => {
  test("keeps what it names and nothing else, until it expires", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.amendments = [amendment(network, { tolerated: ["/securityRules/vendor"] })];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("vendor"), handMadeRule("other", { priority: 101 })]);
    await network.hear(network.event(nsg, "/securityRules/vendor"));
    expect(network.rules(nsg).map(({ name }) => name)).toContain("vendor");
    expect(network.rules(nsg).map(({ name }) => name)).not.toContain("other");
    await network.hear(network.event(nsg, "/securityRules/other"));
    const statuses = Object.fromEntries((await network.changes()).map(({ pointer, status }) => [pointer, status]));
    expect(statuses).toEqual({ "/securityRules/vendor": "Exempt", "/securityRules/other": "Restored" });
    network.clock += 25 * hour;
    await network.look(nsg, "sweep");
    expect(network.isIntended()).toBe(true);
  });

  test("an undo brings back what was restored, keeps it for its time, and then it is restored again", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    const [change] = await network.changes();
    if (change === undefined) throw new Error("no change");
    network.amendments = [amendment(network, { id: `undo-${change.id}`, origin: "undo", properties: change.prior })];
    const undo = { by: { objectId: "1", name: "Operator" }, at: network.now(), exemptionId: "one" };
    await network.tools.changes.update(change.id, (found) => ({ ...found, undo }));
    await applyUndo(network.tools, network.watched(network.id(nsg)), change.id);
    expect(network.rules(nsg).map(({ name }) => name)).toContain("by-hand");
    expect((await network.changes())[0]?.status).toBe("Undone");
    // The undo's own write, and a look by the sweep, find nothing to do.
    await network.hear(network.event(nsg, "", {}, "the-tool"));
    await network.look(nsg, "sweep");
    expect(network.rules(nsg).map(({ name }) => name)).toContain("by-hand");
    network.clock += 25 * hour;
    await network.look(nsg, "sweep");
    expect(network.isIntended()).toBe(true);
    expect(network.alerts).toHaveLength(2);
  });
});

describe("just-in-time access (trap 7)", () => {
  const machine =
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-vms/providers/Microsoft.Compute/virtualMachines/vm-1";
  const rule = handMadeRule("SecurityCenter-JITRule-1234-ABCD", {
    sourceAddressPrefixes: ["10.0.2.4"],
    destinationAddressPrefixes: ["10.20.0.133"],
    destinationPortRanges: ["22"],
  });

  function network(): WatchedNetwork {
    const made = new WatchedNetwork(contractRequest);
    made.networkInterfaces = [
      {
        id: "nic-1",
        subnetIds: [made.state.design.names.subnet("data")],
        privateIpAddresses: ["10.20.0.133"],
        applicationSecurityGroupIds: [made.state.design.names.applicationSecurityGroup("data")],
        loadBalancerBackendPoolIds: [],
        scaleSetId: null,
        managedBy: null,
        virtualMachineId: machine,
      },
    ];
    const startsAt = new Date(made.clock - hour).toISOString();
    const endsAt = new Date(made.clock + hour).toISOString();
    const request = { virtualMachineId: machine, port: 22, sources: ["10.0.2.4"], startsAt, endsAt };
    made.justInTime = { policies: [], activeRequests: [request] };
    return made;
  }

  test("a rule of an active request is left alone while it is active", async () => {
    const made = network();
    made.setRules(nsg, (rules) => [...rules, rule]);
    await made.hear(made.event(nsg, `/securityRules/${rule.name}`, {}, "defender"));
    expect(made.writes).toEqual([]);
    expect(made.alerts).toEqual([]);
    made.clock += 2 * hour;
    await made.look(nsg, "sweep");
    expect(made.isIntended()).toBe(true);
  });

  test("a forged one, by name alone, is restored", async () => {
    const made = network();
    made.setRules(nsg, (rules) => [...rules, { ...rule, sourceAddressPrefixes: ["*"] }]);
    await made.hear(made.event(nsg, `/securityRules/${rule.name}`));
    expect(made.isIntended()).toBe(true);
    expect(made.alerts).toHaveLength(1);
  });
});

describe("an undo", () => {
  async function asked(network: WatchedNetwork): Promise<string> {
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg, "/securityRules/by-hand"));
    const [change] = await network.changes();
    if (change === undefined) throw new Error("no change");
    network.amendments = [amendment(network, { id: `undo-${change.id}`, origin: "undo", properties: change.prior })];
    const undo = { by: { objectId: "1", name: "Operator" }, at: network.now(), exemptionId: `undo-${change.id}` };
    await network.tools.changes.update(change.id, (found) => ({ ...found, undo }));
    return change.id;
  }
  const names = (network: WatchedNetwork) => network.rules(nsg).map(({ name }) => name);
  const told = async (network: WatchedNetwork) =>
    (await network.changes()).map(({ pointer, status }) => `${pointer.split("/").at(-1)} ${status}`).toSorted();

  test("whose signal is lost, or that Azure was too busy for, is carried out by the next look and is no change", async () => {
    const network = new WatchedNetwork(contractRequest);
    const id = await asked(network);
    network.failures = [transient()];
    await applyUndo(network.tools, network.watched(network.id(nsg)), id);
    expect(await told(network)).toEqual(["by-hand Restored"]);
    expect(await network.tools.pending.list()).toHaveLength(1);
    await network.look(nsg);
    expect(names(network)).toContain("by-hand");
    expect(await told(network)).toEqual(["by-hand Undone"]);
    expect(network.alerts).toHaveLength(1);
  });

  test("waits for a run, and leaves what others changed meanwhile to the look", async () => {
    const network = new WatchedNetwork(contractRequest);
    const id = await asked(network);
    network.record = { ...network.record, status: "Running" };
    await applyUndo(network.tools, network.watched(network.id(nsg)), id);
    expect(names(network)).not.toContain("by-hand");
    network.record = { ...network.record, status: "Succeeded" };
    network.setRules(nsg, (rules) => [
      ...rules,
      handMadeRule("other", { priority: 101, destinationPortRanges: ["22"] }),
    ]);
    await network.look(nsg);
    expect(names(network)).toContain("by-hand");
    expect(names(network)).not.toContain("other");
    expect(await told(network)).toEqual(["by-hand Undone", "other Restored"]);
    expect(network.alerts).toHaveLength(2);
  });

  test("of a spoke that is being removed writes nothing", async () => {
    const network = new WatchedNetwork(contractRequest);
    const id = await asked(network);
    const writes = network.writes.length;
    for (const status of ["Removing", "Removed"] as const) {
      network.record = { ...network.record, status };
      await applyUndo(network.tools, network.watched(network.id(nsg)), id);
    }
    expect(network.writes).toHaveLength(writes);
    expect(await told(network)).toEqual(["by-hand Restored"]);
  });

  test("whose rule has the priority of another one of the request says so, and the request's rule stands", async () => {
    const network = new WatchedNetwork(contractRequest);
    const id = await asked(network);
    const [own] = network.rules(nsg).filter(({ direction }) => direction === "Inbound");
    if (own === undefined) throw new Error("no rule");
    const value = handMadeRule("by-hand", { priority: own.priority });
    network.amendments = network.amendments.map((one) => ({
      ...one,
      properties: [{ pointer: "/securityRules/by-hand", value }],
    }));
    await network.look(nsg);
    expect(network.isIntended()).toBe(true);
    const change = (await network.tools.changes.read(id))?.value;
    expect(change).toMatchObject({ status: "Restored", error: { code: "AmendmentOverruled" } });
    expect(change?.error?.message).toContain(own.name);
  });

  test("of a deletion lets the resource be away, and nothing else of it be otherwise", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.delete(nsg);
    await network.hear(network.event(nsg, "", { action: "delete" }));
    const [change] = await network.changes();
    if (change === undefined) throw new Error("no change");
    network.amendments = [amendment(network, { id: `undo-${change.id}`, origin: "undo", properties: change.prior })];
    await network.look(nsg);
    expect(() => network.rules(nsg)).toThrow("does not stand");
    expect((await network.tools.changes.read(change.id))?.value.status).toBe("Undone");
    await network.look(nsg, "sweep");
    expect(() => network.rules(nsg)).toThrow("does not stand");
    network.put(nsg);
    network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
    await network.hear(network.event(nsg));
    expect(network.isIntended()).toBe(true);
  });
});

describe("what an exemption kept", () => {
  test("is told in audit as well when it ends, as bad as it is", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.mode = "audit";
    network.amendments = [amendment(network, { tolerated: ["/securityRules/vendor"] })];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("vendor")]);
    await network.hear(network.event(nsg, "/securityRules/vendor"));
    expect(network.alerts).toEqual([]);
    network.clock += 25 * hour;
    await network.look(nsg, "sweep");
    await network.look(nsg, "sweep");
    expect(network.alerts).toMatchObject([{ severity: "critical", pointer: "/securityRules/vendor" }]);
  });

  test("and is made wider under the same name is told, and kept", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.amendments = [amendment(network, { tolerated: ["/securityRules/vendor"] })];
    network.setRules(nsg, (rules) => [...rules, handMadeRule("vendor", { sourceAddressPrefixes: ["10.9.9.9"] })]);
    await network.hear(network.event(nsg, "/securityRules/vendor"));
    expect(network.alerts).toEqual([]);
    network.setRules(nsg, (rules) => rules.map((rule) => (rule.name === "vendor" ? handMadeRule("vendor") : rule)));
    await network.hear(network.event(nsg, "/securityRules/vendor"));
    expect(network.writes).toEqual([]);
    expect(network.alerts).toMatchObject([{ severity: "critical", status: "Exempt" }]);
    expect(network.alerts[0]?.meanings[0]?.code).toBe("ReachableFromInternet");
  });
});
