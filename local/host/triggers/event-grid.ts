import type { FunctionRegistry, RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { type HostRequest, type HostResponse, HttpError, json, type RequestHandler } from "../http/http-message.ts";

const path = "/runtime/webhooks/eventgrid";

/**
 * The webhook by which Event Grid reaches the app's functions: `?functionName=X`, events in the Event Grid or the
 * CloudEvents schema. Each event is one call; a failure of any makes Event Grid deliver again.
 */
export function serveEventGrid(
  registry: FunctionRegistry,
  invoke: Invoke,
  log: (message: string, error: unknown) => void,
): RequestHandler {
  return async (request) => {
    if (request.url.pathname.toLowerCase() !== path) {
      return undefined;
    }
    const name = request.url.searchParams.get("functionName") ?? "";
    const registered = registry.find(name, "eventGridTrigger");
    if (!registered) {
      throw new HttpError(404, `There is no Event Grid function "${name}".`);
    }
    if (request.method === "OPTIONS") {
      return allowOrigin(request);
    }
    if (request.method !== "POST") {
      throw new HttpError(400, "Events are posted.");
    }
    switch (request.headers["aeg-event-type"]?.toLowerCase()) {
      case "subscriptionvalidation":
        return validate(await readEvents(request));
      case "notification":
        return notify(registered, invoke, await readEvents(request), log);
      case "unsubscribe":
        return { status: 202 };
      default:
        throw new HttpError(400, "The header aeg-event-type is missing or unknown.");
    }
  };
}

/** The handshake of CloudEvents (CloudEvents HTTP webhook specification, section 4). */
function allowOrigin({ headers }: HostRequest): HostResponse {
  const origin = headers["webhook-request-origin"];
  if (!origin) {
    throw new HttpError(400, "The header WebHook-Request-Origin is missing.");
  }
  return {
    status: 200,
    headers: [
      ["WebHook-Allowed-Origin", origin],
      ["WebHook-Allowed-Rate", "*"],
    ],
  };
}

async function readEvents(request: HostRequest): Promise<unknown[]> {
  try {
    const events: unknown = JSON.parse((await request.body()).toString("utf8"));
    return Array.isArray(events) ? events : [events];
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new HttpError(400, "The body is not JSON.");
    }
    throw error;
  }
}

function validate([event]: unknown[]): HostResponse {
  const code = (event as { data?: { validationCode?: unknown } } | null)?.data?.validationCode;
  if (typeof code !== "string") {
    throw new HttpError(400, "The validation event has no validation code.");
  }
  return json(200, { validationResponse: code });
}

async function notify(
  registered: RegisteredFunction,
  invoke: Invoke,
  events: unknown[],
  log: (message: string, error: unknown) => void,
): Promise<HostResponse> {
  const calls = events.map((event) => invoke(registered, { json: JSON.stringify(event) }));
  const failed = (await Promise.allSettled(calls)).filter((call) => call.status === "rejected");
  for (const { reason } of failed) {
    log(`Function "${registered.name}" failed.`, reason);
  }
  return { status: failed.length === 0 ? 202 : 500 };
}
