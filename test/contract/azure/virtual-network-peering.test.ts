import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, make, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

/** Two networks that nothing connects yet, and both sides of a peering of them as they shall stand. */
async function twoSides() {
  const group = await newResourceGroup(ports);
  const network = (name: string, prefix: string) =>
    make(ports, "Microsoft.Network/virtualNetworks", networkId(group, "virtualNetworks", name), {
      location,
      tags,
      addressPrefixes: [prefix],
      dnsServers: [],
      subnets: [],
    });
  const spoke = await network("vnet-orders", "10.20.0.0/22");
  const hub = await network("vnet-hub", "10.10.0.0/22");
  const side = (local: string, remote: string, name: string, peeringState: "Connected" | null) =>
    desired(type, `${local}/virtualNetworkPeerings/${name}`, {
      remoteVirtualNetworkId: remote,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      peeringState,
      knowsRemoteAddressSpace: peeringState === null ? true : null,
    });
  return {
    spokeSide: side(spoke, hub, "peer-orders-to-hub", null),
    hubSide: side(hub, spoke, "peer-hub-to-orders", "Connected"),
  };
}

test("both sides together are connected, are updated and are removed twice", async () => {
  const { spokeSide, hubSide } = await twoSides();
  const port = ports.resources[type];
  expect(await port.observe(spokeSide)).toBeNull();
  await port.write(spokeSide, null);
  expect((await port.observe(spokeSide))?.body).toEqual(spokeSide.body);
  expect((await port.observe(hubSide))?.body).toBeUndefined();
  await port.write(hubSide, null);
  const observed = await port.observe(hubSide);
  expect(observed?.body).toEqual(hubSide.body);

  const changed = desired(type, hubSide.id, { ...hubSide.body, allowForwardedTraffic: false });
  await port.write(changed, observed);
  expect((await port.observe(changed))?.body).toEqual(changed.body);

  for (const { id } of [spokeSide, hubSide, spokeSide, hubSide]) await port.remove(id);
  expect(await port.observe(hubSide)).toBeNull();
});

test("trap 19: a side left alone is told as Disconnected, and the next write deletes and makes it anew", async () => {
  const { spokeSide, hubSide } = await twoSides();
  const port = ports.resources[type];
  await port.write(spokeSide, null);
  await port.write(hubSide, null);
  await port.remove(hubSide.id);

  const alone = await port.observe(spokeSide);
  expect(alone?.body.peeringState).toBe("Disconnected");
  await port.write(spokeSide, alone);
  expect((await port.observe(spokeSide))?.body).toEqual(spokeSide.body);
  await port.write(hubSide, null);
  expect((await port.observe(hubSide))?.body.peeringState).toBe("Connected");
});

test("trap 19: a side can be made again although the other one was left Disconnected", async () => {
  const { spokeSide, hubSide } = await twoSides();
  const port = ports.resources[type];
  await port.write(spokeSide, null);
  await port.write(hubSide, null);
  await port.remove(spokeSide.id);
  expect((await port.observe(hubSide))?.body.peeringState).toBe("Disconnected");

  await port.write(spokeSide, null);
  await port.write(hubSide, await port.observe(hubSide));
  expect((await port.observe(spokeSide))?.body).toEqual(spokeSide.body);
  expect((await port.observe(hubSide))?.body).toEqual(hubSide.body);
});

test("a hub that has grown: the spoke's side knows it after one write", async () => {
  const { spokeSide, hubSide } = await twoSides();
  const port = ports.resources[type];
  await port.write(spokeSide, null);
  await port.write(hubSide, null);
  const hub = hubSide.id.slice(0, hubSide.id.indexOf("/virtualNetworkPeerings/"));
  const networks = ports.resources["Microsoft.Network/virtualNetworks"];
  const grown = desired("Microsoft.Network/virtualNetworks", hub, {
    location,
    tags,
    addressPrefixes: ["10.10.0.0/22", "10.11.0.0/22"],
    dnsServers: [],
    subnets: [],
  });
  await networks.write(grown, await networks.observe(grown));

  const observed = await port.observe(spokeSide);
  expect(observed?.body.knowsRemoteAddressSpace).toBe(false);
  await port.write(spokeSide, observed);
  expect((await port.observe(spokeSide))?.body).toEqual(spokeSide.body);
});
