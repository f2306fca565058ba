import type { RpcHttpCookie, RpcHttpData, RpcTypedData } from "../core/core-api.ts";
import type { HostRequest, HostResponse } from "./http-message.ts";

/** The function did not answer with an HTTP response. */
export class HttpResultError extends Error {
  override name = "HttpResultError";
}

/** The trigger value of an HTTP function. @param params of the route */
export async function toTriggerValue(request: HostRequest, params: Record<string, string>): Promise<RpcTypedData> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of request.url.searchParams) {
    // Repeated parameters reach the app as one value, joined by a comma, as on the real host.
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  const http: RpcHttpData = {
    method: request.method,
    url: request.url.href,
    headers: request.headers,
    query,
    params,
    body: { bytes: await request.body() },
  };
  return { http };
}

/** The response of an HTTP function; a function that returned nothing answers 204. */
export function toHostResponse(returnValue: RpcTypedData | null | undefined): HostResponse {
  if (returnValue === null || returnValue === undefined) {
    return { status: 204 };
  }
  const { http } = returnValue;
  if (!http) {
    throw new HttpResultError("An HTTP function must return an HTTP response.");
  }
  const headers = Object.entries(http.headers ?? {}).filter(([name]) => !isFraming(name));
  const cookies = (http.cookies ?? []).map((cookie): [string, string] => ["Set-Cookie", formatCookie(cookie)]);
  const body = http.body?.bytes ?? http.body?.string ?? "";
  return { status: Number(http.statusCode ?? 200), headers: [...headers, ...cookies], body };
}

/** Headers that describe the connection: they are the server's to set. */
function isFraming(name: string): boolean {
  return ["connection", "content-length", "keep-alive", "transfer-encoding"].includes(name.toLowerCase());
}

/** A `Set-Cookie` value (RFC 6265, section 4.1). */
function formatCookie(cookie: RpcHttpCookie): string {
  const sameSite = { none: undefined, lax: "lax", strict: "strict", explicitNone: "none" }[cookie.sameSite ?? "none"];
  const { expires, maxAge, domain, path } = cookie;
  return [
    `${cookie.name}=${encodeURIComponent(cookie.value)}`,
    expires && `expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
    maxAge && `max-age=${maxAge.value}`,
    domain && `domain=${domain.value}`,
    path && `path=${path.value}`,
    cookie.secure?.value && "secure",
    sameSite && `samesite=${sameSite}`,
    cookie.httpOnly?.value && "httponly",
  ]
    .filter((part) => typeof part === "string")
    .join("; ");
}
