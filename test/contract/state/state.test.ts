import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import type { LeaseWish } from "../../../shared/state/address-lease.ts";
import { StaleStateError } from "../../../shared/state/blob-state.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { contractRequest, stateOf } from "../../unit/spoke/example.ts";
import { startAzurite } from "./azurite-process.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let state: State;

beforeAll(async () => {
  azurite = await startAzurite();
  state = await openState(azurite);
}, 60_000);

afterAll(() => azurite?.stop());

const { request } = stateOf(contractRequest).design;

const record = (name: string, more: Partial<SpokeRecord> = {}): SpokeRecord => ({
  version: 1,
  name,
  request: { ...request, name },
  requester: { objectId: "o", name: "n" },
  status: "Accepted",
  revision: 1,
  addressPrefix: "10.20.0.0/22",
  tierSlots: {},
  resources: [],
  findings: [],
  error: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  ...more,
});

const wish = (spoke: string, prefix: string | null = null): LeaseWish => ({
  spoke,
  prefix,
  pools: ["10.64.0.0/20"],
  length: 22,
  reserved: [{ prefix: "10.64.4.0/22", owner: "the hub" }],
  now: "2026-01-01T00:00:00.000Z",
});

describe("records", () => {
  test("what is written is read, with an ETag that a later write must name", async () => {
    const first = await state.spokes.writeRecord(record("one"), null);
    expect(await state.spokes.readRecord("one")).toEqual({ value: record("one"), etag: first });
    await state.spokes.writeRecord(record("one", { status: "Running" }), first);
    await expect(state.spokes.writeRecord(record("one"), first)).rejects.toBeInstanceOf(StaleStateError);
    await expect(state.spokes.writeRecord(record("one"), null)).rejects.toBeInstanceOf(StaleStateError);
    expect(await state.spokes.readRecord("none")).toBeNull();
  });

  test("concurrent changes of a run all arrive", async () => {
    await state.spokes.writeRecord(record("many"), null);
    const add = (code: string) =>
      state.spokes.updateRun("many", 1, (found) => ({
        ...found,
        findings: [...found.findings, { code, severity: "low", message: "", resourceId: null, remedy: "", step: 1 }],
      }));
    await Promise.all(["a", "b", "c", "d", "e"].map(add));
    const stored = await state.spokes.readRecord("many");
    expect(stored?.value.findings.map((finding) => finding.code).sort()).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("a run that is over changes nothing any more", async () => {
    await state.spokes.writeRecord(record("later", { revision: 2 }), null);
    await state.spokes.updateRun("later", 1, (found) => ({ ...found, status: "Failed" }));
    expect((await state.spokes.readRecord("later"))?.value.status).toBe("Accepted");
  });

  test("the list tells status and place without reading each record", async () => {
    await state.spokes.writeRecord(record("listed", { status: "Succeeded" }), null);
    const found = (await state.spokes.listRecords()).find((summary) => summary.name === "listed");
    expect(found).toEqual({
      name: "listed",
      status: "Succeeded",
      subscriptionId: request.subscriptionId,
      location: "westeurope",
      addressPrefix: "10.20.0.0/22",
    });
  });
});

describe("plans and journals", () => {
  const plan = (spoke: string) => ({
    plan: { version: 1 as const, spoke, changes: [], findings: [], criticalPath: { seconds: 0, resources: [] } },
    lanes: [],
  });

  test("the first plan of a run stays", async () => {
    expect((await state.spokes.keepPlan("p", 1, plan("first"))).plan.spoke).toBe("first");
    expect((await state.spokes.keepPlan("p", 1, plan("second"))).plan.spoke).toBe("first");
    expect(await state.spokes.readPlan("p", 2)).toBeNull();
  });

  test("a run that is forgotten leaves neither plans nor journal, and others stay", async () => {
    const plan = { plan: { spoke: "again" } as never, lanes: [] };
    for (const revision of [1, 2]) await state.spokes.keepPlan("again", revision, plan);
    await state.spokes.keepPlan("again", 1, plan, "proposed");
    await state.spokes.addToJournal("again", 1, { change: 0, event: "started", at: "2026-01-01T00:00:00.000Z" });
    await state.spokes.forgetRun("again", 1);
    expect(await state.spokes.readPlan("again", 1)).toBeNull();
    expect(await state.spokes.readPlan("again", 1, "proposed")).toBeNull();
    expect(await state.spokes.readJournal("again", 1)).toEqual([]);
    expect(await state.spokes.readPlan("again", 2)).toEqual(plan);
  });

  test("lines of concurrent writers all arrive, whole", async () => {
    const entries = Array.from({ length: 40 }, (_, change) => ({ event: "started" as const, change, at: "t" }));
    await Promise.all(entries.map((entry) => state.spokes.addToJournal("p", 1, entry)));
    const lines = await state.spokes.readJournal("p", 1);
    expect([...lines].sort((a, b) => a.change - b.change)).toEqual(entries);
    expect(await state.spokes.readJournal("p", 9)).toEqual([]);
  });
});

describe("address leases", () => {
  const later = "2026-01-01T00:05:00.000Z";
  const leasesOf = async (spoke: string) => (await state.leases.list()).filter((lease) => lease.spoke === spoke);

  test("20 requests at once: neighbouring prefixes, no overlap, then the pool is used up", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => state.leases.take(wish(`s${n}`))));
    const given = answers.flatMap((answer) => (answer.ok ? [answer.prefix] : []));
    expect(given.sort()).toEqual(["10.64.0.0/22", "10.64.12.0/22", "10.64.8.0/22"]);
    expect(answers.filter((answer) => !answer.ok && answer.reason === "exhausted")).toHaveLength(17);
  });

  test("a spoke keeps its prefix; given back, another gets it", async () => {
    const [lease] = await state.leases.list();
    if (lease === undefined) throw new Error("no lease");
    expect(await state.leases.take(wish(lease.spoke))).toEqual({ ok: true, prefix: lease.prefix });
    await state.leases.release(lease.spoke);
    expect(await state.leases.preview(wish("next"))).toEqual({ ok: true, prefix: lease.prefix });
    expect(await state.leases.take(wish("next"))).toEqual({ ok: true, prefix: lease.prefix });
  });

  test("an asked prefix that overlaps a lease or what is reserved is refused, naming it", async () => {
    expect(await state.leases.take(wish("x", "10.64.4.0/24"))).toMatchObject({ ok: false, with: { owner: "the hub" } });
    expect(await state.leases.take(wish("x", "10.64.0.0/16"))).toMatchObject({ ok: false, reason: "overlap" });
  });

  test("what a spoke asked for first stays its own while it asks for something else", async () => {
    await state.leases.take(wish("two", "10.70.0.0/22"));
    await state.leases.take(wish("two", "10.71.0.0/22"));
    expect(await state.leases.take(wish("thief", "10.70.0.0/22"))).toMatchObject({ ok: false, with: { spoke: "two" } });
    expect(await state.leases.settle("two", "10.70.0.0/22")).toBe(true);
    expect(await leasesOf("two")).toMatchObject([{ prefix: "10.70.0.0/22", recorded: true }]);
    expect(await state.leases.take(wish("thief", "10.71.0.0/22"))).toMatchObject({ ok: true });
    expect(await state.leases.settle("two", "10.79.0.0/22")).toBe(false);
    expect(await leasesOf("two")).toHaveLength(1);
  });

  test("a lease whose request never came to a record is another's after five minutes, asked for by name", async () => {
    await state.leases.take(wish("dead", "10.72.0.0/22"));
    const early = { ...wish("heir", "10.72.0.0/23"), now: "2026-01-01T00:04:59.000Z" };
    expect(await state.leases.take(early)).toMatchObject({ ok: false });
    expect(await state.leases.preview({ ...early, now: later })).toMatchObject({ ok: true });
    expect(await leasesOf("dead")).toHaveLength(1);
    expect(await state.leases.take({ ...early, now: later })).toMatchObject({ ok: true });
    expect(await leasesOf("dead")).toEqual([]);
  });

  test("and out of a pool that is used up", async () => {
    const pool = { pools: ["10.73.0.0/22"] };
    await state.leases.take({ ...wish("dead-in-pool"), ...pool });
    expect(await state.leases.take({ ...wish("heir-in-pool"), ...pool })).toMatchObject({ reason: "exhausted" });
    const answer = await state.leases.take({ ...wish("heir-in-pool"), ...pool, now: later });
    expect(answer).toEqual({ ok: true, prefix: "10.73.0.0/22" });
  });

  test("a record keeps its lease however old, unless the spoke was removed", async () => {
    const old = { ...wish("heir-of-record", "10.74.0.0/22"), now: "2027-01-01T00:00:00.000Z" };
    await state.leases.take(wish("with-record", "10.74.0.0/22"));
    const etag = await state.spokes.writeRecord(record("with-record", { addressPrefix: "10.74.0.0/22" }), null);
    expect(await state.leases.take(old)).toMatchObject({ ok: false, with: { spoke: "with-record" } });
    await state.spokes.writeRecord(record("with-record", { addressPrefix: "10.74.0.0/22", status: "Removed" }), etag);
    expect(await state.leases.take(old)).toMatchObject({ ok: true });
  });

  test("who asks again for what it leased long ago has it anew", async () => {
    await state.leases.take(wish("patient", "10.75.0.0/22"));
    await state.leases.take({ ...wish("patient", "10.75.0.0/22"), now: later });
    expect(await state.leases.take({ ...wish("greedy", "10.75.0.0/22"), now: later })).toMatchObject({ ok: false });
  });

  test("without a wish of its own, a spoke gets a prefix of the pool, not one it once asked for elsewhere", async () => {
    const pool = { pools: ["10.76.0.0/22"] };
    await state.leases.take(wish("elsewhere", "10.77.0.0/22"));
    expect(await state.leases.take({ ...wish("elsewhere"), ...pool })).toEqual({ ok: true, prefix: "10.76.0.0/22" });
    await state.leases.settle("elsewhere", "10.77.0.0/22");
    expect(await state.leases.take({ ...wish("elsewhere"), ...pool })).toEqual({ ok: true, prefix: "10.77.0.0/22" });
  });
});
