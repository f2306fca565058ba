import { describe, expect, test } from "vitest";
import type { ObservedResource } from "../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../shared/domain/resource-id.ts";
import type { RecordedResource } from "../../../shared/domain/spoke-record.ts";
import type { DesiredState } from "../../../shared/spoke/desired-state.ts";
import { lanesOf } from "../../../shared/spoke/lanes.ts";
import { planChanges } from "../../../shared/spoke/plan.ts";
import { allStanding, contractRequest, requestWith, resourceOf, stateOf } from "./example.ts";

const state = stateOf(contractRequest);

const plan = (
  of: DesiredState,
  observed: ReadonlyMap<string, ObservedResource | null>,
  more: { recorded?: readonly RecordedResource[]; retiredSubnets?: readonly string[] } = {},
) =>
  planChanges({
    spoke: "orders-prod",
    desired: of.resources,
    observed,
    recorded: [],
    retiredSubnets: [],
    findings: [],
    ...more,
  });

/** What stands, with the body of one resource changed. */
function changed(id: string, change: (body: never) => object): Map<string, ObservedResource | null> {
  const observed = allStanding(state);
  const entry = observed.get(resourceIdKey(id));
  if (entry == null) throw new Error(id);
  observed.set(resourceIdKey(id), { ...entry, body: change(entry.body as never) } as ObservedResource);
  return observed;
}

const work = (of: ReturnType<typeof plan>) => of.changes.filter((change) => change.action !== "none");
const nsg = resourceOf(state, "Microsoft.Network/networkSecurityGroups", "nsg-orders-prod-data");
const vnet = resourceOf(state, "Microsoft.Network/virtualNetworks");

describe("plan = desired - observed", () => {
  test("nothing stands: everything but the prerequisite is created", () => {
    const observed = new Map([
      [
        resourceIdKey(state.resources[0]?.id ?? ""),
        allStanding(state).get(resourceIdKey(state.resources[0]?.id ?? "")) ?? null,
      ],
    ]);
    const made = plan(state, observed);
    expect(work(made).every((change) => change.action === "create")).toBe(true);
    expect(work(made)).toHaveLength(state.resources.length - 1);
  });

  test("everything stands: nothing to do", () => {
    expect(work(plan(state, allStanding(state)))).toEqual([]);
  });

  test("a rule deleted by hand: one update that names the rule", () => {
    const observed = changed(nsg.id, (body: typeof nsg.body) => ({
      ...body,
      securityRules: body.securityRules.filter((rule) => rule.name !== "DenyAllInbound"),
    }));
    expect(work(plan(state, observed)).map(({ id, action, reasons }) => ({ id, action, reasons }))).toEqual([
      { id: nsg.id, action: "update", reasons: ["/securityRules/DenyAllInbound is missing."] },
    ]);
  });

  test("a changed rule: the differing property", () => {
    const observed = changed(nsg.id, (body: typeof nsg.body) => ({
      ...body,
      securityRules: body.securityRules.map((rule) =>
        rule.name === "DenyAllInbound" ? { ...rule, access: "Allow" } : rule,
      ),
    }));
    expect(work(plan(state, observed))[0]?.differences).toEqual([
      { pointer: "/securityRules/DenyAllInbound/access", desired: "Deny", observed: "Allow" },
    ]);
  });

  test("a foreign rule is drift: rules are ours alone", () => {
    const foreign = { ...nsg.body.securityRules[0], name: "hole", priority: 100 };
    const observed = changed(nsg.id, (body: typeof nsg.body) => ({
      ...body,
      securityRules: [...body.securityRules, foreign],
    }));
    expect(work(plan(state, observed))[0]?.reasons).toEqual(["/securityRules/hole should not be there."]);
  });

  test("a detached NSG: exactly that subnet property", () => {
    const observed = changed(vnet.id, (body: typeof vnet.body) => ({
      ...body,
      subnets: body.subnets.map((subnet) =>
        subnet.name === "snet-app" ? { ...subnet, networkSecurityGroupId: null } : subnet,
      ),
    }));
    expect(work(plan(state, observed)).map((change) => change.differences.map((d) => d.pointer))).toEqual([
      ["/subnets/snet-app/networkSecurityGroupId"],
    ]);
  });

  test("trap 18: foreign subnets, foreign tags and ids in other letter case are no difference", () => {
    const observed = changed(vnet.id, (body: typeof vnet.body) => ({
      ...body,
      tags: { ...body.tags, foreign: "kept" },
      subnets: [
        ...body.subnets.map((subnet) => ({
          ...subnet,
          networkSecurityGroupId: subnet.networkSecurityGroupId?.toUpperCase() ?? null,
        })),
        { ...body.subnets[0], name: "snet-foreign", addressPrefix: "10.20.2.0/26" },
      ],
    }));
    expect(work(plan(state, observed))).toEqual([]);
  });

  test("an address range of others is no difference; a missing own one is", () => {
    const ranges = (...addressPrefixes: string[]) =>
      changed(vnet.id, (body: typeof vnet.body) => ({ ...body, addressPrefixes }));
    expect(work(plan(state, ranges("10.20.0.0/22", "10.250.0.0/24")))).toEqual([]);
    expect(work(plan(state, ranges("10.250.0.0/24"))).map((change) => change.id)).toEqual([vnet.id]);
  });

  test("the order of name servers counts: machines ask the first one first", () => {
    const [first = "", ...rest] = [...vnet.body.dnsServers, "10.9.9.9"];
    const wanted = { ...vnet, body: { ...vnet.body, dnsServers: [first, ...rest] } };
    const of = {
      ...state,
      resources: state.resources.map((resource) => (resource.id === vnet.id ? wanted : resource)),
    };
    const turned = changed(vnet.id, (body: typeof vnet.body) => ({ ...body, dnsServers: [...rest, first] }));
    expect(work(plan(of, turned)).map((change) => change.reasons)).toEqual([
      ["/dnsServers is otherwise than it shall be."],
    ]);
  });

  test("trap 10: rules of other spokes in the firewall's group are no difference; own ones no longer asked for go", () => {
    const group = resourceOf(state, "Microsoft.Network/firewallPolicies/ruleCollectionGroups");
    const [rule] = group.body.applicationRules;
    const observed = changed(group.id, (body: typeof group.body) => ({
      ...body,
      applicationRules: [
        ...body.applicationRules,
        { ...rule, name: "orders.outbound.x.443.app" },
        { ...rule, name: "orders-prod.outbound.old.443.app" },
      ],
    }));
    const [update] = work(plan(state, observed));
    expect(update?.reasons).toEqual(["/applicationRules/orders-prod.outbound.old.443.app should not be there."]);
    expect(update?.desired?.retired).toEqual(["orders-prod.outbound.old.443.app"]);
  });

  test("other spokes' prefixes in the IP group are no difference; a missing own one is", () => {
    const ipGroup = resourceOf(state, "Microsoft.Network/ipGroups");
    const with2 = changed(ipGroup.id, () => ({ location: "elsewhere", ipAddresses: ["10.99.0.0/22", "10.20.0.0/22"] }));
    expect(work(plan(state, with2))).toEqual([]);
    const without = changed(ipGroup.id, () => ({ location: "westeurope", ipAddresses: ["10.99.0.0/22"] }));
    expect(work(plan(state, without)).map((change) => change.id)).toEqual([ipGroup.id]);
  });

  test("a resource whose last operation failed is written again", () => {
    const observed = allStanding(state);
    const entry = observed.get(resourceIdKey(nsg.id));
    if (entry == null) throw new Error("missing");
    observed.set(resourceIdKey(nsg.id), { ...entry, provisioningState: "Failed" });
    expect(work(plan(state, observed)).map((change) => [change.id, change.action])).toEqual([[nsg.id, "update"]]);
  });

  test("the platform's role: missing or changed, the plan is refused with who has to act", () => {
    const role = resourceOf(state, "Microsoft.Authorization/roleDefinitions");
    expect(() => plan(state, new Map())).toThrow(/PrerequisiteMissing/);
    const wider = changed(role.id, (body: typeof role.body) => ({ ...body, actions: [...body.actions, "*"] }));
    expect(() => plan(state, wider)).toThrow(/PrerequisiteDiffers/);
  });
});

describe("what stands under the spoke's names and belongs to others", () => {
  const group = resourceOf(state, "Microsoft.Resources/resourceGroups", "rg-orders-prod");
  const tagged = (id: string, tags: object) => changed(id, (body: object) => ({ ...body, tags }));
  const standing = (id: string) => [{ ...group, id }] as readonly RecordedResource[];

  test("a resource group of another team is refused, whatever its tags say but this spoke", () => {
    for (const tags of [{}, { owner: "payments" }, { "zero-trust-spoke": "orders" }]) {
      expect(() => plan(state, tagged(group.id, tags))).toThrow(/^ResourceGroupTaken: .*rg-orders-prod/);
    }
  });

  test("so is every other resource with tags", () => {
    expect(() => plan(state, tagged(vnet.id, {}))).toThrow(/^ResourceTaken: .*vnet-orders-prod/);
  });

  test("what the record names stays the spoke's, and its tag is restored", () => {
    const made = plan(state, tagged(group.id, {}), { recorded: standing(group.id.toUpperCase()) });
    expect(work(made).map((change) => [change.id, change.action])).toEqual([[group.id, "update"]]);
  });

  test("a spoke whose record was lost is adopted by its tags", () => {
    expect(work(plan(state, allStanding(state), { recorded: [] }))).toEqual([]);
  });
});

describe("a tier that no longer has a load balancer", () => {
  const nicId = `${vnet.id.split("/providers/")[0]}/providers/Microsoft.Network/networkInterfaces/nic-1`;
  const pool = (tier: string) => `${lb(tier)}/backendAddressPools/backend`;
  const lb = (tier: string) => `${vnet.id.replace("virtualNetworks/vnet-", "loadBalancers/lbi-")}-${tier}`;
  const asg = (tier: string) => `${vnet.id.replace("virtualNetworks/vnet-", "applicationSecurityGroups/asg-")}-${tier}`;
  const nic = {
    id: nicId,
    subnetIds: [`${vnet.id}/subnets/snet-app`],
    applicationSecurityGroupIds: [asg("app")],
    loadBalancerBackendPoolIds: [pool("app")],
    privateIpAddresses: [],
    virtualMachineId: null,
    scaleSetId: null,
    managedBy: null,
  };
  const facts = { networkInterfaces: [nic] };
  const tiers = contractRequest.application.tiers.map((tier) =>
    "name" in tier && tier.name === "app" ? { ...tier, loadBalanced: false } : tier,
  );
  const before = stateOf(contractRequest, facts);
  const after = stateOf(requestWith({}, { tiers }), facts);

  test.each([
    ["recorded as the pool's user", before.resources],
    ["never seen by a run before", state.resources],
  ])("an interface that was %s leaves the pool first", (_, recorded) => {
    const made = plan(after, allStanding(before), { recorded });
    const leaving = made.changes.find((change) => change.id === nicId);
    expect(leaving?.reasons).toEqual([expect.stringContaining("should not be there")]);
    const deletion = made.changes.find((change) => change.action === "delete");
    expect(deletion?.id).toBe(lb("app"));
    expect(deletion?.dependsOn).toContain(nicId);
  });

  test("an interface that moved to another balanced tier at once makes no circle", () => {
    const moved = { ...nic, subnetIds: [`${vnet.id}/subnets/snet-front`] };
    const turned = contractRequest.application.tiers.map((tier) =>
      "name" in tier && tier.name !== "data" ? { ...tier, loadBalanced: tier.name === "front" } : tier,
    );
    const next = stateOf(requestWith({}, { tiers: turned }), { networkInterfaces: [moved] });
    const observed = allStanding(before);
    const made = plan(next, observed, { recorded: before.resources });
    expect(lanesOf(made.changes).flatMap((lane) => lane.waves).length).toBeGreaterThan(0);
    const order = (id: string) =>
      lanesOf(made.changes)
        .flatMap((lane) => lane.waves)
        .findIndex((wave) => wave.changes.some((index) => made.changes[index]?.id === id));
    expect(order(nicId)).toBeGreaterThan(order(lb("front")));
    expect(order(lb("app"))).toBeGreaterThan(order(nicId));
  });
});

describe("a tier that is gone", () => {
  const recorded = state.resources as readonly RecordedResource[];
  const tiers = contractRequest.application.tiers.slice(0, 2);
  const smaller = stateOf(requestWith({ managementAccess: [] }, { tiers, flows: [] }));
  const made = plan(smaller, allStanding(state), { recorded, retiredSubnets: ["snet-data"] });
  const deletion = (name: string) =>
    made.changes.find((change) => change.action === "delete" && change.id.endsWith(`/${name}`));

  test("its own resources are deleted, and nothing shared", () => {
    const deleted = made.changes
      .filter((change) => change.action === "delete")
      .map((change) => change.id.split("/").at(-1));
    expect(deleted.sort()).toEqual(["asg-orders-prod-data", "lbi-orders-prod-data", "nsg-orders-prod-data"]);
  });

  test("each after what used it: load balancer, then subnet, then NSG, then ASG", () => {
    const network = made.changes.find((change) => change.id === vnet.id);
    expect(network?.reasons).toContain("/subnets/snet-data should not be there.");
    expect(network?.dependsOn).toContain(deletion("lbi-orders-prod-data")?.id);
    expect(deletion("nsg-orders-prod-data")?.dependsOn).toContain(vnet.id);
    expect(deletion("asg-orders-prod-data")?.dependsOn).toContain(nsg.id);
  });
});
