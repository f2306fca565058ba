import { expect, test } from "vitest";
import { operationOfInvocation } from "../../../functions/telemetry/operation-of-invocation.ts";

const caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const sameTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-1111111111111111-00";
const otherTrace = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2222222222222222-00";

const invocation = (type: string, traceParent?: string) => ({
  functionName: "example",
  traceContext: { traceParent },
  options: { trigger: { type, name: "trigger" }, extraInputs: [], extraOutputs: [] },
});
const request = (path: string, params: Record<string, string>, traceparent?: string) => ({
  url: `https://app.example${path}`,
  params,
  headers: new Headers(traceparent === undefined ? {} : { traceparent }),
});

test("a call: its trace, and the spoke of its path", () => {
  const { name, spoke, trace } = operationOfInvocation(
    invocation("httpTrigger", otherTrace),
    request("/api/spokes/orders-prod/connectivity", { name: "orders-prod" }, caller),
  );
  expect([name, spoke, trace.traceId, trace.spanId]).toEqual([
    "example",
    "orders-prod",
    "4bf92f3577b34da6a3ce929d0e0e4736",
    "00f067aa0ba902b7",
  ]);
});

test("what cannot be the name of a spoke is no spoke's", () => {
  for (const name of ["Orders", "a\nRun 1 is done.", "x".repeat(8000)]) {
    const call = request("/api/spokes/x", { name });
    expect(operationOfInvocation(invocation("httpTrigger"), call).spoke).toBe(null);
  }
});

test("the host's place in the caller's trace is the nearer one", () => {
  const { trace } = operationOfInvocation(invocation("httpTrigger", sameTrace), request("/api/spokes", {}, caller));
  expect(trace.spanId).toBe("1111111111111111");
});

test("a call without a trace, or with nonsense for one, gets the host's; without a host's a new one", () => {
  for (const header of [undefined, "nonsense"]) {
    const call = request("/api/changes/7/undo", { id: "7" }, header);
    const { trace, spoke } = operationOfInvocation(invocation("httpTrigger", otherTrace), call);
    expect([trace.traceId, spoke]).toEqual(["a".repeat(32), null]);
    expect(operationOfInvocation(invocation("httpTrigger"), call).trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  }
});

test.each([
  ["activityTrigger", { name: "orders-prod", revision: 3, change: 4, traceparent: caller }],
  ["orchestrationTrigger", { history: [], input: JSON.stringify({ name: "orders-prod", traceparent: caller }) }],
])("%s of a run: the trace of who asked for it", (type, input) => {
  const { trace, spoke } = operationOfInvocation(invocation(type, otherTrace), input);
  expect([trace.traceId, spoke]).toEqual(["4bf92f3577b34da6a3ce929d0e0e4736", "orders-prod"]);
});

test.each([{ sweepId: "20261127" }, { pass: "20261127", subscriptionId: "x" }])(
  "%j: one trace in all its activities, whatever the host says",
  (input) => {
    const one = operationOfInvocation(invocation("activityTrigger", otherTrace), input);
    const other = operationOfInvocation(invocation("activityTrigger", sameTrace), { ...input, index: 7 });
    expect(one.trace.traceId).toBe(other.trace.traceId);
    expect(one.trace.traceId).not.toBe("a".repeat(32));
  },
);

test.each([undefined, null, 7, "text", { input: "no json" }, { name: 7, traceparent: {} }])(
  "an input of another shape (%j) breaks nothing",
  (input) => {
    for (const type of ["httpTrigger", "orchestrationTrigger", "activityTrigger", "timerTrigger", "queueTrigger"]) {
      expect(operationOfInvocation(invocation(type, otherTrace), input).spoke).toBeNull();
    }
  },
);
