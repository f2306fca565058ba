import { expect, test } from "vitest";
import { correlation, resourceTypeOf } from "../../../shared/azure/correlation.ts";
import { inOperation } from "../../../shared/telemetry/operation.ts";

const trace = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", sampled: true };
const url = "https://management.azure.com/subscriptions/1/resourceGroups/a?api-version=2025-04-01";

async function headersOf(send: (request: { method: string; url: string; headers: Headers }) => Promise<unknown>) {
  const request = { method: "GET", url, headers: new Headers() };
  await send(request);
  return request.headers;
}
const answered = () => Promise.resolve({ status: 200 });

test("a request continues the trace, each in a place of its own, under one correlation id", async () => {
  const send = () => headersOf((request) => correlation.policy.sendRequest(request, answered));
  const [one, other] = await inOperation({ name: "applyResource", spoke: "a", trace }, () =>
    Promise.all([send(), send()]),
  );
  for (const headers of [one, other]) {
    expect(headers?.get("x-ms-correlation-request-id")).toBe("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
    expect(headers?.get("traceparent")).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
  }
  expect(one?.get("traceparent")).not.toBe(other?.get("traceparent"));
});

test("outside of any operation nothing is added", async () => {
  const headers = await headersOf((request) => correlation.policy.sendRequest(request, answered));
  expect([...headers]).toEqual([]);
});

test("a request that gets no answer fails as it did", async () => {
  const lost = correlation.policy.sendRequest({ method: "GET", url, headers: new Headers() }, () =>
    Promise.reject(new Error("ECONNRESET")),
  );
  await expect(lost).rejects.toThrow("ECONNRESET");
});

test.each([
  ["/subscriptions/1", "subscriptions"],
  ["/subscriptions/1/resourcegroups/a", "resourceGroups"],
  [
    "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/v",
    "Microsoft.Network/virtualNetworks",
  ],
  [
    "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
    "Microsoft.Network/virtualNetworks/subnets",
  ],
  [
    "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/v/providers/Microsoft.Authorization/roleAssignments/g",
    "Microsoft.Authorization/roleAssignments",
  ],
  ["//subscriptions/1/providers/Microsoft.Insights/diagnosticSettings/x", "Microsoft.Insights/diagnosticSettings"],
])("%s is about %s", (path, type) => {
  expect(resourceTypeOf(new URL(`https://management.azure.com${path}?api-version=x`).pathname)).toBe(type);
});
