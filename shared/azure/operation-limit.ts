import { AsyncLocalStorage } from "node:async_hooks";
import { RefusedError } from "../domain/errors.ts";
import { tryParseResourceId } from "../domain/resource-id.ts";

const minute = 60_000;

/**
 * Milliseconds after which one operation on a resource is taken for one that never ends: several times what Azure's slow
 * types are known to take, and below the functionTimeout of host.json. Source: Application Gateway, "Frequently asked
 * questions", section "How long does it take to deploy an Application Gateway" (up to 20 minutes for v1, about 6 for v2).
 */
const limits: Readonly<Record<string, number>> = {
  "Microsoft.Network/applicationGateways": 20 * minute,
  "Microsoft.Network/firewallPolicies/ruleCollectionGroups": 20 * minute,
  "Microsoft.Network/ipGroups": 20 * minute,
};
const usualLimit = 10 * minute;

/** The limit for an operation on the resource with this id; null = about no resource. */
export function operationLimit(resourceId: string | null): number {
  const type = resourceId === null ? undefined : tryParseResourceId(resourceId)?.type;
  return limits[type ?? ""] ?? usualLimit;
}

const running = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs one operation on Azure, its long-running part included, and gives it up after `limit` milliseconds: the SDKs ask for ever
 * after an operation that does not end. Requests of the operation that come later are not sent.
 * @throws RefusedError `OperationNotEnding`
 */
export async function withinLimit<R>(
  limit: number,
  resourceId: string | null,
  operation: () => Promise<R>,
): Promise<R> {
  const abandoned = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    abandoned.abort();
    reject(notEnding(limit, resourceId));
  }, limit);
  try {
    return await Promise.race([running.run(abandoned.signal, operation), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the requests of an operation that was given up, polls included. */
export const operationEnd = {
  position: "perRetry" as const,
  policy: {
    name: "operationEnd",
    sendRequest<Q extends { abortSignal?: unknown }, R>(request: Q, next: (request: Q) => Promise<R>): Promise<R> {
      const given = running.getStore();
      const own = request.abortSignal;
      if (given !== undefined) request.abortSignal = own instanceof AbortSignal ? AbortSignal.any([own, given]) : given;
      return next(request);
    },
  },
};

function notEnding(limit: number, resourceId: string | null): RefusedError {
  return new RefusedError({
    code: "OperationNotEnding",
    message: `Azure accepted the operation and has not ended it within ${Math.round(limit / 1_000)} seconds.`,
    resourceId,
    remedy:
      "Look at the resource's provisioning state and activity log, and at Azure's service health; once Azure has ended the operation, run again: the work continues where it stopped.",
  });
}
