import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "../../../local/stack/stack-options.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import { startHostProcess } from "../../contract/host/host-process.ts";
import { configuredStack } from "../spokes/configured-stack.ts";
import { appPrincipal, idsOf, type Portal, requestWith } from "../spokes/portal.ts";

/** The addresses that activate Windows in Azure Government, as docs/configuration.md tells them. */
const activationServers = ["23.97.0.13", "52.126.105.2"];

const sample = JSON.parse(
  readFileSync(new URL("../../../platform-configuration.sample.json", import.meta.url), "utf8"),
) as {
  applicationGateway: { certificateVaults: { resourceId: string }[] };
  privateDnsZoneIds: string[];
  activityLogStorageAccountId: string;
};

/** What a platform of Azure Government writes otherwise into its configuration. */
const changes = {
  applicationGateway: {
    ...sample.applicationGateway,
    certificateVaults: sample.applicationGateway.certificateVaults.map((vault) => ({
      ...vault,
      vaultUri: "https://kv-platform.vault.usgovcloudapi.net",
    })),
  },
  privateDnsZoneIds: sample.privateDnsZoneIds.map((id) => id.replace("core.windows.net", "core.usgovcloudapi.net")),
  vmManagement: {
    fqdns: [{ fqdn: "login.microsoftonline.us", port: 443 }],
    timeServers: ["40.119.6.228"],
    activationServers,
  },
};
const certificateSecretId = "https://kv-platform.vault.usgovcloudapi.net/secrets/orders";
const request = requestWith({}, { certificateSecretId });

let portal: Portal;
let stop: () => Promise<void>;
let view: SpokeView;

beforeAll(async () => {
  ({ portal, stop } = await configuredStack(changes, { cloud: "AzureUSGovernment" }));
  view = await portal.provision(request);
}, 120_000);

afterAll(() => stop?.());

/** Asks local Azure with the owner's token for a resource. */
async function askedWith(resource: string, path: string): Promise<{ status: number; text: string }> {
  const { accessToken } = (await (
    await portal.stack.fetchAzure(`/_local/token?resource=${encodeURIComponent(resource)}`)
  ).json()) as { accessToken: string };
  const answer = await portal.stack.fetchAzure(path, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: answer.status, text: await answer.text() };
}

test("the cloud takes no tokens for the public one, of Resource Manager and of Microsoft Graph", async () => {
  const subscriptions = "/subscriptions?api-version=2022-12-01";
  expect((await askedWith("https://management.usgovcloudapi.net", subscriptions)).status).toBe(200);
  for (const resource of [
    "https://management.azure.com",
    "https://management.core.windows.net",
    "https://graph.microsoft.us",
  ]) {
    const refused = await askedWith(resource, subscriptions);
    expect(refused.status).toBe(401);
    expect(JSON.parse(refused.text).error.code).toBe("InvalidAuthenticationTokenAudience");
    expect(refused.text).toContain("'https://management.usgovcloudapi.net'");
    expect(refused.text).not.toContain("'https://management.azure.com',");
  }
  const group = "/v1.0/groups/22222222-2222-2222-2222-222222222222";
  expect((await askedWith("https://graph.microsoft.us", group)).status).toBe(200);
  for (const resource of ["https://graph.microsoft.com", "https://management.usgovcloudapi.net"]) {
    const refused = await askedWith(resource, group);
    expect([refused.status, JSON.parse(refused.text).error]).toMatchObject([
      401,
      { code: "InvalidAuthenticationToken", message: expect.stringContaining("Invalid audience") },
    ]);
  }
});

test("the same build provisions a spoke there, told of the cloud by its settings alone", async () => {
  expect(view.steps.map(({ status }) => status)).toEqual(Array(7).fill("Succeeded"));
  const gatewayId = `${idsOf("orders-prod").group}/providers/Microsoft.Network/applicationGateways/agw-orders-prod`;
  const gateway = await portal.arm("GET", gatewayId);
  expect(gateway.body.properties.sslCertificates[0].properties.keyVaultSecretId).toBe(certificateSecretId);
  const group = await portal.arm("GET", idsOf("orders-prod").nsg("app"));
  const activation = group.body.properties.securityRules.find(
    ({ name }: { name: string }) => name === "Allow-Windows-Activation-Outbound",
  );
  expect(activation.properties.destinationAddressPrefixes).toEqual(activationServers.map((address) => `${address}/32`));
  const asked = (await portal.stack.azure.recordedRequests()).filter(({ caller }) => caller === appPrincipal);
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter(({ status }) => status === 401)).toEqual([]);
});

test("another run writes nothing: the cloud gives back what was written", async () => {
  await portal.writesOfApp();
  await portal.provision(request, "PUT");
  expect(await portal.writesOfApp()).toEqual([]);
});

test("what names the public cloud stays out of what the cloud is asked to hold", async () => {
  const zone = await portal.arm("GET", changes.privateDnsZoneIds[0] ?? "", undefined, "2020-06-01");
  expect(zone.body.name).toBe("privatelink.blob.core.usgovcloudapi.net");
  const storage = await portal.arm("GET", sample.activityLogStorageAccountId, undefined, "2023-05-01");
  expect(storage.body.properties.primaryEndpoints.table).toBe("https://stactivitylogs.table.core.usgovcloudapi.net/");
  const bad = requestWith({ name: "bad-a", addressPrefix: "10.40.0.0/22" });
  const answer = await portal.call("POST", "/api/spokes", bad);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/application/certificateSecretId" }] } });
  expect(answer.body.errors[0].message).toContain("vault.usgovcloudapi.net");
});

test("an app with the public cloud's audiences is refused there, and says which setting is wrong", async () => {
  await portal.writesOfApp();
  const host = await startHostProcess({
    fixture: projectFolder,
    environment: {
      ...portal.stack.settings,
      AZURE_RESOURCE_MANAGER_AUDIENCE: "https://management.azure.com",
      MICROSOFT_GRAPH_AUDIENCE: "https://graph.microsoft.com",
    },
    signInFile: `${projectFolder}/local/stack/local-users.json`,
  });
  const resourceManager = await fetch(`${host.url}/api/spokes/orders-prod/connectivity`);
  expect(resourceManager.status).toBe(502);
  const refusal = await resourceManager.text();
  expect(refusal).toContain("InvalidAuthenticationTokenAudience");
  expect(refusal).toContain("set AZURE_RESOURCE_MANAGER_AUDIENCE");

  const graph = await fetch(`${host.url}/api/spokes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, name: "wrong-a", addressPrefix: "10.44.0.0/22" }),
  });
  expect(graph.status).toBe(502);
  expect(await graph.text()).toContain("set MICROSOFT_GRAPH_AUDIENCE");
  expect(await host.stop()).toBe(0);
  expect(await portal.writesOfApp()).toEqual([]);
  expect((await portal.call("GET", "/api/spokes/wrong-a")).status).toBe(404);
});
