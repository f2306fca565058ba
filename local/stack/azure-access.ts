import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { z } from "zod";
import { deferred } from "./deferred.ts";
import { StackError } from "./stack-error.ts";

/** Part of `fetch`'s init that local Azure needs. */
export interface AzureRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const seedSchema = z.looseObject({
  subscriptions: z.array(z.looseObject({ subscriptionId: z.string() })),
  groups: z.array(z.looseObject({ id: z.string() })),
  users: z.array(z.looseObject({ id: z.string() })),
  owner: z.object({ clientId: z.string(), clientSecret: z.string() }),
});
export type LocalAzureSeed = z.infer<typeof seedSchema>;

const recordedRequestSchema = z.looseObject({
  time: z.union([z.string(), z.number()]),
  method: z.string(),
  url: z.string(),
  caller: z.unknown(),
  action: z.unknown(),
  status: z.int(),
});
/** One call that local Azure received (contract of `GET /_local/requests`). */
export type RecordedRequest = z.infer<typeof recordedRequestSchema>;

/** Speaks to local Azure as a person at the terminal would: its CA trusted, as the platform's owner. */
export class AzureAccess {
  readonly url: string;
  readonly #agent: Agent;
  #token: string | null = null;

  constructor(url: string, caFile: string) {
    this.url = url;
    this.#agent = new Agent({ ca: readFileSync(caFile), keepAlive: true });
  }

  /** Like `fetch`, for a path of local Azure; no authorization is added. */
  fetch(path: string, init: AzureRequest = {}): Promise<Response> {
    const { promise, resolve, reject } = deferred<Response>();
    const outgoing = request(
      new URL(path, this.url),
      { agent: this.#agent, method: init.method ?? "GET", headers: init.headers ?? {} },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", reject);
        incoming.once("end", () => {
          const status = incoming.statusCode ?? 500;
          const body = status === 204 || status === 304 ? null : Buffer.concat(chunks);
          resolve(new Response(body, { status, headers: responseHeaders(incoming.headersDistinct) }));
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(init.body);
    return promise;
  }

  /** Bearer token of the platform's owner. */
  async ownerToken(): Promise<string> {
    this.#token ??= z.object({ accessToken: z.string() }).parse(await this.#json("/_local/token")).accessToken;
    return this.#token;
  }

  /** What stands in a new local Azure. */
  async seed(): Promise<LocalAzureSeed> {
    return seedSchema.parse(await this.#json("/_local/seed"));
  }

  /** Every call that local Azure received so far, its control plane aside. */
  async recordedRequests(): Promise<RecordedRequest[]> {
    return z.object({ value: z.array(recordedRequestSchema) }).parse(await this.#json("/_local/requests")).value;
  }

  /** GET through ARM as the platform's owner; null where nothing stands. Throws StackError for every other refusal. */
  async read(id: string, apiVersion: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${await this.ownerToken()}` };
    const path = `${id}${id.includes("?") ? "&" : "?"}api-version=${apiVersion}`;
    const response = await this.fetch(path, { headers });
    if (response.status === 404) return null;
    if (!response.ok)
      throw new StackError(`Local Azure answers ${response.status} to GET ${path}: ${await response.text()}`);
    return response.json();
  }

  close(): void {
    this.#agent.destroy();
  }

  async #json(path: string): Promise<unknown> {
    const response = await this.fetch(path);
    if (!response.ok)
      throw new StackError(`Local Azure answers ${response.status} to ${path}: ${await response.text()}`);
    return response.json();
  }
}

function responseHeaders(distinct: NodeJS.Dict<string[]>): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(distinct)) for (const value of values ?? []) headers.append(name, value);
  return headers;
}
