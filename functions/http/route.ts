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
import { type Caller, callerOf, type Role } from "./caller.ts";
import { Problem, problemOf, problemResponse } from "./problem.ts";

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

/**
 * Registers a route: 401 for nobody, 403 without a needed role, and every error as problem+json. The Functions key is
 * no protection here (`authLevel: anonymous`): the platform's sign-in is.
 */
export function registerRoute(compose: Composition, route: Route): void {
  const handler: HttpHandler = async (request, context) => withCorrelation(await answer(request, context));
  const answer: HttpHandler = async (request, context) => {
    try {
      const configuration = await compose.configuration();
      const caller = callerOf(request.headers, compose.platformAuthenticates, configuration.tenantId);
      if (caller === null) throw new Problem(401, "Sign in first.", [], { "www-authenticate": "Bearer" });
      if (route.roles.length > 0 && !route.roles.some((role) => caller.roles.has(role))) {
        throw new Problem(403, `This needs the role ${route.roles.join(" or ")}.`);
      }
      return await route.handle({ request, caller, context });
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) context.error(error);
      return problemResponse(problem ?? new Problem(500, "The tool failed unexpectedly; the log has the reason."));
    }
  };
  app.http(route.name, {
    methods: [route.method].flat(),
    route: route.path,
    authLevel: "anonymous",
    extraInputs: [...(route.inputs ?? [])],
    handler,
  });
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
