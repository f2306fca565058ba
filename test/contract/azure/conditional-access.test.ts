import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { multiFactorPolicyId, multiFactorPolicyName } from "../../../shared/domain/multi-factor-policy-name.ts";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, portsFor } from "./ports-under-test.ts";

const policies = "/v1.0/identity/conditionalAccess/policies";
const type = "Microsoft.Graph/conditionalAccessPolicies";
const breakGlassGroupId = "66666666-6666-4666-8666-000000000911";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure, { credential: async () => azure.credential(appPrincipal) });
});
afterAll(() => azure.stop());

interface Policy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly conditions: object;
}

const applicationOf = (number: number) => `33333333-3333-4333-8333-${String(number).padStart(12, "0")}`;
const policyOf = (number: number, group = breakGlassGroupId) =>
  desired(type, multiFactorPolicyId("orders-prod", firstSubscription, applicationOf(number)), {
    applicationId: applicationOf(number),
    breakGlassGroupId: group,
  });
const standing = async (number: number): Promise<Policy[]> =>
  ((await azure.request("GET", policies)).body as { value: Policy[] }).value.filter((policy) =>
    JSON.stringify(policy.conditions).includes(applicationOf(number)),
  );
const switchTo = (policy: Policy | undefined, state: string) =>
  azure.request("PATCH", `${policies}/${policy?.id}`, { state });
const writes = async () =>
  (await azure.control<{ value: { method: string; url: string }[] }>("GET", "requests")).value.filter(
    ({ method, url }) => method !== "GET" && url.startsWith("/v1.0"),
  ).length;

test("a policy is made that only reports, for all users of this application less the break-glass group, once", async () => {
  const policy = policyOf(1);
  expect(await ports.resources[type].observe(policy)).toBeNull();
  await ports.resources[type].write(policy, null);
  await ports.resources[type].write(policy, null);
  expect(await standing(1)).toMatchObject([
    {
      displayName: multiFactorPolicyName(policy.id),
      state: "enabledForReportingButNotEnforced",
      conditions: {
        clientAppTypes: ["all"],
        applications: { includeApplications: [applicationOf(1)] },
        users: { includeUsers: ["All"], excludeGroups: [breakGlassGroupId] },
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
    },
  ]);
  expect(await ports.resources[type].observe(policy)).toMatchObject({ id: policy.id, body: policy.body });
  expect(await ports.conditionalAccess.findMfaPolicy(applicationOf(1))).toMatchObject({
    reportOnly: true,
    excludedGroupIds: [breakGlassGroupId],
  });
});

test.each(["enabled", "disabled"])("once a person has made it %s it is not written any more", async (state) => {
  const number = state === "enabled" ? 2 : 3;
  const policy = policyOf(number);
  await ports.resources[type].write(policy, null);
  await switchTo((await standing(number))[0], state);
  const before = await writes();
  expect(await ports.resources[type].observe(policy)).toMatchObject({ body: policy.body });
  await ports.resources[type].write(policy, null);
  expect(await writes()).toBe(before);
  expect((await standing(number))[0]).toMatchObject({ state });
});

test("a policy of others that covers the application serves, and is not removed", async () => {
  const policy = policyOf(4);
  const others = {
    displayName: "MFA for all",
    state: "enabled",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includeApplications: [applicationOf(4)] },
      users: { includeUsers: ["All"] },
    },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  };
  expect((await azure.request("POST", policies, others)).status).toBe(201);
  expect(await ports.resources[type].observe(policy)).toMatchObject({ body: policy.body });
  await ports.resources[type].write(policy, null);
  await ports.resources[type].remove(policy.id);
  expect(await standing(4)).toMatchObject([{ displayName: "MFA for all" }]);
  expect(await ports.conditionalAccess.findMfaPolicy(applicationOf(4))).toMatchObject({
    displayName: "MFA for all",
    reportOnly: false,
    excludedGroupIds: [],
  });
});

test.each([
  ["enabledForReportingButNotEnforced", "reporting", 0],
  ["disabled", "off", 0],
  ["enabled", "enforced", 1],
] as const)("of a removed spoke's policy that is %s (%s) %d stays", async (state, told, left) => {
  const number = 10 + ["reporting", "off", "enforced"].indexOf(told);
  const policy = policyOf(number);
  await ports.resources[type].write(policy, null);
  await switchTo((await standing(number))[0], state);
  expect(await ports.conditionalAccess.stateOfPolicy(multiFactorPolicyName(policy.id))).toBe(told);
  await ports.resources[type].remove(policy.id);
  expect(await standing(number)).toHaveLength(left);
  await ports.resources[type].remove(policy.id);
});

test("a break-glass group that Entra does not know, or that is a user, is refused before a policy is made", async () => {
  for (const group of [firstSubscription, "77777777-7777-4777-8777-000000000001"]) {
    await expect(ports.resources[type].write(policyOf(5, group), null)).rejects.toMatchObject({
      failure: { code: "BreakGlassGroupUnknown" },
    });
  }
  expect(await standing(5)).toEqual([]);
});

test("names are literals of the filter, quotes and all", async () => {
  expect(await ports.conditionalAccess.stateOfPolicy("' or displayName ne '")).toBeNull();
});

test.each(["429", "503", "timeout", "connection-reset"])("%s of Graph passes; nothing is made twice", async (kind) => {
  const number = 20 + ["429", "503", "timeout", "connection-reset"].indexOf(kind);
  const meet = (method: string) =>
    azure.control("POST", "faults", {
      match: { method, pathRegex: "conditionalAccess" },
      kind,
      times: 1,
      retryAfterSeconds: kind === "503" ? null : 1,
    });
  await meet("POST");
  await ports.resources[type].write(policyOf(number), null);
  expect(await standing(number)).toHaveLength(1);
  await meet("GET");
  expect(await ports.resources[type].observe(policyOf(number))).not.toBeNull();
  await meet("DELETE");
  await ports.resources[type].remove(policyOf(number).id);
  expect(await standing(number)).toEqual([]);
});

test("who may not read or write policies is told which permissions are missing", async () => {
  const [stranger] = (await azure.control<{ users: { id: string }[] }>("GET", "seed")).users;
  const strange = portsFor(azure, { credential: async () => azure.credential(stranger?.id) });
  for (const ask of [
    () => strange.conditionalAccess.findMfaPolicy(applicationOf(8)),
    () => strange.resources[type].observe(policyOf(8)),
    () => strange.resources[type].remove(policyOf(8).id),
  ]) {
    await expect(ask()).rejects.toMatchObject({
      name: "RefusedError",
      failure: { code: "AccessDenied", remedy: expect.stringContaining("docs/configuration.md") },
    });
  }
});
