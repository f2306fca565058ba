import { Problem, problemAt } from "./problem.ts";
import type { Route } from "./route.ts";
import { isPathOf } from "./route-pattern.ts";

type Place = Pick<Route, "path" | "method">;

/** Routes that the API will have: they are told apart from what it never has. */
const laterRoutes: readonly Place[] = [{ path: "portal", method: "GET" }];

/**
 * Whatever is no route, so that it is refused like everything else: 401 for nobody, 405 (RFC 9110 §15.5.6) for
 * another method, 501 for what this version does not have yet, 404. The Functions host asks routes in the order of
 * their functions' names, whatever their paths: the name must come after all others. Methods that are not here, and
 * TRACE, of which the Functions library makes no request, the host itself answers with 404.
 */
export function unknownRoute(routes: readonly Route[]): Route {
  return {
    name: "zUnknownRoute",
    method: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
    path: "{*path}",
    roles: [],
    handle: async ({ request }) => {
      const path = new URL(request.url).pathname.replace(/^\/api\/?/i, "").replace(/\/$/, "");
      const methodsOf = (places: readonly Place[]): ReadonlySet<string> =>
        new Set(places.filter((place) => isPathOf(place.path, path)).flatMap(({ method }) => method));
      const [allowed, later] = [methodsOf(routes), methodsOf(laterRoutes)];
      if (later.has(request.method)) throw notInThisVersion(request.method, path);
      if (allowed.size > 0) throw methodNotAllowed([...allowed].sort());
      if (later.size > 0) throw notInThisVersion(request.method, path);
      throw problemAt(404, "There is no such route.", "", "NoSuchRoute", "GET /api/openapi.json tells all of them.");
    },
  };
}

function methodNotAllowed(allowed: readonly string[]): Problem {
  const list = allowed.join(", ");
  const errors = [{ pointer: "", code: "MethodNotAllowed", message: `Here are: ${list}.` }];
  return new Problem(405, "The route does not have this method.", errors, { allow: list });
}

function notInThisVersion(method: string, path: string): Problem {
  const message = `${method} /api/${path} is not built yet.`;
  return problemAt(501, "This version does not have the route.", "", "NotInThisVersion", message);
}
