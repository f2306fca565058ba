import { afterAll, beforeAll, expect, test } from "vitest";
import { configuredStack } from "./configured-stack.ts";
import { idsOf, requestWith } from "./portal.ts";

const ipamPoolId =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-addresses/providers/Microsoft.Network/networkManagers/nm-platform/ipamPools/pool-spokes";
const staticCidrs = `${ipamPoolId}/staticCidrs`;

let run: Awaited<ReturnType<typeof configuredStack>>;

beforeAll(async () => {
  const addressPools = {
    westeurope: { ipamPoolId, addressPrefixes: ["10.112.0.0/18"] },
    northeurope: { ipamPoolId, addressPrefixes: ["10.116.0.0/22"] },
    swedencentral: ["10.96.0.0/12"],
  };
  run = await configuredStack({ addressPools });
}, 120_000);

afterAll(() => run?.stop());

const request = (name: string, changes: object = {}) =>
  requestWith(
    { name, addressPrefix: undefined, managementAccess: [], outboundAccess: [], ...changes },
    { flows: [], hostName: undefined, certificateSecretId: undefined },
  );

interface Held {
  readonly id: string;
  readonly name: string;
  readonly properties: { readonly addressPrefixes: readonly string[] };
}

const held = async (): Promise<Held[]> => (await run.portal.arm("GET", staticCidrs)).body.value;
const heldFor = async (name: string) =>
  (await held())
    .filter((cidr) => cidr.name.startsWith(`spoke-${name}-`))
    .flatMap((cidr) => cidr.properties.addressPrefixes);

async function remove(name: string) {
  expect((await run.portal.call("DELETE", `/api/spokes/${name}`)).status).toBe(202);
  return run.portal.settled(name);
}

test("ten requests at once get ten prefixes of the pool, each held for its spoke and standing in Azure", async () => {
  const names = Array.from({ length: 10 }, (_, index) => `pool-${index}`);
  const answers = await Promise.all(names.map((name) => run.portal.call("POST", "/api/spokes", request(name))));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 202));
  const views = await Promise.all(names.map((name) => run.portal.settled(name, 150)));
  expect(views.map(({ status }) => status)).toEqual(names.map(() => "Succeeded"));
  expect(new Set(views.map(({ addressPrefix }) => addressPrefix)).size).toBe(10);
  for (const { name, addressPrefix } of views) {
    expect(await heldFor(name)).toEqual([addressPrefix]);
    const network = await run.portal.arm("GET", idsOf(name).vnet);
    expect(network.body.properties.addressSpace.addressPrefixes).toEqual([addressPrefix]);
  }
}, 180_000);

test("the same again writes nothing; a removal gives the prefix back, and the next spoke gets it", async () => {
  const view = (await run.portal.call("GET", "/api/spokes/pool-0")).body;
  await run.portal.writesOfApp();
  await run.portal.provision(request("pool-0"), "PUT");
  expect(await run.portal.writesOfApp()).toEqual([]);
  expect((await remove("pool-0")).status).toBe("Removed");
  expect(await heldFor("pool-0")).toEqual([]);
  expect((await run.portal.provision(request("heir"))).addressPrefix).toBe(view.addressPrefix);
}, 90_000);

test("a preview tells the prefix and takes nothing", async () => {
  const before = await held();
  await run.portal.writesOfApp();
  const preview = await run.portal.call("POST", "/api/spokes/plan", request("looks"));
  expect(preview.status).toBe(200);
  expect(preview.body.addressPrefix).toMatch(/^10\.112\.\d+\.0\/22$/);
  expect(await run.portal.writesOfApp()).toEqual([]);
  expect(await held()).toEqual(before);
});

test("a pool that is used up: 409 with what to do; free again when its spoke goes", async () => {
  const asked = (name: string) => request(name, { location: "northeurope" });
  expect((await run.portal.provision(asked("only"))).addressPrefix).toBe("10.116.0.0/22");
  for (const path of ["/api/spokes", "/api/spokes/plan"]) {
    const answer = await run.portal.call("POST", path, asked("too-many"));
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toMatchObject([{ pointer: "/addressPrefix", code: "AddressPoolExhausted" }]);
  }
  await remove("only");
  await run.portal.provision(asked("too-many"));
}, 90_000);

test("a prefix of one's own choice in the pool: taken by another team 409 naming the pool, free it is taken out", async () => {
  const taken = { properties: { addressPrefixes: ["10.112.60.0/23"] } };
  await run.portal.arm("PUT", `${staticCidrs}/other-team`, taken);
  const refused = await run.portal.call("POST", "/api/spokes", request("chosen", { addressPrefix: "10.112.60.0/22" }));
  expect(refused.status).toBe(409);
  expect(refused.body.errors).toMatchObject([{ pointer: "/addressPrefix", code: "AddressPrefixOverlaps" }]);
  expect(refused.body.errors[0].message).toContain("pool-spokes");
  await run.portal.arm("DELETE", `${staticCidrs}/other-team`);
  await run.portal.provision(request("chosen", { addressPrefix: "10.112.60.0/22" }));
  expect(await heldFor("chosen")).toEqual(["10.112.60.0/22"]);
}, 90_000);

test("a removal whose prefix the pool does not take back says so, and is done when asked again", async () => {
  const fault = { match: { method: "DELETE", pathRegex: "staticCidrs/" }, kind: "locked", times: 100 };
  await run.portal.stack.fetchAzure("/_local/faults", {
    method: "POST",
    body: JSON.stringify({ ...fault, retryAfterSeconds: null }),
    headers: { "content-type": "application/json" },
  });
  const view = await remove("chosen");
  expect(view).toMatchObject({ status: "Failed", error: { code: "ScopeLocked" } });
  expect(view.error?.resourceId).toContain("/staticCidrs/spoke-chosen-");
  await run.portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
  expect((await remove("chosen")).status).toBe("Removed");
  expect(await heldFor("chosen")).toEqual([]);
}, 90_000);
