import type { RpcTypedData } from "../core/core-api.ts";
import type { FunctionRegistry, RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { decodeText, type HostRequest, HttpError, json, type RequestHandler } from "../http/http-message.ts";

/**
 * The host's administration: `GET /admin/host/status`, `GET /admin/functions`, and `POST /admin/functions/{name}`, which
 * runs a function that HTTP does not trigger (Azure Functions, "Manually run a non HTTP-triggered function").
 * @param timerValue what a timer function is given
 */
export function serveAdmin(
  registry: FunctionRegistry,
  invoke: Invoke,
  timerValue: (registered: RegisteredFunction) => RpcTypedData,
  log: (message: string, error: unknown) => void,
): RequestHandler {
  return async (request) => {
    const [admin = "", area = "", ...names] = request.url.pathname.split("/").slice(1);
    if (admin.toLowerCase() !== "admin") {
      return undefined;
    }
    const name = decodeText(names.join("/"));
    switch (`${request.method} ${area.toLowerCase()}`) {
      case "GET host":
        return name.toLowerCase() === "status" ? json(200, { state: "Running" }) : undefined;
      case "GET functions":
        return list(registry, name);
      case "POST functions": {
        const registered = find(registry, name);
        const input = await inputOf(registered, request, timerValue);
        invoke(registered, input).catch((error: unknown) => log(`Function "${registered.name}" failed.`, error));
        return { status: 202 };
      }
      default:
        return undefined;
    }
  };
}

function list(registry: FunctionRegistry, name: string) {
  const describe = (registered: RegisteredFunction) => ({ name: registered.name, trigger: registered.trigger.type });
  return json(200, name === "" ? registry.list().map(describe) : describe(find(registry, name)));
}

function find(registry: FunctionRegistry, name: string): RegisteredFunction {
  const registered = registry.find(name);
  if (!registered) {
    throw new HttpError(404, `There is no function "${name}".`);
  }
  return registered;
}

async function inputOf(
  registered: RegisteredFunction,
  request: HostRequest,
  timerValue: (registered: RegisteredFunction) => RpcTypedData,
): Promise<RpcTypedData> {
  switch (registered.trigger.type.toLowerCase()) {
    case "timertrigger":
      return timerValue(registered);
    case "eventgridtrigger":
    case "queuetrigger":
    case "activitytrigger":
      return { string: await readInput(request) };
    default:
      throw new HttpError(400, `Function "${registered.name}" (${registered.trigger.type}) cannot be run this way.`);
  }
}

/** The field `input` of the body. */
async function readInput(request: HostRequest): Promise<string> {
  const text = (await request.body()).toString("utf8");
  try {
    const { input = "" } = JSON.parse(text || "{}") as { input?: unknown };
    return typeof input === "string" ? input : JSON.stringify(input);
  } catch {
    throw new HttpError(400, "The body is not JSON.");
  }
}
