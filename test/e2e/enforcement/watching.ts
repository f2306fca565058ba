import { setTimeout as sleep } from "node:timers/promises";
import type { RecordedRequest } from "../../../local/stack/azure-access.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import { appPrincipal, type Portal } from "../spokes/portal.ts";

const networkVersion = "2024-05-01";

/** A rule that opens a port to everybody, as a person with the portal open makes it. */
export function openRule(priority: number, port: string): unknown {
  return {
    properties: {
      priority,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: port,
    },
  };
}

/** Makes a rule as a person does, who presses the button again while the NSG is at work. */
export async function makeRule(portal: Portal, id: string, rule: unknown): Promise<void> {
  await until(`${id} is made`, async () => (await portal.arm("PUT", id, rule)).status < 400);
}

/** Waits until the app asks nothing of Azure any more: looks at what was written before are over. */
export async function quiet(portal: Portal): Promise<void> {
  let calls = -1;
  await until("the app is quiet", async () => {
    const now = (await callsOfApp(portal, 0)).length;
    const isQuiet = now === calls;
    calls = now;
    await sleep(1500);
    return isQuiet;
  });
}

/** Waits until the answer is there. Throws after so many seconds, with what was waited for. */
export async function until<R>(
  what: string | (() => Promise<string>),
  ask: () => Promise<R | undefined | false>,
  seconds = 30,
): Promise<R> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${typeof what === "string" ? what : await what()}`);
    await sleep(50);
  }
}

export async function changesOf(portal: Portal): Promise<readonly NetworkChange[]> {
  return (await portal.call("GET", "/api/changes?limit=1000")).body.value;
}

/** The alerts that a target got, in order. */
export async function alertsOf(portal: Portal, name = "generic"): Promise<{ change: NetworkChange }[]> {
  const response = await portal.stack.fetchAzure("/_local/webhooks");
  const { value } = (await response.json()) as { value: { name: string; body: { change: NetworkChange } }[] };
  return value.filter((one) => one.name === name).map(({ body }) => body);
}

export async function ruleNames(portal: Portal, nsg: string): Promise<string[]> {
  const { body } = await portal.arm("GET", nsg, undefined, networkVersion);
  return body.properties.securityRules.map(({ name }: { name: string }) => name);
}

/** Calls of the app to Resource Manager since a moment, as `METHOD path`. */
export async function callsOfApp(portal: Portal, since: number): Promise<RecordedRequest[]> {
  const requests = await portal.stack.azure.recordedRequests();
  return requests.filter(
    ({ caller, time, url }) =>
      JSON.stringify(caller)?.includes(appPrincipal) &&
      new Date(time).getTime() >= since &&
      /^\/+subscriptions\//.test(url),
  );
}
