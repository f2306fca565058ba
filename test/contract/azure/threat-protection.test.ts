import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, newResourceGroup, portsFor, resourceGroupId, tags } from "./ports-under-test.ts";
import { statusesOf } from "./recorded-requests.ts";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

const subscriptionNumber = (number: number) => `11111111-1111-1111-1111-0000000000${String(number).padStart(2, "0")}`;

describe("Defender plan", () => {
  const type = "Microsoft.Security/pricings";
  const plan = (subscription: string, name: string, subPlan: string | null) =>
    desired(type, `/subscriptions/${subscription}/providers/${type}/${name}`, { pricingTier: "Standard", subPlan });

  test("is raised from Free, and stands as desired with and without a sub-plan", async () => {
    const port = ports.resources[type];
    for (const wanted of [
      plan(firstSubscription, "VirtualMachines", "P2"),
      plan(firstSubscription, "KeyVaults", null),
    ]) {
      const free = await port.observe(wanted);
      expect(free?.body.pricingTier).toBe("Free");
      await port.write(wanted, free);
      expect((await port.observe(wanted))?.body).toEqual(wanted.body);
    }
  });

  test("gets the sub-plan that is asked for", async () => {
    const port = ports.resources[type];
    const other = plan(subscriptionNumber(2), "VirtualMachines", "P1");
    await port.write(other, null);
    const wanted = plan(subscriptionNumber(2), "VirtualMachines", "P2");
    const observed = await port.observe(wanted);
    expect(observed?.body).toEqual({ pricingTier: "Standard", subPlan: "P1" });
    await port.write(wanted, observed);
    expect((await port.observe(wanted))?.body.subPlan).toBe("P2");
  });

  test("what serves is written no more, and is never lowered or removed", async () => {
    const port = ports.resources[type];
    const wanted = plan(subscriptionNumber(3), "StorageAccounts", "DefenderForStorageV2");
    await port.write(wanted, null);
    await port.write(wanted, null);
    expect(await statusesOf(azure, "PUT", wanted.id)).toEqual([200]);

    const free = desired(type, wanted.id, { pricingTier: "Free", subPlan: null });
    expect((await port.observe(free))?.body).toEqual(free.body);
    await port.write(free, null);
    await expect(port.remove(wanted.id)).rejects.toMatchObject({ failure: { code: "ResourceOfOthers" } });
    expect((await port.observe(wanted))?.body).toEqual(wanted.body);
  });

  test("several of one subscription are raised together, although another update is in progress", async () => {
    const names = ["Arm", "AppServices", "SqlServers"];
    const plans = names.map((name) => plan(subscriptionNumber(4), name, null));
    await azure.control("POST", "faults", {
      match: { method: "PUT", pathRegex: "pricings/Arm" },
      kind: "409-another-operation",
      times: 2,
      retryAfterSeconds: null,
    });
    await Promise.all(plans.map((one) => ports.resources[type].write(one, null)));
    for (const one of plans) expect((await ports.resources[type].observe(one))?.body).toEqual(one.body);
    expect(await statusesOf(azure, "PUT", plans[0]?.id ?? "")).toEqual([409, 409, 200]);
  });

  test("a plan that Azure does not know stands not, and cannot be written", async () => {
    const port = ports.resources[type];
    const wanted = plan(firstSubscription, "Spacecraft", null);
    expect(await port.observe(wanted)).toBeNull();
    await expect(port.write(wanted, null)).rejects.toMatchObject({ name: "RefusedError" });
  });
});

describe("security contact", () => {
  const type = "Microsoft.Security/securityContacts";
  const idIn = (subscription: string) => `/subscriptions/${subscription}/providers/${type}/default`;
  const body = {
    emails: ["security@contoso.com", "soc@contoso.com"],
    phone: null,
    minimalSeverity: "Medium",
    notifiedRoles: ["Owner"],
  } as const;
  const put = (id: string, properties: object) =>
    azure.request("PUT", `${id}?api-version=2023-12-01-preview`, { properties });
  const nativeOf = async (id: string) => {
    const answer = await azure.request("GET", `${id}?api-version=2023-12-01-preview`);
    return (answer.body as { properties: Record<string, unknown> }).properties;
  };

  test("is made with e-mails, severity and roles, and is never removed", async () => {
    const wanted = desired(type, idIn(firstSubscription), body);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(body);
    expect(await nativeOf(wanted.id)).toMatchObject({
      emails: "security@contoso.com;soc@contoso.com",
      isEnabled: true,
    });
    const called = desired(type, wanted.id, { ...body, phone: "+49 30 1234567" });
    await port.write(called, await port.observe(called));
    expect((await port.observe(called))?.body).toEqual(called.body);
    await expect(port.remove(wanted.id)).rejects.toMatchObject({ failure: { code: "ResourceOfOthers" } });
  });

  test("one of others is adopted: their e-mails, phone, roles and sources stay, and no alert is lost", async () => {
    const wanted = desired(type, idIn(subscriptionNumber(2)), body);
    const port = ports.resources[type];
    await put(wanted.id, {
      emails: "cto@contoso.com;SOC@contoso.com",
      phone: "+1 555 0100",
      isEnabled: true,
      notificationsByRole: { state: "On", roles: ["Contributor"] },
      notificationsSources: [
        { sourceType: "AttackPath", minimalRiskLevel: "High" },
        { sourceType: "Alert", minimalSeverity: "Low" },
      ],
    });
    const observed = await port.observe(wanted);
    expect(observed?.body).toEqual({ ...body, emails: ["soc@contoso.com"], notifiedRoles: [] });
    await port.write(wanted, observed);
    expect((await port.observe(wanted))?.body).toEqual(body);
    expect(await nativeOf(wanted.id)).toEqual({
      emails: "security@contoso.com;soc@contoso.com;cto@contoso.com",
      phone: "+1 555 0100",
      isEnabled: true,
      notificationsByRole: { state: "On", roles: ["Owner", "Contributor"] },
      notificationsSources: [
        { sourceType: "AttackPath", minimalRiskLevel: "High" },
        { sourceType: "Alert", minimalSeverity: "Low" },
      ],
    });
  });

  test.each([
    ["is switched off", { emails: "security@contoso.com;soc@contoso.com", isEnabled: false }],
    ["sends no alerts", { emails: "security@contoso.com;soc@contoso.com", notificationsSources: [] }],
  ])("one that %s tells nobody, and is mended", async (_what, properties) => {
    const wanted = desired(type, idIn(subscriptionNumber(3)), body);
    const port = ports.resources[type];
    await put(wanted.id, properties);
    expect((await port.observe(wanted))?.body.emails).toEqual([]);
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(body);
  });

  test("alerts that are rarer than desired become more", async () => {
    const wanted = desired(type, idIn(subscriptionNumber(4)), body);
    const port = ports.resources[type];
    await put(wanted.id, { notificationsSources: [{ sourceType: "Alert", minimalSeverity: "High" }] });
    expect((await port.observe(wanted))?.body.minimalSeverity).toBe("High");
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(body);
  });
});

describe("activity log alert", () => {
  const type = "Microsoft.Insights/activityLogAlerts";
  const operationNames = [
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/networkSecurityGroups/delete",
    "Microsoft.Network/networkSecurityGroups/securityRules/write",
  ];

  test("stands as desired, is mended, keeps tags and description of others, and is removed twice", async () => {
    const group = await newResourceGroup(ports);
    const id = `${resourceGroupId(group)}/providers/${type}/alert-orders-nsg`;
    const body = {
      tags,
      enabled: true,
      scopes: [resourceGroupId(group)],
      operationNames,
      actionGroupIds: [seedProtection.actionGroup],
    };
    const wanted = desired(type, id, body);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(body);

    const client = azure.monitor();
    const native = await client.activityLogAlerts.get(group, "alert-orders-nsg");
    expect(native.location).toBe("global");
    await client.activityLogAlerts.createOrUpdate(group, "alert-orders-nsg", {
      ...native,
      tags: { ...native.tags, owner: "orders-team" },
      description: "Who to call: the orders team",
      enabled: false,
      condition: { allOf: [...(native.condition?.allOf ?? []), { field: "level", equals: "Error" }] },
    });
    const drifted = await port.observe(wanted);
    expect(drifted?.body).toMatchObject({ enabled: false, operationNames: [] });
    await port.write(wanted, drifted);
    expect((await port.observe(wanted))?.body).toEqual({ ...body, tags: { ...tags, owner: "orders-team" } });
    const mended = await client.activityLogAlerts.get(group, "alert-orders-nsg");
    expect(mended.description).toBe("Who to call: the orders team");

    const single = desired(type, id, { ...body, operationNames: operationNames.slice(0, 1), actionGroupIds: [] });
    await port.write(single, await port.observe(single));
    expect((await port.observe(single))?.body).toEqual({ ...single.body, tags: { ...tags, owner: "orders-team" } });

    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(wanted)).toBeNull();
  });

  test("one without the category or the status is drift", async () => {
    const group = await newResourceGroup(ports);
    const id = `${resourceGroupId(group)}/providers/${type}/alert-started`;
    const body = { tags: {}, enabled: true, scopes: [resourceGroupId(group)], operationNames, actionGroupIds: [] };
    await azure.monitor().activityLogAlerts.createOrUpdate(group, "alert-started", {
      location: "global",
      scopes: body.scopes,
      actions: {},
      condition: {
        allOf: [
          { field: "category", equals: "Administrative" },
          { anyOf: operationNames.map((equals) => ({ field: "operationName", equals })) },
        ],
      },
    });
    expect((await ports.resources[type].observe(desired(type, id, body)))?.body.operationNames).toEqual([]);
  });
});
