import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import { Portal, requestWith } from "./portal.ts";

let portal: Portal;
beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
}, 120_000);
afterAll(() => portal?.stack.stop());

const hubNetwork =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub-westeurope/providers/Microsoft.Network/virtualNetworks/vnet-hub-westeurope";
const subscriptionOf = (place: number) => `11111111-1111-1111-1111-0000000000${place}`;

/** Something in Azure that refuses a part of a spoke for good, until somebody takes it away. */
interface Cause {
  readonly title: string;
  readonly code: string;
  /** The resource that is refused. */
  readonly refused: RegExp;
  /** What to do, and about what. */
  readonly remedy: RegExp;
  readonly begin: (subscriptionId: string) => Promise<unknown>;
  readonly end: (subscriptionId: string) => Promise<unknown>;
}

const policies = (subscriptionId: string) => `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization`;
const lock = `${hubNetwork}/providers/Microsoft.Authorization/locks/frozen`;
const others = `/subscriptions/${subscriptionOf(29)}/resourceGroups/rg-others`;
const overlapping = `${others}/providers/Microsoft.Network/virtualNetworks/vnet-others`;
const peeringOfOthers = `${hubNetwork}/virtualNetworkPeerings/peer-hub-to-others`;

const causes: readonly Cause[] = [
  {
    title: "a policy that denies a type",
    code: "RequestDisallowedByPolicy",
    refused: /routeTables\/rt-/,
    remedy: /exemption from \/subscriptions\/[-\d]+\/providers\/Microsoft.Authorization\/policyAssignments\/no-routes/,
    begin: async (subscriptionId) => {
      // biome-ignore lint/suspicious/noThenProperty: the word of Azure Policy
      const policyRule = { if: { field: "type", equals: "Microsoft.Network/routeTables" }, then: { effect: "deny" } };
      const policyDefinitionId = `${policies(subscriptionId)}/policyDefinitions/no-routes`;
      await must("PUT", policyDefinitionId, { properties: { policyRule } }, "2024-05-01");
      const assignment = `${policies(subscriptionId)}/policyAssignments/no-routes`;
      await must("PUT", assignment, { properties: { policyDefinitionId } }, "2024-05-01");
    },
    end: (subscriptionId) =>
      must("DELETE", `${policies(subscriptionId)}/policyAssignments/no-routes`, undefined, "2024-05-01"),
  },
  {
    title: "a read-only lock on the hub's network",
    code: "ScopeLocked",
    refused: /peer-hub-to-/,
    remedy: /Remove the management lock at .*vnet-hub-westeurope/,
    begin: () => must("PUT", lock, { properties: { level: "ReadOnly" } }, "2020-05-01"),
    end: () => must("DELETE", lock, undefined, "2020-05-01"),
  },
  {
    title: "no public IP address left in the subscription's quota",
    code: "PublicIPCountLimitReached",
    refused: /publicIPAddresses\/pip-/,
    remedy: /quota/,
    begin: (subscriptionId) => setQuota(subscriptionId, 0),
    end: (subscriptionId) => setQuota(subscriptionId, 1),
  },
  {
    title: "a network of others with the same addresses that joined the hub first",
    code: "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    refused: /virtualNetworkPeerings\/peer-/,
    remedy: /address prefix/,
    begin: async () => {
      await must("PUT", others, { location: "westeurope" }, "2025-04-01");
      const addressSpace = { addressPrefixes: ["10.183.0.0/24"] };
      await must("PUT", overlapping, { location: "westeurope", properties: { addressSpace } });
      const remoteVirtualNetwork = { id: overlapping };
      await must("PUT", peeringOfOthers, { properties: { remoteVirtualNetwork, allowVirtualNetworkAccess: true } });
    },
    end: () => must("DELETE", peeringOfOthers),
  },
  {
    title: "a resource provider that is not registered",
    code: "MissingSubscriptionRegistration",
    refused: /userAssignedIdentities\/id-/,
    remedy: /az provider register --namespace Microsoft.ManagedIdentity/,
    begin: (subscriptionId) => registration(subscriptionId, "unregister"),
    end: (subscriptionId) => registration(subscriptionId, "register"),
  },
];

async function must(method: string, id: string, body?: unknown, apiVersion?: string): Promise<void> {
  const answer = await portal.arm(method, id, body, apiVersion);
  if (answer.status >= 400) throw new Error(`${method} ${id}: ${JSON.stringify(answer.body)}`);
}

async function setQuota(subscriptionId: string, limit: number): Promise<void> {
  const body = JSON.stringify({ subscriptionId, location: "westeurope", name: "PublicIPAddresses", limit });
  const answer = await portal.stack.fetchAzure("/_local/quotas", {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  expect(answer.status).toBe(204);
}

function registration(subscriptionId: string, verb: "register" | "unregister"): Promise<void> {
  const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.ManagedIdentity`;
  return must("POST", `${provider}/${verb}`, undefined, "2025-04-01");
}

/** Paths of the writes that Azure took since the records were forgotten. */
async function accepted(): Promise<readonly string[]> {
  const paths = (await portal.stack.azure.recordedRequests())
    .filter(({ method, status }) => method === "PUT" && status >= 200 && status < 300)
    .map(({ url }) => new URL(url.replace(/^\/+/, "/"), "https://azure").pathname.toLowerCase());
  await portal.stack.fetchAzure("/_local/requests", { method: "DELETE" });
  return paths;
}

async function run(request: Record<string, unknown>): Promise<SpokeView> {
  expect((await portal.call("POST", "/api/spokes", request)).status).toBe(202);
  return portal.settled(String(request.name));
}

describe("what Azure refuses for good: told with resource, code and remedy; when it is gone the rest is made", () => {
  test.each(causes)(
    "$title",
    async (cause) => {
      const place = 80 + causes.indexOf(cause);
      const subscriptionId = subscriptionOf(10 + causes.indexOf(cause));
      const request = requestWith({ name: `refused-${place}`, addressPrefix: `10.1${place}.0.0/22`, subscriptionId });
      await cause.begin(subscriptionId);
      await accepted();

      const failed = await run(request);
      expect(failed).toMatchObject({ status: "Failed", error: { code: cause.code } });
      expect(failed.error?.resourceId).toMatch(cause.refused);
      expect(failed.error?.remedy).toMatch(cause.remedy);
      const shown = failed.steps.filter(({ resources }) => resources.some(({ id }) => id === failed.error?.resourceId));
      expect(shown.map(({ status }) => status)).toEqual(shown.map(() => "Failed"));
      expect(shown[0]?.resources.map(({ error }) => error?.code)).toContain(cause.code);
      const first = await accepted();
      expect(first.length).toBeGreaterThan(5);

      await cause.end(subscriptionId);
      await accepted();
      const view = await run(request);
      expect(view.error).toBeNull();
      expect(view.steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => "Succeeded"));
      const second = await accepted();
      expect(second.length).toBeGreaterThan(0);
      expect(second.filter((path) => first.includes(path))).toEqual([]);
    },
    60_000,
  );
});
