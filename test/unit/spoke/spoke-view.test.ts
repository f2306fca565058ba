import { describe, expect, test } from "vitest";
import type { Plan } from "../../../shared/domain/plan.ts";
import type { JournalEntry } from "../../../shared/domain/run-journal.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { planChanges } from "../../../shared/spoke/plan.ts";
import { spokeView } from "../../../shared/spoke/spoke-view.ts";
import { allStanding, contractRequest, requestWith, stateOf } from "./example.ts";

const state = stateOf(contractRequest);

const record: SpokeRecord = {
  version: 1,
  name: "orders-prod",
  request: state.design.request,
  requester: { objectId: "o", name: "n" },
  status: "Running",
  revision: 1,
  addressPrefix: "10.20.0.0/22",
  tierSlots: {},
  resources: [],
  findings: state.findings,
  error: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
};

function planOf(of = state): Plan {
  const role = of.resources[0]?.id.toLowerCase() ?? "";
  const observed = new Map([...allStanding(of)].filter(([key]) => key === role));
  return planChanges({
    spoke: "orders-prod",
    desired: of.resources,
    observed,
    recorded: [],
    retiredSubnets: [],
    findings: [],
  });
}

const failure = { code: "X", message: "m", resourceId: null, remedy: "r" };
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const finished = (change: number, failed = false): JournalEntry[] => [
  { event: "started", change, at: at(1) },
  { event: "finished", change, at: at(2), action: "create", failure: failed ? failure : null },
];

describe("steps follow from their resources", () => {
  const plan = planOf();
  const indices = (step: number) =>
    plan.changes.flatMap((change, index) =>
      change.steps.includes(step as 1) && change.action !== "none" ? [index] : [],
    );
  const status = (journal: readonly JournalEntry[], number: number) =>
    spokeView(record, plan, journal).steps[number - 1]?.status;

  test("before there is a plan all seven are pending", () => {
    expect(spokeView(record, null, []).steps.map((step) => [step.number, step.status])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [n, "Pending"]),
    );
  });

  test("a step without resources does not apply", () => {
    const noGateway = { hostName: undefined, certificateSecretId: undefined };
    const alone = stateOf(requestWith({ topology: "standalone", outboundAccess: [] }, noGateway));
    const view = spokeView({ ...record, findings: alone.findings }, planOf(alone), []);
    expect(view.steps[5]?.status).toBe("NotApplicable");
  });

  test("pending, running, succeeded, failed", () => {
    const four = indices(4);
    expect(status([], 4)).toBe("Pending");
    expect(status([{ event: "started", change: four[0] ?? -1, at: at(1) }], 4)).toBe("Running");
    expect(status(finished(four[0] ?? -1), 4)).toBe("Running");
    expect(
      status(
        four.flatMap((index) => finished(index)),
        4,
      ),
    ).toBe("Succeeded");
    expect(
      status(
        four.flatMap((index, n) => finished(index, n === 1)),
        4,
      ),
    ).toBe("Failed");
  });

  test("an attempt after a failure runs again, and its end counts", () => {
    const [first = -1, ...rest] = indices(4);
    const again = [...rest.flatMap((index) => finished(index)), ...finished(first, true)];
    expect(status([...again, { event: "started", change: first, at: at(3) }], 4)).toBe("Running");
    expect(status([...again, ...finished(first)], 4)).toBe("Succeeded");
  });

  test("findings are told under their step", () => {
    const view = spokeView(record, plan, []);
    expect(view.steps[5]?.findings.map((finding) => finding.code)).toEqual(["ConditionalAccessNotVerified"]);
    expect(view.steps[6]?.findings).toEqual([]);
  });
});

describe("a run that ended", () => {
  const plan = planOf();
  const indexOf = (name: string) => plan.changes.findIndex((change) => change.id.endsWith(`/${name}`));
  const failed = { ...record, status: "Failed" as const, error: { ...failure, code: "Interrupted" } };
  const statuses = (view: ReturnType<typeof spokeView>) => view.steps.map((step) => step.status);

  test("what was begun and has no end failed, what was not begun is pending", () => {
    const started: JournalEntry = { event: "started", change: indexOf("asg-orders-prod-app"), at: at(1) };
    const view = spokeView(failed, plan, [...finished(indexOf("rg-orders-prod")), started]);
    expect(view.resources[started.change]).toMatchObject({
      status: "Failed",
      finishedAt: null,
      error: { code: "Interrupted", resourceId: view.resources[started.change]?.id },
    });
    expect(view.resources[indexOf("vnet-orders-prod")]?.status).toBe("Pending");
    // Step 2 was begun and has open resources; nothing of step 3 was.
    expect(statuses(view)).toEqual(["Pending", "Failed", "Pending", "Failed", "Pending", "Pending", "Pending"]);
  });

  test("while it runs the same journal says Running", () => {
    const started: JournalEntry = { event: "started", change: indexOf("asg-orders-prod-app"), at: at(1) };
    expect(spokeView(record, plan, [started]).resources[started.change]).toMatchObject({
      status: "Running",
      error: null,
    });
  });

  test("before anything was begun: the first step that is not done failed", () => {
    expect(statuses(spokeView(failed, plan, []))[0]).toBe("Failed");
  });

  test("a refused plan: the step of the resource that it names failed", () => {
    const refusedAt = (resourceId: string | null) =>
      statuses(spokeView({ ...failed, error: { ...failure, resourceId } }, null, [])).indexOf("Failed") + 1;
    expect(refusedAt(state.design.names.resourceGroup)).toBe(2);
    expect(refusedAt(state.resources[0]?.id ?? "")).toBe(1);
    expect(refusedAt(state.design.facts.storageAccount?.id ?? "")).toBe(5);
    expect(refusedAt(state.design.names.virtualNetwork)).toBe(5);
  });

  test("a refused plan that names no resource: step 1, so that a reader sees where nothing went on", () => {
    const view = spokeView(failed, null, []);
    expect(statuses(view)).toEqual(["Failed", ...Array(6).fill("Pending")]);
  });
});
