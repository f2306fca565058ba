import { describe, expect, test } from "vitest";
import { compose } from "../../../functions/composition.ts";
import { azureSettings } from "../../../functions/settings/azure-settings.ts";
import { configurationInCloud } from "../../../functions/settings/configuration-in-cloud.ts";
import { networkEventsStorage } from "../../../functions/settings/network-events-storage.ts";
import { stateSettings } from "../../../functions/settings/state-settings.ts";
import { blobServiceClient } from "../../../shared/azure/blob-service.ts";
import { publicAzure } from "../../../shared/azure/settings.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import { configuration } from "../domain/contract-request.ts";

describe("where Azure is", () => {
  test("public Azure where nothing is set", () => {
    expect(azureSettings({ AZURE_RESOURCE_MANAGER_ENDPOINT: "" })).toEqual(publicAzure);
  });

  test("another cloud, each part by its setting", () => {
    const environment = {
      AZURE_RESOURCE_MANAGER_ENDPOINT: "https://management.usgovcloudapi.net/",
      AZURE_RESOURCE_MANAGER_AUDIENCE: "https://management.core.usgovcloudapi.net",
      MICROSOFT_GRAPH_ENDPOINT: "https://graph.microsoft.us",
      MICROSOFT_GRAPH_AUDIENCE: "https://dod-graph.microsoft.us",
    };
    expect(azureSettings(environment)).toEqual({
      resourceManagerEndpoint: "https://management.usgovcloudapi.net",
      resourceManagerAudience: "https://management.core.usgovcloudapi.net",
      graphEndpoint: "https://graph.microsoft.us",
      graphAudience: "https://dod-graph.microsoft.us",
    });
  });

  test.each(["http://management.example", "management.example", "ftp://x", " "])("%j is no endpoint", (value) => {
    expect(() => azureSettings({ MICROSOFT_GRAPH_ENDPOINT: value })).toThrow("MICROSOFT_GRAPH_ENDPOINT");
  });
});

describe("storage accounts of which the settings tell only the name", () => {
  const china = { STORAGE_ENDPOINT_SUFFIX: "core.chinacloudapi.cn" };

  test("lie in the cloud of STORAGE_ENDPOINT_SUFFIX, down to the client's URL", async () => {
    const state = stateSettings({ ...china, AzureWebJobsStorage__accountName: "st1" });
    expect((await blobServiceClient(state)).url).toBe("https://st1.blob.core.chinacloudapi.cn/");
    expect(networkEventsStorage({ ...china, NetworkEvents__accountName: "st2" })).toEqual({
      blobs: { blobServiceUri: "https://st2.blob.core.chinacloudapi.cn", clientId: null },
      queues: { queueServiceUri: "https://st2.queue.core.chinacloudapi.cn", clientId: null },
    });
  });

  test("in the public cloud without it, and where an address is given, that counts", async () => {
    const state = stateSettings({ AzureWebJobsStorage__accountName: "st1" });
    expect((await blobServiceClient(state)).url).toBe("https://st1.blob.core.windows.net/");
    const address = "https://st1.blob.core.usgovcloudapi.net";
    expect(stateSettings({ ...china, AzureWebJobsStorage__blobServiceUri: address })).toMatchObject({
      blobServiceUri: address,
    });
  });

  test.each([
    "https://core.windows.net",
    ".core.windows.net",
    "core.windows.net.",
    "core.windows.net/x",
    "Core.windows.net",
    "windows",
    "a b.c",
    "evil.example/?",
  ])("%j is no suffix, which is said at once", (suffix) => {
    const environment = { STORAGE_ENDPOINT_SUFFIX: suffix, AzureWebJobsStorage__accountName: "st1" };
    expect(() => stateSettings(environment)).toThrow("STORAGE_ENDPOINT_SUFFIX");
  });
});

describe("key vaults", () => {
  const withVault = (vaultUri: string): PlatformConfiguration => {
    const { applicationGateway } = configuration;
    if (applicationGateway === null) throw new Error("The sample publishes");
    const [vault] = applicationGateway.certificateVaults;
    const certificateVaults = [{ resourceId: vault?.resourceId ?? "", vaultUri }];
    return { ...configuration, applicationGateway: { ...applicationGateway, certificateVaults } };
  };
  const suffixIn = (environment: Record<string, string>, vaultUri: string) =>
    configurationInCloud(withVault(vaultUri), environment).keyVaultSuffix;

  test("end in KEY_VAULT_SUFFIX", () => {
    expect(suffixIn({}, "https://kv.vault.azure.net")).toBe("vault.azure.net");
    expect(suffixIn({ KEY_VAULT_SUFFIX: "vault.azure.cn" }, "https://kv.vault.azure.cn")).toBe("vault.azure.cn");
  });

  test.each([
    [{}, "https://kv.vault.azure.cn"],
    [{ KEY_VAULT_SUFFIX: "vault.azure.cn" }, "https://kv.vault.azure.net"],
    [{}, "https://evilvault.azure.net"],
    [{}, "https://kv.vault.azure.net.evil.example"],
    [{ KEY_VAULT_SUFFIX: "https://vault.azure.cn" }, "https://kv.vault.azure.cn"],
  ])("%j and the vault %s do not go together", (environment, vaultUri) => {
    expect(() => suffixIn(environment, vaultUri)).toThrow("KEY_VAULT_SUFFIX");
  });

  test("an app whose configuration is of another cloud serves nothing", async () => {
    const app = compose({
      PLATFORM_CONFIGURATION_FILE: "platform-configuration.sample.json",
      KEY_VAULT_SUFFIX: "vault.usgovcloudapi.net",
    });
    await expect(app.configuration()).rejects.toThrow("correct it, or the setting KEY_VAULT_SUFFIX");
  });

  test("a platform that publishes nothing has none to be wrong", () => {
    const plain = { ...configuration, applicationGateway: null };
    expect(configurationInCloud(plain, { KEY_VAULT_SUFFIX: "vault.azure.cn" }).keyVaultSuffix).toBe("vault.azure.cn");
  });
});
