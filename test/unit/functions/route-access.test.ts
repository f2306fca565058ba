import { type HttpMethod, HttpRequest, type InvocationContext } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { type Composition, compose } from "../../../functions/composition.ts";
import type { Role } from "../../../functions/http/caller.ts";
import { openapiDocument } from "../../../functions/http/openapi/openapi-document.ts";
import { type Route, routeHandler } from "../../../functions/http/route.ts";
import { routes } from "../../../functions/http/routes.ts";
import { claimsWith, clientPrincipal, objectIdClaim, tenantIdClaim } from "../../fixtures/client-principal.ts";
import { contractRoutes } from "../../fixtures/contract-routes.ts";
import { configuration } from "../domain/contract-request.ts";

const allRoles: readonly Role[] = ["Read", "Request", "Operate", "Approve"];
const everybody = clientPrincipal(claimsWith(allRoles));
const claims = claimsWith(allRoles);
const otherTenant = "00000000-0000-4000-8000-000000000000";

const app = routes(compose({}));
const lineOf = ({ method, path, roles }: Pick<Route, "method" | "path" | "roles">) =>
  `${[method].flat().join()} ${path} ${[...roles].sort().join()}`;

describe("the table of routes is whole", () => {
  const contract = contractRoutes.map((route) => lineOf({ ...route, path: route.path.slice(1) })).sort();

  test("it is the app's own list, and beside it only the route that answers for whatever is none", () => {
    const known = app.filter(({ name }) => name !== "zUnknownRoute");
    expect(known.map(lineOf).sort()).toEqual(contract);
    expect(known).toHaveLength(app.length - 1);
  });

  test("it is the OpenAPI document's", () => {
    const paths = openapiDocument().paths as Record<string, Record<string, { security: Record<string, Role[]>[] }>>;
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => {
        const roles = security.flatMap(({ entra = [] }) => entra);
        return lineOf({ method: method.toUpperCase() as HttpMethod, path: path.slice(1), roles });
      }),
    );
    expect(told.sort()).toEqual(contract);
  });
});

/** A composition of which nothing but what tells who is asking may be touched. */
function untouchable(environment: Readonly<Record<string, string>>, reads: string[]): Composition {
  const { platformAuthenticates } = compose(environment);
  const open: Partial<Composition> = {
    platformAuthenticates,
    configuration: async () => {
      reads.push("configuration");
      return configuration;
    },
  };
  return new Proxy(open as Composition, {
    get: (target, name) => {
      if (name in target) return target[name as keyof Composition];
      throw new Error(`${String(name)} was touched for a caller who is refused`);
    },
  });
}

interface Told {
  readonly status: number | undefined;
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly bodyUsed: boolean;
  readonly logged: unknown[];
  readonly reads: string[];
}

/** Asks one of the app's own routes, with a body that is too large and no JSON. */
async function ask(
  { name }: Route,
  header: string | null,
  environment: Readonly<Record<string, string>> = { WEBSITE_AUTH_ENABLED: "True" },
  handle?: Route["handle"],
): Promise<Told> {
  const [reads, logged]: [string[], unknown[]] = [[], []];
  const composition = untouchable(environment, reads);
  const route = routes(composition).find((each) => each.name === name);
  if (route === undefined) throw new Error(`There is no route ${name}`);
  const method = [route.method].flat()[0] ?? "GET";
  const body = method === "GET" ? {} : { body: { string: "x".repeat(300 * 1024) } };
  const request = new HttpRequest({
    method,
    url: `https://app.example/api/${route.path.replace(/\{\*?(\w+)\}/g, "a")}`,
    params: { name: "a", id: "a" },
    headers: header === null ? {} : { "x-ms-client-principal": header },
    ...body,
  });
  const context = { error: (...what: unknown[]) => logged.push(what) } as unknown as InvocationContext;
  const answer = await routeHandler(composition, { ...route, ...(handle && { handle }) })(request, context);
  const init = answer as { status?: number; body?: string; headers?: Record<string, string> };
  const title = init.body === undefined ? "" : (JSON.parse(init.body) as { title: string }).title;
  return { status: init.status, title, headers: init.headers ?? {}, bodyUsed: request.bodyUsed, logged, reads };
}

const unauthenticated = { status: 401, title: "Sign in first.", bodyUsed: false, logged: [] };

const nobody: readonly (readonly [string, string | null])[] = [
  ["no principal", null],
  ["an empty header", ""],
  ["what is no base64", "%%%"],
  ["what is no JSON", Buffer.from("{").toString("base64")],
  ["null", Buffer.from("null").toString("base64")],
  ["an empty object", Buffer.from("{}").toString("base64")],
  ["two headers, joined as HTTP does", `${everybody}, ${everybody}`],
  ["no claims", clientPrincipal(undefined)],
  ["claims of another shape", clientPrincipal({ [objectIdClaim]: "o", [tenantIdClaim]: "t" })],
  ["another tenant", clientPrincipal(claimsWith(allRoles, otherTenant))],
  ["a second tenant", clientPrincipal([...claims, { typ: "tid", val: otherTenant }])],
  ["no tenant", clientPrincipal(claims.filter(({ typ }) => typ !== tenantIdClaim))],
  ["no object id", clientPrincipal(claims.filter(({ typ }) => typ !== objectIdClaim))],
  ["two object ids", clientPrincipal([...claims, { typ: "oid", val: "another" }])],
  ...["google", "github", "apple", "AAD2", null, 7].map(
    (provider) => [`the identity provider ${provider}`, clientPrincipal(claims, { auth_typ: provider })] as const,
  ),
];

describe.each(app)("$method $path", (route) => {
  test.each(nobody)("%s: 401, nothing read", async (_what, header) => {
    const told = await ask(route, header);
    expect(told).toMatchObject(unauthenticated);
    expect(told.headers).toMatchObject({
      "content-type": "application/problem+json",
      "www-authenticate": "Bearer",
      "cache-control": "no-store",
    });
  });

  test.each([[undefined], [""], ["False"], ["false"], ["0"], ["1"], ["yes"]])(
    "authentication off (WEBSITE_AUTH_ENABLED %s): 401 for a principal that has everything, nothing read",
    async (value) => {
      const environment: Record<string, string> = value === undefined ? {} : { WEBSITE_AUTH_ENABLED: value };
      expect(await ask(route, everybody, environment)).toMatchObject({ ...unauthenticated, reads: [] });
    },
  );

  const wrong = route.roles.length === 0 ? [] : allRoles.filter((role) => !route.roles.includes(role));
  test("each role alone: 403 where it is not the route's, and no role at all", async () => {
    for (const roles of route.roles.length === 0 ? [] : [...wrong.map((role) => [role]), [], wrong, ["read", "Owner"]])
      expect(await ask(route, clientPrincipal(claimsWith(roles))), roles.join()).toMatchObject({
        status: 403,
        title: `This needs the role ${route.roles.join(" or ")}.`,
        bodyUsed: false,
        logged: [],
      });
  });

  test("each role of the route alone gets through", async () => {
    for (const role of route.roles.length === 0 ? allRoles : route.roles) {
      const reached = async () => ({ status: 299 });
      expect((await ask(route, clientPrincipal(claimsWith([role])), undefined, reached)).status, role).toBe(299);
    }
  });
});

test("who brings no identity gets 401 also where the configuration cannot be read; who brings one, 500", async () => {
  const broken = compose({ WEBSITE_AUTH_ENABLED: "True", PLATFORM_CONFIGURATION_FILE: "none.json" });
  const statusOf = async (headers: Record<string, string>) => {
    const request = new HttpRequest({ method: "GET", url: "https://app.example/api/spokes", headers });
    const reached = async () => ({ status: 299 });
    const context = { error: () => undefined } as unknown as InvocationContext;
    return (await routeHandler(broken, { roles: ["Read"], handle: reached })(request, context)) as { status: number };
  };
  expect((await statusOf({})).status).toBe(401);
  expect((await statusOf({ "x-ms-client-principal": everybody })).status).toBe(500);
});
