import type { RestError } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  appPrincipal,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../local-azure.ts";
import { groupId, makeGroup, makeStorageAccount, makeVirtualNetwork, putResource } from "./resources.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure.stop());

const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
const networkApi = "2026-01-01";
type Row = Record<string, unknown>;

interface QueryAnswer {
  readonly totalRecords: number;
  readonly count: number;
  readonly resultTruncated: string;
  readonly skipToken?: string;
  readonly data: Row[];
}

interface QueryOptions {
  readonly as?: string;
  readonly subscriptions?: string[];
  readonly managementGroups?: string[];
  readonly options?: Record<string, unknown>;
}

async function query(text: string, { as, ...request }: QueryOptions = {}): Promise<QueryAnswer> {
  return (await azure.resourceGraph(as).resources({ query: text, ...request })) as unknown as QueryAnswer;
}

async function refused(text: string, options: QueryOptions = {}): Promise<[number | undefined, string[]]> {
  try {
    await query(text, options);
  } catch (error) {
    const { statusCode, details } = error as RestError;
    const { error: body } = details as { error: { details: { code: string }[] } };
    return [statusCode, body.details.map(({ code }) => code)];
  }
  throw new Error(`${text} was answered`);
}

const inGroup = (group: string) => `resourceGroup == '${group}'`;
const nsgId = (group: string, name: string) => `${group}/providers/Microsoft.Network/networkSecurityGroups/${name}`;
const rule = (index: number) => ({
  name: `rule-${index}`,
  properties: {
    protocol: "Tcp",
    sourcePortRange: "*",
    sourceAddressPrefix: "10.0.0.0/8",
    destinationPortRange: String(1000 + index),
    destinationAddressPrefix: "*",
    access: "Allow",
    priority: 100 + index,
    direction: "Inbound",
  },
});

describe("rows", () => {
  test("a network security group is shown as its GET shows it, its rules as no rows of their own", async () => {
    const group = await makeGroup(azure, "rg-Rows");
    const id = nsgId(group, "nsg-Rows");
    const body = { location: "westeurope", tags: { owner: "me" }, properties: { securityRules: [rule(1)] } };
    await putResource(azure, id, networkApi, body);
    const subnet = { name: "a", properties: { addressPrefix: "10.9.0.0/24", networkSecurityGroup: { id } } };
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
    await putResource(azure, network, networkApi, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.9.0.0/16"] }, subnets: [subnet] },
    });
    const { properties } = (await azure.request("GET", `${id}?api-version=${networkApi}`)).body as Row;
    const { data } = await query(`resources | where ${inGroup("rg-rows")} and type has 'networksecuritygroups'`);
    expect(data).toEqual([
      {
        id,
        name: "nsg-Rows",
        type: "microsoft.network/networksecuritygroups",
        tenantId: "99999999-9999-4999-8999-999999999999",
        kind: "",
        location: "westeurope",
        resourceGroup: "rg-rows",
        subscriptionId: firstSubscription,
        managedBy: "",
        sku: null,
        plan: null,
        properties,
        tags: { owner: "me" },
        identity: null,
        zones: null,
        extendedLocation: null,
      },
    ]);
    expect(properties).toMatchObject({ subnets: [{ id: `${network}/subnets/a` }], provisioningState: "Succeeded" });
    expect((properties as { defaultSecurityRules: unknown[] }).defaultSecurityRules).toHaveLength(6);
    const all = await query(`resources | where ${inGroup("rg-rows")} | distinct type | order by type asc`);
    expect(all.data.map(({ type }) => type)).toEqual([
      "microsoft.network/networksecuritygroups",
      "microsoft.network/virtualnetworks",
    ]);
  });

  test("a storage account has its kind and sku; the subnets of a network are in its row", async () => {
    const group = await makeGroup(azure, "rg-kinds");
    await makeStorageAccount(azure, group, "stgraphkinds");
    await makeVirtualNetwork(azure, group, "vnet-kinds");
    const { data } = await query(
      `resources | where ${inGroup("rg-kinds")} | order by name asc | project name, kind, sku.name, array_length(properties.subnets)`,
    );
    expect(data).toEqual([
      { name: "stgraphkinds", kind: "StorageV2", sku_name: "Standard_LRS", Column4: null },
      { name: "vnet-kinds", kind: "", sku_name: null, Column4: 2 },
    ]);
  });

  test("subscriptions and resource groups are containers", async () => {
    await makeGroup(azure, "rg-Container");
    const subscriptions = await query(
      "resourcecontainers | where type == 'microsoft.resources/subscriptions' | mv-expand group = properties.managementGroupAncestorsChain | project subscriptionId, group = tostring(group.name)",
    );
    expect(subscriptions.totalRecords).toBe(31);
    expect(subscriptions.data.at(-1)).toEqual({
      subscriptionId: platformSubscription,
      group: "99999999-9999-4999-8999-999999999999",
    });
    const { data } = await query("resourcecontainers | where name == 'rg-Container'");
    expect(data).toMatchObject([
      {
        id: groupId("rg-Container"),
        type: "microsoft.resources/subscriptions/resourcegroups",
        resourceGroup: "rg-container",
        properties: { provisioningState: "Succeeded" },
      },
    ]);
  });

  test("in the format of a table", async () => {
    const options = { resultFormat: "table" };
    const answer = await query("resourcecontainers | where name == 'Platform' | project name, properties.state", {
      options,
    });
    expect(answer.data).toEqual({
      columns: [
        { name: "name", type: "string" },
        { name: "properties_state", type: "object" },
      ],
      rows: [["Platform", "Enabled"]],
    });
  });
});

describe("who asks sees what it may read", () => {
  const user = "77777777-7777-4777-8777-000000000004";

  test("by role assignments of any scope; a subscription without one gives no rows", async () => {
    expect(await refused("resources", { as: user })).toEqual([400, ["NoValidSubscriptionsInQueryRequest"]]);
    const group = await makeGroup(azure, "rg-visible");
    await putResource(azure, nsgId(group, "nsg-seen"), networkApi, { location: "westeurope", properties: {} });
    await putResource(azure, nsgId(group, "nsg-unseen"), networkApi, { location: "westeurope", properties: {} });
    const roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const scope = nsgId(group, "nsg-seen");
    await azure
      .authorization()
      .roleAssignments.create(scope, "11110000-0000-4000-8000-000000000001", { roleDefinitionId, principalId: user });
    const seen = await query("resources | project name", { as: user });
    expect(seen.data).toEqual([{ name: "nsg-seen" }]);
    const scoped = { as: user, subscriptions: [firstSubscription, platformSubscription] };
    expect((await query("resources | count", scoped)).data).toEqual([{ Count: 1 }]);
    expect((await query("resourcecontainers | count", scoped)).data).toEqual([{ Count: 0 }]);
    const elsewhere = await refused("resources", { as: user, subscriptions: [platformSubscription] });
    expect(elsewhere).toEqual([400, ["NoValidSubscriptionsInQueryRequest"]]);
  });

  test("a role that reads one type shows that type alone", async () => {
    await using withRoles = await startLocalAzure({
      rolesDir: new URL("../../../../infra/roles", import.meta.url).pathname,
    });
    const client = withRoles.resourceGraph(appPrincipal);
    const answer = await client.resources({
      query: "resources | distinct type",
      subscriptions: [platformSubscription],
    });
    const types = (answer.data as { type: string }[]).map(({ type }) => type);
    expect(types).toContain("microsoft.network/virtualnetworks");
    expect(types).not.toContain("microsoft.network/firewallpolicies");
    expect(types).not.toContain("microsoft.eventgrid/systemtopics");
    expect(types.length).toBeGreaterThan(0);
  });

  test("subscriptions and management groups narrow the scope", async () => {
    const inPlatform = await query("resources | distinct subscriptionId", {
      subscriptions: [platformSubscription.toUpperCase()],
    });
    expect(inPlatform.data).toEqual([{ subscriptionId: platformSubscription }]);
    const root = { managementGroups: ["99999999-9999-4999-8999-999999999999"] };
    expect((await query("resources | count", root)).data).toEqual((await query("resources | count")).data);
    expect(await refused("resources", { managementGroups: ["mg-unknown"] })).toEqual([403, ["AccessDenied"]]);
    const both = { ...root, subscriptions: [firstSubscription] };
    expect(await refused("resources", both)).toEqual([400, ["InvalidParameter"]]);
    const groups =
      "resourcecontainers | where type == 'microsoft.management/managementgroups' | project properties.displayName";
    expect((await query(groups, root)).data).toEqual([{ properties_displayName: "Tenant Root Group" }]);
    expect((await query(groups, { subscriptions: [firstSubscription] })).data).toEqual([]);
    expect(await refused("resources", { subscriptions: ["not-a-guid"] })).toEqual([
      400,
      ["SubscriptionsContainInvalidGuids"],
    ]);
  });
});

describe("pages", () => {
  const all = `resources | where ${inGroup("rg-pages")} | project id, name | order by id asc`;
  beforeAll(async () => {
    const group = groupId("rg-pages");
    const groups = Array.from({ length: 25 }, (_, index) => ({
      id: nsgId(group, `nsg-${String(index).padStart(2, "0")}`),
      body: { location: "westeurope", properties: {} },
    }));
    await azure.control("POST", "resources", { value: [{ id: group, body: { location: "westeurope" } }, ...groups] });
  });

  async function pages(options: Record<string, unknown>): Promise<QueryAnswer[]> {
    const found = [await query(all, { options })];
    for (let token = found[0]?.skipToken; token !== undefined; token = found.at(-1)?.skipToken) {
      found.push(await query(all, { options: { ...options, skipToken: token } }));
    }
    return found;
  }

  test("follow one another without a gap or a repetition, also of other sizes", async () => {
    const found = await pages({ top: 10 });
    expect(found.map(({ count, totalRecords, resultTruncated }) => [count, totalRecords, resultTruncated])).toEqual([
      [10, 25, "false"],
      [10, 25, "false"],
      [5, 25, "false"],
    ]);
    const names = found.flatMap(({ data }) => data.map(({ name }) => name));
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(25);
    const second = await query(all, { options: { top: 3, skipToken: found[0]?.skipToken } });
    expect(second.data.map(({ name }) => name)).toEqual(["nsg-10", "nsg-11", "nsg-12"]);
    expect((await query(all, { options: { skip: 23 } })).data.map(({ name }) => name)).toEqual(["nsg-23", "nsg-24"]);
  });

  test("a token of another query, scope, caller or making is refused", async () => {
    const { skipToken } = await query(all, { options: { top: 10 } });
    const options = { top: 10, skipToken };
    const invalid = [400, ["InvalidSkipToken"]];
    expect(await refused(`${all} `, { options })).toEqual(invalid);
    expect(await refused(all, { options, subscriptions: [firstSubscription] })).toEqual(invalid);
    for (const forged of ["", "MTA", Buffer.from("10.AAAA").toString("base64url")]) {
      expect(await refused(all, { options: { skipToken: forged } })).toEqual(invalid);
    }
  });

  test("a token outlives the process", async () => {
    const first = await startLocalAzure();
    const list = "resources | project id | order by id asc";
    const ask = async (on: LocalAzure, options: object) =>
      (await on.resourceGraph().resources({ query: list, options })) as unknown as QueryAnswer;
    const before = await ask(first, { top: 4 });
    await first.kill();
    {
      await using second = await startLocalAzure({ dataDir: first.dataDir });
      const rest = await ask(second, { skipToken: before.skipToken });
      expect([...before.data, ...rest.data]).toEqual((await ask(second, {})).data);
    }
    await first.stop();
  });

  test("are not given where the query limits itself or has dynamic columns alone", async () => {
    const limited = await query(`${all} | take 20`, { options: { top: 10 } });
    expect(limited).toMatchObject({ count: 10, totalRecords: 20, resultTruncated: "true" });
    expect(limited.skipToken).toBeUndefined();
    const dynamic = await query(`resources | where ${inGroup("rg-pages")} | project properties`, {
      options: { top: 10 },
    });
    expect(dynamic).toMatchObject({ count: 10, resultTruncated: "true" });
    expect(dynamic.skipToken).toBeUndefined();
  });

  test("are not given to a summary; skip counts for nothing beside take", async () => {
    const summary = await query(`resources | where ${inGroup("rg-pages")} | summarize count() by name`, {
      options: { top: 10 },
    });
    expect(summary).toMatchObject({ count: 10, totalRecords: 25, resultTruncated: "true" });
    expect(summary.skipToken).toBeUndefined();
    const taken = await query(`${all} | take 2`, { options: { skip: 1 } });
    expect(taken.data.map(({ name }) => name)).toEqual(["nsg-00", "nsg-01"]);
  });

  test("of more than 16 MiB are refused, smaller ones pass", async () => {
    const group = groupId("rg-heavy");
    const rules = Array.from({ length: 1000 }, (_, index) => rule(index));
    const heavy = Array.from({ length: 30 }, (_, index) => ({
      id: nsgId(group, `nsg-${index}`),
      body: { location: "westeurope", properties: { securityRules: rules } },
    }));
    await azure.control("POST", "resources", { value: [{ id: group, body: { location: "westeurope" } }, ...heavy] });
    const text = `resources | where ${inGroup("rg-heavy")}`;
    expect(await refused(text)).toEqual([400, ["ResponsePayloadTooLarge"]]);
    expect((await query(text, { options: { top: 10 } })).count).toBe(10);
  });
});

describe("refusals", () => {
  test.each([
    ["resources | join kind=inner (resourcecontainers) on subscriptionId", "InvalidQueryLanguage"],
    ["resources | where name = 'a'", "ParserFailure"],
    ["resources | where nothing == 'a'", "SemanticError"],
  ])("%s", async (text, code) => {
    expect(await refused(text)).toEqual([400, ["InvalidQuery", code]]);
  });

  test("a table that local Azure has not", async () => {
    expect(await refused("policyresources")).toEqual([400, ["DisallowedLogicalTableName"]]);
    expect(await refused("constructor")).toEqual([400, ["DisallowedLogicalTableName"]]);
  });

  test("options out of their range, and what is not modelled", async () => {
    expect(await refused("resources", { options: { top: 1001 } })).toEqual([400, ["InvalidParameter"]]);
    const facets = await azure.request("POST", path, { query: "resources", facets: [{ expression: "type" }] });
    expect(facets.status).toBe(501);
    const above = { query: "resources", options: { authorizationScopeFilter: "AtScopeAndAbove" } };
    expect((await azure.request("POST", path, above)).status).toBe(501);
    expect((await azure.request("POST", path, "nonsense")).status).toBe(400);
    expect((await azure.request("POST", path, undefined, { authorized: false })).status).toBe(401);
  });
});

describe("the quota", () => {
  test("is 15 queries in a window, for each user, and is told with every answer", async () => {
    await using slow = await startLocalAzure({ speed: 1 });
    const token = await slow.token();
    const headers = { authorization: `Bearer ${token}` };
    const ask = (text = "resources | count") =>
      slow.request("POST", path, { query: text }, { authorized: false, headers });
    const answers = [];
    for (let index = 0; index < 15; index += 1) answers.push(await ask(index === 1 ? "resources | frob" : undefined));
    expect(answers.map(({ status }) => status)).toEqual([200, 400, ...Array.from({ length: 13 }, () => 200)]);
    expect(answers.map((answer) => answer.headers["x-ms-user-quota-remaining"])).toEqual(
      Array.from({ length: 15 }, (_, index) => String(14 - index)),
    );
    const throttled = await ask();
    expect(throttled.status).toBe(429);
    expect(throttled.body).toMatchObject({ error: { code: "RateLimiting", details: [{ code: "RateLimiting" }] } });
    expect(throttled.headers["x-ms-user-quota-remaining"]).toBe("0");
    expect(throttled.headers["x-ms-user-quota-resets-after"]).toMatch(/^00:00:0[1-5]$/);
    expect(Number(throttled.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    const other = await slow.request("POST", path, { query: "resources" }, { as: appPrincipal });
    expect(other.headers["x-ms-user-quota-remaining"]).toBe("14");
  });
});

describe("a lag", () => {
  test("lets Resource Graph see what stood then", async () => {
    const group = await makeGroup(azure, "rg-lag");
    const [gone, late] = [nsgId(group, "nsg-gone"), nsgId(group, "nsg-late")];
    await putResource(azure, gone, networkApi, { location: "westeurope", properties: {} });
    await azure.control("POST", "resource-graph", { lagSeconds: 3600 });
    await azure.network().networkSecurityGroups.delete("rg-lag", "nsg-gone");
    await putResource(azure, late, networkApi, { location: "westeurope", properties: {} });
    const names = async () => {
      const { data } = await query(`resources | where ${inGroup("rg-lag")} | project name`);
      return data.map(({ name }) => name);
    };
    expect(await names()).toEqual(["nsg-gone"]);
    await azure.control("POST", "resource-graph", { lagSeconds: 0 });
    expect(await names()).toEqual(["nsg-late"]);
  });
});
