import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rendered } from "./rendered.ts";
import { infraFolder, parameterFiles } from "./snapshot.ts";

const files = await parameterFiles();
const apps = files.filter((file) => file.startsWith("main"));
const sources = readdirSync(infraFolder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bicep"))
  .map((file) => ({ file, text: readFileSync(join(infraFolder, file), "utf8") }));
const of = (file: string, type: string) => rendered(file).filter((resource) => resource.type === type);

it("every module serves some other file", () => {
  const unused = sources
    .map(({ file }) => file)
    .filter((file) => file.startsWith("modules"))
    .filter((file) => !sources.some(({ text }) => text.includes(`${file.split(/[\\/]/).at(-1)}'`)));
  expect(unused).toEqual([]);
});

it("files follow the conventions of Azure Verified Modules: each says what it is, and what each parameter and output means", () => {
  for (const { file, text } of sources) {
    expect(text, file).toMatch(/^metadata name = '.+'\nmetadata description = '.+'$/m);
    // Decorators stand on the lines above, down from an empty one.
    for (const block of text.split(/\n\s*\n/)) {
      if (/^param /m.test(block))
        expect(block, file).toMatch(/^@description\('(Required|Optional|Conditional)\. .+'\)$/m);
      if (/^output /m.test(block)) expect(block, file).toMatch(/^@description\('.+'\)$/m);
    }
  }
});

it("nothing asks Azure for a key, and nothing takes a secret", () => {
  for (const { file, text } of sources) {
    const code = text.replaceAll(/\/\/.*$/gm, "");
    expect(code, file).not.toMatch(/\blist\w*\(|\.list\w*\(|getSecret\(|@secure\(|AccountKey|SharedAccessKey/);
  }
});

describe.each(apps)("%s", (file) => {
  it("storage accounts know neither keys nor anonymous readers, nor old TLS", () => {
    const accounts = of(file, "Microsoft.Storage/storageAccounts");
    expect(accounts).toHaveLength(2);
    for (const { properties } of accounts)
      expect(properties).toMatchObject({
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        isLocalUserEnabled: false,
        minimumTlsVersion: "TLS1_2",
        supportsHttpsTrafficOnly: true,
      });
  });

  it("every call to the app is signed in by Microsoft Entra, or answered with 401", () => {
    const [settings, ...others] = of(file, "Microsoft.Web/sites/config").filter(({ name }) =>
      name.endsWith("authsettingsV2"),
    );
    expect(others).toEqual([]);
    expect(settings?.properties).toMatchObject({
      platform: { enabled: true },
      globalValidation: {
        requireAuthentication: true,
        unauthenticatedClientAction: "Return401",
        excludedPaths: [],
      },
      httpSettings: { requireHttps: true },
      login: { tokenStore: { enabled: false } },
    });
    expect(Object.keys(settings?.properties.identityProviders)).toEqual(["azureActiveDirectory"]);
    expect(settings?.properties.identityProviders.azureActiveDirectory.registration.clientSecretSettingName).toBe(
      "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
    );
  });

  it("the app is reached by HTTPS alone, and deployed to by tokens alone", () => {
    const [app] = of(file, "Microsoft.Web/sites");
    expect(app?.properties).toMatchObject({ httpsOnly: true, siteConfig: { minTlsVersion: "1.2" } });
    const policies = of(file, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
    expect(policies.map(({ name, properties }) => [name.split("/")[1], properties.allow])).toEqual([
      ["ftp", false],
      ["scm", false],
    ]);
    expect(app?.properties.functionAppConfig.deployment.storage.authentication.type).toBe("UserAssignedIdentity");
  });

  it("telemetry is taken from identities alone", () => {
    const [insights] = of(file, "Microsoft.Insights/components");
    expect(insights?.properties.DisableLocalAuth).toBe(true);
  });

  it("app settings hold identities in place of connection strings", () => {
    const [settings] = of(file, "Microsoft.Web/sites/config").filter(({ name }) => name.endsWith("appsettings"));
    expect(settings?.properties).toMatchObject({
      AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
      AzureWebJobsStorage__credential: "managedidentity",
      NetworkEvents__credential: "managedidentity",
      PLATFORM_CONFIGURATION_FILE: "platform-configuration.json",
    });
    expect(settings?.properties).not.toHaveProperty("AzureWebJobsStorage");
    expect(settings?.properties).not.toHaveProperty("NetworkEvents");
    expect(Object.values(settings?.properties).join("\n")).not.toMatch(/AccountKey|SharedAccess|ClientSecret/i);
  });

  it("what the app and its stores log goes to the workspace", () => {
    const logged = of(file, "Microsoft.Insights/diagnosticSettings").map(({ id, properties }) => {
      expect(properties.logs).toEqual([{ categoryGroup: "allLogs", enabled: true }]);
      return /(sites|blobServices|queueServices|tableServices)\b/.exec(id)?.[0];
    });
    expect(logged.toSorted()).toEqual(
      ["blobServices", "queueServices", "sites", "tableServices"].flatMap((kind) =>
        kind === "sites" ? [kind] : [kind, kind],
      ),
    );
  });
});

describe.each(["main.prod.bicepparam", "main.bicepparam"])("%s, in a private network", (file) => {
  it("the app and its store are reached by private endpoints alone", () => {
    expect(of(file, "Microsoft.Web/sites")[0]?.properties.publicNetworkAccess).toBe("Disabled");
    const [app, events] = of(file, "Microsoft.Storage/storageAccounts").map(({ properties }) => properties);
    expect(app).toMatchObject({
      publicNetworkAccess: "Disabled",
      networkAcls: { bypass: "None", defaultAction: "Deny" },
    });
    // Event Grid comes by the public endpoint, as a service that Azure Storage trusts, and with a role of its own.
    expect(events.networkAcls).toEqual({ bypass: "AzureServices", defaultAction: "Deny" });
    const endpoints = of(file, "Microsoft.Network/privateEndpoints").map(
      ({ properties }) => properties.privateLinkServiceConnections[0].properties.groupIds[0],
    );
    expect(endpoints).toEqual(["blob", "queue", "table", "blob", "queue", "sites"]);
    expect(of(file, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups")).toHaveLength(endpoints.length);
  });
});

it("zones are made where the platform names none", () => {
  const made = of("main.bicepparam", "Microsoft.Network/privateDnsZones").map(({ name }) => name);
  expect(made).toEqual(["blob", "queue", "table"].map((service) => expect.stringContaining(`privatelink.${service}.`)));
  expect(of("main.prod.bicepparam", "Microsoft.Network/privateDnsZones")).toEqual([]);
});

it("with Durable Task Scheduler some instance is always ready, because none is started for its work", () => {
  const [app] = of("main.bicepparam", "Microsoft.Web/sites");
  expect(app?.properties.functionAppConfig.scaleAndConcurrency.alwaysReady).toContainEqual({
    name: "durable",
    instanceCount: 1,
  });
});

it("docs/deployment.md has each parameter, and each value that azd passes", () => {
  const page = readFileSync("docs/deployment.md", "utf8");
  const words = [
    ...sources.filter(({ file }) => file === "main.bicep").flatMap(({ text }) => [...text.matchAll(/^param (\w+)/gm)]),
    ...readFileSync(join(infraFolder, "main.bicepparam"), "utf8").matchAll(/readEnvironmentVariable\('(\w+)'/g),
  ].map(([, word]) => word);
  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
});
