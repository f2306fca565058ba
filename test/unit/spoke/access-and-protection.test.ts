import { describe, expect, test } from "vitest";
import { contractRequest, platform, requestWith, resourceOf, stateOf } from "./example.ts";

const state = stateOf(contractRequest);
const network =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod/providers/Microsoft.Network";
const codes = (of: typeof state) => of.findings.map((finding) => finding.code);

describe("step 6: the gateway", () => {
  const gateway = resourceOf(state, "Microsoft.Network/applicationGateways");

  test("publishes the host name by HTTPS with a firewall, in its own subnet, with TLS to the first tier", () => {
    expect(gateway.body).toMatchObject({
      hostName: "orders.contoso.com",
      certificateSecretId: "https://kv-platform.vault.azure.net/secrets/orders",
      subnetId: `${network}/virtualNetworks/vnet-orders-prod/subnets/snet-gateway`,
      zones: ["1", "2", "3"],
      sslPolicyName: "AppGwSslPolicy20220101",
      backendPort: 443,
    });
    const firewall = resourceOf(state, "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies");
    expect(firewall.body).toMatchObject({ state: "Enabled", mode: "Prevention" });
    expect(gateway.body.firewallPolicyId).toBe(firewall.id);
  });

  test("begins when network, address, firewall and its identity's role on the vault stand, and waits for nothing else", () => {
    const last = gateway.dependsOn.map((id) => id.split("/").at(-1));
    expect(last.slice(0, 3)).toEqual(["vnet-orders-prod", "pip-orders-prod-agw", "waf-orders-prod"]);
    const role = state.resources.find((resource) => resource.id === gateway.dependsOn[3]);
    expect(role?.id).toContain("/vaults/kv-platform/providers/Microsoft.Authorization/roleAssignments/");
    expect(role?.body).toMatchObject({
      principalId: gateway.body.userAssignedIdentityId,
      principalType: "ServicePrincipal",
    });
    expect(gateway.dependsOn).toHaveLength(4);
  });

  test("its backend is the first tier's load balancer, or the machines that stand there", () => {
    const balanced = stateOf(
      requestWith(
        { managementAccess: [], outboundAccess: [] },
        { flows: [], tiers: [{ name: "front", port: 8443, loadBalanced: true }] },
      ),
    );
    expect(resourceOf(balanced, "Microsoft.Network/applicationGateways").body).toMatchObject({
      backendAddresses: ["10.20.0.4"],
      backendPort: 8443,
    });
    const nic = {
      id: `${network}/networkInterfaces/nic-1`,
      subnetIds: [`${network}/virtualNetworks/vnet-orders-prod/subnets/snet-front`],
      privateIpAddresses: ["10.20.0.5"],
      applicationSecurityGroupIds: [],
      loadBalancerBackendPoolIds: [],
      virtualMachineId: null,
      scaleSetId: null,
      managedBy: null,
    };
    const machines = stateOf(contractRequest, { networkInterfaces: [nic] });
    expect(resourceOf(machines, "Microsoft.Network/applicationGateways").body.backendAddresses).toEqual(["10.20.0.5"]);
  });

  test("a certificate from a vault that is not the platform's is refused", () => {
    const foreign = requestWith({}, { certificateSecretId: "https://kv-elsewhere.vault.azure.net/secrets/orders" });
    expect(() => stateOf(foreign)).toThrow(/CertificateVaultUnknown/);
    expect(() => stateOf(contractRequest, {}, { ...platform, applicationGateway: null })).toThrow(
      /PublishingNotConfigured/,
    );
  });

  test("trap 16: the gateway's subnet has no route", () => {
    const subnets = resourceOf(state, "Microsoft.Network/virtualNetworks").body.subnets;
    expect(subnets.find((subnet) => subnet.name === "snet-gateway")?.routeTableId).toBeNull();
  });

  test("no host name: no gateway, no identity for one, no public address", () => {
    const plain = stateOf(requestWith({}, { hostName: undefined, certificateSecretId: undefined }));
    expect(plain.resources.filter((resource) => /agw|waf-/.test(resource.id))).toEqual([]);
  });
});

describe("step 6: names and sign-in", () => {
  test("the platform's private zones are linked with a spoke behind the hub, and only there", () => {
    expect(resourceOf(state, "Microsoft.Network/privateDnsZones/virtualNetworkLinks").body).toMatchObject({
      registrationEnabled: false,
    });
    const alone = stateOf(
      requestWith(
        { topology: "standalone", outboundAccess: [] },
        { hostName: undefined, certificateSecretId: undefined },
      ),
    );
    expect(alone.resources.filter((resource) => resource.steps.includes(6))).toEqual([]);
  });

  test.each([
    [null, ["ConditionalAccessNotVerified"]],
    [{ kind: "unknown", reason: "403" }, ["ConditionalAccessNotVerified"]],
    [{ kind: "no-policy", ownPolicy: null }, ["MultiFactorPolicyMissing"]],
    [{ kind: "policy", displayName: "MFA", reportOnly: true, excludedGroupIds: [] }, ["MultiFactorPolicyReportOnly"]],
    [{ kind: "policy", displayName: "MFA", reportOnly: false, excludedGroupIds: [] }, []],
  ] as const)("multi-factor authentication of the application: %o", (multiFactor, expected) => {
    expect(codes(stateOf(contractRequest, { multiFactor }))).toEqual(expected);
  });

  const breakGlassGroupId = "66666666-6666-4666-8666-000000000911";
  const creating = { ...platform, conditionalAccess: { mode: "create", breakGlassGroupId } } as const;

  test("a policy for the application is desired where the platform asks for it, and only then", () => {
    const made = resourceOf(stateOf(contractRequest, {}, creating), "Microsoft.Graph/conditionalAccessPolicies");
    expect(made).toMatchObject({
      ownership: "owned",
      steps: [6],
      body: { applicationId: "33333333-3333-3333-3333-333333333333", breakGlassGroupId },
    });
    const none = (of: typeof state) => of.resources.filter(({ type }) => type === made.type);
    expect(none(state)).toEqual([]);
    expect(none(stateOf(requestWith({}, { clientId: undefined }), {}, creating))).toEqual([]);
  });

  test.each([
    [{ kind: "no-policy", ownPolicy: null }, ["MultiFactorPolicyReportOnly"]],
    [{ kind: "no-policy", ownPolicy: "ours" }, ["MultiFactorPolicyMissing"]],
    [
      { kind: "policy", displayName: "MFA", reportOnly: true, excludedGroupIds: [breakGlassGroupId] },
      ["MultiFactorPolicyReportOnly"],
    ],
    [{ kind: "policy", displayName: "MFA", reportOnly: false, excludedGroupIds: [] }, ["BreakGlassGroupNotExcluded"]],
  ] as const)("where the platform makes policies: %o", (multiFactor, expected) => {
    expect(codes(stateOf(contractRequest, { multiFactor }, creating))).toEqual(expected);
  });

  test("without an application nothing can be said", () => {
    expect(codes(stateOf(requestWith({}, { clientId: undefined })))).toContain("ApplicationUnknown");
  });
});

describe("step 7", () => {
  test("Defender's plans come one after the other and are the subscription's", () => {
    const plans = state.resources.filter((resource) => resource.type === "Microsoft.Security/pricings");
    expect(plans.map((plan) => plan.ownership)).toEqual(Array(3).fill("shared"));
    expect(plans.map((plan) => plan.dependsOn)).toEqual([[], [plans[0]?.id], [plans[1]?.id]]);
  });

  test("changes of NSGs in the spoke's group raise an alert to the configured action groups", () => {
    const alert = resourceOf(state, "Microsoft.Insights/activityLogAlerts");
    expect(alert.id.endsWith("/alert-orders-prod-nsg")).toBe(true);
    expect(alert.body.scopes).toEqual([
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod",
    ]);
    expect(alert.body.operationNames).toContain("Microsoft.Network/networkSecurityGroups/securityRules/write");
  });

  test("a platform that configures nothing of it is told so", () => {
    const bare = stateOf(
      contractRequest,
      {},
      { ...platform, defender: null, networkChanges: null, networkEvents: null },
    );
    expect(bare.resources.filter((resource) => resource.steps.includes(7))).toEqual([]);
    expect(codes(bare)).toEqual(
      expect.arrayContaining([
        "DefenderForCloudNotConfigured",
        "NetworkChangesNotAlerted",
        "NetworkEventsNotConfigured",
      ]),
    );
  });
});
