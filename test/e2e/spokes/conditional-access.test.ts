import { afterAll, beforeAll, expect, test } from "vitest";
import { configuredStack } from "./configured-stack.ts";
import { requestWith } from "./portal.ts";

const breakGlassGroupId = "66666666-6666-4666-8666-000000000911";
let run: Awaited<ReturnType<typeof configuredStack>>;

beforeAll(async () => {
  run = await configuredStack({ conditionalAccess: { mode: "create", breakGlassGroupId } });
}, 120_000);

afterAll(() => run?.stop());

const request = (name: string, third: number, clientId: string) =>
  requestWith(
    { name, addressPrefix: `10.${third}.0.0/22`, managementAccess: [], outboundAccess: [] },
    { clientId, flows: [], hostName: undefined, certificateSecretId: undefined },
  );

interface Policy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
}

async function graph(method: string, path = "", body?: object): Promise<Policy[]> {
  const token = await run.portal.stack.fetchAzure("/_local/token?resource=https://graph.microsoft.com");
  const { accessToken } = (await token.json()) as { accessToken: string };
  const response = await run.portal.stack.fetchAzure(`/v1.0/identity/conditionalAccess/policies${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return response.status === 204 ? [] : ((await response.json()) as { value: Policy[] }).value;
}

const policiesOf = async (name: string) => (await graph("GET")).filter((policy) => policy.displayName.includes(name));
const codesOf = (view: { findings: readonly { code: string }[] }) => view.findings.map(({ code }) => code);

async function remove(name: string) {
  expect((await run.portal.call("DELETE", `/api/spokes/${name}`)).status).toBe(202);
  const view = await run.portal.settled(name);
  expect(view).toMatchObject({ status: "Removed", error: null });
  return view;
}

test("a spoke brings a policy that reports; asked again nothing is written; with the spoke it goes", async () => {
  const asked = request("reports-a", 70, "33333333-3333-3333-3333-333333333333");
  const view = await run.portal.provision(asked);
  expect(codesOf(view)).toContain("MultiFactorPolicyReportOnly");
  expect(view.steps[5]).toMatchObject({ number: 6, status: "Succeeded" });
  expect(await policiesOf("reports-a")).toMatchObject([{ state: "enabledForReportingButNotEnforced" }]);
  await run.portal.writesOfApp();
  await run.portal.provision(asked, "PUT");
  expect(await run.portal.writesOfApp()).toEqual([]);
  await remove("reports-a");
  expect(await policiesOf("reports-a")).toEqual([]);
}, 90_000);

test("two spokes of one application at once bring one policy", async () => {
  const clientId = "33333333-3333-3333-3333-000000000002";
  await Promise.all([
    run.portal.provision(request("shares-a", 71, clientId)),
    run.portal.provision(request("shares-b", 72, clientId)),
  ]);
  expect(await policiesOf(clientId)).toHaveLength(1);
}, 90_000);

test("a policy that an operator put into force is neither changed nor removed, and the spoke says so", async () => {
  const asked = request("enforced-a", 73, "33333333-3333-3333-3333-000000000003");
  await run.portal.provision(asked);
  const [policy] = await policiesOf("enforced-a");
  await graph("PATCH", `/${policy?.id}`, { state: "enabled" });
  const view = await run.portal.provision(asked, "PUT");
  expect(codesOf(view)).not.toContain("MultiFactorPolicyReportOnly");
  expect(codesOf(await remove("enforced-a"))).toEqual(["MultiFactorPolicyKept"]);
  expect(await policiesOf("enforced-a")).toMatchObject([{ state: "enabled" }]);
}, 90_000);

test("another application: its policy comes and the former goes", async () => {
  const former = "33333333-3333-3333-3333-000000000004";
  const next = "33333333-3333-3333-3333-000000000005";
  await run.portal.provision(request("moves-a", 74, former));
  await run.portal.provision(request("moves-a", 74, next), "PUT");
  expect(await policiesOf(former)).toEqual([]);
  expect(await policiesOf(next)).toHaveLength(1);
}, 90_000);
