import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { GraphClient } from "../../infra/hooks/graph-client.ts";
import type { HookContext } from "../../infra/hooks/hook-context.ts";
import { postprovision } from "../../infra/hooks/postprovision.ts";
import { preprovision } from "../../infra/hooks/preprovision.ts";
import { appRoles } from "../../infra/hooks/sign-in-application.ts";
import { parsePlatformConfiguration } from "../../shared/domain/parse-platform-configuration.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { type FakeGraph, startFakeGraph } from "./fake-graph.ts";

const parsed = parsePlatformConfiguration(JSON.parse(readFileSync("platform-configuration.sample.json", "utf8")));
if (!parsed.ok) throw new Error("The sample is not valid");
const sample = parsed.value;
const subscriptionId = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
const principalId = "55555555-5555-5555-5555-555555555555";
const eventsAccount = `/subscriptions/${subscriptionId}/resourceGroups/rg-zero-trust-spokes-test/providers/Microsoft.Storage/storageAccounts/stspokeevents`;
const configuration: PlatformConfiguration = {
  ...sample,
  networkEvents: sample.networkEvents && { ...sample.networkEvents, storageAccountId: eventsAccount },
};
const graphId = "00000003-0000-0000-c000-000000000000";
const permissions = ["Group.Read.All", "User.ReadBasic.All", "Application.Read.All", "Policy.Read.All"];

function contextOf(graph: FakeGraph, environment: HookContext["environment"] = {}): HookContext {
  const client = new GraphClient({ endpoint: graph.endpoint, token: async () => "token", wait: async () => undefined });
  return {
    environment: { AZURE_ENV_NAME: "test", AZURE_SUBSCRIPTION_ID: subscriptionId, ...environment },
    configurationFile: "platform-configuration.json",
    configuration,
    graph: client,
    say: () => undefined,
  };
}

/** A tenant with Microsoft Graph itself, and with the identity of the app. */
async function tenant(): Promise<FakeGraph> {
  const graph = await startFakeGraph();
  const roles = [...permissions, "Policy.ReadWrite.ConditionalAccess", "Directory.ReadWrite.All"];
  graph.rows.set("/servicePrincipals", [
    { id: "graph", appId: graphId, appRoles: roles.map((value) => ({ id: `role-${value}`, value })) },
  ]);
  return graph;
}

const provisioned = (clientId: string | undefined) => ({
  SIGN_IN_CLIENT_ID: clientId,
  IDENTITY_PRINCIPAL_ID: principalId,
  FUNCTION_APP_HOST_NAME: "func-test.azurewebsites.net",
});

it("makes the app registration with its roles and without a secret, and a second run writes nothing", async () => {
  await using graph = await tenant();
  const { SIGN_IN_CLIENT_ID: clientId } = await preprovision(contextOf(graph));
  const [application] = graph.rows.get("/applications") ?? [];
  expect(application).toMatchObject({
    uniqueName: "zero-trust-spokes-test",
    appId: clientId,
    signInAudience: "AzureADMyOrg",
    groupMembershipClaims: "SecurityGroup",
    identifierUris: [`api://${clientId}`],
    api: { requestedAccessTokenVersion: 2 },
  });
  expect(application?.appRoles).toMatchObject(["Read", "Request", "Operate", "Approve"].map((value) => ({ value })));
  expect(application).not.toHaveProperty("passwordCredentials");
  expect(graph.rows.get("/servicePrincipals")?.[1]).toMatchObject({ appId: clientId, appRoleAssignmentRequired: true });

  await postprovision(contextOf(graph, provisioned(clientId)));
  expect(graph.rows.get(`/applications/${application?.id}/federatedIdentityCredentials`)).toMatchObject([
    {
      issuer: `https://login.microsoftonline.com/${configuration.tenantId}/v2.0`,
      subject: principalId,
      audiences: ["api://AzureADTokenExchange"],
    },
  ]);
  expect(application?.web).toMatchObject({
    redirectUris: ["https://func-test.azurewebsites.net/.auth/login/aad/callback"],
    implicitGrantSettings: { enableIdTokenIssuance: true },
  });

  graph.writes.length = 0;
  await preprovision(contextOf(graph));
  await postprovision(contextOf(graph, provisioned(clientId)));
  expect(graph.writes).toEqual([]);
});

it("mends what was changed, and leaves what others added", async () => {
  await using graph = await tenant();
  const { SIGN_IN_CLIENT_ID: clientId } = await preprovision(contextOf(graph));
  await postprovision(contextOf(graph, provisioned(clientId)));
  const [application] = graph.rows.get("/applications") ?? [];
  if (application === undefined) throw new Error("no registration");
  const foreign = { ...appRoles[0], id: "foreign", value: "Audit" };
  application.appRoles = [{ ...foreign, origin: "Application" }, ...appRoles.slice(1)];
  const principal = graph.rows.get("/servicePrincipals")?.[1];
  if (principal !== undefined) principal.appRoleAssignmentRequired = false;

  await preprovision(contextOf(graph));
  expect(application.appRoles).toEqual([...appRoles, foreign]);
  expect(principal?.appRoleAssignmentRequired).toBe(true);

  // The identity was made anew: the registration trusts the new one, and no longer the old.
  const newPrincipal = "66666666-6666-4666-8666-666666666666";
  await postprovision(contextOf(graph, { ...provisioned(clientId), IDENTITY_PRINCIPAL_ID: newPrincipal }));
  const credentials = graph.rows.get(`/applications/${application.id}/federatedIdentityCredentials`);
  expect(credentials?.map(({ subject }) => subject)).toEqual([newPrincipal]);
});

it("gives the identity what the configuration needs of Microsoft Graph, and nothing more", async () => {
  await using graph = await tenant();
  const { SIGN_IN_CLIENT_ID: clientId } = await preprovision(contextOf(graph));
  await postprovision(contextOf(graph, provisioned(clientId)));
  const held = () =>
    graph.rows.get(`/servicePrincipals/${principalId}/appRoleAssignments`)?.map(({ appRoleId }) => appRoleId);
  expect(held()).toEqual(permissions.map((name) => `role-${name}`));

  const breakGlassGroupId = "22222222-2222-2222-2222-222222222222";
  const creating = { ...configuration, conditionalAccess: { mode: "create" as const, breakGlassGroupId } };
  await postprovision({ ...contextOf(graph, provisioned(clientId)), configuration: creating });
  expect(held()?.at(-1)).toBe("role-Policy.ReadWrite.ConditionalAccess");
});

it("trusts the identity as the cloud has it", async () => {
  await using graph = await tenant();
  const { SIGN_IN_CLIENT_ID: clientId } = await preprovision(contextOf(graph));
  const trusting = (AZURE_AUTHORITY_HOST: string) =>
    postprovision(contextOf(graph, { ...provisioned(clientId), AZURE_AUTHORITY_HOST }));
  await trusting("https://login.microsoftonline.us");
  const [application] = graph.rows.get("/applications") ?? [];
  expect(graph.rows.get(`/applications/${application?.id}/federatedIdentityCredentials`)).toMatchObject([
    {
      issuer: `https://login.microsoftonline.us/${configuration.tenantId}/v2.0`,
      audiences: ["api://AzureADTokenExchangeUSGov"],
    },
  ]);
  await expect(trusting("https://login.example")).rejects.toThrow(
    "No cloud of Azure signs in at https://login.example",
  );
});

it("waits for the directory to know what was just made", async () => {
  await using graph = await tenant();
  graph.refuse("POST", /^\/servicePrincipals$/, 2, 400, "NoBackingApplicationObject");
  graph.refuse("PATCH", /^\/applications\/[^(]+$/, 2, 404, "Request_ResourceNotFound");
  await preprovision(contextOf(graph));
  expect(graph.rows.get("/servicePrincipals")).toHaveLength(2);
});

it("says what to do where the directory refuses", async () => {
  await using graph = await tenant();
  graph.refuse("PATCH", /uniqueName/, 1, 403, "Authorization_RequestDenied");
  await expect(preprovision(contextOf(graph))).rejects.toThrow(
    /403 Authorization_RequestDenied.*directory roles that docs\/deployment.md names/,
  );
});

it("leaves the directory alone where others look after it", async () => {
  await using graph = await tenant();
  const given = { SIGN_IN_APPLICATION: "given", GRAPH_PERMISSIONS: "given", SIGN_IN_CLIENT_ID: principalId };
  expect((await preprovision(contextOf(graph, given))).SIGN_IN_CLIENT_ID).toBe(principalId);
  await postprovision(contextOf(graph, { ...given, IDENTITY_PRINCIPAL_ID: principalId }));
  expect(graph.writes).toEqual([]);
});

it("takes scopes of roles from the platform configuration", async () => {
  await using graph = await tenant();
  const parameters = await preprovision(contextOf(graph));
  const platform = "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups";
  expect(parameters).toMatchObject({
    SPOKE_SUBSCRIPTION_IDS: configuration.subscriptionIds.join(","),
    HUB_RESOURCE_GROUPS: `${platform}/rg-hub-westeurope,${platform}/rg-hub-northeurope`,
    LOG_RESOURCE_GROUPS: `${platform}/rg-platform-logs`,
    SECRET_RESOURCE_GROUPS: `${platform}/rg-platform-secrets`,
    NAME_RESOURCE_GROUPS: `${platform}/rg-platform-dns`,
    ADDRESS_RESOURCE_GROUPS: "",
    NETWORK_MANAGEMENT_ROLE_GUID: "5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60",
    EVENTS_STORAGE_ACCOUNT_NAME: "stspokeevents",
    NETWORK_EVENTS_QUEUE: "network-changes",
    DEAD_LETTER_CONTAINER: "network-changes-dead",
  });
  const atManagementGroup = await preprovision(contextOf(graph, { ROLES_AT_MANAGEMENT_GROUP: "true" }));
  expect(atManagementGroup.SPOKE_SUBSCRIPTION_IDS).toBe("");
});

it("refuses a configuration that names another account for network events than the one that is made", async () => {
  await using graph = await tenant();
  await expect(preprovision({ ...contextOf(graph), configuration: sample })).rejects.toThrow(
    `this deployment makes ${eventsAccount}`,
  );
  expect(graph.writes).toEqual([]);
});

it.each(["dev_1", "my.app", "a-name-of-more-than-twenty"])(
  "refuses the name %s, before anything is made",
  async (name) => {
    await using graph = await tenant();
    await expect(preprovision(contextOf(graph, { AZURE_ENV_NAME: name }))).rejects.toThrow("at most 20");
    expect(graph.writes).toEqual([]);
  },
);

it("main.bicepparam reads every value that the hook sets", async () => {
  await using graph = await tenant();
  const read = readFileSync("infra/main.bicepparam", "utf8");
  for (const name of Object.keys(await preprovision(contextOf(graph))))
    expect(read).toContain(`readEnvironmentVariable('${name}'`);
});
