import { AppLoadError, type FunctionRegistry, type RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { toHostResponse, toTriggerValue } from "../http/http-conversion.ts";
import type { RequestHandler } from "../http/http-message.ts";
import { parseRouteTemplate, type RouteTemplate } from "../http/route-template.ts";

interface HttpRoute {
  registered: RegisteredFunction;
  template: RouteTemplate;
  /** In upper case; empty = every method. */
  methods: string[];
}

/**
 * Serves the app's HTTP functions. Routes are asked in the order of the functions' names, whatever their form, as the
 * Functions host does (its FunctionMetadataManager sorts by name, its route builder keeps that order). A path that matches with another method is 404, as on the Functions host.
 * Function keys are not asked for, as with Core Tools.
 * @param routePrefix of host.json
 * @throws AppLoadError for a route that cannot be understood or belongs to the host
 */
export function serveHttpTriggers(
  registry: FunctionRegistry,
  invoke: Invoke,
  routePrefix: string,
  log: (message: string, error: unknown) => void,
): RequestHandler {
  const routes = registry
    .list("httpTrigger")
    .map((registered) => toRoute(registered, routePrefix))
    .sort((one, other) => compareNames(one.registered.name, other.registered.name));
  return async (request) => {
    const path = request.url.pathname.replace(/^\//, "").replace(/\/$/, "");
    const segments = path === "" ? [] : path.split("/");
    for (const { registered, template, methods } of routes) {
      const params = methods.length === 0 || methods.includes(request.method) ? template.match(segments) : undefined;
      if (params) {
        const input = await toTriggerValue(request, params);
        try {
          return toHostResponse((await invoke(registered, input, {}, request.headers.traceparent)).returnValue);
        } catch (error) {
          log(`Function "${registered.name}" failed.`, error);
          return { status: 500 };
        }
      }
    }
    return undefined;
  };
}

function compareNames(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : Number(a > b);
}

function toRoute(registered: RegisteredFunction, routePrefix: string): HttpRoute {
  const { route, methods } = registered.trigger as { route?: string; methods?: string[] };
  const own = route || registered.name;
  const full = routePrefix === "" ? own : `${routePrefix}/${own.replace(/^\//, "")}`;
  if (/^\/?(admin|runtime)(\/|$)/i.test(full)) {
    throw new AppLoadError(`Function "${registered.name}": the route "${full}" is reserved to the host.`);
  }
  try {
    return {
      registered,
      template: parseRouteTemplate(full),
      methods: (methods ?? []).map((method) => method.toUpperCase()),
    };
  } catch (error) {
    throw new AppLoadError(`Function "${registered.name}": ${(error as Error).message}`, { cause: error });
  }
}
