import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { type Answer, contractRequest, idsOf, Portal } from "../spokes/portal.ts";

let portal: Portal;
const ids = idsOf("orders-prod");
const alert = `${ids.group}/providers/Microsoft.Insights/activityLogAlerts/alert-orders-prod-nsg`;
const alertVersion = "2020-10-01";

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0, enforcementMode: "enforce" }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

async function swept(): Promise<Answer["body"]> {
  const started = await portal.call("POST", "/api/compliance/sweep");
  for (;;) {
    const { body } = await portal.call("GET", "/api/compliance");
    if (body.sweep.id === started.body.id && body.sweep.status !== "Running") return body;
    await sleep(100);
  }
}

const stands = async () => (await portal.arm("GET", alert, undefined, alertVersion)).status === 200;

async function exempt(): Promise<string> {
  const made = await portal.call("POST", "/api/exemptions", {
    spoke: "orders-prod",
    resourceId: alert,
    reason: "The alert is being moved",
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  expect(made.status).toBe(201);
  return made.body.id;
}

test("enforce: drift that is exempt stays; once the exemption ends the next sweep runs the spoke again, and only once", async () => {
  const id = await exempt();
  await portal.arm("DELETE", alert, undefined, alertVersion);
  await portal.writesOfApp();
  const kept = await swept();
  expect(kept.sweep.repaired).toBe(0);
  expect(kept.value[0].controls.find((one: { id: string }) => one.id === "ZT-7.6").status).toBe("exempt");
  expect(await portal.writesOfApp()).toEqual([]);

  await portal.call("DELETE", `/api/exemptions/${id}`);
  const repaired = await swept();
  expect(repaired.sweep.repaired).toBe(1);
  expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
  expect(await stands()).toBe(true);
  expect(await portal.writesOfApp()).toEqual([`PUT ${alert}`.replace("resourceGroups", "resourcegroups")]);

  // Somebody else takes it away again at once: the tool does not fight.
  await portal.arm("DELETE", alert, undefined, alertVersion);
  await portal.writesOfApp();
  const backedOff = await swept();
  expect(backedOff.sweep.repaired).toBe(0);
  expect(backedOff.value[0].controls.find((one: { id: string }) => one.id === "ZT-7.6").status).toBe("fail");
  expect(await portal.writesOfApp()).toEqual([]);
}, 120_000);
