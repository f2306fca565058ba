import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

const sub = `/subscriptions/${firstSubscription}`;
const rg = `${sub}/resourceGroups/rg-Requests`;
const version = "api-version=2025-04-01";
const network = "api-version=2026-01-01";
const asg = `${rg}/providers/Microsoft.Network/applicationSecurityGroups`;

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
  await azure.request("PUT", `${rg}?${version}`, { location: "westeurope" });
});
afterAll(() => azure.stop());

const codeOf = (answer: { body: unknown }) => (answer.body as { error?: { code: string } }).error?.code;

describe("paths", () => {
  it("collapses the double slash that clients send for scopes with a leading slash", async () => {
    const answer = await azure.request(
      "GET",
      `//subscriptions/${firstSubscription}/resourceGroups/rg-Requests?${version}`,
    );
    expect(answer.status).toBe(200);
  });

  it("compares without regard to case and shows the id as first written", async () => {
    await azure.request("PUT", `${asg}/Asg-Casing?${network}`, { location: "westeurope" });
    const path = `/SUBSCRIPTIONS/${firstSubscription}/RESOURCEGROUPS/RG-requests/PROVIDERS/microsoft.network/APPLICATIONsecurityGROUPS/ASG-CASING`;
    const answer = await azure.request("PUT", `${path}?${network}`, { location: "westeurope", tags: { again: "yes" } });
    expect(answer.status).toBe(200);
    expect((answer.body as { id: string }).id).toBe(`${asg}/Asg-Casing`);
    expect((answer.body as { type: string }).type).toBe("Microsoft.Network/applicationSecurityGroups");
  });

  it("decodes percent-encoding", async () => {
    const answer = await azure.request("GET", `${sub}/resource%47roups/rg%2DRequests?${version}`);
    expect(answer.status).toBe(200);
  });

  it.each(["..", "%2e%2e", "a%2fb", "%00", "%zz"])("refuses the segment %s", async (segment) => {
    const answer = await azure.request("GET", `${sub}/resourceGroups/${segment}?${version}`);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe("InvalidRequestUri");
  });

  it("answers 501 to what it does not model, and never succeeds silently", async () => {
    for (const path of [
      `${rg}/providers/Microsoft.Quantum/workspaces/q`,
      `${rg}/providers/Microsoft.Network/expressRouteCircuits/e`,
      `${sub}/tagNames`,
    ]) {
      const answer = await azure.request("GET", `${path}?${version}`);
      expect([path, answer.status]).toEqual([path, 501]);
    }
  });

  it("knows no foreign namespace", async () => {
    const answer = await azure.request("GET", `${rg}/providers/Contoso.Things/x/y?${version}`);
    expect([answer.status, codeOf(answer)]).toEqual([404, "InvalidResourceNamespace"]);
  });
});

describe("api-versions", () => {
  it.each([
    ["", "MissingApiVersionParameter"],
    ["api-version=1999-01-01", "NoRegisteredProviderFound"],
    ["api-version=latest", "InvalidApiVersionParameter"],
  ])("refuses '%s'", async (query, code) => {
    const answer = await azure.request("GET", `${asg}?${query}`);
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
  });
});

describe("bodies", () => {
  const put = (text: string) => azure.request("PUT", `${asg}/asg-body?${network}`, undefined, { text });

  it.each(["", "no json", "[]", "null", '"text"', '{"location": "westeurope", "properties": []}'])(
    "refuses %j",
    async (text) => {
      const answer = await put(text);
      expect([answer.status, codeOf(answer)]).toEqual([400, "InvalidRequestContent"]);
    },
  );

  it("demands a location that Azure has", async () => {
    expect(codeOf(await put("{}"))).toBe("LocationRequired");
    expect(codeOf(await put('{"location": "atlantis"}'))).toBe("LocationNotAvailableForResourceType");
  });

  it("keeps the location", async () => {
    await put('{"location": "westeurope"}');
    const moved = await put('{"location": "northeurope"}');
    expect([moved.status, codeOf(moved)]).toEqual([409, "InvalidResourceLocation"]);
  });

  it("refuses a body of more than 4 MiB", async () => {
    const answer = await put(JSON.stringify({ location: "westeurope", tags: { a: "x".repeat(4_300_000) } }));
    expect(answer.status).toBe(413);
  });

  it("refuses tags that are no texts, and names that Azure does not take", async () => {
    expect(codeOf(await put('{"location": "westeurope", "tags": {"a": 1}}'))).toBe("InvalidRequestContent");
    const name = await azure.request("PUT", `${asg}/bad%3Cname?${network}`, { location: "westeurope" });
    expect([name.status, codeOf(name)]).toEqual([400, "InvalidResourceName"]);
  });
});

describe("scopes", () => {
  it("knows no foreign subscription and no missing resource group", async () => {
    const foreign = await azure.request("GET", `/subscriptions/00000000-0000-0000-0000-000000000000?${version}`);
    expect([foreign.status, codeOf(foreign)]).toEqual([404, "SubscriptionNotFound"]);
    for (const method of ["GET", "PUT", "DELETE"]) {
      const path = `${sub}/resourceGroups/rg-missing/providers/Microsoft.Network/applicationSecurityGroups/a`;
      const body = method === "PUT" ? { location: "westeurope" } : undefined;
      const answer = await azure.request(method, `${path}?${network}`, body);
      expect([answer.status, codeOf(answer)]).toEqual([404, "ResourceGroupNotFound"]);
    }
  });

  it("refuses a write of a provider that is not registered, until it is", async () => {
    const resources = azure.resources();
    await resources.providers.unregister("Microsoft.Network");
    const refused = await azure.request("PUT", `${asg}/asg-late?${network}`, { location: "westeurope" });
    expect([refused.status, codeOf(refused)]).toEqual([409, "MissingSubscriptionRegistration"]);
    const registered = await resources.providers.register("Microsoft.Network");
    expect(registered.registrationState).toBe("Registered");
    const accepted = await azure.request("PUT", `${asg}/asg-late?${network}`, { location: "westeurope" });
    expect(accepted.status).toBe(201);
  });
});

describe("lists", () => {
  it("pages with nextLink", async () => {
    const names = Array.from({ length: 105 }, (_, index) => `asg-page-${String(index).padStart(3, "0")}`);
    await Promise.all(
      names.map((name) => azure.request("PUT", `${asg}/${name}?${network}`, { location: "westeurope" })),
    );
    const first = await azure.request("GET", `${asg}?${network}`);
    expect((first.body as { nextLink?: string }).nextLink).toContain("skiptoken");
    const seen: string[] = [];
    for await (const each of azure.network().applicationSecurityGroups.list("rg-requests")) seen.push(each.name ?? "");
    expect(names.filter((name) => !seen.includes(name))).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("filters the generic list by tag and by type", async () => {
    const tags = { "zero-trust-spoke": "orders" };
    await azure.request("PUT", `${asg}/asg-tagged?${network}`, { location: "westeurope", tags });
    const byTag: (string | undefined)[] = [];
    const filter = "tagName eq 'zero-trust-spoke' and tagValue eq 'orders'";
    for await (const each of azure.resources().resources.list({ filter })) byTag.push(each.name);
    expect(byTag).toEqual(["asg-tagged"]);
    const others: (string | undefined)[] = [];
    const byType = "resourceType eq 'Microsoft.Network/routeTables'";
    for await (const each of azure.resources().resources.list({ filter: byType })) others.push(each.name);
    expect(others).toEqual([]);
    const unknown = await azure.request("GET", `${sub}/resources?${version}&$filter=plan%20eq%20'x'`);
    expect(unknown.status).toBe(501);
  });

  it("lists resource groups by tag", async () => {
    await azure.resources().resourceGroups.createOrUpdate("rg-tagged", { location: "westeurope", tags: { team: "a" } });
    const found: (string | undefined)[] = [];
    for await (const each of azure
      .resources()
      .resourceGroups.list({ filter: "tagName eq 'team' and tagValue eq 'a'" })) {
      found.push(each.name);
    }
    expect(found).toEqual(["rg-tagged"]);
  });
});

describe("subscriptions", () => {
  it("lists them all for the owner and none for a principal without a role", async () => {
    const all = await azure.request("GET", `/subscriptions?${version}`);
    expect((all.body as { value: unknown[] }).value).toHaveLength(31);
    const none = await azure.request("GET", `/subscriptions?${version}`, undefined, { as: appPrincipal });
    expect((none.body as { value: unknown[] }).value).toEqual([]);
  });

  it("shows tenant, locations and providers", async () => {
    expect((await azure.request("GET", `/tenants?${version}`)).text).toContain("99999999-9999-4999-8999-999999999999");
    expect((await azure.request("GET", `${sub}/locations?${version}`)).text).toContain("westeurope");
    const provider = await azure.resources().providers.get("Microsoft.Network");
    expect(provider.resourceTypes?.map((type) => type.resourceType)).toContain("virtualNetworks/subnets");
  });
});
