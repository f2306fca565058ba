import { beforeAll, describe, expect, it } from "vitest";
import { networkId, subnetId, useNetwork } from "../network-fixture.ts";
import { gatewayId } from "./gateway-fixture.ts";

// So slow that a gateway is still being made when the next call comes.
const fixture = useNetwork(20);
const version = "?api-version=2026-01-01";
const part = (kind: string, name: string) => ({ id: `${gatewayId}/${kind}/${name}` });
const plain = (capacity: number) => ({
  location: "westeurope",
  properties: {
    sku: { name: "Standard_v2", tier: "Standard_v2", capacity },
    gatewayIPConfigurations: [{ name: "ip", properties: { subnet: { id: subnetId("vnet", "gateway") } } }],
    frontendIPConfigurations: [
      { name: "public", properties: { publicIPAddress: { id: `${networkId}/publicIPAddresses/pip` } } },
    ],
    frontendPorts: [{ name: "http", properties: { port: 80 } }],
    backendAddressPools: [{ name: "web" }],
    backendHttpSettingsCollection: [{ name: "plain", properties: { port: 80, protocol: "Http" } }],
    httpListeners: [
      {
        name: "http",
        properties: {
          protocol: "Http",
          frontendIPConfiguration: part("frontendIPConfigurations", "public"),
          frontendPort: part("frontendPorts", "http"),
        },
      },
    ],
    requestRoutingRules: [
      {
        name: "web",
        properties: {
          priority: 1,
          httpListener: part("httpListeners", "http"),
          backendAddressPool: part("backendAddressPools", "web"),
          backendHttpSettings: part("backendHttpSettingsCollection", "plain"),
        },
      },
    ],
  },
});

beforeAll(async () => {
  const { client } = fixture;
  await client.virtualNetworks.createOrUpdate("rg-network", "vnet", {
    location: "westeurope",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: [{ name: "gateway", addressPrefix: "10.0.0.0/24" }],
  });
  await client.publicIPAddresses.createOrUpdate("rg-network", "pip", {
    location: "westeurope",
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
  });
});

describe("a running operation of an Application Gateway", () => {
  it("shows the gateway as being made, leaves its network free and gives way to a newer one", async () => {
    const { azure } = fixture;
    const first = await azure.request("PUT", gatewayId + version, plain(1));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ properties: { provisioningState: "Updating", operationalState: "Stopped" } });
    const another = { properties: { addressPrefix: "10.0.1.0/24" } };
    expect((await azure.request("PUT", subnetId("vnet", "web") + version, another)).status).toBe(201);
    const second = await azure.request("PUT", gatewayId + version, plain(2));
    expect(second.status).toBe(200);
    const operation = new URL(String(first.headers["azure-asyncoperation"]));
    expect((await azure.request("GET", operation.pathname + operation.search)).body).toMatchObject({
      status: "Canceled",
      error: {
        details: [
          {
            code: "CanceledAndSupersededDueToAnotherOperation",
            message: expect.stringContaining("PutApplicationGatewayOperation"),
          },
        ],
      },
    });
  });
});
