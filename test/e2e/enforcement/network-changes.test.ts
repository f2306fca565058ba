import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, idsOf, Portal } from "../spokes/portal.ts";
import { alertsOf, callsOfApp, changesOf, makeRule, openRule, quiet, ruleNames, until } from "./watching.ts";

let portal: Portal;
const { nsg, vnet, group } = idsOf("orders-prod");
const data = nsg("data");
const ruleOf = (name: string) => `${data}/securityRules/${name}`;

beforeAll(async () => {
  portal = new Portal(await startStack({ enforcementMode: "enforce" }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => quiet(portal));

/** Waits for the change of a rule to have a status. */
const changeWith = (pointer: string, status: string) =>
  until(`${pointer} is ${status}`, async () =>
    (await changesOf(portal)).find((change) => change.pointer === pointer && change.status === status),
  );

describe("a port opened by hand, in enforce", () => {
  test("is told with its meaning and closed again, within seconds and four calls to Azure", async () => {
    const since = Date.now();
    expect((await portal.arm("PUT", ruleOf("by-hand"), openRule(100, "1433"))).status).toBe(201);
    const change = await changeWith("/securityRules/by-hand", "Restored");
    const seconds = (Date.parse(change.restoredAt ?? "") - Date.parse(change.origin?.at ?? "")) / 1000;
    // What comes later looks at the event of the restoration itself.
    const restoredAt = Date.parse(change.restoredAt ?? "");
    const calls = (await callsOfApp(portal, since)).filter(({ time }) => new Date(time).getTime() <= restoredAt);
    console.log(`From event to restored: ${seconds} s and ${calls.length} calls to Azure`);
    expect(calls.length).toBeLessThanOrEqual(4);
    expect(change).toMatchObject({ severity: "critical", spoke: "orders-prod", undo: null });
    expect(change.meanings[0]?.code).toBe("ReachableFromInternet");
    expect(change.origin?.caller.objectId).toBeTruthy();
    expect(await ruleNames(portal, data)).not.toContain("by-hand");
    const alerts = await until("an alert", async () => {
      const told = (await alertsOf(portal)).filter((alert) => alert.change.id === change.id);
      return told.length > 0 && told;
    });
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.change).toMatchObject({ status: "Restored", summary: change.summary });
    expect(JSON.stringify(await alertsOf(portal, "teams"))).toContain("AdaptiveCard");
  });

  test("one call undoes the restoration, and an exemption keeps it", async () => {
    const change = await changeWith("/securityRules/by-hand", "Restored");
    const undo = await portal.call("POST", `/api/changes/${change.id}/undo`);
    expect(undo.status).toBe(202);
    expect(undo.headers.get("location")).toBe(`/api/exemptions/undo-${change.id}`);
    await changeWith("/securityRules/by-hand", "Undone");
    expect(await ruleNames(portal, data)).toContain("by-hand");
    // A run of the spoke keeps it too, and says so.
    const view = await portal.provision(contractRequest, "PUT");
    expect(await ruleNames(portal, data)).toContain("by-hand");
    expect(view.findings.map(({ code }) => code)).toContain("ExemptionInForce");
    expect((await portal.call("POST", `/api/changes/${change.id}/undo`)).status).toBe(202);
    expect((await portal.call("POST", "/api/changes/0-nothing/undo")).status).toBe(404);
    // What its end leaves is looked at at once, not by the next sweep; and an undo that was taken back stays so.
    expect((await portal.call("DELETE", `/api/exemptions/undo-${change.id}`)).status).toBe(204);
    await until("it is closed again", async () => !(await ruleNames(portal, data)).includes("by-hand"));
    expect((await portal.call("POST", `/api/changes/${change.id}/undo`)).status).toBe(202);
    expect((await portal.call("GET", "/api/exemptions")).body.value).toEqual([]);
    await changeWith("/securityRules/by-hand", "Restored");
    expect((await portal.call("POST", `/api/changes/${change.id}/undo`, undefined, "reader")).status).toBe(403);
  });
});

test("an NSG that is taken off its subnet and deleted comes back, with its association", async () => {
  const front = nsg("front");
  await portal.edit(
    vnet,
    (body: { properties: { subnets: { name: string; properties: { networkSecurityGroup?: unknown } }[] } }) => {
      for (const subnet of body.properties.subnets)
        if (subnet.name === "snet-front") delete subnet.properties.networkSecurityGroup;
    },
  );
  await until("the association is back", async () => {
    const { body } = await portal.arm("GET", `${vnet}/subnets/snet-front`);
    return body.properties.networkSecurityGroup?.id?.toLowerCase() === front.toLowerCase();
  });
  const change = await changeWith("/subnets/snet-front", "Restored");
  expect(change.meanings[0]?.code).toBe("NetworkSecurityGroupDetached");
});

test("the writes of the tool itself are no changes", async () => {
  const before = (await changesOf(portal)).length;
  const answer = await portal.call("PUT", "/api/spokes/orders-prod", { ...contractRequest, outboundAccess: [] });
  expect(answer.status).toBe(202);
  expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
  const rule = `${nsg("app")}/securityRules/after-the-run`;
  await makeRule(portal, rule, openRule(100, "22"));
  await changeWith("/securityRules/after-the-run", "Restored");
  expect((await changesOf(portal)).length).toBe(before + 1);
});

test("events that lie are refused, and the queue goes on", async () => {
  const before = (await changesOf(portal)).length;
  const forged = (more: object) => ({
    input: JSON.stringify({
      specversion: "1.0",
      id: "forged",
      source: "/subscriptions/11111111-1111-1111-1111-111111111111",
      type: "Microsoft.Resources.ResourceWriteSuccess",
      subject: `${data}/../../x`,
      time: new Date().toISOString(),
      data: { operationName: "Microsoft.Network/networkSecurityGroups/write" },
      ...more,
    }),
  });
  for (const more of [
    {},
    { subject: `${group}/x' or 1==1` },
    { data: { claims: { name: "x".repeat(1_000_000) } } },
    { id: 7 },
  ]) {
    const answer = await portal.call("POST", "/admin/functions/onNetworkChangeQueued", forged(more));
    expect(answer.status).toBe(202);
  }
  await makeRule(portal, ruleOf("after-the-lies"), openRule(101, "3389"));
  await changeWith("/securityRules/after-the-lies", "Restored");
  expect((await changesOf(portal)).length).toBe(before + 1);
});

test("events that could not be delivered are taken in from the dead letters", async () => {
  const trouble = JSON.stringify({ failDeliveries: 100, deadLetter: true });
  await portal.stack.fetchAzure("/_local/events", { method: "POST", body: trouble });
  await makeRule(portal, ruleOf("never-heard-of"), openRule(102, "22"));
  await until("the event is a dead letter", async () => {
    const response = await portal.stack.fetchAzure("/_local/events");
    const { value } = (await response.json()) as { value: { event: { subject: string }; status: string }[] };
    return value.some(({ event, status }) => event.subject.endsWith("never-heard-of") && /dead/i.test(status));
  });
  await portal.stack.fetchAzure("/_local/events", { method: "DELETE" });
  expect(await ruleNames(portal, data)).toContain("never-heard-of");
  expect((await portal.call("POST", "/admin/functions/replayNetworkEvents", {})).status).toBe(202);
  const change = await changeWith("/securityRules/never-heard-of", "Restored");
  expect(change.origin).not.toBeNull();
});

test("Event Grid may deliver to the function itself, in either schema", async () => {
  const trouble = JSON.stringify({ failDeliveries: 1000 });
  await portal.stack.fetchAzure("/_local/events", { method: "POST", body: trouble });
  const operationName = "Microsoft.Network/networkSecurityGroups/securityRules/write";
  const type = "Microsoft.Resources.ResourceWriteSuccess";
  const source = `/subscriptions/${contractRequest.subscriptionId}`;
  for (const schema of ["cloud", "grid"]) {
    const subject = ruleOf(`by-${schema}`);
    await makeRule(portal, subject, openRule(103, "22"));
    const time = new Date().toISOString();
    const common = { id: schema, subject, data: { operationName, resourceUri: subject } };
    const cloud = { ...common, specversion: "1.0", source, type, time };
    const grid = { ...common, topic: source, eventType: type, eventTime: time, dataVersion: "2" };
    const path = "/runtime/webhooks/eventgrid?functionName=onNetworkChange";
    const events = schema === "cloud" ? cloud : [grid];
    const answer = await portal.call("POST", path, events, "operator", { "aeg-event-type": "Notification" });
    expect(answer.status).toBe(202);
    await changeWith(`/securityRules/by-${schema}`, "Restored");
  }
  await portal.stack.fetchAzure("/_local/events", { method: "DELETE" });
});

test("a machine's interface that comes into a tier's subnet joins the ASG of the tier", async () => {
  const id = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/rg-orders-prod/providers/Microsoft.Network/networkInterfaces/nic-new`;
  const subnet = { id: `${vnet}/subnets/snet-data` };
  const answer = await portal.arm("PUT", id, {
    location: "westeurope",
    properties: { ipConfigurations: [{ name: "ipconfig", properties: { subnet } }] },
  });
  expect(answer.status).toBe(201);
  await until("it is in the ASG", async () => {
    const { body } = await portal.arm("GET", id);
    return JSON.stringify(body.properties.ipConfigurations).includes("asg-orders-prod-data");
  });
  const change = await until("the change is told", async () =>
    (await changesOf(portal)).find(({ resourceId, status }) => resourceId === id && status === "Restored"),
  );
  expect(change.severity).toBe("low");
});
