import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ResourcePort, ResourcePorts } from "../../../shared/azure/ports.ts";
import type { Change } from "../../../shared/domain/plan.ts";
import { applyChange, type ChangeTools } from "../../../shared/reconcile/apply-change.ts";

type Type = "Microsoft.EventGrid/systemTopics";
const type: Type = "Microsoft.EventGrid/systemTopics";
const source = "/subscriptions/11111111-1111-1111-1111-111111111111";
const id = `${source}/resourceGroups/zero-trust-shared/providers/${type}/evgt-zero-trust`;
const body = { source, identityType: "SystemAssigned" } as const;

test("spokes that come to a subscription at once make what it shares one after the other, and only the first writes", async () => {
  let writes = 0;
  const port: ResourcePort<Type> = {
    observe: async () => {
      await sleep(1);
      return writes === 0 ? null : { id, type, body, etag: null, provisioningState: "Succeeded", native: {} };
    },
    write: async () => {
      await sleep(1);
      writes += 1;
    },
    remove: async () => {},
  };
  const queues = new Map<string, Promise<unknown>>();
  const inTurn = (resource: string, _spoke: string, _wish: unknown, work: () => Promise<unknown>) => {
    const done = (queues.get(resource) ?? Promise.resolve()).then(work);
    queues.set(resource, done);
    return done;
  };
  const common = { id, type, steps: [7], dependsOn: [] } as const;
  const desired = { ...common, ownership: "shared", body } as const;
  const change: Change = { ...common, action: "create", differences: [], reasons: [], desired };
  const tools = { resources: { [type]: port } as unknown as ResourcePorts, turns: { inTurn } };
  const actions = await Promise.all(
    ["orders-a", "orders-b", "orders-c"].map((spoke) =>
      applyChange({ ...tools, spoke } as unknown as ChangeTools, change),
    ),
  );
  expect(actions).toEqual(["create", "none", "none"]);
  expect(writes).toBe(1);
});
