import { RefusedError } from "../domain/errors.ts";
import { serialised } from "../domain/serialised.ts";
import type { AzureClients } from "./clients.ts";
import type { KqlQuery } from "./kql.ts";
import type { ResourceGraphAnswer, ResourceGraphPort, ResourceGraphRow, ResourceGraphScope } from "./ports.ts";
import { readThrown } from "./thrown-failure.ts";

/** What the SDK lets see of an answer beside the rows. */
interface RawResponse {
  readonly headers: { get(name: string): string | undefined };
  readonly bodyAsText?: string | null;
}

/**
 * Resource Graph, one query after another: its quota is the user's, and tells after each query what is left. Where nothing
 * is left the next query waits until the quota is full again, so that none is throttled by this process's own doing.
 */
export function resourceGraphPort(clients: AzureClients): ResourceGraphPort {
  const inTurn = serialised();
  let fullAgainAt = 0;

  return {
    query: (query, scope, { top, skipToken }) =>
      inTurn("quota", () =>
        clients.attempt(null, async () => {
          await clients.sleep(Math.max(0, fullAgainAt - clients.now()));
          const client = await clients.resourceGraph();
          let response: RawResponse | undefined;
          const options = { top, resultFormat: "objectArray" as const, ...(skipToken === null ? {} : { skipToken }) };
          const onResponse = (raw: RawResponse) => {
            response = raw;
          };
          const answer = await client
            .resources({ query: query.text, ...scopeOf(scope), options }, { onResponse })
            .catch((thrown: unknown) => {
              throw refusedQuery(thrown) ?? thrown;
            });
          const quota = quotaOf(response);
          fullAgainAt = quota.quotaRemaining === 0 ? clients.now() + (quota.quotaResetsAfterSeconds ?? 0) * 1000 : 0;
          return { ...readAnswer(query, answer), bytes: Buffer.byteLength(response?.bodyAsText ?? ""), ...quota };
        }),
      ),
  };
}

/** Without a scope Azure would answer for everything that the identity may read. */
function scopeOf(scope: ResourceGraphScope): { subscriptions: string[] } | { managementGroups: string[] } {
  const [key, ids] =
    "managementGroups" in scope ? ["managementGroups", scope.managementGroups] : ["subscriptions", scope];
  if (ids.length === 0) throw new RangeError("A query of Resource Graph needs a scope");
  return key === "managementGroups" ? { managementGroups: [...ids] } : { subscriptions: [...ids] };
}

/** Resource Graph calls every refusal a bad request, and tells in the details what is bad. */
function refusedQuery(thrown: unknown): RefusedError | null {
  const { code, innerCodes } = readThrown(thrown);
  const [reason] = innerCodes;
  if (code !== "BadRequest" || reason === undefined) return null;
  const details = (thrown as { details?: { error?: { details?: readonly { message?: string }[] } } }).details;
  const message = (details?.error?.details ?? []).map((one) => one.message ?? "").join(" ");
  const remedy = "Report it with this message: the tool asked Resource Graph wrongly.";
  return new RefusedError({ code: reason, message: message.slice(0, 1_000), resourceId: null, remedy });
}

interface Answered {
  readonly data: unknown;
  readonly resultTruncated: string;
  readonly skipToken?: string;
}

/** @throws RefusedError `ResourceGraphTruncated` where rows are left that no page would tell: half an answer is none. */
function readAnswer(query: KqlQuery, answer: Answered): Pick<ResourceGraphAnswer, "rows" | "skipToken"> {
  const skipToken = answer.skipToken ?? null;
  if (skipToken === null && answer.resultTruncated === "true") {
    throw new RefusedError({
      code: "ResourceGraphTruncated",
      message: `Resource Graph left out rows of a query: ${query.text.slice(0, 200)}`,
      resourceId: null,
      remedy: "Report it: the query has no column by which Resource Graph could tell the rest in pages.",
    });
  }
  return { rows: Array.isArray(answer.data) ? (answer.data as ResourceGraphRow[]) : [], skipToken };
}

/** Source: Azure Resource Graph, "Guidance for throttled requests", section "Understand throttling headers". */
function quotaOf(
  response: RawResponse | undefined,
): Pick<ResourceGraphAnswer, "quotaRemaining" | "quotaResetsAfterSeconds"> {
  const remaining = response?.headers.get("x-ms-user-quota-remaining");
  const resets = /^(\d+):(\d\d):(\d\d)/.exec(response?.headers.get("x-ms-user-quota-resets-after") ?? "");
  const [hours, minutes, seconds] = (resets ?? []).slice(1).map(Number);
  return {
    quotaRemaining: remaining === undefined ? null : Number(remaining),
    quotaResetsAfterSeconds: resets === null ? null : (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  };
}
