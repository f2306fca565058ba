/** A request as every part of the host sees it. */
export interface HostRequest {
  method: string;
  /** Absolute; dot segments are resolved, percent-encoding is untouched. */
  url: URL;
  /** Names in lower case, several values of one name joined; identity headers are the host's own. */
  headers: Record<string, string>;
  /** Reads the body to its end. @throws HttpError 413 */
  body(): Promise<Buffer>;
}

/** A response; header names may repeat. */
export interface HostResponse {
  status: number;
  headers?: [name: string, value: string][];
  body?: Uint8Array | string;
}

/** Answers a request, or passes it on with undefined. */
export type RequestHandler = (request: HostRequest) => Promise<HostResponse | undefined>;

/** A refusal that becomes the response. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A JSON response. */
export function json(status: number, value: unknown, headers: [string, string][] = []): HostResponse {
  const body = JSON.stringify(value);
  return { status, headers: [["Content-Type", "application/json; charset=utf-8"], ...headers], body };
}

/**
 * Decodes one segment of a path as the platform's server does: an encoded slash and malformed encoding stay as they are.
 * @throws HttpError 400 for an encoded NUL
 */
export function decodeSegment(segment: string): string {
  const parts = segment.split(/(%2f)/i);
  return parts.map((part) => (/^%2f$/i.test(part) ? part : decodeText(part))).join("");
}

/**
 * Decodes percent-encoding; what is malformed stays as it is.
 * @throws HttpError 400 for an encoded NUL
 */
export function decodeText(text: string): string {
  if (text.includes("%00")) {
    throw new HttpError(400, "The path contains an encoded NUL.");
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
