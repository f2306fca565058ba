import { describe, expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import type { NetworkResourceInput } from "../../../functions/entities/names.ts";
import { networkResource } from "../../../functions/entities/network-resource.ts";
import type { Amendment } from "../../../shared/domain/amendment.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import type { PendingWork, WatchedResource } from "../../../shared/domain/watched-resource.ts";
import { Documents } from "../../../shared/state/documents.ts";
import { memoryBlobs } from "../reconcile/changes/memory-blobs.ts";
import { handMadeRule, WatchedNetwork } from "../reconcile/changes/watched-network.ts";
import { contractRequest } from "../spoke/example.ts";

const nsg = "nsg-orders-prod-data";

/** The entity of an NSG over an Azure and a state of memory; `state` as the engine keeps it, as JSON. */
function entityOf(network: WatchedNetwork, before?: object) {
  const blobs = memoryBlobs();
  const { azure, spokes, turns } = network.tools;
  const configuration = { fails: false };
  const compose: Partial<Composition> = {
    azure: async () => azure,
    configuration: async () => {
      if (configuration.fails) throw new Error("the configuration cannot be read");
      return network.tools.configuration;
    },
    spokes: async () => spokes,
    turns: async () => turns,
    changes: async () => new Documents<NetworkChange>(blobs, "changes"),
    amendments: async () => new Documents<Amendment>(blobs, "amendments"),
    blobs: async () => blobs,
    setting: () => null,
    now: () => network.now(),
  };
  let state = before === undefined ? undefined : JSON.stringify(before);
  const entity = networkResource(compose as Composition);
  return {
    configuration,
    pending: new Documents<PendingWork>(blobs, "pending"),
    changes: new Documents<NetworkChange>(blobs, "changes"),
    state: () => JSON.parse(state ?? "null") as WatchedResource,
    signal: async (operationName: string, input: Partial<NetworkResourceInput> = {}) => {
      const df = {
        operationName,
        getInput: () => ({ resourceId: network.id(nsg), ...input }),
        getState: () => (state === undefined ? undefined : JSON.parse(state)),
        setState: (next: unknown) => {
          state = JSON.stringify(next);
        },
        destructOnExit: () => {
          state = undefined;
        },
      };
      await entity({ df, log: () => undefined, error: () => undefined } as never);
    },
  };
}

function opened(): WatchedNetwork {
  const network = new WatchedNetwork(contractRequest);
  network.setRules(nsg, (rules) => [...rules, handMadeRule("by-hand")]);
  return network;
}

describe("the entity of a resource", () => {
  test("keeps an event that it cannot handle, and a note to come back; both are gone when it could", async () => {
    const network = opened();
    const entity = entityOf(network);
    entity.configuration.fails = true;
    const event = network.event(nsg, "/securityRules/by-hand");
    await entity.signal("changed", { event });
    expect(entity.state().waiting.map(({ origin }) => origin.eventId)).toEqual([event.origin.eventId]);
    expect(await entity.pending.list()).toHaveLength(1);
    // A look that fails as well loses neither.
    await entity.signal("look");
    expect(entity.state().waiting).toHaveLength(1);
    entity.configuration.fails = false;
    await entity.signal("look");
    expect(await entity.changes.list()).toMatchObject([
      { status: "Restored", origin: { caller: { name: "mallory" } } },
    ]);
    expect(entity.state()).toMatchObject({ waiting: [], revisit: false });
    // The sample's targets have no addresses here: that is noted for itself.
    expect((await entity.pending.list()).filter(({ resourceId }) => resourceId !== null)).toEqual([]);
  });

  test("reads the memory of the version before", async () => {
    const network = opened();
    const known = { changeId: "0-a", pointer: "/x", key: "k", at: network.now(), open: false, eventId: "old" };
    const entity = entityOf(network, {
      resourceId: network.id(nsg),
      seen: ["old"],
      known: [known],
      restored: [{ key: "k", at: network.now() }],
      backedOffUntil: new Date(network.clock + 86_400_000).toISOString(),
      waiting: [network.event(nsg, "/securityRules/by-hand")],
      revisit: true,
    });
    await entity.signal("look");
    // It stood back for a day there: here nothing that opens a port waits so long.
    expect(network.isIntended()).toBe(true);
    expect(entity.state()).toMatchObject({ seen: ["old", "event-1"], undone: [], revisitAt: null });
  });

  test("takes away a note that a memory lost by a crash does not know of", async () => {
    const network = new WatchedNetwork(contractRequest);
    const entity = entityOf(network);
    entity.configuration.fails = true;
    await entity.signal("sweep");
    const [note] = await entity.pending.list();
    expect(note?.resourceId).toBe(network.id(nsg));
    const reborn = entityOf(network);
    if (note !== undefined) await reborn.pending.put(note);
    await reborn.signal("look");
    expect(await reborn.pending.list()).toEqual([]);
  });

  test("remembers nothing of what is no spoke's, and ends what stood open of a spoke that is removed", async () => {
    const network = opened();
    network.mode = "audit";
    const entity = entityOf(network);
    await entity.signal("changed", { event: network.event(nsg, "/securityRules/by-hand") });
    expect(await entity.changes.list()).toMatchObject([{ status: "Open" }]);
    network.record = { ...network.record, status: "Removing" };
    await entity.signal("changed", { event: network.event(nsg, "", { action: "delete" }, "the-tool") });
    expect(await entity.changes.list()).toMatchObject([{ status: "Open" }]);
    network.record = { ...network.record, status: "Removed", resources: [] };
    await entity.signal("look");
    expect(await entity.changes.list()).toMatchObject([{ status: "Gone" }]);
    expect(entity.state()).toBeNull();
    expect((await entity.pending.list()).filter(({ resourceId }) => resourceId !== null)).toEqual([]);
  });
});
