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
/** A target that is away for longer than these take is told of no more: the change itself is in the record. */
const mostAttempts = 20;

/**
 * Sends what is pending of a change to the configured targets and answers how that went. Addresses come from app settings
 * alone, never from a change; redirects are not followed; an address is a secret and stands in no error.
 */
export async function sendAlerts(tools: AlertTools, change: NetworkChange): Promise<readonly AlertState[]> {
  return Promise.all(
    change.alerts.map(async (alert) => {
      if (alert.status !== "Pending") return alert;
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
    const passes = answer.status === 408 || answer.status === 429 || answer.status >= 500;
    return { passes, message: `The target answered ${answer.status}.` };
  } catch (error) {
    const slow = error instanceof Error && error.name === "TimeoutError";
    return { passes: true, message: slow ? "The target did not answer in time." : "The target cannot be reached." };
  }
}

/** What a receiver gets: how the telling itself goes is none of its business. */
function told({ alerts, ...change }: NetworkChange): Omit<NetworkChange, "alerts"> {
  return change;
}
