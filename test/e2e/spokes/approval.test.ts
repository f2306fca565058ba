import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openState } from "../../../shared/state/open-state.ts";
import { configuredStack } from "./configured-stack.ts";
import { idsOf, type Portal, requestWith } from "./portal.ts";

let configured: Awaited<ReturnType<typeof configuredStack>>;
let portal: Portal;

beforeAll(async () => {
  configured = await configuredStack({ approval: { required: true, expiresAfter: "P3D" } });
  portal = configured.portal;
}, 120_000);

afterAll(() => configured?.stop());

const request = (name: string, third: number, changes: object = {}) =>
  requestWith(
    { name, addressPrefix: `10.${third}.0.0/22`, managementAccess: [], outboundAccess: [], ...changes },
    { flows: [] },
  );

const decide = (name: string, decision: string, user = "approver", comment = "seen") =>
  portal.call("POST", `/api/spokes/${name}/approval`, { decision, comment }, user);

async function ask(body: Record<string, unknown>, user = "requester", method = "POST") {
  const path = method === "POST" ? "/api/spokes" : `/api/spokes/${body.name}`;
  const answer = await portal.call(method, path, body, user);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return awaiting(String(body.name));
}

async function awaiting(name: string) {
  for (;;) {
    const { body } = await portal.call("GET", `/api/spokes/${name}`);
    if (body.status === "AwaitingApproval") return body;
    if (!["Accepted", "Running"].includes(body.status)) throw new Error(JSON.stringify(body).slice(0, 2000));
    await sleep(50);
  }
}

async function approved(body: Record<string, unknown>) {
  await ask(body);
  expect((await decide(String(body.name), "approve")).status).toBe(202);
  const view = await portal.settled(String(body.name));
  expect(view.status, JSON.stringify(view.error)).toBe("Succeeded");
  return view;
}

/** As after a crash between the record and the event. */
async function decideInRecordOnly(name: string): Promise<void> {
  const { spokes } = await openState({ connectionString: String(portal.stack.settings.AzureWebJobsStorage) });
  const stored = await spokes.readRecord(name);
  if (stored?.value.approval === undefined) throw new Error("There is no approval.");
  const approval = {
    ...stored.value.approval,
    status: "Approved" as const,
    decidedBy: { objectId: "77777777-7777-4777-8777-000000000003", name: "approver@contoso.com" },
    decidedAt: new Date().toISOString(),
  };
  await spokes.writeRecord({ ...stored.value, approval, approved: approval }, stored.etag);
}

describe("a new spoke", () => {
  test("waits with its plan to be seen and its addresses leased; nothing is written before somebody else approves", async () => {
    await portal.writesOfApp();
    const view = await ask(request("new-a", 40));
    expect(view.changes.filter((change: { action: string }) => change.action === "create").length).toBeGreaterThan(10);
    expect(view.steps.map((step: { status: string }) => step.status)).not.toContain("Running");
    expect(view.approval).toMatchObject({
      status: "Pending",
      requestedBy: { name: "requester@contoso.com" },
      decidedBy: null,
    });
    expect(Date.parse(view.approval.expiresAt)).toBeGreaterThan(Date.now() + 2 * 86_400_000);
    const overlap = await portal.call("POST", "/api/spokes", request("new-b", 40));
    expect(overlap.body.errors).toMatchObject([{ code: "AddressPrefixOverlaps" }]);
    expect(await portal.writesOfApp()).toEqual([]);

    const answer = await decide("new-a", "approve", "approver", "As agreed");
    expect(answer.status).toBe(202);
    const done = await portal.settled("new-a");
    expect(done.status).toBe("Succeeded");
    expect(done.approval).toMatchObject({
      status: "Approved",
      decidedBy: { name: "approver@contoso.com" },
      comment: "As agreed",
    });
    expect(done.approval?.decidedAt).toMatch(/^\d{4}-.*Z$/);
    expect(done.changes).toBeUndefined();
    expect((await decide("new-a", "approve")).status).toBe(202);
    expect((await decide("new-a", "reject")).body.errors).toMatchObject([{ code: "AlreadyDecided" }]);
    expect((await decide("new-a", "approve", "operator")).status).toBe(409);
  });

  test("who asked for the run may not decide, whatever their roles", async () => {
    await ask(request("own-a", 41), "operator");
    for (const decision of ["approve", "reject"]) {
      const answer = await decide("own-a", decision, "operator");
      expect(answer.status).toBe(403);
      expect(answer.body.errors).toMatchObject([{ code: "RequesterMayNotDecide" }]);
    }
    expect((await portal.call("GET", "/api/spokes/own-a")).body.status).toBe("AwaitingApproval");
    expect((await decide("own-a", "approve", "requester")).status).toBe(403);
    expect((await decide("own-a", "approve", "approver")).status).toBe(202);
    expect((await portal.settled("own-a")).status).toBe("Succeeded");
  });

  test("rejected: says who and why, its addresses are free, and the same request asks anew", async () => {
    await ask(request("no-a", 42));
    expect((await decide("no-a", "reject", "approver", "Too large")).status).toBe(202);
    const view = await portal.settled("no-a");
    expect(view.status).toBe("Rejected");
    expect(view.error).toMatchObject({
      code: "ApprovalRejected",
      message: "approver@contoso.com rejected it: Too large",
    });
    expect((await portal.arm("GET", idsOf("no-a").group, undefined, "2025-04-01")).status).toBe(404);
    await approved(request("no-b", 42));
    expect((await portal.call("POST", "/api/spokes", request("no-a", 42), "requester")).status).toBe(409);
    expect((await portal.call("POST", "/api/spokes", request("no-a", 43), "requester")).status).toBe(409);
    expect((await portal.call("DELETE", "/api/spokes/no-a", undefined, "requester")).status).toBe(202);
    expect((await portal.settled("no-a")).status).toBe("Removed");
    await approved(request("no-a", 43));
    await ask(request("no-c", 44));
    await decide("no-c", "reject");
    await portal.settled("no-c");
    expect((await ask(request("no-c", 44))).approval).toMatchObject({ revision: 2, status: "Pending", comment: "" });
  });

  test("taken back while it waits: removed, its addresses free", async () => {
    await ask(request("back-a", 45));
    expect((await portal.call("DELETE", "/api/spokes/back-a", undefined, "requester")).status).toBe(202);
    expect((await portal.settled("back-a")).status).toBe("Removed");
    expect((await decide("back-a", "approve")).body.errors).toMatchObject([{ code: "NothingAwaitsApproval" }]);
    await ask(request("back-b", 45));
  });
});

describe("a spoke that stands", () => {
  test("runs again as it is without approval; a change needs one; a removal none", async () => {
    await approved(request("stand-a", 46));
    await portal.provision(request("stand-a", 46), "PUT");
    const changed = request("stand-a", 46, { tags: { owner: "others" } });
    const view = await ask(changed, "operator", "PUT");
    const differences = view.changes.flatMap((change: { differences: unknown[] }) => change.differences);
    expect(JSON.stringify(differences)).toContain("others");
    // What moves meanwhile is seen when the plan is carried out.
    await portal.arm("DELETE", idsOf("stand-a").asg("app"));
    await portal.arm("DELETE", idsOf("stand-a").routeTable);
    expect((await decide("stand-a", "approve")).status).toBe(202);
    expect((await portal.settled("stand-a")).status).toBe("Succeeded");
    const group = await portal.arm("GET", idsOf("stand-a").group, undefined, "2025-04-01");
    expect(group.body.tags).toMatchObject({ owner: "others" });
    expect((await portal.arm("GET", idsOf("stand-a").asg("app"))).status).toBe(200);
    expect((await portal.call("DELETE", "/api/spokes/stand-a")).status).toBe(202);
    expect((await portal.settled("stand-a")).status).toBe("Removed");
    expect((await ask(request("stand-a", 46))).approval.status).toBe("Pending");
  });

  test("a rejected change leaves it as it stood: request, addresses, re-run, and the change can be asked for again", async () => {
    const good = request("keep-a", 47);
    await approved(good);
    const tiers = [
      { name: "web", port: 443 },
      { name: "store", port: 5432 },
    ];
    const changed = requestWith({ ...good }, { tiers, flows: [] });
    await ask(changed, "requester", "PUT");
    await decide("keep-a", "reject");
    const view = await portal.settled("keep-a");
    expect(view.status).toBe("Rejected");
    expect(view.request.application.tiers.map((tier) => tier.name)).toEqual(["front", "app", "data"]);
    expect(view.approval?.request.application.tiers.map((tier) => tier.name)).toEqual(["web", "store"]);
    expect((await portal.call("POST", "/api/spokes", request("keep-b", 47))).status).toBe(409);

    expect((await portal.call("POST", "/api/spokes", changed, "operator")).status).toBe(202);
    await awaiting("keep-a");
    await decide("keep-a", "reject");
    await portal.settled("keep-a");
    await portal.writesOfApp();
    await portal.provision(good);
    expect(await portal.writesOfApp()).toEqual([]);
    expect((await portal.arm("GET", idsOf("keep-a").vnet)).body.properties.subnets).toHaveLength(4);
  });

  test("a change whose plan Azure refuses leaves it as it stood too, and can be asked for again", async () => {
    await approved(request("plan-a", 55));
    const fault = {
      match: { method: "GET", pathRegex: "virtualNetworks/vnet-plan-a" },
      kind: "forbidden",
      times: 100,
      retryAfterSeconds: null,
    };
    const headers = { "content-type": "application/json" };
    await portal.stack.fetchAzure("/_local/faults", { method: "POST", body: JSON.stringify(fault), headers });
    const changed = request("plan-a", 55, { tags: { owner: "others" } });
    expect((await portal.call("PUT", "/api/spokes/plan-a", changed)).status).toBe(202);
    const view = await portal.settled("plan-a");
    await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
    expect(view.error).toMatchObject({ code: "AuthorizationFailed" });
    expect(view.request.tags).toEqual({ owner: "orders-team" });
    expect((await decide("plan-a", "approve")).status).toBe(409);
    expect((await portal.call("POST", "/api/spokes", changed, "requester")).status).toBe(202);
    await awaiting("plan-a");
    await decide("plan-a", "approve");
    expect((await portal.settled("plan-a")).request.tags).toEqual({ owner: "others" });
  });

  test("taken down while a change of it waits: all of it goes", async () => {
    await approved(request("down-a", 48));
    await ask(request("down-a", 48, { tags: { owner: "others" } }), "requester", "PUT");
    expect((await portal.call("DELETE", "/api/spokes/down-a", undefined, "requester")).status).toBe(202);
    expect((await portal.settled("down-a")).status).toBe("Removed");
    expect((await portal.arm("GET", idsOf("down-a").group, undefined, "2025-04-01")).status).toBe(404);
  });
});

describe("decisions", () => {
  test("two at once: exactly one counts, and it is the one that is carried out", async () => {
    await ask(request("two-a", 49));
    const answers = await Promise.all([decide("two-a", "approve", "approver"), decide("two-a", "reject", "operator")]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 409]);
    const view = await portal.settled("two-a");
    expect(view.status).toBe(answers[0].status === 202 ? "Succeeded" : "Rejected");
    expect(view.approval?.decidedBy?.name).toBe(
      answers[0].status === 202 ? "approver@contoso.com" : "operator@contoso.com",
    );
  });

  test("kill -9 of the Functions host while a run waits: the decision is heard afterwards", async () => {
    await ask(request("kill-a", 50));
    await portal.stack.killFunctionsHost();
    expect((await portal.call("GET", "/api/spokes/kill-a")).body.status).toBe("AwaitingApproval");
    expect((await decide("kill-a", "approve")).status).toBe(202);
    await portal.stack.killFunctionsHost();
    expect((await portal.settled("kill-a")).status).toBe("Succeeded");
  });

  test("one that the run never heard of is in the record, and the same again wakes the run", async () => {
    await ask(request("lost-a", 51));
    await decideInRecordOnly("lost-a");
    expect((await decide("lost-a", "reject", "operator")).status).toBe(409);
    expect((await decide("lost-a", "approve")).status).toBe(202);
    expect((await portal.settled("lost-a")).status).toBe("Succeeded");
  });

  test("one that nobody repeats is heard of by the timer", async () => {
    await ask(request("timer-a", 54));
    await decideInRecordOnly("timer-a");
    const answer = await portal.call("POST", "/admin/functions/resumeRuns", {});
    expect(answer.status).toBe(202);
    expect((await portal.settled("timer-a")).status).toBe("Succeeded");
  });

  test("on what has changed since it was read: 412", async () => {
    await ask(request("match-a", 52));
    const { headers } = await portal.call("GET", "/api/spokes/match-a");
    const body = { decision: "approve" };
    const send = (etag: string) =>
      portal.call("POST", "/api/spokes/match-a/approval", body, "approver", { "if-match": etag });
    expect((await send('"0x0"')).status).toBe(412);
    expect((await send(String(headers.get("etag")))).status).toBe(202);
    await portal.settled("match-a");
  });

  test.each([
    [{}, [["/decision", "missing"]]],
    [{ decision: "maybe" }, [["/decision", "not-allowed"]]],
    [{ decision: "approve", comment: "a\nb" }, [["/comment", "malformed"]]],
    [{ decision: "approve", comment: "x".repeat(1001) }, [["/comment", "too-long"]]],
    [
      { decision: 1, comment: 2, by: "me" },
      [
        ["/by", "unknown-field"],
        ["/comment", "wrong-type"],
        ["/decision", "not-allowed"],
      ],
    ],
    [[], [["", "wrong-type"]]],
  ])("%j: 400 with every violation", async (body, expected) => {
    const answer = await portal.call("POST", "/api/spokes/new-a/approval", body, "approver");
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]).sort()).toEqual(
      expected,
    );
  });

  test("on nothing: 404 unknown, 409 where nothing awaits", async () => {
    expect((await decide("unknown-a", "approve")).status).toBe(404);
    expect((await decide("Not_A_Name", "approve")).status).toBe(404);
  });
});
