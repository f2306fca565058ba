import {
  app,
  type FunctionInput,
  type HttpHandler,
  type HttpMethod,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from "@azure/functions";
import { correlationIdOf } from "../../shared/domain/trace-parent.ts";
import { currentOperation } from "../../shared/telemetry/operation.ts";
import type { Composition } from "../composition.ts";
import { bringsPrincipal, type Caller, callerOf, type Role } from "./caller.ts";
import { Problem, problemOf, problemResponse } from "./problem.ts";

type Access = Pick<Composition, "configuration" | "platformAuthenticates">;

/** What a handler gets: the request, who asks, and the invocation (for bindings and the log). */
export interface Asked {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly context: InvocationContext;
}

export interface Route {
  readonly name: string;
  readonly method: HttpMethod | readonly HttpMethod[];
  /** Below `/api`. */
  readonly path: string;
  /** One of these roles is needed; none means that anybody who signed in may ask. */
  readonly roles: readonly Role[];
  readonly inputs?: readonly FunctionInput[];
  handle(asked: Asked): Promise<HttpResponseInit>;
}

/** Registers a route. The Functions key is no protection here (`authLevel: anonymous`): the platform's sign-in is. */
export function registerRoute(compose: Composition, route: Route): void {
  app.http(route.name, {
    methods: [route.method].flat(),
    route: route.path,
    authLevel: "anonymous",
    extraInputs: [...(route.inputs ?? [])],
    handler: routeHandler(compose, route),
  });
}

/**
 * A route as Functions calls it: 401 for nobody, 403 without a needed role, both before anything else of the call is
 * looked at (its body too, however large) or asked of Azure or the state; and every error as problem+json.
 */
export function routeHandler(compose: Access, route: Pick<Route, "roles" | "handle">): HttpHandler {
  return async (request, context) => {
    try {
      const caller = await allowedCaller(compose, route, request);
      return withCorrelation(await route.handle({ request, caller, context }));
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) context.error(error);
      const told = problem ?? new Problem(500, "The tool failed unexpectedly; the log has the reason.");
      return withCorrelation(problemResponse(told));
    }
  };
}

/** @throws Problem 401, 403 */
async function allowedCaller(compose: Access, { roles }: Pick<Route, "roles">, request: HttpRequest): Promise<Caller> {
  const { platformAuthenticates } = compose;
  // Who brings no identity is told so even where the configuration cannot be read.
  if (!bringsPrincipal(request.headers, platformAuthenticates)) throw signInFirst();
  const { tenantId } = await compose.configuration();
  const caller = callerOf(request.headers, platformAuthenticates, tenantId);
  if (caller === null) throw signInFirst();
  if (roles.length > 0 && !roles.some((role) => caller.roles.has(role)))
    throw new Problem(403, `This needs the role ${roles.join(" or ")}.`);
  return caller;
}

function signInFirst(): Problem {
  return new Problem(401, "Sign in first.", [], { "www-authenticate": "Bearer" });
}

/** Every answer names its trace as Azure's activity log will: what to give to whoever looks into the log. */
function withCorrelation(response: HttpResponseInit): HttpResponseInit {
  const operation = currentOperation();
  if (operation === null) return response;
  const headers = new Headers(response.headers);
  headers.set("x-ms-correlation-request-id", correlationIdOf(operation.trace));
  return { ...response, headers };
}

/** A JSON answer that no cache keeps. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponseInit {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}
