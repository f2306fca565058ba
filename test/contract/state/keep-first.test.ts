import { afterAll, beforeAll, expect, test } from "vitest";
import { leaseWish, takePrefix } from "../../../functions/http/address-space.ts";
import { keepFirst } from "../../../functions/http/keep-first.ts";
import { Problem } from "../../../functions/http/problem.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { AddressSpace } from "../../../shared/reconcile/address-space.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { platform as configuration, contractRequest, stateOf } from "../../unit/spoke/example.ts";
import { startAzurite } from "./azurite-process.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let state: State;

beforeAll(async () => {
  azurite = await startAzurite();
  state = await openState(azurite);
}, 60_000);

afterAll(() => azurite?.stop());

const { request } = stateOf(contractRequest).design;
const start = Date.parse("2026-01-01T00:00:00.000Z");

/** One instance of the app, whose clock is so many minutes past the start. */
const appAt = (minutes = 0) => ({
  configuration: async () => configuration,
  leases: async () => new AddressSpace(state.leases, () => Promise.reject(new Error("No pool is configured"))),
  spokes: async () => state.spokes,
  now: () => new Date(start + minutes * 60_000).toISOString(),
});

const asking = (name: string, addressPrefix: string | null) => ({ ...request, name, addressPrefix });

const lease = (name: string, prefix: string | null, app = appAt()) =>
  takePrefix(app, leaseWish(configuration, asking(name, prefix), null, app.now()));

const recordOf = (name: string, asked: string | null, addressPrefix: string): SpokeRecord => ({
  version: 1,
  name,
  request: asking(name, asked),
  requester: { objectId: "o", name: "n" },
  status: "Accepted",
  revision: 1,
  addressPrefix,
  tierSlots: {},
  resources: [],
  findings: [],
  error: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
});

const record = (name: string, asked: string | null, addressPrefix: string, app = appAt()) =>
  keepFirst(app, recordOf(name, asked, addressPrefix), null);

const codeOf = (answer: PromiseSettledResult<unknown>) =>
  answer.status === "rejected" && answer.reason instanceof Problem ? answer.reason.errors[0]?.code : answer.status;

test("a second request for the name leaves the prefix of the first to nobody else", async () => {
  const [a, b] = ["10.130.0.0/22", "10.131.0.0/22"];
  await lease("orders", a);
  await lease("orders", b);
  await expect(lease("stranger", a)).rejects.toMatchObject({ status: 409 });
  expect((await record("orders", a, a)).addressPrefix).toBe(a);
  await expect(record("orders", b, b)).rejects.toMatchObject({ status: 409, errors: [{ code: "NameTaken" }] });
  await expect(lease("stranger", a)).rejects.toMatchObject({ status: 409 });
  expect(await lease("stranger", b)).toBe(b);
});

test("three requesters at once, 15 times: no two records overlap, and each holds its lease", async () => {
  for (let round = 0; round < 15; round++) {
    const [a, b] = [`10.140.${round * 8}.0/22`, `10.140.${round * 8 + 4}.0/22`];
    const asked: [string, string][] = [
      [`x-${round}`, a],
      [`x-${round}`, b],
      [`y-${round}`, a],
    ];
    const answers = await Promise.allSettled(
      asked.map(async ([name, prefix]) => record(name, prefix, await lease(name, prefix))),
    );
    const records = await Promise.all([`x-${round}`, `y-${round}`].map((name) => state.spokes.readRecord(name)));
    const held = records.flatMap((found) => (found === null ? [] : [[found.value.name, found.value.addressPrefix]]));
    const leases = (await state.leases.list()).filter(({ spoke }) => spoke.endsWith(`-${round}`));
    expect(new Set(held.map(([, prefix]) => prefix)).size, JSON.stringify(answers)).toBe(held.length);
    expect(leases.map(({ spoke, prefix }) => [spoke, prefix]).sort()).toEqual(held.sort());
    for (const answer of answers) expect(["fulfilled", "NameTaken", "AddressPrefixOverlaps"]).toContain(codeOf(answer));
  }
}, 60_000);

test("the same request, twice at once: one record, both go on with it", async () => {
  const prefix = "10.132.0.0/22";
  const both = await Promise.all([1, 2].map(async () => record("twins", prefix, await lease("twins", prefix))));
  expect(both[0]).toEqual(both[1]);
});

test("so slow that another spoke has the prefix: the run ends, and the next one gets a prefix of its own", async () => {
  const slow = await lease("slow", null);
  expect(await lease("quick", slow, appAt(6))).toBe(slow);
  await expect(record("slow", null, slow, appAt(6))).rejects.toMatchObject({ status: 409 });
  const failed = (await state.spokes.readRecord("slow"))?.value;
  expect(failed).toMatchObject({ status: "Failed", error: { code: "AddressPrefixOverlaps" } });
  const again = leaseWish(configuration, asking("slow", null), failed ?? null, appAt(7).now());
  expect(await takePrefix(appAt(7), again)).not.toBe(slow);
});

test("so slow that the lease is gone, but nobody has the prefix: it is taken again", async () => {
  const prefix = await lease("forgotten", "10.133.0.0/22");
  await state.leases.release("forgotten");
  await record("forgotten", prefix, prefix);
  expect((await state.leases.list()).find(({ spoke }) => spoke === "forgotten")).toMatchObject({
    prefix,
    recorded: true,
  });
});
