import fc from "fast-check";
import { expect, test } from "vitest";
import {
  correlationIdOf,
  formatTraceParent,
  parseTraceParent,
  traceNamed,
} from "../../../shared/domain/trace-parent.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

test("a traceparent is read and written", () => {
  expect(parseTraceParent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, sampled: true });
  expect(parseTraceParent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId, sampled: false });
  expect(formatTraceParent({ traceId, spanId, sampled: true })).toBe(`00-${traceId}-${spanId}-01`);
});

test("a later version is read as far as it is known", () => {
  expect(parseTraceParent(`01-${traceId}-${spanId}-01-more`)).toEqual({ traceId, spanId, sampled: true });
});

test.each([
  null,
  undefined,
  "",
  "x",
  `ff-${traceId}-${spanId}-01`,
  `00-${"0".repeat(32)}-${spanId}-01`,
  `00-${traceId}-${"0".repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${traceId}-${spanId}`,
  `00-${traceId}-${spanId}-01\r\nx-injected: 1`,
  `00-${traceId}-${spanId}-01-${"a".repeat(600)}`,
])("%j is none", (header) => {
  expect(parseTraceParent(header)).toBeNull();
});

test("whatever comes, nothing but hexadecimal digits leaves", () => {
  fc.assert(
    fc.property(fc.string(), (noise) => {
      const read = parseTraceParent(`00-${traceId}-${spanId}-01${noise}`);
      if (read !== null) expect(formatTraceParent(read)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    }),
  );
});

test("Azure writes the trace as a GUID", () => {
  expect(correlationIdOf({ traceId })).toBe("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
});

test("what has a name has the same trace each time, and another than its neighbour", () => {
  expect(traceNamed("sweep-1")).toEqual(traceNamed("sweep-1"));
  expect(traceNamed("sweep-1").traceId).not.toBe(traceNamed("sweep-2").traceId);
  expect(parseTraceParent(formatTraceParent(traceNamed("sweep-1")))).toEqual(traceNamed("sweep-1"));
});
