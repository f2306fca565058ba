import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text as textOf } from "node:stream/consumers";

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed JSON; undefined for an empty or other body. */
  readonly body: unknown;
}

export interface HttpsCallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** One HTTPS call that trusts the given certificate authority. The path is sent exactly as written. */
export async function httpsCall(url: string, ca: string, options: HttpsCallOptions = {}): Promise<HttpsAnswer> {
  const { hostname, port, origin } = new URL(url);
  const payload = options.text ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
  const headers = {
    ...(payload === undefined ? {} : { "content-type": "application/json" }),
    ...options.headers,
  };
  const path = url.slice(origin.length) || "/";
  const call = request({ hostname, port, path, ca, method: options.method ?? "GET", headers, agent: false });
  call.end(payload);
  // A server may answer and close before it has read all of a large body; the answer is what counts then.
  call.on("error", () => {});
  const [response] = (await once(call, "response")) as [IncomingMessage];
  const text = await textOf(response);
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
