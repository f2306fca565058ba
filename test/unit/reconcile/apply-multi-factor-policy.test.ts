import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ResourcePort, ResourcePorts } from "../../../shared/azure/ports.ts";
import { multiFactorPolicyId } from "../../../shared/domain/multi-factor-policy-name.ts";
import type { Change } from "../../../shared/domain/plan.ts";
import { applyChange, type ChangeTools } from "../../../shared/reconcile/apply-change.ts";

type Type = "Microsoft.Graph/conditionalAccessPolicies";
const type: Type = "Microsoft.Graph/conditionalAccessPolicies";
const applicationId = "33333333-3333-3333-3333-333333333333";
const subscriptionId = "11111111-1111-1111-1111-111111111111";
const body = { applicationId, breakGlassGroupId: "66666666-6666-4666-8666-000000000911" };

/** One policy serves whoever asks; to look and to make takes a moment, in which others look too. */
function tenant() {
  const made: string[] = [];
  const port: ResourcePort<Type> = {
    observe: async ({ id }) => {
      await sleep(1);
      return made.length === 0 ? null : { id, type, body, etag: null, provisioningState: null, native: {} };
    },
    write: async ({ id }) => {
      await sleep(1);
      made.push(id);
    },
    remove: async () => {},
  };
  return { made, resources: { [type]: port } as unknown as ResourcePorts };
}

test("spokes that publish one application at once come to it one after the other, and the first makes the policy", async () => {
  const { made, resources } = tenant();
  const queues = new Map<string, Promise<unknown>>();
  const inTurn = (resource: string, _spoke: string, _wish: unknown, work: () => Promise<unknown>) => {
    const done = (queues.get(resource) ?? Promise.resolve()).then(work);
    queues.set(resource, done);
    return done;
  };
  const actions = await Promise.all(
    ["orders-a", "orders-b", "orders-c"].map((spoke) => {
      const id = multiFactorPolicyId(spoke, subscriptionId, applicationId);
      const common = { id, type, steps: [6], dependsOn: [] } as const;
      const desired = { ...common, ownership: "owned", body } as const;
      const change: Change = { ...common, action: "create", differences: [], reasons: [], desired };
      const tools = { resources, spoke, turns: { inTurn } } as unknown as ChangeTools;
      return applyChange(tools, change);
    }),
  );
  expect(actions).toEqual(["create", "none", "none"]);
  expect(made).toHaveLength(1);
});
