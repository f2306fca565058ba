import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { type Answer, appPrincipal, contractRequest, idsOf, Portal } from "../spokes/portal.ts";

let portal: Portal;
const ids = idsOf("orders-prod");

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

/** Sweeps, waits for the end, and answers the report. */
async function swept(query = ""): Promise<Answer["body"]> {
  const started = await portal.call("POST", "/api/compliance/sweep");
  expect(started.status).toBe(202);
  for (;;) {
    const { body } = await portal.call("GET", `/api/compliance${query}`, undefined, "reader");
    if (body.sweep.id === started.body.id && body.sweep.status !== "Running") return body;
    await sleep(100);
  }
}

async function idsWith(status: string): Promise<string[]> {
  const { value } = await swept();
  const { controls } = value.find((one: { spoke: string }) => one.spoke === "orders-prod");
  return controls.filter((one: { status: string }) => one.status === status).map((one: { id: string }) => one.id);
}

type Rules = { properties: { securityRules: { name: string; properties: Record<string, unknown> }[] } };

const byHand = {
  name: "by-hand",
  properties: {
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "Internet",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "3389",
  },
};
/** What local Azure lacks: encryption of the network, and a Conditional Access policy. */
const usual = ["ZT-P.9", "ZT-6.7"];

describe("a sweep", () => {
  test("finds nothing against what the tool itself made: what is read in bulk says what asking says", async () => {
    const body = await swept();
    expect(body.sweep).toMatchObject({ status: "Succeeded", spokes: 1, assessed: 1, error: null });
    const [spoke] = body.value;
    const failing = spoke.controls.filter((one: { status: string }) => one.status === "fail");
    expect(failing.map((one: { id: string }) => one.id)).toEqual(usual);
    expect(spoke.controls.filter((one: { status: string }) => one.status === "pass").length).toBeGreaterThan(40);
    expect(body.score).toBeGreaterThan(85);
    expect(body.history.at(-1)).toMatchObject({ score: body.score, spokes: 1, failed: 1 });
  });

  test("asks Resource Graph once a query, and Azure once a subscription for what that lacks", async () => {
    await portal.stack.fetchAzure("/_local/requests", { method: "DELETE" });
    const { sweep } = await swept();
    const calls = (await portal.stack.azure.recordedRequests())
      .filter((one) => JSON.stringify(one.caller).includes(appPrincipal))
      .map(({ method, url }) => `${method} ${new URL(url, "https://azure").pathname}`);
    expect(calls.filter((one) => one.includes("ResourceGraph"))).toHaveLength(4);
    expect(calls.filter((one) => one.startsWith("GET /subscriptions"))).toHaveLength(sweep.calls - 4);
    const reads = calls.filter((one) => one.startsWith("GET /subscriptions"));
    expect(new Set(reads).size).toBe(reads.length);
  });

  test("costs no judgement where nothing has changed", async () => {
    expect((await swept()).sweep.assessed).toBe(0);
  });

  test("a second one while the first is at work is the first", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => portal.call("POST", "/api/compliance/sweep")));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get("location"))).toEqual(Array(3).fill("/api/compliance"));
    await swept();
  });

  test("is begun by the timer as well", async () => {
    const before = (await swept()).sweep.id;
    const run = await portal.call("POST", "/admin/functions/sweepCompliance", {});
    expect(run.status).toBe(202);
    for (;;) {
      const { body } = await portal.call("GET", "/api/compliance");
      if (body.sweep.id > before && body.sweep.status === "Succeeded") break;
      await sleep(100);
    }
  });
});

describe("what a person changed by hand", () => {
  test("fails its controls with evidence, is reported and left alone by audit", async () => {
    await portal.edit(ids.nsg("data"), (body: Rules) => body.properties.securityRules.push(byHand));
    await portal.writesOfApp();
    expect(await idsWith("fail")).toEqual(["ZT-P.2", "ZT-P.5", "ZT-P.9", "ZT-5.6", "ZT-6.7"]);
    const { body } = await portal.call("GET", "/api/compliance?spoke=orders-prod&control=ZT-5.6");
    expect(body.value[0].controls).toHaveLength(1);
    expect(body.value[0].controls[0]).toMatchObject({
      status: "fail",
      severity: "critical",
      evidence: [{ resourceId: ids.nsg("data"), seen: "/securityRules/by-hand should not be there." }],
    });
    expect(await portal.writesOfApp()).toEqual([]);
  });

  test("becomes a change that GET /api/changes tells, found by a sweep", async () => {
    for (;;) {
      const { body } = await portal.call("GET", "/api/changes?spoke=orders-prod");
      const found = body.value.find((one: { pointer: string }) => one.pointer === "/securityRules/by-hand");
      if (found !== undefined) {
        expect(found).toMatchObject({ resourceId: ids.nsg("data"), status: "Open" });
        break;
      }
      await sleep(100);
    }
  });
});

describe("an exemption", () => {
  let id = "";
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();

  test("needs an owner's reason and an end, and Operate", async () => {
    const wrong = { spoke: "orders-prod", rule: "by-hand", expiresAt: "2020-01-01T00:00:00Z" };
    const refused = await portal.call("POST", "/api/exemptions", wrong);
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((one: { pointer: string }) => one.pointer).toSorted()).toEqual([
      "/expiresAt",
      "/reason",
      "/resourceId",
    ]);
    expect((await portal.call("POST", "/api/exemptions", wrong, "reader")).status).toBe(403);
    expect((await portal.call("GET", "/api/exemptions", undefined, "reader")).status).toBe(403);
  });

  test("of a rule turns its control to exempt, with who, why and until when", async () => {
    const made = await portal.call("POST", "/api/exemptions", {
      spoke: "orders-prod",
      resourceId: ids.nsg("data"),
      rule: "by-hand",
      reason: "Vendor's migration",
      ticket: "CHG-7",
      expiresAt: soon(),
    });
    expect(made.status).toBe(201);
    id = made.body.id;
    expect(made.headers.get("location")).toBe(`/api/exemptions/${id}`);
    const { value } = await swept();
    const control = value[0].controls.find((one: { id: string }) => one.id === "ZT-5.6");
    expect(control).toMatchObject({
      status: "exempt",
      exemption: { id, reason: "Vendor's migration", ticket: "CHG-7" },
    });
    const listed = await portal.call("GET", "/api/exemptions?spoke=orders-prod");
    expect(listed.body.value).toMatchObject([{ id, status: "Active", pointers: ["/securityRules/by-hand"] }]);
  });

  test("that has ended counts for nothing: what it kept is a failure again", async () => {
    expect((await portal.call("DELETE", `/api/exemptions/${id}`)).status).toBe(204);
    expect((await portal.call("DELETE", `/api/exemptions/${id}`)).status).toBe(404);
    expect((await portal.call("DELETE", "/api/exemptions/..%2F..")).status).toBe(404);
    expect(await idsWith("fail")).toContain("ZT-5.6");
  });
});

describe("the report", () => {
  test("is a page for who asks for one, and runs nothing", async () => {
    const page = await portal.call("GET", "/api/compliance?format=html", undefined, "reader");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.body).toContain("<caption>");
    expect(page.body).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    const accepted = await portal.call("GET", "/api/compliance", undefined, "reader", {
      accept: "text/html,*/*;q=0.8",
    });
    expect(accepted.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  test.each([
    ["?format=pdf", 400],
    ["?control=ZT-99", 400],
    ["?status=bad", 400],
    ["?spoke=nobody", 404],
    ["?spoke=..%2F..%2Frecords", 404],
  ])("%s: %i", async (query, status) => {
    expect((await portal.call("GET", `/api/compliance${query}`)).status).toBe(status);
  });

  test("needs a role: Read to see it, Operate to sweep", async () => {
    expect((await portal.call("GET", "/api/compliance", undefined, "anonymous")).status).toBe(401);
    expect((await portal.call("GET", "/api/compliance", undefined, "requester")).status).toBe(403);
    expect((await portal.call("POST", "/api/compliance/sweep", undefined, "reader")).status).toBe(403);
  });
});
