import { correlationIdOf, formatTraceParent } from "../domain/trace-parent.ts";
import { measured } from "../telemetry/instruments.ts";
import { currentOperation, type Operation } from "../telemetry/operation.ts";
import { beginSpan, type OpenSpan } from "../telemetry/spans.ts";

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: { set(name: string, value: string): void };
}

/**
 * Each request to Resource Manager continues the trace of what asks for it: `traceparent` for whoever keeps traces, and
 * `x-ms-correlation-request-id`, which Azure writes into its activity log and its events, so that one id leads from the
 * portal's call through the run to what Azure did. Requests are counted here too, repeated ones included.
 */
export const correlation = {
  position: "perRetry" as const,
  policy: {
    name: "correlation",
    async sendRequest<Q extends Request, R extends { readonly status: number }>(
      request: Q,
      next: (request: Q) => Promise<R>,
    ): Promise<R> {
      const { method } = request;
      // Without the query: a poll's holds the token of its operation.
      const path = new URL(request.url).pathname;
      const resourceType = resourceTypeOf(path);
      const operation = currentOperation();
      const span = operation === null ? null : spanOf(operation, method, resourceType, path);
      if (operation !== null && span !== null) {
        request.headers.set("traceparent", formatTraceParent(span.trace));
        request.headers.set("x-ms-correlation-request-id", correlationIdOf(operation.trace));
      }
      let status = 0;
      try {
        const answer = await next(request);
        status = answer.status;
        return answer;
      } finally {
        measured.armCall({ method, resourceType, status });
        span?.end({ failed: status === 0 || status >= 400, attributes: { "http.response.status_code": status } });
      }
    },
  },
};

function spanOf(operation: Operation, method: string, resourceType: string, path: string): OpenSpan {
  return beginSpan({
    name: `${method} ${resourceType}`,
    kind: "client",
    parent: operation.trace,
    attributes: {
      "http.request.method": method,
      "resource.type": resourceType,
      "url.path": path,
      spoke: operation.spoke ?? "-",
    },
  });
}

/** The type that a path of Resource Manager is about: the segments after the last `providers`, without the names. */
export function resourceTypeOf(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const last = segments.map((segment) => segment.toLowerCase()).lastIndexOf("providers");
  if (last < 0) return /^\/+subscriptions\/[^/]+\/resourcegroups/i.test(path) ? "resourceGroups" : "subscriptions";
  const [namespace = "", ...rest] = segments.slice(last + 1);
  return [namespace, ...rest.filter((_segment, index) => index % 2 === 0)].join("/");
}
