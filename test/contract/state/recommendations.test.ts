import type { DurableClient } from "durable-functions";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import { applyRecommendations } from "../../../functions/hardening/apply-recommendations.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import type { JustInTimePolicy } from "../../../shared/domain/just-in-time-access.ts";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { carryOut } from "../../../shared/reconcile/hardening/carry-out.ts";
import { listOfSubscription, RecommendationStore } from "../../../shared/reconcile/hardening/recommendation-store.ts";
import type { FoundRecommendation } from "../../../shared/spoke/recommendations/merge-recommendations.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { platform } from "../../unit/spoke/example.ts";
import { startAzurite } from "./azurite-process.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let state: State;
let store: RecommendationStore;

beforeAll(async () => {
  azurite = await startAzurite();
  state = await openState(azurite);
  store = new RecommendationStore(state.blobs);
}, 60_000);
afterAll(() => azurite?.stop());

const listId = listOfSubscription("11111111-1111-1111-1111-111111111111");
const machine = { virtualMachineId: "/vm", ports: [] };
const policy: JustInTimePolicy = { id: "/policy", location: "westeurope", machines: [machine] };
const found: FoundRecommendation = {
  id: "just-in-time-1",
  source: "just-in-time",
  spoke: null,
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  resourceGroup: "rg",
  resourceId: "/policy",
  title: "A policy",
  severity: "medium",
  tactics: [],
  scoreGain: null,
  reasons: [],
  advice: "",
  remedy: { kind: "just-in-time-policy", policy },
  evidence: {},
  replay: null,
  difference: null,
  keepsGuidance: null,
  safe: true,
};
const now = () => new Date().toISOString();
const written: JustInTimePolicy[] = [];
let policies: readonly JustInTimePolicy[] = [];

beforeEach(async () => {
  written.length = 0;
  policies = [];
  await store.keep([]);
  await store.merge(listId, [found], () => true, [{ code: "Note", message: "n" }], now());
});

/** The app with this mode, in an Azure that takes every policy. */
function composition(enforcementMode: "audit" | "enforce"): Composition {
  const justInTime = {
    observe: async () => ({ policies, activeRequests: [] }),
    write: async (one: JustInTimePolicy) => void written.push(one),
  };
  return {
    configuration: async () => ({ ...platform, enforcementMode }),
    azure: async () => ({ justInTime }) as unknown as AzurePorts,
    spokes: async () => state.spokes,
    amendments: async () => state.amendments,
    blobs: async () => state.blobs,
    now,
  } as unknown as Composition;
}
const apply = (mode: "audit" | "enforce") =>
  applyRecommendations(composition(mode), {} as DurableClient, () => undefined);
const statusOf = async () => (await store.find("just-in-time-1"))?.recommendation.status;

describe("what is safe", () => {
  test("is only listed in audit", async () => {
    await apply("audit");
    expect(written).toEqual([]);
    expect(await statusOf()).toBe("Open");
  });

  test("is applied in enforce, once, and stands as decided by the tool", async () => {
    await apply("enforce");
    await apply("enforce");
    expect(written).toEqual([policy]);
    expect((await store.find("just-in-time-1"))?.recommendation).toMatchObject({
      status: "Accepted",
      decision: { automatically: true },
    });
  });

  test("a policy that has more machines by now keeps them, and one that stands by now is not written again", async () => {
    const later = { virtualMachineId: "/vm-later", ports: [] };
    policies = [{ ...policy, machines: [later] }];
    await apply("enforce");
    expect(written).toEqual([{ ...policy, machines: [machine, later] }]);
    await store.keep([]);
    await store.merge(listId, [found], () => true, [], now());
    policies = [{ ...policy, machines: [machine, later] }];
    await apply("enforce");
    expect(written).toHaveLength(1);
    expect(await statusOf()).toBe("Accepted");
  });

  test("what somebody took back is not applied by itself again", async () => {
    await store.update(listId, found.id, (one) => ({
      ...one,
      decision: { by: { objectId: "o", name: "O" }, at: now(), reason: "", ticket: null, automatically: true },
    }));
    await apply("enforce");
    expect(written).toEqual([]);
  });

  test("and what is not safe waits for a person", async () => {
    await store.merge(listId, [{ ...found, safe: false }], () => true, [], now());
    await apply("enforce");
    expect(written).toEqual([]);
    expect(await statusOf()).toBe("Open");
  });
});

test("what Defender refuses leaves no amendment and no decision behind", async () => {
  const rules = [
    {
      name: "r",
      direction: "Inbound",
      destinationPort: 1,
      protocols: ["Tcp"],
      ipAddresses: [],
      networkSecurityGroupIds: ["/nsg"],
    },
  ] as const;
  const adaptive: FoundRecommendation = {
    ...found,
    id: "adaptive-network-hardening-1",
    spoke: "orders-prod",
    remedy: { kind: "adaptive-network-hardening", virtualMachineId: "/vm", rules },
  };
  await store.merge(listId, [adaptive], () => true, [], now());
  const stored = await store.find(adaptive.id);
  if (stored === null) throw new Error("not stored");
  const refusal = new RefusedError({ code: "No", message: "No.", resourceId: null, remedy: "None." });
  const azure = {
    adaptiveNetworkHardening: { enforce: () => Promise.reject(refusal) },
  } as unknown as AzurePorts;
  const decision = { by: { objectId: "o", name: "O" }, at: now(), reason: "", ticket: null, automatically: false };
  const tools = { azure, amendments: state.amendments, store };
  await expect(carryOut(tools, listId, stored.recommendation, decision)).rejects.toThrow("No.");
  expect(await state.amendments.list()).toEqual([]);
  expect((await store.find(adaptive.id))?.recommendation.status).toBe("Open");
});

test("of two people who accept at the same time the first one's amendment and decision stand", async () => {
  const rule = { name: "r" } as SecurityRuleBody;
  const change = { networkSecurityGroupId: "/nsg", rule: "r", kind: "remove", before: rule, after: null } as const;
  const narrowing: FoundRecommendation = {
    ...found,
    id: "flow-logs-2",
    spoke: "orders-prod",
    remedy: { kind: "rule", change },
  };
  await store.merge(listId, [narrowing], () => true, [], now());
  const stored = await store.find(narrowing.id);
  if (stored === null) throw new Error("not stored");
  const tools = { azure: {} as AzurePorts, amendments: state.amendments, store };
  const accept = (name: string) => {
    const decision = { by: { objectId: name, name }, at: now(), reason: "", ticket: null, automatically: false };
    return carryOut(tools, listId, stored.recommendation, decision);
  };
  await accept("Olga");
  expect((await accept("Otto")).recommendation.decision?.by.name).toBe("Olga");
  const [amendment, ...others] = await state.amendments.list();
  expect(amendment?.owner.name).toBe("Olga");
  expect(others).toEqual([]);
  await state.amendments.remove(amendment?.id ?? "");
});

test("lists of what is looked after no more are forgotten, and so is what was gone long ago", async () => {
  await store.merge("spoke-gone", [{ ...found, id: "flow-logs-1" }], () => true, [], now());
  await store.keep([listId]);
  expect((await store.lists()).map(({ id }) => id)).toEqual([listId]);
  await store.merge(listId, [], () => true, [], now());
  expect(await statusOf()).toBe("Gone");
  const later = new Date(Date.now() + 91 * 86_400_000).toISOString();
  await store.merge(listId, [], () => true, [], later);
  expect(await store.find("just-in-time-1")).toBeNull();
});
