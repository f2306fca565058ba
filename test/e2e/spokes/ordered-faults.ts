import type { FaultKind } from "../../../local/arm/faults/faults.ts";
import type { Portal } from "./portal.ts";

/** A fault as `POST /_local/faults` takes it. */
export interface OrderedFault {
  readonly method: string;
  readonly pathRegex: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly retryAfterSeconds?: number | null;
}

/** Orders a fault; the oldest that matches is met first. */
export async function orderFault(portal: Portal, fault: OrderedFault): Promise<void> {
  const { method, pathRegex, kind, times = 1, retryAfterSeconds = null } = fault;
  const answer = await portal.stack.fetchAzure("/_local/faults", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ match: { method, pathRegex }, kind, times, retryAfterSeconds }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

/** Path patterns of the faults that no call has met yet. */
export async function openFaults(portal: Portal): Promise<readonly string[]> {
  const answer = await portal.stack.fetchAzure("/_local/faults");
  const { value } = (await answer.json()) as { value: { match: { method: string; pathRegex: string } }[] };
  return value.map(({ match }) => `${match.method} ${match.pathRegex}`);
}

export async function clearFaults(portal: Portal): Promise<void> {
  await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
}

/** A pattern that matches the path of one resource and of nothing below it. */
export function exactly(id: string): string {
  return `^${literally(id)}$`;
}

/** The same, or a list in which it stands, of its group or of the subscription: some types are looked up there. */
export function exactlyOrItsList(id: string): string {
  const list = id.slice(0, id.lastIndexOf("/"));
  const ofSubscription = list.replace(/\/resourceGroups\/[^/]+(?=\/providers\/[^/]+\/[^/]+$)/i, "");
  return `^(${[id, list, ofSubscription].map(literally).join("|")})$`;
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
