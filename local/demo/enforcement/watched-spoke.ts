import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import type { Recommendation } from "../../../shared/domain/recommendation.ts";
import type { Stack } from "../../stack/stack.ts";
import { DemoError } from "../demo-error.ts";
import { Owner } from "./owner.ts";

/** The spoke of the demo as people meet it afterwards: at the Azure portal, and at the tool's API. */
export class WatchedSpoke {
  readonly owner: Owner;
  readonly #stack: Stack;
  readonly #group: string;
  readonly name: string;

  constructor(stack: Stack, { name, subscriptionId }: { readonly name: string; readonly subscriptionId: string }) {
    this.#stack = stack;
    this.owner = new Owner(stack.azure);
    this.name = name;
    this.#group = `/subscriptions/${subscriptionId}/resourceGroups/rg-${name}`;
  }

  get group(): string {
    return this.#group;
  }

  get virtualNetwork(): string {
    return `${this.#group}/providers/Microsoft.Network/virtualNetworks/vnet-${this.name}`;
  }

  networkSecurityGroup(tier: string): string {
    return `${this.#group}/providers/Microsoft.Network/networkSecurityGroups/nsg-${this.name}-${tier}`;
  }

  async changes(): Promise<readonly NetworkChange[]> {
    return ((await this.#call("GET", "/api/changes")) as { value: NetworkChange[] }).value;
  }

  async recommendations(): Promise<readonly Recommendation[]> {
    const path = `/api/recommendations?spoke=${this.name}&source=flow-logs`;
    return ((await this.#call("GET", path)) as { value: Recommendation[] }).value;
  }

  async undo({ id }: NetworkChange): Promise<void> {
    await this.#call("POST", `/api/changes/${id}/undo`);
  }

  /** Runs a timer now. */
  async run(timer: string): Promise<void> {
    await this.#call("POST", `/admin/functions/${timer}`);
  }

  /** Alerts that a target got for a change. */
  async alerts(name: string, changeId: string): Promise<number> {
    const answer = await this.#stack.azure.fetch("/_local/webhooks");
    const { value } = (await answer.json()) as { value: { name: string; body: unknown }[] };
    return value.filter((one) => one.name === name && JSON.stringify(one.body).includes(changeId)).length;
  }

  /** How many calls the app made to Resource Manager between two moments, in milliseconds since the epoch. */
  async callsOfApp(from: number, to: number): Promise<number> {
    const requests = await this.#stack.azure.recordedRequests();
    return requests.filter(({ time, url, caller }) => {
      const at = new Date(time).getTime();
      return at >= from && at <= to && /^\/+subscriptions\//.test(url) && JSON.stringify(caller).includes(appPrincipal);
    }).length;
  }

  async #call(method: "GET" | "POST", path: string): Promise<unknown> {
    const init = {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "POST" ? { body: "{}" } : {}),
    };
    const answer = await this.#stack.fetchFunctions(path, "operator", init);
    const text = await answer.text();
    if (!answer.ok) throw new DemoError(`${method} ${path} was answered with ${answer.status}:\n${text}`);
    return text === "" ? null : JSON.parse(text);
  }
}

/** Object id of the app's identity in local Azure. */
const appPrincipal = "55555555-5555-5555-5555-555555555555";
