import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Recommendation } from "../../../shared/domain/recommendation.ts";
import { configuredStack } from "../spokes/configured-stack.ts";
import { contractRequest, idsOf, type Portal } from "../spokes/portal.ts";
import { unpublished } from "../spokes/published-schema.ts";
import { machineIn, simulateFlows } from "./machines.ts";
import { changesOf, openRule, ruleNames, until } from "./watching.ts";

let stack: Awaited<ReturnType<typeof configuredStack>>;
let portal: Portal;

const { nsg, vnet, group } = idsOf("orders-prod");
const data = nsg("data");
const hour = 3_600_000;

beforeAll(async () => {
  stack = await configuredStack({ enforcement: { learningWindow: "P7D" }, enforcementMode: "enforce" });
  portal = stack.portal;
  await portal.provision(contractRequest);
  for (const tier of ["front", "app", "data"]) {
    await machineIn(portal, { group, subnetId: `${vnet}/subnets/snet-${tier}`, name: tier });
  }
  await portal.provision(contractRequest, "PUT");
  await keepByHand("by-hand", "9099");
  await simulateTraffic();
}, 300_000);
afterAll(() => stack?.stop());

/** A rule by hand that was restored, and whose restoration somebody undid: it stands by an exemption. */
async function keepByHand(name: string, port: string): Promise<void> {
  await portal.arm("PUT", `${data}/securityRules/${name}`, openRule(100, port));
  const change = await until("the rule is restored", async () =>
    (await changesOf(portal)).find(
      ({ pointer, status }) => pointer === `/securityRules/${name}` && status === "Restored",
    ),
  );
  expect((await portal.call("POST", `/api/changes/${change.id}/undo`)).status).toBe(202);
  await until("the rule stands again", async () => (await ruleNames(portal, data)).includes(name));
}

/** Nine days of the traffic that a three-tier application has, with scans from outside. */
async function simulateTraffic(): Promise<void> {
  const to = Math.floor(Date.now() / hour) * hour;
  const flows = [
    { from: "snet-front", to: "snet-app", port: 443, perHour: 20 },
    { from: "snet-app", to: "snet-data", port: 1433, perHour: 20 },
    { from: "10.0.1.7", to: "snet-front", port: 443, perHour: 2 },
  ];
  await simulateFlows(portal, { virtualNetworkId: vnet, from: to - 9 * 24 * hour, to, flows, scans: 5 });
}

async function recommendations(query = ""): Promise<readonly Recommendation[]> {
  return (await portal.call("GET", `/api/recommendations${query}`)).body.value;
}

/** Runs the timer and waits until what it does is seen. */
async function timerRuns<R>(what: string, seen: () => Promise<R | undefined | false>): Promise<R> {
  expect((await portal.call("POST", "/admin/functions/applyHardening", {})).status).toBe(202);
  return until(what, seen, 150);
}

const ruleOf = ({ remedy }: Recommendation) => (remedy.kind === "rule" ? remedy.change.rule : null);

describe("a week of traffic, in enforce", () => {
  test("what nothing used and no request asks for is taken away by itself, with the replay that says so", async () => {
    const applied = await timerRuns("the rule by hand is recommended away", async () =>
      (await recommendations("?source=flow-logs")).find((one) => ruleOf(one) === "by-hand" && one.decision !== null),
    );
    expect(applied).toMatchObject({ safe: true, keepsGuidance: true, decision: { automatically: true } });
    expect(applied.replay).toMatchObject({ wouldBlock: 0, blocked: [] });
    expect(applied.replay?.flows).toBeGreaterThan(1000);
    expect(applied.replay?.summary).toMatch(/^Would have blocked 0 of [\d,]+ flows in \d+ hours$/);
    expect(applied.difference?.gained).toEqual([]);
    expect(applied.difference?.lost.join()).toContain("9099");
    await until("the rule is gone", async () => !(await ruleNames(portal, data)).includes("by-hand"), 60);
    expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
  }, 240_000);

  test("what the request asks for is listed only, and stands", async () => {
    const open = await recommendations("?source=flow-logs&status=Open&spoke=orders-prod");
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ safe }) => !safe)).toBe(true);
    const management = open.find(
      (one) => ruleOf(one)?.startsWith("Allow-Management-") && one.resourceId.endsWith("nsg-orders-prod-app"),
    );
    expect(management?.remedy).toMatchObject({ kind: "rule", change: { kind: "remove", after: null } });
    expect(management?.keepsGuidance).toBe(false);
    expect(await ruleNames(portal, nsg("app"))).toContain(ruleOf(management as Recommendation));
  });

  test("machines get a just-in-time policy, and Defender's rules are left alone", async () => {
    const policy = `${group}/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/zero-trust-orders-prod`;
    const standing = await until("the policy stands", async () => {
      const answer = await portal.arm("GET", policy, undefined, "2020-01-01");
      return answer.status === 200 && answer.body;
    });
    const [machine] = standing.properties.virtualMachines;
    expect(machine.ports.map(({ number }: { number: number }) => number)).toEqual([22, 3389, 5985, 5986]);
    expect(machine.ports[0]).toMatchObject({ maxRequestAccessDuration: "PT3H", protocol: "TCP" });
    expect(machine.ports[0].allowedSourceAddressPrefixes).toEqual(["10.0.2.0/26", "10.1.2.0/26"]);
    expect((await ruleNames(portal, data)).some((name) => name.startsWith("SecurityCenter-JITRule_"))).toBe(true);
  }, 60_000);
});

describe("POST /api/recommendations/{id}/accept", () => {
  test("makes a changed rule part of the spoke; the same again is the same, and another comes too late", async () => {
    const open = await recommendations("?source=flow-logs&status=Open");
    const one = open.find(
      (each) => ruleOf(each)?.startsWith("Allow-Management-") && each.resourceId.endsWith("nsg-orders-prod-app"),
    );
    const path = `/api/recommendations/${one?.id}/accept`;
    expect((await portal.call("POST", path, { reason: "Agreed", extra: 1 })).status).toBe(400);
    expect((await portal.call("POST", path, {}, "reader")).status).toBe(403);
    const answer = await portal.call("POST", path, { reason: "Agreed in the review.", ticket: "NET-42" });
    expect(answer.status).toBe(202);
    expect(answer.headers.get("location")).toBe("/api/spokes/orders-prod");
    expect(answer.body).toMatchObject({
      status: "Accepted",
      decision: { reason: "Agreed in the review.", ticket: "NET-42" },
    });
    expect((await portal.call("POST", path)).status).toBe(200);
    const view = await portal.settled("orders-prod");
    expect(view.status).toBe("Succeeded");
    expect(view.findings.map(({ code }) => code)).toContain("RecommendationInForce");
    expect(await ruleNames(portal, nsg("app"))).not.toContain(ruleOf(one as Recommendation));
    const gone = await portal.call("POST", "/api/recommendations/flow-logs-nothing/accept");
    expect(gone.status).toBe(404);
  }, 120_000);

  test("what was accepted is applied after the next pass, and can be accepted no more", async () => {
    const applied = await timerRuns("it is applied", async () =>
      (await recommendations("?status=Applied")).find((each) => each.decision?.ticket === "NET-42"),
    );
    const answer = await portal.call("POST", `/api/recommendations/${applied.id}/accept`);
    expect(answer.status).toBe(409);
    expect(answer.body.errors[0].code).toBe("NotOpen");
    const listed = await portal.call("GET", "/api/exemptions");
    expect(listed.body.value.map(({ id }: { id: string }) => id)).toContain(applied.amendmentId);
  }, 240_000);

  test("the flow that was given up is told with who decided so; taken back, it stands again", async () => {
    const [applied] = (await recommendations("?status=Applied")).filter(
      ({ decision }) => decision?.ticket === "NET-42",
    );
    const proof = await portal.call("GET", "/api/spokes/orders-prod/connectivity", undefined, "reader");
    expect(proof.body.findings).toContainEqual(
      expect.objectContaining({ code: "RecommendationInForce", message: expect.stringContaining("NET-42") }),
    );
    const held = proof.body.counterexamples.filter(({ passes }: { passes: boolean }) => !passes);
    expect(held.map(({ words }: { words: string }) => words).join()).toContain(applied?.amendmentId);
    expect((await portal.call("DELETE", `/api/exemptions/${applied?.amendmentId}`)).status).toBe(204);
    // The rule has come back just now: what was seen before that says nothing about it.
    const gone = await timerRuns("it is gone", async () =>
      (await recommendations("?status=Gone")).find(({ id }) => id === applied?.id),
    );
    expect(gone).toMatchObject({ decision: { ticket: "NET-42" } });
    expect(await ruleNames(portal, nsg("app"))).toContain(ruleOf(gone));
  }, 240_000);

  test("filters that are not known are refused", async () => {
    expect((await portal.call("GET", "/api/recommendations?source=rumours")).status).toBe(400);
    expect((await portal.call("GET", "/api/recommendations?status=maybe")).status).toBe(400);
    expect(await recommendations("?tactic=Initial%20Access&resourceGroup=RG-ORDERS-PROD")).not.toEqual([]);
    expect(await recommendations("?spoke=nobody")).toEqual([]);
  });
});

describe("what the OpenAPI document publishes", () => {
  const getting = [
    ["/recommendations", "/recommendations"],
    ["/compliance", "/compliance"],
    ["/changes", "/changes"],
    ["/exemptions", "/exemptions"],
    ["/spokes", "/spokes"],
    ["/spokes/{name}", "/spokes/orders-prod"],
    ["/spokes/{name}/connectivity", "/spokes/orders-prod/connectivity"],
  ] as const;

  beforeAll(async () => {
    const exemption = {
      spoke: "orders-prod",
      control: "ZT-P.9",
      reason: "Sizes of machines",
      expiresAt: new Date(Date.now() + 24 * hour).toISOString(),
    };
    const made = await portal.call("POST", "/api/exemptions", exemption);
    expect([made.status, unpublished("POST", "/exemptions", 201, made.body)]).toEqual([201, []]);
    const sweep = await portal.call("POST", "/api/compliance/sweep");
    expect(unpublished("POST", "/compliance/sweep", 202, sweep.body)).toEqual([]);
    await until("the sweep has ended", async () => {
      const { body } = await portal.call("GET", "/api/compliance");
      return body.sweep?.id === sweep.body.id && body.sweep.status === "Succeeded";
    });
  }, 120_000);

  test.each(getting)("GET %s answers so, field by field", async (path, asked) => {
    const { status, body } = await portal.call("GET", `/api${asked}`);
    expect(status).toBe(200);
    if (Array.isArray(body.value)) expect(body.value.length).toBeGreaterThan(0);
    expect(unpublished("GET", path, 200, body)).toEqual([]);
  });
});
