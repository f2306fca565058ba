import { expect, test } from "vitest";
import { compose } from "../../../functions/composition.ts";
import { operations } from "../../../functions/http/openapi/operations/index.ts";
import { isPathOf } from "../../../functions/http/route-pattern.ts";
import { routes } from "../../../functions/http/routes.ts";

const all = routes(compose({}));
const known = all.filter(({ path }) => path !== "{*path}");

// The Functions host sorts functions by name, without regard to case, and asks their routes in this order
// (azure-functions-host, FunctionMetadataManager; azure-webjobs-sdk-extensions, WebJobsRouteBuilder).
test("the route for everything else is the last that the Functions host asks", () => {
  const names = all.map(({ name }) => name.toUpperCase()).sort();
  expect(names.at(-1)).toBe("ZUNKNOWNROUTE");
  expect(new Set(names).size).toBe(names.length);
});

test("no two routes take the same call, whichever is asked first", () => {
  const calls = known.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
  expect(new Set(calls).size).toBe(calls.length);
});

test("the OpenAPI document tells of every route, with the roles that it asks for", () => {
  const told = operations.map(({ method, path, roles }) => [`${method.toUpperCase()} ${path}`, [...roles].sort()]);
  expect(known.map(({ method, path, roles }) => [`${method} /${path}`, [...roles].sort()]).sort()).toEqual(told.sort());
});

test.each<[string, string, boolean]>([
  ["spokes/{name}", "spokes/a", true],
  ["spokes/{name}", "Spokes/a", true],
  ["spokes/{name}", "spokes/", false],
  ["spokes/{name}", "spokes", false],
  ["spokes/{name}", "spokes/a/b", false],
  ["spokes/{name}/topology.svg", "spokes/a/topology.svg", true],
  ["spokes/{name}/topology.svg", "spokes/a/topologyxsvg", false],
])("%s and %s", (route, path, is) => {
  expect(isPathOf(route, path)).toBe(is);
});
