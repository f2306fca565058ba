import { expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { NetworkInterfaceFact } from "../../../shared/domain/platform-facts.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { sameResourceId } from "../../../shared/domain/resource-id.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { observeConnectivity } from "../../../shared/reconcile/observe-connectivity.ts";
import type { DesiredState } from "../../../shared/spoke/desired-state.ts";
import { contractRequest, emptyFacts, platform, requestWith, stateOf } from "../spoke/example.ts";

const standing = stateOf(contractRequest);
const wished = stateOf(requestWith({}, { flows: [{ from: "front", to: "data", port: 7777, protocol: "Tcp" }] }));

/** Azure in which what is desired stands, or nothing; what was asked is written down. */
function azureOf(state: DesiredState | null, asked: string[] = []): AzurePorts {
  const observe = async ({ id }: DesiredResource) => {
    asked.push(id.split("/").at(-1) ?? "");
    const found = state?.resources.find((one) => sameResourceId(one.id, id));
    return found === undefined
      ? null
      : { ...found, etag: null, provisioningState: null, native: { name: id, ...found.body } };
  };
  const networkInterfaces: NetworkInterfaceFact[] = [];
  return {
    resources: new Proxy({}, { get: () => ({ observe }) }),
    facts: { observeSpokeFacts: async () => ({ ...emptyFacts, networkInterfaces }) },
  } as unknown as AzurePorts;
}

function recordOf(changes: Partial<SpokeRecord>): SpokeRecord {
  const { request } = standing.design;
  return {
    version: 1,
    name: request.name,
    request,
    requester: { objectId: "x", name: "x" },
    status: "Succeeded",
    revision: 2,
    addressPrefix: "10.20.0.0/22",
    tierSlots: { front: 0, app: 1, data: 2 },
    resources: [],
    findings: [],
    error: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

test("the NSGs and the route table that the subnets carry are looked at, each once", async () => {
  const asked: string[] = [];
  const { connectivity } = await observeConnectivity(azureOf(standing, asked), platform, recordOf({}));
  expect(connectivity.status).toBe("Proven");
  expect(asked.sort()).toEqual([
    "nsg-orders-prod-app",
    "nsg-orders-prod-data",
    "nsg-orders-prod-front",
    "nsg-orders-prod-gateway",
    "rt-orders-prod",
    "vnet-orders-prod",
  ]);
});

test("a spoke is proven against the request by which it stands, not against one that nobody approved yet", async () => {
  const { request, requester } = recordOf({});
  const awaiting = recordOf({
    status: "AwaitingApproval",
    request: wished.design.request,
    replaced: { request, tierSlots: { front: 0, app: 1, data: 2 } },
    approval: {
      revision: 2,
      status: "Pending",
      requestedBy: requester,
      requestedAt: "2026-01-01T00:00:00.000Z",
      expiresAt: null,
      request: wished.design.request,
      addressPrefix: "10.20.0.0/22",
      decidedBy: null,
      decidedAt: null,
      comment: "",
    },
  });
  expect((await observeConnectivity(azureOf(standing), platform, awaiting)).connectivity.status).toBe("Proven");
  const gone = await observeConnectivity(azureOf(null), platform, awaiting);
  expect(gone.connectivity.status).toBe("Refuted");
});

test("where no network stands: not built while no run has said so, refuted where one has", async () => {
  const statusOf = async (status: SpokeRecord["status"]) =>
    (await observeConnectivity(azureOf(null), platform, recordOf({ status }))).connectivity.status;
  expect(await statusOf("Accepted")).toBe("NotBuilt");
  expect(await statusOf("Failed")).toBe("NotBuilt");
  expect(await statusOf("Removed")).toBe("NotBuilt");
  expect(await statusOf("Succeeded")).toBe("Refuted");
});
