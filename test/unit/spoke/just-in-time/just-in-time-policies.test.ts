import { expect, test } from "vitest";
import type { JustInTimePolicy } from "../../../../shared/domain/just-in-time-access.ts";
import { bareMachines } from "../../../../shared/spoke/just-in-time/bare-machines.ts";
import { justInTimePolicies, standsAs } from "../../../../shared/spoke/just-in-time/just-in-time-policies.ts";
import { justInTimeRecommendations } from "../../../../shared/spoke/just-in-time/just-in-time-recommendations.ts";
import { contractRequest, platform, requestWith, stateOf } from "../example.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const machine = (name: string, group = "rg-orders-prod") =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const spoke = { name: "orders-prod", location: "westeurope" };
const of = (ids: readonly string[], standing: readonly JustInTimePolicy[] = [], configuration = platform) =>
  justInTimePolicies(spoke, ids, standing, configuration);

test("machines of a spoke get one policy for each resource group: bastion only, and no longer than configured", () => {
  const policies = of([machine("vm-2"), machine("vm-1"), machine("vm-3", "rg-other")]);
  expect(policies.map(({ id }) => id)).toEqual([
    `${subscription}/resourceGroups/rg-orders-prod/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/zero-trust-orders-prod`,
    `${subscription}/resourceGroups/rg-other/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/zero-trust-orders-prod`,
  ]);
  const [first] = policies;
  expect(first?.machines.map(({ virtualMachineId }) => virtualMachineId)).toEqual([machine("vm-1"), machine("vm-2")]);
  expect(first?.machines[0]?.ports).toEqual(
    [22, 3389, 5985, 5986].map((number) => ({
      number,
      protocol: "Tcp",
      allowedSources: ["10.0.2.0/26", "10.1.2.0/26"],
      longestAccess: "PT3H",
    })),
  );
});

test("without bastion prefixes nobody could be let in, so there is no policy", () => {
  expect(of([machine("vm-1")], [], { ...platform, bastionPrefixes: [] })).toEqual([]);
});

test("a machine that another policy names is left to that", () => {
  const [own] = of([machine("vm-1")]);
  if (own === undefined) throw new Error("no policy");
  const other = { ...own, id: own.id.replace("zero-trust-orders-prod", "default") };
  expect(of([machine("VM-1")], [other])).toEqual([]);
  expect(of([machine("vm-1"), machine("vm-2")], [other])[0]?.machines).toHaveLength(1);
  expect(of([machine("vm-1")], [own])).toEqual([own]);
});

test("a policy covers a machine only where it closes one of its management ports", () => {
  const [own] = of([machine("vm-1"), machine("vm-2")]);
  if (own === undefined) throw new Error("no policy");
  const ports = own.machines[0]?.ports.map((port) => ({ ...port, number: 8443 })) ?? [];
  const other = { ...own, machines: [{ virtualMachineId: machine("vm-2"), ports }] };
  const ids = [machine("VM-1"), machine("vm-2")];
  expect(bareMachines(ids, [own])).toEqual([]);
  expect(bareMachines(ids, [other])).toEqual(ids);
  expect(bareMachines(ids, [])).toEqual(ids);
});

test("a machine that was not seen this time keeps its place in the policy: an absence proves nothing", () => {
  const [both] = of([machine("vm-1"), machine("vm-2")]);
  if (both === undefined) throw new Error("no policy");
  expect(of([machine("vm-1")], [both])).toEqual([both]);
  const [three] = of([machine("vm-3")], [both]);
  expect(three?.machines.map(({ virtualMachineId }) => virtualMachineId)).toEqual(
    ["vm-1", "vm-2", "vm-3"].map((name) => machine(name)),
  );
});

test("a policy stands as it shall whatever the order and the case; a longer access or a wider source is otherwise", () => {
  const [own] = of([machine("vm-1"), machine("vm-2")]);
  if (own === undefined) throw new Error("no policy");
  const change = (to: Partial<JustInTimePolicy["machines"][number]["ports"][number]>): JustInTimePolicy => ({
    ...own,
    machines: own.machines.map((one) => ({ ...one, ports: one.ports.map((port) => ({ ...port, ...to })) })),
  });
  const reversed = {
    ...own,
    id: own.id.toUpperCase(),
    machines: own.machines.toReversed().map((one) => ({ ...one, ports: one.ports.toReversed() })),
  };
  expect(standsAs(own, [reversed])).toBe(true);
  expect(standsAs(own, [])).toBe(false);
  expect(standsAs(own, [change({ longestAccess: "P1D" })])).toBe(false);
  expect(standsAs(own, [change({ allowedSources: ["*"] })])).toBe(false);
  expect(standsAs(own, [{ ...own, machines: own.machines.slice(1) }])).toBe(false);
});

test("ports that the request opens for good are told, and make it more severe", () => {
  const usual = stateOf(contractRequest).design.request;
  const [quiet] = justInTimeRecommendations(usual, [machine("vm-1")], [], platform);
  expect(quiet).toMatchObject({ severity: "medium", safe: true, source: "just-in-time" });
  const access = { from: "10.0.2.0/26", to: ["app"], port: 22, protocol: "Tcp", description: "Bastion" };
  const withSsh = stateOf(requestWith({ managementAccess: [access] })).design.request;
  const [loud] = justInTimeRecommendations(withSsh, [machine("vm-1")], [], platform);
  expect(loud?.severity).toBe("high");
  expect(loud?.reasons.join()).toContain("opens 22 of app from 10.0.2.0/26 for good");
  expect(loud?.id).toBe(quiet?.id);
});
