import { expect, test } from "vitest";
import { runAsOperation } from "../../../functions/telemetry/run-as-operation.ts";
import { currentOperation } from "../../../shared/telemetry/operation.ts";

const trace = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", sampled: true };
const operation = { name: "applyResource", spoke: "orders-prod", trace };
const silent = { error: () => {}, log: () => {} };
const failing = (error: unknown) => runAsOperation(operation, "activityTrigger", silent, () => Promise.reject(error));

test("what a function throws leaves the app without secrets", async () => {
  const error = new Error("Storage refused ?sig=s3cr3tvalue ; ask again.");
  await expect(failing(error)).rejects.toBe(error);
  expect(error.message).toBe("Storage refused ?sig=[secret] ; ask again.");
  expect(error.stack).not.toContain("s3cr3tvalue");
  expect(error.stack).toContain("run-as-operation.test");
});

test("an error whose message cannot be written is thrown without secrets too", async () => {
  const error = new DOMException("GET https://a.blob.core.windows.net/c?sig=s3cr3tvalue", "TimeoutError");
  await expect(failing(error)).rejects.toBe(error);
  expect(error.message).toBe("GET https://a.blob.core.windows.net/c?sig=[secret]");
  expect(error.name).toBe("TimeoutError");
});

test.each([
  ["timerTrigger", "error"],
  ["activityTrigger", "log"],
  ["queueTrigger", "log"],
])("what a function of a %s throws is a line of its operation, by %s", async (trigger, level) => {
  const lines: unknown[] = [];
  const to =
    (name: string) =>
    (...parts: unknown[]) =>
      lines.push([name, parts, currentOperation()?.name]);
  const error = new Error("It cannot be reached.");
  const failed = runAsOperation(operation, trigger, { error: to("error"), log: to("log") }, () =>
    Promise.reject(error),
  );
  await expect(failed).rejects.toBe(error);
  expect(lines).toEqual([[level, ["applyResource failed:", error], "applyResource"]]);
});

test("whatever else is thrown stays as it is", async () => {
  await expect(failing("no error")).rejects.toBe("no error");
});

test("an orchestrator runs in the trace of its input itself: it has no span", async () => {
  expect(await runAsOperation(operation, "orchestrationTrigger", silent, currentOperation)).toBe(operation);
  const running = await runAsOperation(operation, "activityTrigger", silent, currentOperation);
  expect(running?.trace.traceId).toBe(trace.traceId);
  expect(running?.trace.spanId).not.toBe(trace.spanId);
});
