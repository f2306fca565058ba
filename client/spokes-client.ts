import { setTimeout as sleep } from "node:timers/promises";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./zero-trust-spokes.d.ts";

export type Spoke = components["schemas"]["Spoke"];
export type SpokeRequest = components["schemas"]["SpokeRequest"];
export type Problem = components["schemas"]["Problem"];
export type SpokesApi = Client<paths>;

/** An answer other than the one asked for: `problem.errors` tells each violation with its JSON pointer. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}`);
    this.problem = problem;
  }
}

/** What the caller decides about waiting. */
export interface Patience {
  /** Milliseconds between two looks; a run in Azure takes minutes, so some seconds are often enough. */
  readonly pause: number;
  /** Milliseconds for which a call is repeated while the API is not to be had. */
  readonly outage: number;
  readonly signal?: AbortSignal;
}

const usualPatience: Patience = { pause: 10_000, outage: 600_000 };

/**
 * The API at a base URL like `https://func-zero-trust.azurewebsites.net/api`.
 * @param headers asked for each call, because access tokens run out
 */
export function spokesApi(baseUrl: string, headers: () => Promise<Record<string, string>>): SpokesApi {
  const api = createClient<paths>({ baseUrl });
  api.use({
    onRequest: async ({ request }) => {
      for (const [name, value] of Object.entries(await headers())) request.headers.set(name, value);
    },
  });
  return api;
}

/**
 * Asks for a spoke. The same request again is the same spoke, so a lost answer is no harm: it is simply asked again.
 * @throws ProblemError where the request is refused.
 */
export async function askForSpoke(api: SpokesApi, body: SpokeRequest, patience = usualPatience): Promise<Spoke> {
  const { data, error } = await patiently(() => api.POST("/spokes", { body }), patience);
  if (error !== undefined) throw new ProblemError(error);
  return data;
}

/**
 * Follows a spoke until its run has ended: `Succeeded`, `Failed` (read `error.remedy`), `Rejected` or `Removed`.
 * @param seen told of every look; a run in `AwaitingApproval` may wait for days
 * @throws ProblemError where the spoke cannot be read.
 */
export async function followSpoke(
  api: SpokesApi,
  name: string,
  seen: (spoke: Spoke) => void = () => {},
  patience = usualPatience,
): Promise<Spoke> {
  for (;;) {
    const { data, error } = await patiently(
      () => api.GET("/spokes/{name}", { params: { path: { name } }, signal: patience.signal ?? null }),
      patience,
    );
    if (error !== undefined) throw new ProblemError(error);
    seen(data);
    if (hasEnded(data)) return data;
    await sleep(patience.pause, undefined, patience);
  }
}

/** Whether the latest run of a spoke has ended. */
export function hasEnded({ status }: Pick<Spoke, "status">): boolean {
  return status === "Succeeded" || status === "Failed" || status === "Rejected" || status === "Removed";
}

/** Repeats a call, which must be one that may be repeated, while there is no connection or the answer is one that passes. */
async function patiently<T extends { readonly response: Response }>(
  call: () => Promise<T>,
  { outage, pause, signal }: Patience,
): Promise<T> {
  const deadline = Date.now() + outage;
  for (;;) {
    const answer = await call().catch((error: unknown) => {
      signal?.throwIfAborted();
      if (Date.now() >= deadline) throw error;
      return null;
    });
    if (answer !== null && (!passes(answer.response) || Date.now() >= deadline)) return answer;
    const seconds = Number(answer?.response.headers.get("retry-after"));
    await sleep(seconds > 0 ? seconds * 1_000 : pause, undefined, signal === undefined ? {} : { signal });
  }
}

/** The API answers 503 where Azure or its storage cannot be asked; the rest are answers of what stands in front of it. */
function passes({ status, headers }: Response): boolean {
  const isOwn = headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  return status === 503 || (!isOwn && (status === 429 || status === 502 || status === 504));
}
