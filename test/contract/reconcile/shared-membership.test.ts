import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { Change } from "../../../shared/domain/plan.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { applyChange } from "../../../shared/reconcile/apply-change.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor } from "../azure/ports-under-test.ts";
import { startAzurite } from "../state/azurite-process.ts";

let azure: LocalAzure;
let azurite: Awaited<ReturnType<typeof startAzurite>>;
let ports: AzurePorts;
let states: State[];

beforeAll(async () => {
  [azure, azurite] = await Promise.all([startLocalAzure({ speed: 20 }), startAzurite()]);
  ports = portsFor(azure);
  states = [await openState(azurite), await openState(azurite)];
}, 60_000);

afterAll(async () => {
  await Promise.all([azure?.stop(), azurite?.stop()]);
});

const type = "Microsoft.Network/ipGroups";

const change = (of: DesiredResource): Change => ({
  id: of.id,
  type: of.type,
  steps: [5],
  action: "create",
  differences: [],
  reasons: [],
  dependsOn: [],
  desired: of,
});

test("trap 10: twenty-five spokes that join at once from two instances, the first making the group: all in it, with few writes", async () => {
  const group = await newResourceGroup(ports);
  const id = networkId(group, "ipGroups", "ipg-spokes");
  const prefixes = Array.from({ length: 25 }, (_, index) => `10.${30 + index}.0.0/22`);
  await azure.control("DELETE", "requests");
  await Promise.all(
    prefixes.map((prefix, index) => {
      const { turns } = states[index % 2] as State;
      const wanted = desired(type, id, { location, ipAddresses: [prefix] });
      return applyChange({ resources: ports.resources, turns, spoke: `spoke-${index}` }, change(wanted));
    }),
  );
  const standing = await azure.network().ipGroups.get(group, "ipg-spokes");
  expect(standing.ipAddresses?.toSorted()).toEqual(prefixes.toSorted());
  const requests = await azure.control<{ value: { method: string; status: number }[] }>("GET", "requests");
  const writes = requests.value.filter((request) => request.method === "PUT");
  expect(writes.length).toBeLessThanOrEqual(5);
  expect(writes.every((write) => write.status < 300)).toBe(true);
}, 120_000);

test("one that leaves while another joins: the one is gone, the other there", async () => {
  const id = networkId(await newResourceGroup(ports), "ipGroups", "ipg-spokes");
  const [state] = states as [State, State];
  const apply = (spoke: string, ipAddresses: readonly string[], retired: readonly string[] = []) =>
    applyChange(
      { resources: ports.resources, turns: state.turns, spoke },
      change(desired(type, id, { location, ipAddresses }, retired)),
    );
  await apply("a", ["10.30.0.0/22"]);
  await Promise.all([apply("a", [], ["10.30.0.0/22"]), apply("b", ["10.31.0.0/22"])]);
  const observed = await ports.resources[type].observe(desired(type, id, { location, ipAddresses: [] }));
  expect(observed?.body.ipAddresses).toEqual(["10.31.0.0/22"]);
}, 60_000);
