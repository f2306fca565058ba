import { expect, test } from "vitest";
import type { Amendment } from "../../../shared/domain/amendment.ts";
import { amend } from "../../../shared/spoke/amend.ts";
import { connectivityOf } from "../../../shared/spoke/connectivity/connectivity-of.ts";
import type { StandingNetwork } from "../../../shared/spoke/connectivity/standing-network.ts";
import { withAmendments } from "../../../shared/spoke/connectivity/with-amendments.ts";
import { contractRequest, resourceOf, stateOf } from "./example.ts";

const state = stateOf(contractRequest);
const { design } = state;
const data = resourceOf(state, "Microsoft.Network/networkSecurityGroups", "nsg-orders-prod-data");
const management = data.body.securityRules.find(({ name }) => name.startsWith("Allow-Management-10.0.1.0-26-Tcp-443"));

const givenUp: Amendment = {
  id: "accepted-flow-logs-1",
  origin: "recommendation",
  spoke: "orders-prod",
  owner: { objectId: "o", name: "Olga" },
  reason: "Nobody patches by hand",
  ticket: null,
  createdAt: "2026-11-27T10:00:00.000Z",
  expiresAt: null,
  control: null,
  resourceId: data.id,
  tolerated: [],
  properties: [{ pointer: `/securityRules/${management?.name}`, value: null, replaces: management }],
};

/** The network as it stands with what was decided about it. */
function standing(amendments: readonly Amendment[]): StandingNetwork {
  const resources = state.resources.map((one) => amend(one, null, amendments).desired);
  const bodies = resources.map(({ id, body }) => [id.toLowerCase(), { name: id, ...body }] as const);
  const network = resources.find(({ type }) => type === "Microsoft.Network/virtualNetworks");
  const table = resources.find(({ type }) => type === "Microsoft.Network/routeTables");
  if (network?.type !== "Microsoft.Network/virtualNetworks" || table?.type !== "Microsoft.Network/routeTables") {
    throw new Error("no network");
  }
  return {
    subnets: network.body.subnets,
    networkSecurityGroups: new Map(bodies),
    routes: new Map([[table.id.toLowerCase(), table.body.routes]]),
    networkInterfaces: [],
  };
}

const proven = (amendments: readonly Amendment[]) =>
  connectivityOf({ name: "orders-prod", design, names: design.names, shallStand: true }, standing(amendments));

test("a flow that somebody gave up does not pass, and it is said who decided so, and why", () => {
  expect(proven([]).status).toBe("Proven");
  const told = withAmendments(proven([givenUp]), [givenUp]);
  const held = told.counterexamples.filter(({ passes }) => !passes);
  expect(held.length).toBeGreaterThan(0);
  for (const { words } of held) expect(words).toContain("accepted-flow-logs-1 (Olga: Nobody patches by hand)");
  expect(told.findings.at(-1)).toMatchObject({ code: "RecommendationInForce", resourceId: data.id });
});

test("what nobody decided about the network is told as it was", () => {
  const control = { ...givenUp, properties: [], control: "ZT-5.6" };
  const elsewhere = { ...givenUp, resourceId: data.id.replace(/networkSecurityGroups.*/, "loadBalancers/lbi") };
  const before = proven([givenUp]);
  expect(withAmendments(before, [control, elsewhere])).toBe(before);
});
