import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal, requestWith } from "../spokes/portal.ts";
import { type AzureStore, readAzureStore, readResources } from "./azure-store.ts";
import { differencesBeyondShared } from "./shared-resources.ts";
import { SpokeState } from "./spoke-state.ts";

let stack: Stack;
let portal: Portal;
let state: SpokeState;

beforeAll(async () => {
  stack = await startStack({ speed: 0 });
  portal = new Portal(stack);
  state = new SpokeState(String(stack.settings.AzureWebJobsStorage));
}, 120_000);

afterAll(() => stack?.stop());

const hubNetwork =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourcegroups/rg-hub-westeurope/providers/microsoft.network/virtualnetworks/vnet-hub-westeurope";

/**
 * What stands. Of the hub's network without local Azure's own note of the last operation on it: to take a peering away
 * is another one than to make the network.
 */
function standing(): AzureStore {
  const store = readAzureStore(stack.dataFolder);
  const hub = { ...(store.resources[hubNetwork] as object), lastOperation: "any" };
  return { ...store, resources: { ...store.resources, [hubNetwork]: hub } };
}

async function provision(request: Readonly<Record<string, unknown>>): Promise<AzureStore> {
  await portal.provision(request);
  return standing();
}

async function remove(name: string): Promise<AzureStore> {
  const answer = await portal.call("DELETE", `/api/spokes/${name}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  const view = await portal.settled(name);
  expect(view.error).toBeNull();
  expect(view.status).toBe("Removed");
  return standing();
}

describe("provision, remove, provision again", () => {
  test("the contract's request: the store equals the first time, and after removal the time before, but for what is shared", async () => {
    const before = standing();
    const first = await provision(contractRequest);
    const afterwards = await remove("orders-prod");
    expect(differencesBeyondShared(before, afterwards)).toEqual([]);
    expect(await provision(contractRequest)).toEqual(first);
    expect(await remove("orders-prod")).toEqual(afterwards);
  }, 120_000);

  test("the least that can be asked for, on its own: likewise", async () => {
    const request = {
      name: "alone-prod",
      subscriptionId: "11111111-1111-1111-1111-000000000002",
      location: "swedencentral",
      networkManagersGroupId: contractRequest.networkManagersGroupId,
      application: { tiers: [{ name: "web", port: 443 }] },
    };
    const before = standing();
    const first = await provision(request);
    const afterwards = await remove("alone-prod");
    expect(differencesBeyondShared(before, afterwards)).toEqual([]);
    expect(await provision(request)).toEqual(first);
    expect(await remove("alone-prod")).toEqual(afterwards);
  }, 120_000);

  test("no role of an identity that is gone remains, and of the state only history: no lease, turn or wish", async () => {
    const store = standing();
    const principals = new Set(Object.keys(store.principals));
    const assignments = Object.values(store.resources) as {
      readonly type: string;
      readonly body: { readonly properties: { readonly principalId: string } };
    }[];
    const orphans = assignments.filter(
      ({ type, body }) =>
        type === "Microsoft.Authorization/roleAssignments" && !principals.has(body.properties.principalId),
    );
    expect(orphans).toEqual([]);

    const blobs = await state.blobs();
    expect(blobs.filter(({ leased }) => leased)).toEqual([]);
    // Events of a run wait for its end: a timer comes back to their resources within a minute.
    const lasting = blobs.filter(({ name }) => !name.startsWith("pending/"));
    const kinds = lasting.map(({ name }) => name.replace(/\b[0-9a-f]{32}\b/, "{resource}"));
    expect([...new Set(kinds)].sort()).toEqual([
      "address-space.json",
      ...["alone-prod", "orders-prod"].flatMap((spoke) => [1, 2, 3, 4].map((run) => `journals/${spoke}/${run}.jsonl`)),
      ...["alone-prod", "orders-prod"].flatMap((spoke) => [1, 2, 3, 4].map((run) => `plans/${spoke}/${run}.json`)),
      ...["alone-prod", "orders-prod"].map((spoke) => `records/${spoke}.json`),
      "turns/{resource}/turn",
    ]);
    expect([...(await state.prefixes("orders-prod")), ...(await state.prefixes("alone-prod"))]).toEqual([]);
  });
});

describe("two spokes in one hub", () => {
  const one = requestWith({ name: "one-prod", addressPrefix: "10.41.0.0/22" });
  const other = requestWith({ name: "other-prod", addressPrefix: "10.42.0.0/22" });

  test("one that came and went again leaves the other, and the hub, as they were", async () => {
    const alone = await provision(one);
    await provision(other);
    const ours = ownResources("one-prod");
    expect(Object.keys(ours).length).toBeGreaterThan(15);
    expect(await remove("other-prod")).toEqual(alone);
    // Nobody has written the resources of the one that stays: their ETags are the same.
    expect(ownResources("one-prod")).toEqual(ours);
  }, 120_000);

  test("when the first goes, the second stands as if it had been the only one ever", async () => {
    await provision(other);
    const ours = ownResources("other-prod");
    const left = await remove("one-prod");
    expect(ownResources("other-prod")).toEqual(ours);
    await remove("other-prod");
    expect(await provision(other)).toEqual(left);
  }, 120_000);

  /** Raw, with ETags. */
  function ownResources(spoke: string): Readonly<Record<string, unknown>> {
    const own = Object.entries(readResources(stack.dataFolder)).filter(([key]) => key.includes(spoke));
    return Object.fromEntries(own);
  }
});
