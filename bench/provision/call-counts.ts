import { writeRequests } from "../../local/demo/write-requests.ts";
import type { RecordedRequest } from "../../local/stack/azure-access.ts";

/** Calls to Azure by what they are for. */
export interface CallCounts {
  readonly reads: number;
  readonly writes: number;
  /** Reads of the state of a long-running operation. */
  readonly polls: number;
  /** Calls to the subscription of the hub, of whatever kind. */
  readonly hub: number;
  /** Writes to what the spokes share: IP group, rule collection group, hub's side of the peerings. */
  readonly hubWrites: number;
  /** Answers 429. */
  readonly throttled: number;
  /** Other refusals than 404, which is how Azure says that nothing stands. */
  readonly refused: number;
  /** Requests for an access token. */
  readonly tokens: number;
}

const poll = /\/(operations|operationresults)\/[^/]+$/i;
const sharedByHub =
  /\/(ipgroups\/[^/]+|firewallpolicies\/[^/]+\/rulecollectiongroups\/[^/]+|virtualnetworks\/[^/]+\/virtualnetworkpeerings\/[^/]+)$/i;

/** @param spokeSubscriptions every other subscription counts as the hub's */
export function callCounts(
  requests: readonly RecordedRequest[],
  appPrincipal: string,
  spokeSubscriptions: ReadonlySet<string>,
): CallCounts {
  const own = requests.filter((request) => request.caller === appPrincipal);
  const pathOf = ({ url }: RecordedRequest): string => new URL(url, "https://azure").pathname;
  const inHub = (request: RecordedRequest): boolean => {
    const subscription = /^\/+subscriptions\/([^/]+)/i.exec(pathOf(request))?.[1];
    return subscription !== undefined && !spokeSubscriptions.has(subscription.toLowerCase());
  };
  const writes = writeRequests(own);
  const polls = own.filter((request) => request.method === "GET" && poll.test(pathOf(request)));
  return {
    reads: own.length - writes.length - polls.length,
    writes: writes.length,
    polls: polls.length,
    hub: own.filter(inHub).length,
    hubWrites: writes.filter((request) => inHub(request) && sharedByHub.test(pathOf(request))).length,
    throttled: own.filter(({ status }) => status === 429).length,
    refused: own.filter(({ status }) => status >= 400 && status !== 404 && status !== 429).length,
    tokens: requests.filter((request) => /\/msi\/token$/i.test(pathOf(request))).length,
  };
}
