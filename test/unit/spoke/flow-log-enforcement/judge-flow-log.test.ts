import { describe, expect, test } from "vitest";
import type { FlowLogCoverage } from "../../../../shared/domain/flow-log-coverage.ts";
import type { DesiredResource, ObservedResource } from "../../../../shared/domain/resource.ts";
import { judgeFlowLog, type NetworkCase } from "../../../../shared/spoke/flow-log-enforcement/judge-flow-log.ts";
import { contractRequest, resourceOf, stateOf } from "../example.ts";
import { exemption } from "../exemption-example.ts";

const type = "Microsoft.Network/networkWatchers/flowLogs";
const now = "2026-11-27T12:00:00.000Z";
const hoursAgo = (hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString();
const flowLog = resourceOf(stateOf(contractRequest), type) as DesiredResource<typeof type>;

const standing: ObservedResource<typeof type> = {
  id: flowLog.id,
  type,
  body: flowLog.body,
  etag: null,
  provisioningState: "Succeeded",
  native: {},
};
const usual: NetworkCase = {
  network: { id: flowLog.body.targetResourceId, name: "vnet-orders-prod", location: "westeurope", tags: {} },
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  spoke: "orders-prod",
  desired: flowLog,
  standing,
  amendments: [],
  runningInterfaces: 1,
  before: null,
  madeAt: null,
  now,
  silence: 3 * 3_600_000,
};
const judged = async (changes: Partial<NetworkCase>, newest: string | null = hoursAgo(1)) =>
  (await judgeFlowLog({ ...usual, ...changes }, async () => newest)).coverage;
const exempt = (tolerated: readonly string[]) =>
  exemption({ createdAt: hoursAgo(1), expiresAt: hoursAgo(-1), resourceId: flowLog.id, tolerated });
const codes = ({ findings }: FlowLogCoverage) => findings.map(({ code }) => code);

test("a log that stands as it shall and wrote of late covers its network", async () => {
  const coverage = await judged({});
  expect(coverage).toMatchObject({ state: "Covered", newestBlob: hoursAgo(1), findings: [], flowLogId: flowLog.id });
});

test("a network without a log, and one whose log is off, are told apart; neither is asked for its records", async () => {
  const never = async () => {
    throw new Error("asked");
  };
  const missing = await judgeFlowLog({ ...usual, standing: null }, never);
  expect(missing.coverage.state).toBe("Missing");
  expect(codes(missing.coverage)).toEqual(["FlowLogMissing"]);
  expect(missing.change?.action).toBe("create");
  const off = await judgeFlowLog(
    { ...usual, standing: { ...standing, body: { ...standing.body, enabled: false } } },
    never,
  );
  expect(off.coverage.state).toBe("Wrong");
  expect(off.coverage.differences).toEqual([{ pointer: "/enabled", desired: true, observed: false }]);
  expect(off.change?.action).toBe("update");
});

test("a log to other storage, with other retention or without analytics is wrong", async () => {
  const { body } = standing;
  const other = [
    { ...body, storageId: `${body.storageId}x` },
    { ...body, retentionDays: 1 },
    { ...body, trafficAnalytics: { ...body.trafficAnalytics, enabled: false } },
    { ...body, userAssignedIdentityId: null },
  ];
  for (const changed of other) expect((await judged({ standing: { ...standing, body: changed } })).state).toBe("Wrong");
});

test("without usable storage the network cannot be covered", async () => {
  expect(codes(await judged({ desired: null, standing: null }))).toEqual(["FlowLogStorageMissing"]);
});

test("an exemption from having it is kept, and no record is asked for", async () => {
  const { coverage, change } = await judgeFlowLog(
    { ...usual, standing: null, amendments: [exempt([""])] },
    async () => null,
  );
  expect(coverage.state).toBe("Missing");
  expect(change).toBeNull();
});

describe("a log that somebody is exempted from having as it shall be", () => {
  const off = { ...standing, body: { ...standing.body, enabled: false } };

  test("is neither asked for records nor switched on where it is off", async () => {
    for (const tolerated of [[""], ["/enabled"]]) {
      const the = { ...usual, standing: off, amendments: [exempt(tolerated)] };
      const { coverage, change } = await judgeFlowLog(the, async () => {
        throw new Error("asked");
      });
      expect(coverage).toMatchObject({ state: "Covered", newestBlob: null });
      expect(change).toBeNull();
    }
  });

  test("is told as silent and not touched where all of it is exempt", async () => {
    const the = { ...usual, amendments: [exempt([""])] };
    const { coverage, change } = await judgeFlowLog(the, async () => hoursAgo(9));
    expect(coverage.state).toBe("Silent");
    expect(change).toBeNull();
  });
});

describe("trap 25: a log that stands as it shall and writes nothing", () => {
  test("is silent once its newest record is older than the limit, where a machine runs", async () => {
    const coverage = await judged({}, hoursAgo(3.1));
    expect(coverage.state).toBe("Silent");
    expect(codes(coverage)).toEqual(["FlowLogSilent"]);
    expect((await judged({}, hoursAgo(2.9))).state).toBe("Covered");
    expect((await judged({}, null)).state).toBe("Silent");
  });

  test("is not where no machine runs: there is nothing to be written", async () => {
    const coverage = await judged({ runningInterfaces: 0 }, hoursAgo(100));
    expect(coverage).toMatchObject({ state: "Covered", newestBlob: null });
  });

  test("has its time after the spoke was made, after it was written, and after the first machine came", async () => {
    const before = await judged({ runningInterfaces: 0 }, null);
    expect((await judged({ madeAt: hoursAgo(1) }, null)).state).toBe("Covered");
    expect((await judged({ madeAt: hoursAgo(4) }, null)).state).toBe("Silent");
    expect((await judged({ madeAt: hoursAgo(1) }, hoursAgo(9))).state).toBe("Silent");
    const written = { ...before, runningInterfaces: 1, writtenAt: hoursAgo(1) };
    expect((await judged({ before: written }, null)).state).toBe("Covered");
    expect((await judged({ before: written }, hoursAgo(9))).state).toBe("Silent");
    expect((await judged({ before: { ...written, restarts: 1 } }, hoursAgo(9))).state).toBe("Covered");
    const started = await judged({ before }, hoursAgo(100));
    expect(started).toMatchObject({ state: "Covered", runningSince: now });
    const still = { ...before, runningInterfaces: 1, runningSince: hoursAgo(4) };
    expect((await judged({ before: still }, hoursAgo(100))).state).toBe("Silent");
  });

  test("that was restarted three times for nothing is a person's to look at, until it writes again", async () => {
    const before = { ...(await judged({})), restarts: 3, writtenAt: hoursAgo(5) };
    expect(codes(await judged({ before }, hoursAgo(9)))).toEqual(["FlowLogStaysSilent"]);
    expect(await judged({ before }, hoursAgo(1))).toMatchObject({ state: "Covered", restarts: 0 });
  });
});
