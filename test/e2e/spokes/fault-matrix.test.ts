import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FaultKind } from "../../../local/arm/faults/faults.ts";
import { resourceTypes } from "../../../local/arm/resource-types.ts";
import { startStack } from "../../../local/stack/stack.ts";
import type { Change } from "../../../shared/domain/plan.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import { clearFaults, exactly, exactlyOrItsList, openFaults, orderFault } from "./ordered-faults.ts";
import { Portal, requestWith } from "./portal.ts";
import { standingState } from "./standing-state.ts";

/** Each kind of fault in a way that it can come: with and without Azure's word on how long to wait. */
interface Trouble {
  readonly title: string;
  readonly kind: FaultKind;
  readonly retryAfterSeconds?: number;
  /** What the record of calls shows of it; 0 = no answer. Absent: the call is accepted, and its operation fails. */
  readonly status?: number;
}
const troubles: readonly Trouble[] = [
  { title: "429", kind: "429", status: 429 },
  { title: "429-later", kind: "429", retryAfterSeconds: 1, status: 429 },
  { title: "503", kind: "503", status: 503 },
  { title: "503-later", kind: "503", retryAfterSeconds: 1, status: 503 },
  { title: "409-another-operation", kind: "409-another-operation", status: 409 },
  { title: "lro-failed", kind: "lro-failed" },
  { title: "lro-superseded", kind: "lro-superseded" },
  { title: "timeout", kind: "timeout", status: 0 },
  { title: "connection-reset", kind: "connection-reset", status: 0 },
  { title: "forbidden", kind: "forbidden", status: 403 },
];
const readTroubles = troubles.filter(
  ({ status, retryAfterSeconds }) => status !== undefined && status !== 409 && retryAfterSeconds === undefined,
);
const locked: Trouble = { title: "locked", kind: "locked", status: 409 };

let portal: Portal;
/** What stands of a spoke that met no trouble, and the types of which its removal deletes a resource. */
let undisturbed: Record<string, unknown>;
let deletedTypes: ReadonlySet<string>;

const all = [{ title: "undisturbed" }, ...troubles, locked];
/** A spoke of its own in a subscription of its own, so that what a subscription shares is made in each run too. */
function request(title: string, group: "writes" | "reads") {
  const place = all.findIndex((one) => one.title === title) + (group === "reads" ? all.length : 0);
  const subscription = place === 0 ? "1111-111111111111" : `1111-0000000000${String(place + 1).padStart(2, "0")}`;
  return requestWith({
    name: `${group}-${title}`,
    addressPrefix: `10.${130 + place}.0.0/22`,
    subscriptionId: `11111111-1111-1111-${subscription}`,
  });
}

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  const view = await portal.provision(request("undisturbed", "writes"));
  undisturbed = await standingState(portal, view);
  await portal.writesOfApp();
  await remove(view.name);
  const deletions = (await portal.writesOfApp()).flatMap((write) => /^DELETE (.*)$/.exec(write)?.[1] ?? []);
  deletedTypes = new Set(view.resources.filter(({ id }) => deletions.includes(id)).map(({ type }) => type));
}, 120_000);

afterAll(() => portal?.stack.stop());
afterEach(() => clearFaults(portal));

async function remove(name: string): Promise<SpokeView> {
  expect((await portal.call("DELETE", `/api/spokes/${name}`)).status).toBe(202);
  return portal.settled(name, 120);
}

/** One resource of each type that a run writes. */
async function plannedOfEachType(body: Record<string, unknown>): Promise<readonly Change[]> {
  const plan = await portal.call("POST", "/api/spokes/plan", body);
  expect(plan.status).toBe(200);
  return firstOfEachType((plan.body.changes as Change[]).filter(({ action }) => action !== "none"));
}

function firstOfEachType<R extends { readonly type: string }>(resources: readonly R[]): readonly R[] {
  return resources.filter(({ type }, index) => resources.findIndex((other) => other.type === type) === index);
}

/** Whether a call of the type can meet the trouble: an operation fails only where Azure works on after its answer. */
function canMeet(trouble: Trouble, type: string, verb: "put" | "remove"): boolean {
  if (trouble.status !== undefined) return true;
  const wanted = type.replace("Microsoft.Resources/", "Microsoft.Resources/subscriptions/").toLowerCase();
  const model = resourceTypes.find((one) => one.type.toLowerCase() === wanted);
  return model?.[verb]?.longRunning !== undefined;
}

/** Orders the trouble for each resource, and forgets the calls before it. */
async function order(trouble: Trouble, method: string, ids: readonly string[], times = 1): Promise<void> {
  await portal.stack.fetchAzure("/_local/requests", { method: "DELETE" });
  const pattern = method === "GET" ? exactlyOrItsList : exactly;
  for (const id of ids) await orderFault(portal, { ...trouble, method, pathRegex: pattern(id), times });
}

async function expectMet({ status }: Trouble, method: string, ids: readonly string[]): Promise<void> {
  expect(await openFaults(portal)).toEqual([]);
  if (status === undefined) return;
  const requests = await portal.stack.azure.recordedRequests();
  const met = requests
    .filter((one) => one.method === method && one.status === status)
    .map(({ url }) => new URL(url.replace(/^\/+/, "/"), "https://azure").pathname.toLowerCase());
  const pattern = method === "GET" ? exactlyOrItsList : exactly;
  const unmet = ids.filter((id) => !met.some((path) => new RegExp(pattern(id), "i").test(path)));
  expect(unmet).toEqual([]);
}

async function expectNothingMadeTwice(): Promise<void> {
  const made = (await portal.stack.azure.recordedRequests())
    .filter(({ method, status }) => method === "PUT" && status === 201)
    .map(({ url }) => new URL(url.replace(/^\/+/, "/"), "https://azure").pathname.toLowerCase());
  expect(made.filter((path, index) => made.indexOf(path) !== index)).toEqual([]);
}

async function expectUndisturbed(view: SpokeView): Promise<void> {
  expect(view.error).toBeNull();
  expect(view.status).toBe("Succeeded");
  expect(view.steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => "Succeeded"));
  expect(await standingState(portal, view)).toEqual(undisturbed);
}

describe("one trouble at the write of every resource type: the spoke stands as without", () => {
  test.each(troubles)(
    "$title",
    async (trouble) => {
      const body = request(trouble.title, "writes");
      const ids = (await plannedOfEachType(body))
        .filter(({ type }) => canMeet(trouble, type, "put"))
        .map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(10);
      await order(trouble, "PUT", ids);
      expect((await portal.call("POST", "/api/spokes", body)).status).toBe(202);
      const view = await portal.settled(String(body.name), 120);
      await expectMet(trouble, "PUT", ids);
      await expectNothingMadeTwice();
      await expectUndisturbed(view);
    },
    150_000,
  );

  test("locked: refused with the resource and what to do, until the last lock is gone", async () => {
    const body = request(locked.title, "writes");
    const ids = (await plannedOfEachType(body)).map(({ id }) => id);
    await order(locked, "PUT", ids);
    const refused = new Set<string>();
    for (;;) {
      expect((await portal.call("POST", "/api/spokes", body)).status).toBe(202);
      const view = await portal.settled(String(body.name), 120);
      if (view.status === "Succeeded") {
        await expectUndisturbed(view);
        break;
      }
      expect(view).toMatchObject({ status: "Failed", error: { code: "ScopeLocked" } });
      const failed = view.resources.filter(({ status }) => status === "Failed");
      expect(failed.map(({ error }) => error?.code)).toEqual(failed.map(() => "ScopeLocked"));
      expect(failed.every(({ error, id }) => error?.resourceId === id && error.remedy.includes("lock"))).toBe(true);
      for (const { id } of failed) refused.add(id);
    }
    expect([...refused].toSorted()).toEqual(ids.toSorted());
    await expectMet(locked, "PUT", ids);
    await expectNothingMadeTwice();
  }, 150_000);
});

describe("two troubles at the reads of every resource type: the spoke stands as without", () => {
  test.each(readTroubles)(
    "$title",
    async (trouble) => {
      const body = request(trouble.title, "reads");
      const ids = (await plannedOfEachType(body)).map(({ id }) => id);
      await order(trouble, "GET", ids, 2);
      expect((await portal.call("POST", "/api/spokes", body)).status).toBe(202);
      const view = await portal.settled(String(body.name), 120);
      await expectMet(trouble, "GET", ids);
      await expectNothingMadeTwice();
      await expectUndisturbed(view);
    },
    150_000,
  );
});

describe("one trouble at the deletion of every resource type: nothing of the spoke is left", () => {
  test.each(troubles)(
    "$title",
    async (trouble) => {
      const { body } = await portal.call("GET", `/api/spokes/writes-${trouble.title}`);
      const ids = firstOfEachType((body as SpokeView).resources)
        .filter(({ type }) => deletedTypes.has(type) && canMeet(trouble, type, "remove"))
        .map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(5);
      await order(trouble, "DELETE", ids);
      const view = await remove(`writes-${trouble.title}`);
      expect(view.error).toBeNull();
      expect(view.status).toBe("Removed");
      await expectMet(trouble, "DELETE", ids);
      for (const id of ids) expect((await portal.arm("GET", id)).status, id).toBeGreaterThanOrEqual(400);
    },
    150_000,
  );
});
