import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { group, subnetId, useNetwork } from "../network-fixture.ts";
import {
  allowSecrets,
  gateway,
  gatewayName,
  makeSurroundings,
  putGateway,
  putVault,
  vaultId,
} from "./gateway-fixture.ts";

const fixture = useNetwork();
const denied = /ApplicationGatewayKeyVaultSecretException.*Problem occured/;
let principal: string;
let tenantId: string | undefined;

beforeAll(async () => {
  principal = await makeSurroundings(fixture);
  const identities = fixture.azure.identities().userAssignedIdentities;
  tenantId = (await identities.get(group, "id-agw")).tenantId;
});

beforeEach(async () => {
  await fixture.client.applicationGateways.delete(group, gatewayName);
});

async function stateOf(): Promise<(string | undefined)[]> {
  const { provisioningState, operationalState } = await fixture.client.applicationGateways.get(group, gatewayName);
  return [provisioningState, operationalState];
}

describe("a certificate in a key vault", () => {
  it("makes the gateway fail while its identity has no role there, and succeed with the role", async () => {
    await expect(Promise.resolve(putGateway(fixture))).rejects.toThrow(denied);
    expect(await stateOf()).toEqual(["Failed", "Stopped"]);
    await allowSecrets(fixture.azure, principal, `${vaultId}`);
    await putGateway(fixture);
    expect(await stateOf()).toEqual(["Succeeded", "Running"]);
  });

  it("names the secret and what is wrong with it", async () => {
    const sslCertificates = [{ name: "www", keyVaultSecretId: "https://kv-none.vault.azure.net/secrets/www" }];
    const path = `${vaultId.replace(/Microsoft\.KeyVault.*/, "Microsoft.Network/applicationGateways/agw")}?api-version=2026-01-01`;
    await expect(Promise.resolve(putGateway(fixture, { sslCertificates }))).rejects.toThrow(/KeyVaultSecretException/);
    const { body } = await fixture.azure.request("GET", path);
    const put = await fixture.azure.request("PUT", path, body);
    const operation = new URL(String(put.headers["azure-asyncoperation"]));
    const status = await fixture.azure.request("GET", operation.pathname + operation.search);
    expect(status.body).toMatchObject({
      status: "Failed",
      error: {
        code: "ApplicationGatewayKeyVaultSecretException",
        details: [{ code: "ApplicationGatewayKeyVaultSecretNotFound", message: expect.stringContaining("kv-none") }],
      },
    });
  });

  it("is read by access policy where the vault has no roles", async () => {
    const vault = (secrets: string[]) => ({
      tenantId,
      enableRbacAuthorization: false,
      accessPolicies: [{ tenantId, objectId: principal, permissions: { secrets } }],
    });
    await putVault(fixture.azure, vault(["list"]));
    await expect(Promise.resolve(putGateway(fixture))).rejects.toThrow(denied);
    await putVault(fixture.azure, vault(["Get"]));
    await putGateway(fixture);
    expect(await stateOf()).toEqual(["Succeeded", "Running"]);
  });

  it("is out of reach behind a firewall that lets in neither the gateway's subnet nor trusted services", async () => {
    const vault = (networkAcls: object) => ({ tenantId, enableRbacAuthorization: true, networkAcls });
    await putVault(fixture.azure, vault({ bypass: "None", defaultAction: "Deny" }));
    await expect(Promise.resolve(putGateway(fixture))).rejects.toThrow(denied);
    const virtualNetworkRules = [{ id: subnetId("vnet", "gateway") }];
    await putVault(fixture.azure, vault({ bypass: "None", defaultAction: "Deny", virtualNetworkRules }));
    await putGateway(fixture);
    await putVault(fixture.azure, vault({ bypass: "AzureServices", defaultAction: "Deny" }));
    await putGateway(fixture);
  });

  it("is no matter for a gateway without one", async () => {
    await putVault(fixture.azure, { tenantId, enableRbacAuthorization: false, accessPolicies: [] });
    const plain = gateway().httpListeners?.slice(1) ?? [];
    const rules = gateway().requestRoutingRules?.slice(1) ?? [];
    await putGateway(fixture, {
      identity: undefined,
      sslCertificates: [],
      httpListeners: plain,
      requestRoutingRules: rules,
      redirectConfigurations: [{ name: "to-https", redirectType: "Permanent", targetUrl: "https://www.example.com" }],
    });
    expect(await stateOf()).toEqual(["Succeeded", "Running"]);
  });
});
