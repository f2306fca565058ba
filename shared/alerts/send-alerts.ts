import type { AlertState, NetworkChange } from "../domain/network-change.ts";
import type { NotificationTarget } from "../domain/platform-configuration.ts";
import { adaptiveCardMessage } from "./adaptive-card.ts";

/** What sending needs: the configured targets, their addresses out of the app's settings, and the time. */
export interface AlertTools {
  readonly targets: readonly NotificationTarget[];
  setting(name: string): string | null;
  now(): string;
}

const timeoutMilliseconds = 10_000;
/** Over half a day; a target that is away for longer is told of no more: the change itself is in the record. */
const mostAttempts = 20;
const minute = 60_000;
const longestPause = 60 * minute;

/** When a pending alert is to be sent, ISO 8601: at once, and then after 1, 2, 4 … minutes, at most an hour. */
export function nextAttemptAt({ attempts, at }: AlertState): string | null {
  if (at === null || attempts === 0) return null;
  return new Date(Date.parse(at) + Math.min(longestPause, minute * 2 ** (attempts - 1))).toISOString();
}

/**
 * Sends what is pending of a change to the configured targets and answers how that went. Addresses come from app settings
 * alone, never from a change; redirects are not followed; an address is a secret and stands in no error.
 */
export async function sendAlerts(tools: AlertTools, change: NetworkChange): Promise<readonly AlertState[]> {
  return Promise.all(
    change.alerts.map(async (alert) => {
      if (alert.status !== "Pending" || Date.parse(nextAttemptAt(alert) ?? "") > Date.parse(tools.now())) return alert;
      const target = tools.targets.find(({ name }) => name === alert.target);
      const failure = target === undefined ? notConfigured : await send(tools, target, change);
      const attempts = alert.attempts + 1;
      const at = tools.now();
      if (failure === null) return { ...alert, status: "Sent", attempts, at, error: null };
      const status = failure.passes && attempts < mostAttempts ? "Pending" : "Failed";
      return { ...alert, status, attempts, at, error: failure.message };
    }),
  );
}

interface SendFailure {
  /** It may go another time. */
  readonly passes: boolean;
  readonly message: string;
}

/** Of the message itself: bad, too large, of another kind, not to be processed. */
const refusals = new Set([400, 413, 415, 422]);

const notConfigured: SendFailure = { passes: false, message: "The configuration names this target no more." };

async function send(tools: AlertTools, target: NotificationTarget, change: NetworkChange): Promise<SendFailure | null> {
  const address = tools.setting(target.urlSetting);
  if (address === null) return { passes: true, message: `The app setting ${target.urlSetting} is missing.` };
  if (!URL.canParse(address) || new URL(address).protocol !== "https:") {
    return { passes: true, message: `The app setting ${target.urlSetting} is no https URL.` };
  }
  const body = target.kind === "teams" ? adaptiveCardMessage(change) : { type: "NetworkChange", change: told(change) };
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    await answer.body?.cancel();
    if (answer.ok) return null;
    // An address that is gone or refuses us may be mended in the settings; a message that is wrong stays so.
    return { passes: !refusals.has(answer.status), message: `The target answered ${answer.status}.` };
  } catch (error) {
    const slow = error instanceof Error && error.name === "TimeoutError";
    return { passes: true, message: slow ? "The target did not answer in time." : "The target cannot be reached." };
  }
}

/** Receivers refuse what is larger than some hundred kilobytes; what is left out is in the record. */
const mostParts = 100;

/** What a receiver gets: how the telling itself goes is none of its business. */
function told({ alerts, ...change }: NetworkChange): Omit<NetworkChange, "alerts"> & { readonly isShortened: boolean } {
  const { restoring, prior } = change;
  const differences = restoring.differences.slice(0, mostParts);
  const isShortened = differences.length < restoring.differences.length || prior.length > mostParts;
  return { ...change, restoring: { ...restoring, differences }, prior: prior.slice(0, mostParts), isShortened };
}
