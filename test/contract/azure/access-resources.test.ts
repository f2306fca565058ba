import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { differences } from "../../../shared/spoke/difference.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { makeGatewaySurroundings } from "./gateway-surroundings.ts";
import {
  desired,
  location,
  make,
  networkId,
  newResourceGroup,
  portsFor,
  resourceGroupId,
  tags,
} from "./ports-under-test.ts";
import { statusesOf } from "./recorded-requests.ts";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

describe("web application firewall policy", () => {
  const type = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies";
  const body = {
    location,
    tags,
    state: "Enabled",
    mode: "Prevention",
    requestBodyCheck: true,
    managedRuleSets: ["Microsoft_DefaultRuleSet 2.2", "Microsoft_BotManagerRuleSet 1.1"],
  } as const;

  test("stands as desired, is mended where it only watches, keeps the owner's limits, and is removed twice", async () => {
    const group = await newResourceGroup(ports);
    const wanted = desired(type, networkId(group, type.split("/")[1] ?? "", "waf-orders"), body);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    const made = await port.observe(wanted);
    expect(made?.body).toEqual(body);
    expect(differences(wanted, made ?? never())).toEqual([]);

    const client = azure.network();
    const native = await client.webApplicationFirewallPolicies.get(group, "waf-orders");
    await client.webApplicationFirewallPolicies.createOrUpdate(group, "waf-orders", {
      ...native,
      tags: { ...native.tags, owner: "orders-team" },
      policySettings: { ...native.policySettings, mode: "Detection", fileUploadLimitInMb: 300 },
    });
    const drifted = await port.observe(wanted);
    expect(differences(wanted, drifted ?? never())).toEqual([
      { pointer: "/mode", desired: "Prevention", observed: "Detection" },
    ]);
    await port.write(wanted, drifted);
    expect((await port.observe(wanted))?.body.mode).toBe("Prevention");
    const mended = await client.webApplicationFirewallPolicies.get(group, "waf-orders");
    expect(mended.policySettings?.fileUploadLimitInMb).toBe(300);
    expect(mended.tags).toEqual({ ...tags, owner: "orders-team" });

    const newer = desired(type, wanted.id, { ...body, managedRuleSets: ["Microsoft_DefaultRuleSet 2.1"] });
    await port.write(newer, await port.observe(newer));
    expect((await port.observe(newer))?.body).toEqual({ ...newer.body, tags: mended.tags });
    await port.remove(wanted.id);
    await port.remove(wanted.id);
    expect(await port.observe(wanted)).toBeNull();
  });
});

describe("application gateway", () => {
  const type = "Microsoft.Network/applicationGateways";

  test("stands as desired, and writing what stands changes nothing", async () => {
    const { id, body } = await makeGatewaySurroundings(azure, ports);
    const wanted = desired(type, id, body);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    const made = await port.observe(wanted);
    expect(made?.body).toEqual(body);
    expect(differences(wanted, made ?? never())).toEqual([]);

    await port.write(wanted, made);
    const again = await port.observe(wanted);
    expect(withoutEtags(again?.native)).toEqual(withoutEtags(made?.native));
    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(wanted)).toBeNull();
  });

  test("is HTTPS only, with server name indication, TLS and a probe of its own to the backend", async () => {
    const { id, body, group, name } = await makeGatewaySurroundings(azure, ports);
    await ports.resources[type].write(desired(type, id, body), null);
    const native = await azure.network().applicationGateways.get(group, name);
    expect(native).toMatchObject({ sku: { name: "WAF_v2", tier: "WAF_v2" }, enableHttp2: true });
    expect(native.httpListeners).toMatchObject([
      { name: "listener", protocol: "Https", hostName: "orders.contoso.com", requireServerNameIndication: true },
    ]);
    expect(native.frontendPorts).toMatchObject([{ name: "https", port: 443 }]);
    expect(native.backendHttpSettingsCollection).toMatchObject([
      { protocol: "Https", port: 443, hostName: "orders.contoso.com", cookieBasedAffinity: "Disabled" },
    ]);
    expect(native.probes).toMatchObject([
      { protocol: "Https", path: "/healthz", pickHostNameFromBackendHttpSettings: true },
    ]);
    expect(native.requestRoutingRules).toMatchObject([{ ruleType: "Basic", priority: 100 }]);
  });

  test("an update keeps what others added: listener, rule, pool, tags", async () => {
    const { id, body, group, name } = await makeGatewaySurroundings(azure, ports);
    const port = ports.resources[type];
    await port.write(desired(type, id, body), null);
    const client = azure.network();
    const native = await client.applicationGateways.get(group, name);
    const part = (kind: string, one: string) => ({ id: `${id}/${kind}/${one}` });
    await client.applicationGateways.createOrUpdate(group, name, {
      ...native,
      tags: { ...native.tags, owner: "orders-team" },
      backendAddressPools: [
        ...(native.backendAddressPools ?? []),
        { name: "reports", backendAddresses: [{ fqdn: "reports.internal.example" }] },
      ],
      httpListeners: [
        ...(native.httpListeners ?? []),
        {
          ...native.httpListeners?.[0],
          id: `${id}/httpListeners/reports`,
          name: "reports",
          hostName: "reports.contoso.com",
        },
      ],
      requestRoutingRules: [
        ...(native.requestRoutingRules ?? []),
        {
          name: "reports",
          ruleType: "Basic",
          priority: 200,
          httpListener: part("httpListeners", "reports"),
          backendAddressPool: part("backendAddressPools", "reports"),
          backendHttpSettings: part("backendHttpSettingsCollection", "backend-https"),
        },
      ],
    });
    const changed = desired(type, id, {
      ...body,
      maximumCapacity: 20,
      backendAddresses: ["10.40.0.5", "app.internal.example"],
    });
    const observed = await port.observe(changed);
    expect(differences(changed, observed ?? never()).map(({ pointer }) => pointer)).toEqual([
      "/maximumCapacity",
      "/backendAddresses",
    ]);
    await port.write(changed, observed);
    expect(differences(changed, (await port.observe(changed)) ?? never())).toEqual([]);
    const kept = await client.applicationGateways.get(group, name);
    expect(kept.tags).toEqual({ ...tags, owner: "orders-team" });
    for (const parts of [kept.httpListeners, kept.requestRoutingRules, kept.backendAddressPools]) {
      expect(parts?.map((one) => one.name)).toContain("reports");
    }
  });

  test.each([
    [
      "the listener lost its server name indication",
      "/hostName",
      (native: Native) => {
        for (const listener of native.httpListeners ?? []) listener.requireServerNameIndication = false;
      },
    ],
    [
      "the backend is spoken to without TLS",
      "/backendPort",
      (native: Native) => {
        for (const settings of native.backendHttpSettingsCollection ?? []) settings.protocol = "Http";
        for (const probe of native.probes ?? []) probe.protocol = "Http";
      },
    ],
    [
      "the TLS policy is a custom one",
      "/sslPolicyName",
      (native: Native) => {
        native.sslPolicy = {
          policyType: "CustomV2",
          minProtocolVersion: "TLSv1_2",
          cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
        };
      },
    ],
    [
      "the backend has another address",
      "/backendAddresses",
      (native: Native) => {
        for (const pool of native.backendAddressPools ?? []) pool.backendAddresses = [{ ipAddress: "10.40.0.99" }];
      },
    ],
  ])("%s: that is drift, and is mended", async (_what, pointer, spoil) => {
    const { id, body, group, name } = await makeGatewaySurroundings(azure, ports);
    const wanted = desired(type, id, body);
    const port = ports.resources[type];
    await port.write(wanted, null);
    const client = azure.network();
    const native = await client.applicationGateways.get(group, name);
    spoil(native);
    await client.applicationGateways.createOrUpdate(group, name, native);
    const drifted = await port.observe(wanted);
    expect(differences(wanted, drifted ?? never()).map((one) => one.pointer)).toContain(pointer);
    await port.write(wanted, drifted);
    expect(differences(wanted, (await port.observe(wanted)) ?? never())).toEqual([]);
  });

  test("a certificate that its identity may not read is refused, and the next run makes the gateway", async () => {
    const { id, body, group } = await makeGatewaySurroundings(azure, ports);
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    const stranger = `${resourceGroupId(group)}/providers/${type}/id-stranger`;
    await make(ports, type, stranger, { location, tags });
    const gateway = ports.resources["Microsoft.Network/applicationGateways"];
    const wrong = desired("Microsoft.Network/applicationGateways", id, { ...body, userAssignedIdentityId: stranger });
    await expect(gateway.write(wrong, null)).rejects.toMatchObject({
      name: "RefusedError",
      failure: { code: expect.stringMatching(/KeyVault/), resourceId: id },
    });
    const wanted = desired("Microsoft.Network/applicationGateways", id, body);
    const failed = await gateway.observe(wanted);
    expect(failed?.provisioningState).toBe("Failed");
    await gateway.write(wanted, failed);
    const mended = await gateway.observe(wanted);
    expect(differences(wanted, mended ?? never())).toEqual([]);
    expect(mended?.provisioningState).toBe("Succeeded");
  });

  test("another operation in progress is waited for", async () => {
    const { id, body } = await makeGatewaySurroundings(azure, ports);
    const wanted = desired(type, id, body);
    await azure.control("POST", "faults", {
      match: { method: "PUT", pathRegex: "applicationGateways" },
      kind: "409-another-operation",
      times: 1,
      retryAfterSeconds: null,
    });
    await ports.resources[type].write(wanted, null);
    expect((await ports.resources[type].observe(wanted))?.body).toEqual(body);
    expect(await statusesOf(azure, "PUT", id)).toEqual([409, 201]);
  });
});

describe("link of a private DNS zone", () => {
  const type = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

  test("stands as desired, is mended, keeps tags and resolution policy of others, and is removed twice", async () => {
    const group = await newResourceGroup(ports);
    const virtualNetworkId = await make(
      ports,
      "Microsoft.Network/virtualNetworks",
      networkId(group, "virtualNetworks", "vnet-orders"),
      { location, tags, addressPrefixes: ["10.20.0.0/22"], dnsServers: [], subnets: [] },
    );
    const id = `${seedProtection.privateDnsZone}/virtualNetworkLinks/link-orders`;
    const wanted = desired(type, id, { tags, virtualNetworkId, registrationEnabled: false });
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(wanted.body);

    const path = `${id}?api-version=2024-06-01`;
    const spoiled = await azure.request("PUT", path, {
      location: "global",
      tags: { owner: "orders-team" },
      properties: {
        virtualNetwork: { id: virtualNetworkId },
        registrationEnabled: true,
        resolutionPolicy: "NxDomainRedirect",
      },
    });
    expect(spoiled.status).toBeLessThan(300);
    const drifted = await port.observe(wanted);
    expect(drifted?.body.registrationEnabled).toBe(true);
    await port.write(wanted, drifted);
    const mended = await port.observe(wanted);
    expect(mended?.body).toEqual({ ...wanted.body, tags: { ...tags, owner: "orders-team" } });
    expect(mended?.native).toMatchObject({ resolutionPolicy: "NxDomainRedirect" });

    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(wanted)).toBeNull();
  });
});

type Native = Awaited<ReturnType<ReturnType<LocalAzure["network"]>["applicationGateways"]["get"]>>;

function never(): never {
  throw new Error("the resource does not stand");
}

function withoutEtags(native: unknown): unknown {
  return JSON.parse(JSON.stringify(native), (key, value) => (key === "etag" ? undefined : value));
}
