import { expect, test } from "vitest";
import type { ResourcePorts } from "../../../shared/azure/ports.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { resourceIdKey } from "../../../shared/domain/resource-id.ts";
import { observeAll } from "../../../shared/reconcile/observe-resource.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const groupType = "Microsoft.Resources/resourceGroups";

const wanted = (id: string, type: string, ownership: string) =>
  ({ id, type, ownership, steps: [], dependsOn: [], body: {} }) as unknown as DesiredResource;
const group = (name: string) => wanted(`${subscription}/resourceGroups/${name}`, groupType, "owned");
const nsg = (groupName: string) =>
  wanted(
    `${subscription}/resourceGroups/${groupName}/providers/Microsoft.Network/networkSecurityGroups/nsg`,
    "Microsoft.Network/networkSecurityGroups",
    "owned",
  );
const topic = (groupName: string) =>
  wanted(
    `${subscription}/resourceGroups/${groupName}/providers/Microsoft.EventGrid/systemTopics/topic`,
    "Microsoft.EventGrid/systemTopics",
    "shared",
  );

/** Everything stands but the group `rg-new`; tells what was asked for. */
function azure() {
  const asked: string[] = [];
  const port = {
    observe: async ({ id }: DesiredResource) => {
      asked.push(id);
      return id.endsWith("rg-new") ? null : { id };
    },
  };
  const ports = new Proxy({}, { get: () => port }) as ResourcePorts;
  return { asked, ports };
}

test("what is to lie in a resource group that does not stand is told to be missing without a call", async () => {
  const { asked, ports } = azure();
  const [fresh, other] = [group("rg-new"), group("rg-old")];
  const all = [nsg("RG-NEW"), nsg("rg-old"), fresh, other];
  const observed = await observeAll(ports, all);
  expect(asked).toEqual([fresh.id, other.id, nsg("rg-old").id]);
  expect(all.map(({ id }) => observed.get(resourceIdKey(id)) === null)).toEqual([true, false, true, false]);
});

test("what the subscription shares is asked for all the same: another may serve, elsewhere", async () => {
  const { asked, ports } = azure();
  await observeAll(ports, [group("rg-new"), topic("rg-new")]);
  expect(asked).toContain(topic("rg-new").id);
});

test("where no group is desired with it, everything is asked for", async () => {
  const { asked, ports } = azure();
  await observeAll(ports, [nsg("rg-new")]);
  expect(asked).toEqual([nsg("rg-new").id]);
});
