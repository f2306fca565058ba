import { describe, expect, test } from "vitest";
import type { Amendment } from "../../../../shared/domain/amendment.ts";
import { applyUndo } from "../../../../shared/reconcile/changes/apply-undo.ts";
import { contractRequest } from "../../spoke/example.ts";
import { handMadeRule, WatchedNetwork } from "./watched-network.ts";

const nsg = "nsg-orders-prod-data";
const hour = 3_600_000;

function amendment(network: WatchedNetwork, more: Partial<Amendment>): Amendment {
  return {
    id: "one",
    origin: "exemption",
    spoke: "orders-prod",
    owner: { objectId: "1", name: "Operator" },
    reason: "Vendor access",
    ticket: "CHG-1",
    createdAt: network.now(),
    expiresAt: new Date(network.clock + 24 * hour).toISOString(),
    control: null,
    resourceId: network.id(nsg),
    tolerated: [],
    properties: [],
    ...more,
  };
}

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
    network.amendments = [amendment(network, { origin: "undo", properties: change.prior })];
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
