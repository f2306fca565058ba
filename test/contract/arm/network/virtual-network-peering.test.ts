import { describe, expect, it } from "vitest";
import { all, expectRefusal, group, location, makeNetwork, networkId, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const peerings = () => fixture.client.virtualNetworkPeerings;
const network = (name: string) => `${networkId}/virtualNetworks/${name}`;
const peer = (from: string, to: string, more: { useRemoteGateways?: boolean; allowForwardedTraffic?: boolean } = {}) =>
  peerings().createOrUpdate(group, from, `to-${to}`, { remoteVirtualNetwork: { id: network(to) }, ...more });
const stateOf = async (from: string, to: string) => (await peerings().get(group, from, `to-${to}`)).peeringState;

describe("virtual network peerings", () => {
  it("are Initiated alone, Connected together, Disconnected when one side goes (trap 19)", async () => {
    await makeNetwork(fixture.client, "hub", "10.0.0.0/16");
    await makeNetwork(fixture.client, "spoke", "10.1.0.0/16");
    expect(await peer("spoke", "hub", { allowForwardedTraffic: true })).toMatchObject({
      peeringState: "Initiated",
      peeringSyncLevel: "RemoteNotInSync",
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      remoteAddressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    expect(await peer("hub", "spoke")).toMatchObject({ peeringState: "Connected", peeringSyncLevel: "FullyInSync" });
    expect(await stateOf("spoke", "hub")).toBe("Connected");
    expect(await all(peerings().list(group, "hub"))).toHaveLength(1);
    await peerings().delete(group, "hub", "to-spoke");
    expect(await stateOf("spoke", "hub")).toBe("Disconnected");
    await expectRefusal(peer("hub", "spoke"), 400, "RemotePeeringIsDisconnected");
    expect(await peer("spoke", "hub")).toMatchObject({ peeringState: "Disconnected" });
    await peerings().delete(group, "spoke", "to-hub");
    await peer("spoke", "hub");
    expect(await peer("hub", "spoke")).toMatchObject({ peeringState: "Connected" });
  });

  it("are Disconnected when the remote network goes", async () => {
    await makeNetwork(fixture.client, "stay", "10.10.0.0/16");
    await makeNetwork(fixture.client, "leave", "10.11.0.0/16");
    await peer("stay", "leave");
    await peer("leave", "stay");
    await fixture.client.virtualNetworks.delete(group, "leave");
    expect(await stateOf("stay", "leave")).toBe("Disconnected");
  });

  it("survive a PUT of their network that does not mention them", async () => {
    await makeNetwork(fixture.client, "kept", "10.12.0.0/16");
    await makeNetwork(fixture.client, "other", "10.13.0.0/16");
    await peer("kept", "other");
    await makeNetwork(fixture.client, "kept", "10.12.0.0/16");
    expect(await stateOf("kept", "other")).toBe("Initiated");
  });

  it("refuse address spaces that overlap, directly or through a third network", async () => {
    await makeNetwork(fixture.client, "a", "10.20.0.0/16");
    await makeNetwork(fixture.client, "a-again", "10.20.0.0/17");
    await makeNetwork(fixture.client, "middle", "10.21.0.0/16");
    await expectRefusal(peer("a", "a-again"), 400, "VnetAddressSpacesOverlap");
    await peer("middle", "a");
    await expectRefusal(peer("a-again", "middle"), 400, "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet");
    await expectRefusal(peer("middle", "a-again"), 400, "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet");
    await expectRefusal(makeNetwork(fixture.client, "middle", "10.20.0.0/15"), 400, "VnetAddressSpacesOverlap");
  });

  it("refuse what cannot be peered", async () => {
    await makeNetwork(fixture.client, "one", "10.30.0.0/16");
    await makeNetwork(fixture.client, "two", "10.31.0.0/16");
    await makeNetwork(fixture.client, "three", "10.32.0.0/16");
    await expectRefusal(peer("one", "nowhere"), 400, "InvalidResourceReference");
    await expectRefusal(peer("nowhere", "one"), 404, "ParentResourceNotFound");
    await expectRefusal(peer("one", "one"), 400, "VnetCannotBePeeredWithItself");
    await expectRefusal(peer("one", "two", { useRemoteGateways: true }), 400, "RemoteVnetHasNoGateways");
    await peer("one", "two");
    const to = (name: string, remote: string) =>
      peerings().createOrUpdate(group, "one", name, { remoteVirtualNetwork: { id: network(remote) } });
    await expectRefusal(to("again", "two"), 400, "AnotherPeeringAlreadyReferencesRemoteVnet");
    await expectRefusal(to("to-two", "three"), 400, "ChangingRemoteVirtualNetworkNotAllowed");
  });

  it("fall out of sync when an address space changes, until they are synced", async () => {
    await makeNetwork(fixture.client, "grow", "10.40.0.0/16");
    await makeNetwork(fixture.client, "watch", "10.41.0.0/16");
    await peer("grow", "watch");
    await peer("watch", "grow");
    await fixture.client.virtualNetworks.createOrUpdate(group, "grow", {
      location,
      addressSpace: { addressPrefixes: ["10.40.0.0/16", "10.42.0.0/16"] },
    });
    expect((await peerings().get(group, "grow", "to-watch")).peeringSyncLevel).toBe("RemoteNotInSync");
    expect((await peerings().get(group, "watch", "to-grow")).peeringSyncLevel).toBe("LocalNotInSync");
    const synced = await peerings().createOrUpdate(
      group,
      "watch",
      "to-grow",
      { remoteVirtualNetwork: { id: network("grow") } },
      { syncRemoteAddressSpace: "true" },
    );
    expect(synced).toMatchObject({
      peeringSyncLevel: "FullyInSync",
      remoteAddressSpace: { addressPrefixes: ["10.40.0.0/16", "10.42.0.0/16"] },
    });
    expect((await peerings().get(group, "grow", "to-watch")).peeringSyncLevel).toBe("FullyInSync");
  });
});
