import { describe, expect, it } from "vitest";
import { configuration, requestAfter, violationsAfter } from "./contract-request.ts";

describe("host name and certificate", () => {
  it("come together or not at all", () => {
    expect(violationsAfter((each) => delete each.application.hostName)).toEqual([
      ["/application/hostName", "gateway-incomplete"],
    ]);
    expect(violationsAfter((each) => (each.application.certificateSecretId = null))).toEqual([
      ["/application/certificateSecretId", "gateway-incomplete"],
    ]);
    const neither = requestAfter((each) => {
      delete each.application.hostName;
      delete each.application.certificateSecretId;
    });
    expect(neither.application).toMatchObject({ hostName: null, certificateSecretId: null });
  });

  it("tells a malformed one beside a missing one", () => {
    const refusals = violationsAfter((each) => {
      each.application.hostName = "https://orders";
      delete each.application.certificateSecretId;
    });
    expect(refusals).toEqual([
      ["/application/hostName", "malformed"],
      ["/application/certificateSecretId", "gateway-incomplete"],
    ]);
  });

  it("keeps the host name in lower case", () => {
    expect(requestAfter((each) => (each.application.hostName = "Orders.Contoso.COM")).application.hostName).toBe(
      "orders.contoso.com",
    );
  });

  it.each([
    "orders",
    "orders..contoso.com",
    "-orders.contoso.com",
    "orders-.contoso.com",
    "orders.contoso.com.",
    "*.contoso.com",
    "10.0.0.4",
    "orders_1.contoso.com",
    "orders.contoso.com:443",
    "orders.contoso.com/x",
    `${"a".repeat(64)}.contoso.com`,
    `${"a.".repeat(127)}com`,
    "örders.contoso.com",
    "",
  ])("refuses the host name %j", (hostName) => {
    expect(violationsAfter((each) => (each.application.hostName = hostName))).toEqual([
      ["/application/hostName", "malformed"],
    ]);
  });

  it.each([
    "https://kv-platform.vault.azure.net/secrets/orders/0123456789abcdef0123456789abcdef",
    "https://kv1.vault.azure.net/secrets/o",
  ])("takes the secret %s", (secret) => {
    expect(violationsAfter((each) => (each.application.certificateSecretId = secret))).toEqual([]);
  });

  it.each([
    ["vault.azure.net", "vault.usgovcloudapi.net"],
    ["vault.usgovcloudapi.net", "vault.azure.net"],
    ["vault.azure.cn", "vault.azure.net"],
  ])("in the cloud of %s takes a secret there, and none of %s", (keyVaultSuffix, other) => {
    const of = (suffix: string) =>
      violationsAfter((each) => (each.application.certificateSecretId = `https://kv1.${suffix}/secrets/o`), {
        ...configuration,
        keyVaultSuffix,
      });
    expect(of(keyVaultSuffix)).toEqual([]);
    expect(of(other)).toEqual([["/application/certificateSecretId", "malformed"]]);
  });

  it.each([
    "http://kv-platform.vault.azure.net/secrets/orders",
    "https://kv-platform.vault.azure.net/certificates/orders",
    "https://kv-platform.vault.azure.net/secrets/",
    "https://kv-platform.vault.azure.net/secrets/orders?x=1",
    "https://kv-platform.vault.azure.net/secrets/orders#x",
    "https://user:pass@kv-platform.vault.azure.net/secrets/orders",
    "https://kv-platform.vault.azure.net:8443/secrets/orders",
    "https://kv-platform.vault.azure.net.evil.example/secrets/orders",
    "https://evil.example/kv-platform.vault.azure.net/secrets/orders",
    "https://kv--platform.vault.azure.net/secrets/orders",
    "https://kv-platform.vault.azure.net/secrets/../keys/orders",
    "https://kv-platform.vault.azure.net/secrets/orders\n",
  ])("refuses the secret %j", (secret) => {
    expect(violationsAfter((each) => (each.application.certificateSecretId = secret))).toEqual([
      ["/application/certificateSecretId", "malformed"],
    ]);
  });

  it("takes a client id for a GUID or nothing", () => {
    expect(violationsAfter((each) => (each.application.clientId = "orders"))).toEqual([
      ["/application/clientId", "malformed"],
    ]);
    expect(requestAfter((each) => delete each.application.clientId).application.clientId).toBeNull();
  });
});

describe("extra flows", () => {
  const flows = (...list: unknown[]) => violationsAfter((each) => (each.application.flows = list));

  it("name tiers of the application", () => {
    expect(flows({ from: "nobody", to: "noone", port: 1 })).toEqual([
      ["/application/flows/0/from", "unknown-tier"],
      ["/application/flows/0/to", "unknown-tier"],
    ]);
  });

  it("do not repeat one another, whatever their descriptions", () => {
    const flow = { from: "front", to: "data", port: 6379 };
    expect(flows(flow, { ...flow, protocol: "Tcp", description: "again" })).toEqual([
      ["/application/flows/1", "duplicate-flow"],
    ]);
    expect(flows(flow, { ...flow, protocol: "Udp" }, { ...flow, port: 6380 })).toEqual([]);
  });

  it("do not repeat the chain of tiers", () => {
    expect(flows({ from: "front", to: "app", port: 443 }, { from: "app", to: "data", port: 1433 })).toEqual([
      ["/application/flows/0", "flow-repeats-chain"],
      ["/application/flows/1", "flow-repeats-chain"],
    ]);
    expect(
      flows({ from: "front", to: "app", port: 443, protocol: "Udp" }, { from: "app", to: "front", port: 443 }),
    ).toEqual([]);
  });

  it("within a tier are for other ports than its own", () => {
    expect(flows({ from: "data", to: "data", port: 1433 }, { from: "app", to: "app", port: 443 })).toEqual([
      ["/application/flows/0", "flow-is-replication"],
      ["/application/flows/1", "flow-is-replication"],
    ]);
    expect(flows({ from: "data", to: "data", port: 5022 })).toEqual([]);
  });

  it("are at most 64", () => {
    const list = Array.from({ length: 65 }, (_, index) => ({ from: "front", to: "data", port: 7000 + index }));
    expect(flows(...list.slice(1))).toEqual([]);
    expect(flows(...list)).toEqual([["/application/flows", "too-many"]]);
  });

  it("are judged although a tier beside them is malformed", () => {
    const refusals = violationsAfter((each) => {
      each.application.tiers[0].port = "x";
      each.application.flows = [{ from: "app", to: "data", port: 1433 }];
    });
    expect(refusals).toEqual([
      ["/application/tiers/0/port", "wrong-type"],
      ["/application/flows/0", "flow-repeats-chain"],
    ]);
  });
});
