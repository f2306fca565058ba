import { afterEach, expect, test, vi } from "vitest";
import type { AzureClients } from "../../../shared/azure/clients.ts";
import { directoryPort } from "../../../shared/azure/directory.ts";
import { publicAzure } from "../../../shared/azure/settings.ts";
import { withTransientRetry } from "../../../shared/azure/transient-retry.ts";

const clients = {
  settings: publicAzure,
  credential: async () => ({ getToken: async () => ({ token: "secret-token", expiresOnTimestamp: 0 }) }),
  attempt: (resourceId, operation) =>
    withTransientRetry(operation, {
      resourceId,
      deadline: 1_000,
      settling: 0,
      now: () => 0,
      sleep: async () => {},
      random: () => 0,
    }),
} as Pick<AzureClients, "settings" | "credential" | "attempt"> as AzureClients;

afterEach(() => vi.unstubAllGlobals());

/** Microsoft Graph that answers one after another; gives back the paths that it was asked for. */
function graph(...answers: [number, unknown][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    asked.push(`${url.origin}${url.pathname}`);
    const [status, body] = answers.splice(0, 1)[0] ?? [500, {}];
    return Response.json(body, { status });
  });
  return asked;
}

const notFound: [number, unknown] = [404, { error: { code: "Request_ResourceNotFound", message: "none" } }];
const lookUp = () => directoryPort(clients).lookUpSecurityGroup("22222222-2222-2222-2222-222222222222");

test("a security group", async () => {
  const asked = graph([200, { displayName: "Orders network managers", securityEnabled: true, groupTypes: [] }]);
  expect(await lookUp()).toEqual({ kind: "security-group", displayName: "Orders network managers" });
  expect(asked).toEqual(["https://graph.microsoft.com/v1.0/groups/22222222-2222-2222-2222-222222222222"]);
});

test.each([
  ["a distribution list", { securityEnabled: false, groupTypes: [] }],
  ["a Microsoft 365 group, security-enabled or not", { securityEnabled: true, groupTypes: ["Unified"] }],
])("%s is another group", async (_name, group) => {
  graph([200, { displayName: "Everyone", ...group }]);
  expect(await lookUp()).toEqual({ kind: "other-group", displayName: "Everyone" });
});

test.each([
  ["#microsoft.graph.user", "user"],
  ["#microsoft.graph.servicePrincipal", "service-principal"],
  ["#microsoft.graph.device", "unknown"],
])("what is no group is looked up as an object: %s", async (type, kind) => {
  graph(notFound, [200, { "@odata.type": type }]);
  expect(await lookUp()).toEqual({ kind });
});

test("an id that nobody knows", async () => {
  graph(notFound, notFound);
  expect(await lookUp()).toEqual({ kind: "unknown" });
});

test("throttling passes, a refusal is typed and holds no token", async () => {
  graph([429, {}], [200, { displayName: "A", securityEnabled: true }]);
  expect(await lookUp()).toMatchObject({ kind: "security-group" });
  graph([
    403,
    { error: { code: "Authorization_RequestDenied", message: "Insufficient privileges. Bearer secret-token" } },
  ]);
  const error = await lookUp().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "RefusedError", failure: { code: "Authorization_RequestDenied" } });
  expect(JSON.stringify(error)).not.toContain("secret-token");
});
