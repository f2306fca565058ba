import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import type { RunVersion } from "../../../shared/domain/run-version.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import type { StoredPlan } from "../../../shared/state/spoke-store.ts";
import { Portal, requestWith } from "./portal.ts";

let portal: Portal;
let state: State;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  state = await openState({ connectionString: String(portal.stack.settings.AzureWebJobsStorage) });
}, 120_000);

afterAll(() => portal?.stack.stop());

const request = (name: string, third: number, changes: object = {}) =>
  requestWith(
    { name, addressPrefix: `10.${third}.0.0/22`, managementAccess: [], outboundAccess: [], ...changes },
    { flows: [] },
  );

/** A spoke that stands, with a further run that its record knows and no orchestration works on. */
async function withLostRun(name: string, third: number, changes: Partial<SpokeRecord> = {}): Promise<number> {
  await portal.provision(request(name, third));
  const stored = await state.spokes.readRecord(name);
  if (stored === null) throw new Error("There is no record.");
  const revision = stored.value.revision + 1;
  await state.spokes.writeRecord({ ...stored.value, status: "Accepted", ...changes, revision }, stored.etag);
  return revision;
}

const resumeRuns = async () => {
  const answer = await portal.stack.fetchFunctions("/admin/functions/resumeRuns", "operator", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.status).toBe(202);
};

async function planOf(name: string, revision: number): Promise<StoredPlan> {
  const plan = await state.spokes.readPlan(name, revision);
  return plan ?? expect.fail(`There is no plan ${revision}.`);
}

describe("a plan that another version of the tool made", () => {
  test("of the version before: it is carried out", async () => {
    const revision = await withLostRun("before-a", 40);
    const { plan, lanes } = await planOf("before-a", revision - 1);
    await state.spokes.keepPlan("before-a", revision, { plan: { ...plan, version: 1 }, lanes });
    await portal.call("POST", "/api/spokes", request("before-a", 40));
    expect(await portal.settled("before-a")).toMatchObject({ status: "Succeeded", revision });
  });

  test("of a version that it does not know: the run ends with what to do, and the next one goes well", async () => {
    const revision = await withLostRun("later-a", 41);
    const { plan, lanes } = await planOf("later-a", revision - 1);
    await state.spokes.keepPlan("later-a", revision, { plan: { ...plan, version: 99 as RunVersion }, lanes });
    expect((await portal.call("GET", "/api/spokes/later-a")).body.resources).toEqual([]);
    await portal.call("POST", "/api/spokes", request("later-a", 41));
    const view = await portal.settled("later-a");
    expect(view.status).toBe("Failed");
    expect(view.error).toMatchObject({ code: "UnknownRunVersion" });
    expect(view.error?.message).toContain("version 99");
    await portal.provision(request("later-a", 41));
  });
});

describe("a run whose orchestration is gone", () => {
  test("the timer sets it going", async () => {
    const revision = await withLostRun("lost-a", 42);
    await resumeRuns();
    expect(await portal.settled("lost-a")).toMatchObject({ status: "Succeeded", revision });
  });

  test("a removal too; what runs or has ended is left alone", async () => {
    await withLostRun("lost-b", 43, { status: "Removing" });
    await resumeRuns();
    expect((await portal.settled("lost-b")).status).toBe("Removed");
    const before = (await portal.call("GET", "/api/spokes/lost-a")).headers.get("etag");
    await resumeRuns();
    expect((await portal.call("GET", "/api/spokes/lost-a")).headers.get("etag")).toBe(before);
  });
});
