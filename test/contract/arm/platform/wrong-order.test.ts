import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, computeApi, type Document, makeGroup, storageApi, workspaceApi } from "./resources.ts";

const scope = `/subscriptions/${firstSubscription}`;
const settingPath = `${scope}/providers/Microsoft.Insights/diagnosticSettings/early?api-version=2021-05-01-preview`;
const logs = [{ category: "Security", enabled: true }];
let azure: LocalAzure;
let group: string;

/** As slow as Azure: nothing that was begun ends during these tests. */
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 1 });
  group = await makeGroup(azure, "rg-order");
});
afterAll(() => azure.stop());

describe("while a resource is being created", () => {
  test("a storage account can neither be written again nor receive logs", async () => {
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/stearly`;
    const body = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} };
    const begun = await azure.request("PUT", `${id}?api-version=${storageApi}`, body);
    expect([begun.status, typeof begun.headers.location]).toEqual([202, "string"]);
    const { properties } = (await azure.request("GET", `${id}?api-version=${storageApi}`)).body as Document;
    expect(properties.provisioningState).not.toBe("Succeeded");
    const again = await azure.request("PUT", `${id}?api-version=${storageApi}`, body);
    expect([again.status, codeOf(again.body)]).toEqual([409, "AnotherOperationInProgress"]);
    const early = await azure.request("PUT", settingPath, { properties: { storageAccountId: id, logs } });
    expect([early.status, codeOf(early.body)]).toEqual([400, "ReferencedResourceNotProvisioned"]);
  });

  test("a workspace cannot receive logs, and says where its operation is", async () => {
    const id = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-early`;
    const begun = await azure.request("PUT", `${id}?api-version=${workspaceApi}`, {
      location: "westeurope",
      properties: {},
    });
    expect([begun.status, typeof begun.headers["azure-asyncoperation"]]).toEqual([201, "string"]);
    const early = await azure.request("PUT", settingPath, { properties: { workspaceId: id, logs } });
    expect([early.status, codeOf(early.body)]).toEqual([400, "ReferencedResourceNotProvisioned"]);
  });

  test("a machine does not run", async () => {
    const network = `${group}/providers/Microsoft.Network`;
    const vnet = `${network}/virtualNetworks/vnet-early`;
    await azure.request("PUT", `${vnet}?api-version=2026-01-01`, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.61.0.0/24"] } },
    });
    const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm-early?api-version=${computeApi}`;
    const answer = await azure.request("PUT", machine, {
      location: "westeurope",
      properties: {
        hardwareProfile: { vmSize: "Standard_D2s_v5" },
        storageProfile: {},
        networkProfile: { networkInterfaces: [{ id: `${network}/networkInterfaces/nic-early` }] },
      },
    });
    expect([answer.status, codeOf(answer.body)]).toEqual([400, "InvalidResourceReference"]);
  });
});

describe("who may write a diagnostic setting", () => {
  test("needs the keys of its destination besides", async () => {
    const roles = azure.authorization();
    const group2 = "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-logs";
    const workspaceId = `${group2}/providers/Microsoft.OperationalInsights/workspaces/law-platform`;
    const role = await roles.roleDefinitions.createOrUpdate(scope, randomUUID(), {
      roleName: "Writes diagnostic settings",
      roleType: "CustomRole",
      permissions: [{ actions: ["Microsoft.Insights/diagnosticSettings/*"] }],
      assignableScopes: [scope],
    });
    await roles.roleAssignments.create(scope, randomUUID(), {
      roleDefinitionId: String(role.id),
      principalId: appPrincipal,
      principalType: "ServicePrincipal",
    });
    const answer = await azure.request("PUT", settingPath, { properties: { workspaceId, logs } }, { as: appPrincipal });
    expect([answer.status, codeOf(answer.body)]).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(answer.text).toContain("Microsoft.OperationalInsights/workspaces/sharedKeys/action");
  });
});
