import { setTimeout as sleep } from "node:timers/promises";
import type { SpokeView } from "../../shared/spoke/spoke-view.ts";
import { contractRequest, type Portal } from "../e2e/spokes/portal.ts";

/** Something that happens to a spoke; answers the instances whose histories tell it. */
export interface Scenario {
  readonly name: string;
  /** Parts of the platform configuration that differ from the sample's. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  run(portal: Portal): Promise<readonly string[]>;
}

/** What is recorded: each way that a run can go. */
export const scenarios: readonly Scenario[] = [
  {
    name: "provision",
    run: async (portal) => {
      await portal.provision(contractRequest);
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "removal",
    run: async (portal) => {
      await portal.provision(contractRequest);
      await portal.call("DELETE", "/api/spokes/orders-prod");
      await ended(portal, "Removed");
      return ["provision-orders-prod-2"];
    },
  },
  {
    name: "retries",
    run: async (portal) => {
      // Longer than a call is patient, five minutes: so the orchestration has to try again.
      await fault(portal, "503", "GET", "networkWatchers", 100_000);
      await portal.call("POST", "/api/spokes", contractRequest);
      await until(portal, (spoke) => spoke.error !== null);
      await clearFaults(portal);
      await fault(portal, "503", "PUT", "nsg-orders-prod-app$", 100_000);
      await until(portal, (spoke) => spoke.resources.some((resource) => resource.error !== null));
      await clearFaults(portal);
      await ended(portal, "Succeeded");
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "refusal",
    run: async (portal) => {
      await fault(portal, "locked", "PUT", "nsg-orders-prod-app$", 1);
      await portal.call("POST", "/api/spokes", contractRequest);
      await ended(portal, "Failed");
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "approval",
    configuration: { approval: { required: true, expiresAfter: "PT72H" } },
    run: async (portal) => {
      await portal.call("POST", "/api/spokes", contractRequest, "requester");
      await decide(portal, "approve");
      await ended(portal, "Succeeded");
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "rejection",
    configuration: { approval: { required: true, expiresAfter: "PT72H" } },
    run: async (portal) => {
      await portal.call("POST", "/api/spokes", contractRequest, "requester");
      await decide(portal, "reject");
      await ended(portal, "Rejected");
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "expiry",
    configuration: { approval: { required: true, expiresAfter: "PT2S" } },
    run: async (portal) => {
      await portal.call("POST", "/api/spokes", contractRequest, "requester");
      await ended(portal, "Rejected");
      return ["provision-orders-prod-1"];
    },
  },
  {
    name: "sweep",
    run: async (portal) => {
      await portal.provision(contractRequest);
      const { body } = await portal.call("POST", "/api/compliance/sweep");
      return orchestrationsEnded(portal, `sweep-${body.id}`);
    },
  },
  {
    name: "flow-logs",
    run: async (portal) => {
      await portal.provision(contractRequest);
      await portal.call("POST", "/admin/functions/enforceFlowLogs", {});
      return orchestrationsEnded(portal, "enforceFlowLogsRun");
    },
  },
  {
    name: "hardening",
    run: async (portal) => {
      await portal.provision(contractRequest);
      await portal.call("POST", "/admin/functions/applyHardening", {});
      return orchestrationsEnded(portal, "applyHardeningRun");
    },
  },
];

async function decide(portal: Portal, decision: string): Promise<void> {
  await until(portal, (spoke) => spoke.status === "AwaitingApproval");
  // The record says it a moment before the orchestration waits.
  await sleep(1_000);
  await portal.call("POST", "/api/spokes/orders-prod/approval", { decision }, "approver");
}

async function fault(portal: Portal, kind: string, method: string, pathRegex: string, times: number): Promise<void> {
  const body = JSON.stringify({ match: { method, pathRegex }, kind, times, retryAfterSeconds: null });
  const headers = { "content-type": "application/json" };
  const answer = await portal.stack.fetchAzure("/_local/faults", { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`The fault was refused: ${answer.status} ${await answer.text()}`);
}

async function clearFaults(portal: Portal): Promise<void> {
  await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
}

async function until(portal: Portal, holds: (spoke: SpokeView) => boolean): Promise<void> {
  while (!holds((await portal.call("GET", "/api/spokes/orders-prod")).body)) await sleep(200);
}

async function ended(portal: Portal, status: string): Promise<void> {
  const view = await portal.settled("orders-prod", 120);
  if (view.status !== status) throw new Error(`${view.status}, not ${status}: ${JSON.stringify(view.error)}`);
}

/** Waits until an orchestration that a timer or a call started asks nothing of Azure any more. */
async function orchestrationsEnded(portal: Portal, instanceId: string): Promise<readonly string[]> {
  for (let [before, calls] = [-1, 0]; before !== calls; ) {
    await sleep(5_000);
    [before, calls] = [calls, (await portal.stack.azure.recordedRequests()).length];
  }
  return [instanceId];
}
