import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../local-azure.ts";
import { codeOf, collect, makeGroup, makeVirtualNetwork, storageApi } from "./resources.ts";

let azure: LocalAzure;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-storage");
});
afterAll(() => azure.stop());

const accounts = () => azure.storage().storageAccounts;
const basic = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } } as const;
const put = (name: string, body: unknown, scope = group) =>
  azure.request("PUT", `${scope}/providers/Microsoft.Storage/storageAccounts/${name}?api-version=${storageApi}`, body);

describe("a storage account", () => {
  test("is created with what Zero Trust asks, read, listed, changed and deleted", async () => {
    const made = await accounts().create("rg-storage", "stzerotrust", {
      ...basic,
      tags: { owner: "platform" },
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      enableHttpsTrafficOnly: true,
      encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true },
      minimumTlsVersion: "TLS1_2",
      networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny" },
      publicNetworkAccess: "Disabled",
    });
    expect(made).toMatchObject({
      provisioningState: "Succeeded",
      allowSharedKeyAccess: false,
      publicNetworkAccess: "Disabled",
    });
    const read = await accounts().getProperties("rg-storage", "stzerotrust");
    expect(read).toMatchObject({
      kind: "StorageV2",
      sku: { name: "Standard_LRS", tier: "Standard" },
      tags: { owner: "platform" },
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      encryption: { requireInfrastructureEncryption: true },
      primaryEndpoints: { blob: "https://stzerotrust.blob.core.windows.net/" },
    });
    expect((await collect(accounts().list())).map(({ name }) => name)).toContain("stzerotrust");
    expect(await collect(accounts().listByResourceGroup("rg-storage"))).toHaveLength(1);
    const changed = await accounts().update("rg-storage", "stzerotrust", { minimumTlsVersion: "TLS1_3" });
    expect(changed).toMatchObject({ minimumTlsVersion: "TLS1_3", allowSharedKeyAccess: false });
    await accounts().delete("rg-storage", "stzerotrust");
    await expect(accounts().getProperties("rg-storage", "stzerotrust")).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
    await accounts().delete("rg-storage", "stzerotrust");
  });

  test("created without a word on security has Azure's defaults", async () => {
    const made = await accounts().create("rg-storage", "stdefaults", basic);
    expect(made).toMatchObject({
      minimumTlsVersion: "TLS1_0",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      networkRuleSet: { defaultAction: "Allow" },
    });
    expect(made.allowSharedKeyAccess).toBeUndefined();
    expect(made.encryption?.requireInfrastructureEncryption).toBeUndefined();
  });

  test("put again keeps what the body does not mention", async () => {
    await accounts().create("rg-storage", "stagain", { ...basic, minimumTlsVersion: "TLS1_2" });
    const again = await accounts().create("rg-storage", "stagain", { ...basic, allowSharedKeyAccess: false });
    expect(again).toMatchObject({ minimumTlsVersion: "TLS1_2", allowSharedKeyAccess: false });
  });

  test("lists two keys that stay, also where shared keys are off", async () => {
    await accounts().create("rg-storage", "stkeys", { ...basic, allowSharedKeyAccess: false });
    const { keys } = await accounts().listKeys("rg-storage", "stkeys");
    expect(keys?.map(({ keyName }) => keyName)).toEqual(["key1", "key2"]);
    expect(Buffer.from(String(keys?.[0]?.value), "base64")).toHaveLength(64);
    expect((await accounts().listKeys("rg-storage", "stkeys")).keys).toEqual(keys);
    const rotate = accounts().regenerateKey("rg-storage", "stkeys", { keyName: "key1" });
    await expect(rotate).rejects.toMatchObject({ statusCode: 501 });
    await expect(accounts().listKeys("rg-storage", "stmissing")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  test("has a name of its own in all of Azure", async () => {
    await accounts().create("rg-storage", "stunique", basic);
    const other = await makeGroup(azure, "rg-storage-other");
    const same = await put("stunique", { ...basic, properties: {} }, other);
    expect([same.status, codeOf(same.body)]).toEqual([409, "StorageAccountAlreadyExists"]);
    const foreign = await makeGroup(azure, "rg-storage", platformSubscription);
    const taken = await put("stunique", { ...basic, properties: {} }, foreign);
    expect([taken.status, codeOf(taken.body)]).toEqual([409, "StorageAccountAlreadyTaken"]);
    const type = "Microsoft.Storage/storageAccounts";
    expect(await accounts().checkNameAvailability({ name: "stunique", type })).toMatchObject({ nameAvailable: false });
    expect(await accounts().checkNameAvailability({ name: "stfree", type })).toMatchObject({ nameAvailable: true });
    expect(await accounts().checkNameAvailability({ name: "ST", type })).toMatchObject({
      reason: "AccountNameInvalid",
    });
  });

  test("opens to a subnet that has the service endpoint, and to no other", async () => {
    const vnet = await makeVirtualNetwork(azure, group, "vnet-storage");
    const rules = (subnet: string) => ({
      networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id: `${vnet}/subnets/${subnet}` }] },
    });
    expect((await put("stsubnet", { ...basic, properties: rules("b") })).status).toBe(202);
    const without = await put("stnosubnet", { ...basic, properties: rules("a") });
    expect([without.status, codeOf(without.body)]).toEqual([400, "NetworkAclsValidationFailure"]);
    expect((await put("stnosubnet", { ...basic, properties: rules("missing") })).status).toBe(400);
  });
});

describe("refused", () => {
  test.each([
    ["a name with capitals", "stWrong", {}, 400, "AccountNameInvalid"],
    ["a short name", "st", {}, 400, "AccountNameInvalid"],
    ["no sku", "stwrong", { sku: undefined }, 400, "InvalidRequestPropertyValue"],
    ["an unknown sku", "stwrong", { sku: { name: "Gold" } }, 400, "InvalidRequestPropertyValue"],
    ["no kind", "stwrong", { kind: undefined }, 400, "InvalidRequestPropertyValue"],
    ["no location", "stwrong", { location: undefined }, 400, "LocationRequired"],
    [
      "a wrong TLS version",
      "stwrong",
      { properties: { minimumTlsVersion: "SSL3" } },
      400,
      "InvalidRequestPropertyValue",
    ],
    ["a text as flag", "stwrong", { properties: { allowSharedKeyAccess: "no" } }, 400, "InvalidRequestPropertyValue"],
    ["an unknown property", "stwrong", { properties: { colour: "blue" } }, 400, "InvalidRequestContent"],
    [
      "a customer-managed key",
      "stwrong",
      { properties: { encryption: { keySource: "Microsoft.Keyvault" } } },
      400,
      "InvalidRequestPropertyValue",
    ],
    ["a custom domain", "stwrong", { properties: { customDomain: { name: "x" } } }, 501, "NotImplementedByLocalAzure"],
    ["an identity", "stwrong", { identity: { type: "SystemAssigned" } }, 501, "NotImplementedByLocalAzure"],
  ])("is %s", async (_what, name, change, status, code) => {
    const answer = await put(name, { ...basic, properties: {}, ...change });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test("is an account in a resource group that does not stand", async () => {
    const answer = await put("storphan", basic, `/subscriptions/${firstSubscription}/resourceGroups/rg-missing`);
    expect([answer.status, codeOf(answer.body)]).toEqual([404, "ResourceGroupNotFound"]);
  });

  test("is a change of what is settled at creation", async () => {
    await accounts().create("rg-storage", "stsettled", basic);
    const encryption = { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true };
    await expect(accounts().update("rg-storage", "stsettled", { encryption })).rejects.toMatchObject({
      statusCode: 409,
      code: "PropertyImmutable",
    });
    const moved = await put("stsettled", { ...basic, location: "northeurope" });
    expect([moved.status, codeOf(moved.body)]).toEqual([409, "InvalidResourceLocation"]);
  });
});
