import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, collect, makeGroup } from "./resources.ts";

const subscription = `/subscriptions/${firstSubscription}`;
let azure: LocalAzure;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-alerts");
});
afterAll(() => azure.stop());

const onSecurityRules = {
  allOf: [
    { field: "category", equals: "Administrative" },
    { field: "operationName", equals: "Microsoft.Network/networkSecurityGroups/securityRules/write" },
  ],
};

describe("an action group", () => {
  test("is created, read, listed, changed and deleted", async () => {
    const groups = azure.monitor().actionGroups;
    const made = await groups.createOrUpdate("rg-alerts", "ag-soc", {
      location: "Global",
      groupShortName: "soc",
      enabled: true,
      emailReceivers: [{ name: "soc", emailAddress: "soc@contoso.com", useCommonAlertSchema: true }],
    });
    expect(made).toMatchObject({ groupShortName: "soc", emailReceivers: [{ status: "Enabled" }] });
    expect(await groups.get("rg-alerts", "ag-soc")).toMatchObject({ name: "ag-soc", smsReceivers: [] });
    expect(await collect(groups.listByResourceGroup("rg-alerts"))).toHaveLength(1);
    expect((await collect(groups.listBySubscriptionId())).map(({ name }) => name)).toContain("ag-soc");
    const off = await groups.update("rg-alerts", "ag-soc", { enabled: false, tags: { owner: "soc" } });
    expect(off).toMatchObject({ enabled: false, tags: { owner: "soc" }, groupShortName: "soc" });
    await groups.delete("rg-alerts", "ag-soc");
    await expect(groups.get("rg-alerts", "ag-soc")).rejects.toMatchObject({ code: "ResourceNotFound" });
    await groups.delete("rg-alerts", "ag-soc");
  });

  test.each([
    ["no short name", { enabled: true }, 400],
    ["a long short name", { groupShortName: "thirteen-long", enabled: true }, 400],
    ["an unknown property", { groupShortName: "soc", enabled: true, colour: "blue" }, 400],
  ])("is refused with %s", async (_what, properties, status) => {
    const path = `${group}/providers/Microsoft.Insights/actionGroups/ag-wrong?api-version=2023-01-01`;
    expect((await azure.request("PUT", path, { location: "Global", properties })).status).toBe(status);
  });
});

describe("an activity log alert", () => {
  test("is created, read, listed, changed and deleted", async () => {
    const alerts = azure.monitor().activityLogAlerts;
    const { id = "" } = await azure.monitor().actionGroups.createOrUpdate("rg-alerts", "ag-alert", {
      location: "Global",
      groupShortName: "alert",
      enabled: true,
    });
    const made = await alerts.createOrUpdate("rg-alerts", "alert-nsg", {
      location: "Global",
      scopes: [subscription],
      condition: onSecurityRules,
      actions: { actionGroups: [{ actionGroupId: id }] },
    });
    expect(made).toMatchObject({ enabled: true, scopes: [subscription] });
    expect(await alerts.get("rg-alerts", "alert-nsg")).toMatchObject({
      condition: onSecurityRules,
      actions: { actionGroups: [{ actionGroupId: id }] },
    });
    expect(await collect(alerts.listByResourceGroup("rg-alerts"))).toHaveLength(1);
    expect((await collect(alerts.listBySubscriptionId())).map(({ name }) => name)).toContain("alert-nsg");
    expect(await alerts.update("rg-alerts", "alert-nsg", { enabled: false })).toMatchObject({ enabled: false });
    await alerts.delete("rg-alerts", "alert-nsg");
    await expect(alerts.get("rg-alerts", "alert-nsg")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  const body = { scopes: [subscription], condition: onSecurityRules, actions: { actionGroups: [] } };
  test.each([
    ["no scope", { ...body, scopes: [] }, "BadRequest"],
    [
      "another subscription",
      { ...body, scopes: ["/subscriptions/99999999-9999-9999-9999-999999999999"] },
      "BadRequest",
    ],
    ["no id as scope", { ...body, scopes: ["here"] }, "LinkedInvalidPropertyId"],
    ["no category", { ...body, condition: { allOf: [{ field: "level", equals: "Error" }] } }, "BadRequest"],
    ["an unknown property", { ...body, colour: "blue" }, "InvalidRequestContent"],
    [
      "a missing action group",
      {
        ...body,
        actions: { actionGroups: [{ actionGroupId: "$group/providers/Microsoft.Insights/actionGroups/ag-no" }] },
      },
      "InvalidResourceReference",
    ],
  ])("is refused with %s", async (_what, properties, code) => {
    const path = `${group}/providers/Microsoft.Insights/activityLogAlerts/alert-wrong?api-version=2020-10-01`;
    const text = JSON.stringify({ location: "Global", properties }).replace("$group", group);
    const answer = await azure.request("PUT", path, JSON.parse(text));
    expect([answer.status, codeOf(answer.body)]).toEqual([400, code]);
  });
});
