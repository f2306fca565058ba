import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, collect, makeGroup, makeStorageAccount, makeVirtualNetwork, makeWorkspace } from "./resources.ts";

const activityLog = [
  "Administrative",
  "Security",
  "ServiceHealth",
  "Alert",
  "Recommendation",
  "Policy",
  "Autoscale",
  "ResourceHealth",
];
const scope = `/subscriptions/${firstSubscription}`;
let azure: LocalAzure;
let workspaceId: string;
let otherWorkspaceId: string;
let storageAccountId: string;
let group: string;

beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-diagnostics");
  workspaceId = await makeWorkspace(azure, group, "log-one");
  otherWorkspaceId = await makeWorkspace(azure, group, "log-two");
  storageAccountId = await makeStorageAccount(azure, group, "stdiagnostics");
});
afterAll(() => azure.stop());

const settings = () => azure.monitor().diagnosticSettings;
const logs = (...categories: string[]) => categories.map((category) => ({ category, enabled: true }));
const put = (name: string, properties: unknown, target = scope) =>
  azure.request(
    "PUT",
    `${target}/providers/Microsoft.Insights/diagnosticSettings/${name}?api-version=2021-05-01-preview`,
    { properties },
  );

describe("the activity log of a subscription", () => {
  test("is exported, read, listed, changed and no longer exported", async () => {
    const made = await settings().createOrUpdate(scope, "zero-trust-activity", {
      workspaceId,
      storageAccountId,
      logs: logs(...activityLog),
    });
    expect(made).toMatchObject({ name: "zero-trust-activity", type: "Microsoft.Insights/diagnosticSettings" });
    const read = await settings().get(scope, "zero-trust-activity");
    expect(read).toMatchObject({ workspaceId, storageAccountId });
    expect(read.logs?.filter((log) => log.enabled).map((log) => log.category)).toEqual(activityLog);
    expect((await collect(settings().list(scope))).map(({ name }) => name)).toContain("zero-trust-activity");
    await settings().createOrUpdate(scope, "zero-trust-activity", { workspaceId, logs: logs("Security") });
    const changed = await settings().get(scope, "zero-trust-activity");
    expect(changed.storageAccountId).toBeUndefined();
    expect(changed.logs?.filter((log) => !log.enabled)).toHaveLength(7);
    await settings().delete(scope, "zero-trust-activity");
    await expect(settings().get(scope, "zero-trust-activity")).rejects.toMatchObject({ code: "ResourceNotFound" });
    await settings().delete(scope, "zero-trust-activity");
  });

  test("knows the category group allLogs, and no mix with categories", async () => {
    await settings().createOrUpdate(scope, "all", { workspaceId, logs: [{ categoryGroup: "allLogs", enabled: true }] });
    const shared = await put("second", { workspaceId, logs: logs("Policy") });
    expect([shared.status, codeOf(shared.body)]).toEqual([409, "Conflict"]);
    expect(shared.text).toContain("is already used in diagnostic setting 'all' for category 'Policy'");
    await settings().delete(scope, "all");
    const mixed = [...logs("Policy"), { categoryGroup: "allLogs", enabled: true }];
    expect((await put("mixed", { workspaceId, logs: mixed })).text).toContain("does not support mix");
    expect((await put("audit", { workspaceId, logs: [{ categoryGroup: "audit", enabled: true }] })).status).toBe(400);
  });

  test("goes to one destination once per category, to others again", async () => {
    await settings().createOrUpdate(scope, "first", { workspaceId, logs: logs("Security", "Alert") });
    const again = await put("again", { workspaceId: workspaceId.toUpperCase(), logs: logs("Alert") });
    expect([again.status, codeOf(again.body)]).toEqual([409, "Conflict"]);
    expect((await put("again", { workspaceId: otherWorkspaceId, logs: logs("Alert") })).status).toBe(200);
    expect((await put("again", { workspaceId, logs: logs("Policy") })).status).toBe(200);
    await settings().delete(scope, "first");
    await settings().delete(scope, "again");
  });

  test("has at most five settings", async () => {
    for (const [index, category] of activityLog.slice(0, 5).entries()) {
      await settings().createOrUpdate(scope, `limit-${index}`, { workspaceId, logs: logs(category) });
    }
    const sixth = await put("limit-5", { workspaceId, logs: logs("Policy") });
    expect([sixth.status, codeOf(sixth.body)]).toEqual([409, "Conflict"]);
    expect(sixth.text).toContain("The limit of 5 diagnostic settings was reached.");
    expect((await put("limit-4", { workspaceId, logs: logs("Policy") })).status).toBe(200);
    for (let index = 0; index < 5; index += 1) await settings().delete(scope, `limit-${index}`);
  });

  test.each([
    ["no destination", { logs: [] }, 400, "BadRequest"],
    ["an unknown category", { workspaceId: "$workspace", logs: logs("Audit") }, 400, "BadRequest"],
    ["a log without a category", { workspaceId: "$workspace", logs: [{ enabled: true }] }, 400, "BadRequest"],
    ["metrics", { workspaceId: "$workspace", metrics: logs("AllMetrics") }, 400, "BadRequest"],
    [
      "retention",
      {
        workspaceId: "$workspace",
        logs: [{ category: "Alert", enabled: true, retentionPolicy: { enabled: true, days: 30 } }],
      },
      400,
      "BadRequest",
    ],
    ["no resource id", { workspaceId: "log-one", logs: [] }, 400, "LinkedInvalidPropertyId"],
    ["a missing workspace", { workspaceId: "$workspace-missing", logs: [] }, 404, "ResourceNotFound"],
    ["a workspace as storage", { storageAccountId: "$workspace", logs: [] }, 400, "LinkedInvalidPropertyId"],
    ["logs of a wrong type", { workspaceId: "$workspace", logs: "all" }, 400, "BadRequest"],
    ["an unknown member", { workspaceId: "$workspace", colour: "blue" }, 400, "InvalidRequestContent"],
    ["an event hub", { eventHubAuthorizationRuleId: "x", logs: [] }, 501, "NotImplementedByLocalAzure"],
  ])("is refused with %s", async (_what, properties, status, code) => {
    const answer = await put("wrong", JSON.parse(JSON.stringify(properties).replace("$workspace", workspaceId)));
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
    const absent = await azure.request(
      "GET",
      `${scope}/providers/Microsoft.Insights/diagnosticSettings/wrong?api-version=2021-05-01-preview`,
    );
    expect(absent.status).toBe(404);
  });

  test("is not exported by who may not write the setting", async () => {
    const answer = await azure.request(
      "PUT",
      `${scope}/providers/Microsoft.Insights/diagnosticSettings/foreign?api-version=2021-05-01-preview`,
      { properties: { workspaceId, logs: logs("Alert") } },
      { as: appPrincipal },
    );
    expect(answer.status).toBe(403);
  });
});

describe("a resource", () => {
  test("sends its own categories and metrics", async () => {
    const vnet = await makeVirtualNetwork(azure, group, "vnet-diagnostics");
    const metrics = [{ category: "AllMetrics", enabled: true }];
    await settings().createOrUpdate(vnet, "vnet", { workspaceId, logs: logs("VMProtectionAlerts"), metrics });
    expect(await collect(settings().list(vnet))).toHaveLength(1);
    expect(await collect(settings().list(group.replace(/\/resourceGroups.*/, "")))).toHaveLength(0);
    expect((await put("wrong", { workspaceId, logs: logs("Security") }, vnet)).status).toBe(400);
    const categories = await collect(azure.monitor().diagnosticSettingsCategory.list(vnet));
    expect(categories.map(({ name, categoryType }) => [name, categoryType])).toEqual([
      ["AllMetrics", "Metrics"],
      ["VMProtectionAlerts", "Logs"],
    ]);
  });

  test("that does not stand has none, nor has a resource group", async () => {
    const missing = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-missing`;
    const answer = await put("orphan", { workspaceId, logs: logs("VMProtectionAlerts") }, missing);
    expect(answer.status).toBe(404);
    const onGroup = await put("group", { workspaceId, logs: [] }, group);
    expect([onGroup.status, codeOf(onGroup.body)]).toEqual([400, "ResourceTypeNotSupported"]);
  });
});
