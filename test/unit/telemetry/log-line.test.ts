import { expect, test } from "vitest";
import { logLine } from "../../../functions/telemetry/log-line.ts";

const trace = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", sampled: true };

test("a line says spoke, operation and correlation id", () => {
  expect(logLine("The run ends early.", { name: "applyResource", spoke: "orders-prod", trace })).toBe(
    "The run ends early. [spoke=orders-prod operation=applyResource correlationId=4bf92f35-77b3-4da6-a3ce-929d0e0e4736]",
  );
});

test("what belongs to no spoke, or to no function, says so", () => {
  expect(logLine("A pass.", { name: "sweepCompliance", spoke: null, trace })).toContain(
    "[spoke=- operation=sweepCompliance",
  );
  expect(logLine("Starting.", null)).toBe("Starting. [spoke=- operation=start correlationId=-]");
});

test("a name out of an address cannot forge a line", () => {
  const line = logLine("x", { name: "getSpoke", spoke: "a] admin\n2026 info forged [", trace });
  expect(line).not.toContain("\n");
  expect(line.match(/[[\]]/g)).toHaveLength(2);
});

test("a secret in a message does not reach the line", () => {
  expect(logLine("GET https://a/b?sig=s3cr3t", null)).not.toContain("s3cr3t");
});
