import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeRequests } from "../../../local/demo/write-requests.ts";
import type { Stack } from "../../../local/stack/stack.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import { assertNothingOfDurable } from "./nothing-of-durable.ts";

/** The request of the contract, as a portal sends it. */
export const contractRequest = JSON.parse(
  readFileSync(new URL("../../fixtures/contract-request.json", import.meta.url), "utf8"),
) as Record<string, unknown> & { application: Record<string, unknown> & { tiers: Record<string, unknown>[] } };

export const appPrincipal = "55555555-5555-5555-5555-555555555555";
const networkVersion = "2024-05-01";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

/** What a test does as portal, and as a person with the Azure portal open. */
export class Portal {
  readonly stack: Stack;

  constructor(stack: Stack) {
    this.stack = stack;
  }

  async call(method: string, path: string, body?: unknown, user = "operator", headers = {}): Promise<Answer> {
    const response = await this.stack.fetchFunctions(path, user, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    assertNothingOfDurable(`${method} ${path}`, [...response.headers].join("\n"), text);
    const isJson = (response.headers.get("content-type") ?? "json").includes("json");
    const told = text !== "" && isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: text === "" ? null : told };
  }

  /** Waits until the spoke is no longer at work. */
  async settled(name: string, patienceSeconds = 60): Promise<SpokeView> {
    const deadline = Date.now() + patienceSeconds * 1000;
    for (;;) {
      const view = await this.call("GET", `/api/spokes/${name}`).catch(() => null);
      if (view?.status === 200 && ["Succeeded", "Failed", "Removed", "Rejected"].includes(view.body.status))
        return view.body;
      if (Date.now() > deadline)
        throw new Error(`${name} did not settle: ${JSON.stringify(view?.body)?.slice(0, 3000)}`);
      await sleep(100);
    }
  }

  /** Asks for a spoke and waits for its end, which must be success. */
  async provision(request: Readonly<Record<string, unknown>>, method = "POST"): Promise<SpokeView> {
    const path = method === "POST" ? "/api/spokes" : `/api/spokes/${request.name}`;
    const answer = await this.call(method, path, request);
    if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    const view = await this.settled(String(request.name));
    if (view.status !== "Succeeded") throw new Error(JSON.stringify(view.error));
    return view;
  }

  /** Writes that the app made since the last call of this. */
  async writesOfApp(): Promise<string[]> {
    const requests = await this.stack.azure.recordedRequests();
    await this.stack.fetchAzure("/_local/requests", { method: "DELETE" });
    return writeRequests(requests)
      .filter((request) => JSON.stringify(request.caller).includes(appPrincipal))
      .map((request) => `${request.method} ${new URL(request.url, "https://azure").pathname}`);
  }

  /** A call through ARM as the platform's owner, who may do anything. Waits for a long-running operation. */
  async arm(method: string, id: string, body?: unknown, apiVersion = networkVersion): Promise<Answer> {
    const headers = { authorization: `Bearer ${await this.stack.ownerToken()}`, "content-type": "application/json" };
    const send = (path: string, verb: string, text?: string) =>
      this.stack.fetchAzure(path, { method: verb, headers, ...(text === undefined ? {} : { body: text }) });
    const response = await send(
      `${id}?api-version=${apiVersion}`,
      method,
      body === undefined ? undefined : JSON.stringify(body),
    );
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
    if (method === "GET" || response.status >= 400) return answer;
    const operation =
      response.headers.get("azure-asyncoperation") ??
      (response.status === 202 ? response.headers.get("location") : null);
    for (let path = operation; path !== null; await sleep(50)) {
      const poll = await send(new URL(path).pathname + new URL(path).search, "GET");
      const told = await poll.text();
      if (poll.status !== 202 && !/"status":\s*"(InProgress|Updating|Deleting|Running)"/.test(told)) path = null;
    }
    return answer;
  }

  /** Reads a resource, changes its body and writes it back. */
  async edit(id: string, change: (body: never) => void, apiVersion = networkVersion): Promise<void> {
    const { body } = await this.arm("GET", id, undefined, apiVersion);
    change(body as never);
    const answer = await this.arm("PUT", id, body, apiVersion);
    if (answer.status >= 400) throw new Error(JSON.stringify(answer.body));
  }
}

/** The contract's request with other parts. */
export function requestWith(
  changes: Readonly<Record<string, unknown>>,
  application: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { ...contractRequest, ...changes, application: { ...contractRequest.application, ...application } };
}

/** Ids of what stands afterwards, for a spoke of the first subscription. */
export function idsOf(name: string) {
  const group = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/rg-${name}`;
  const network = `${group}/providers/Microsoft.Network`;
  return {
    group,
    vnet: `${network}/virtualNetworks/vnet-${name}`,
    nsg: (tier: string) => `${network}/networkSecurityGroups/nsg-${name}-${tier}`,
    asg: (tier: string) => `${network}/applicationSecurityGroups/asg-${name}-${tier}`,
    lb: (tier: string) => `${network}/loadBalancers/lbi-${name}-${tier}`,
    routeTable: `${network}/routeTables/rt-${name}`,
    nic: (nic: string) => `${network}/networkInterfaces/${nic}`,
  };
}
