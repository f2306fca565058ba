import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type HostRequest, type HostResponse, HttpError, type RequestHandler } from "./http-message.ts";

/** The platform's limit of a request body: 100 MB (Azure Functions HTTP trigger, limits). */
const maxBodyBytes = 104_857_600;

/** Replaces what a caller claims about an identity by what the host knows; undefined refuses with 401. */
export type Authenticate = (headers: Record<string, string>) => Record<string, string> | undefined;

/** The listening server. */
export interface HttpServer {
  port: number;
  /** Stops accepting, waits for what is being answered (at most the given time), then cuts. */
  close(graceMilliseconds: number): Promise<void>;
}

/** Starts the host's HTTP server on 127.0.0.1. @param port 0 = any free port */
export async function listen(
  port: number,
  authenticate: Authenticate,
  handle: RequestHandler,
  log: (message: string, error?: unknown) => void,
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, authenticate, handle, log).then(
      (response) => send(incoming, outgoing, response, log),
      (error: unknown) => log("A request could not be answered.", error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: (grace) => close(server, grace) };
}

async function answer(
  incoming: IncomingMessage,
  authenticate: Authenticate,
  handle: RequestHandler,
  log: (message: string, error?: unknown) => void,
): Promise<HostResponse> {
  try {
    const headers = authenticate(joinHeaders(incoming.rawHeaders));
    if (!headers) {
      return { status: 401 };
    }
    const request: HostRequest = {
      method: incoming.method ?? "GET",
      url: parseTarget(incoming),
      headers,
      body: () => readBody(incoming),
    };
    return (await handle(request)) ?? { status: 404 };
  } catch (error) {
    if (error instanceof HttpError) {
      return { status: error.status, headers: [["Content-Type", "text/plain; charset=utf-8"]], body: error.message };
    }
    log(`${incoming.method} ${incoming.url}`, error);
    return { status: 500 };
  }
}

/** Joins repeated headers as the Functions host does: by a comma, cookies by a semicolon (RFC 9110, section 5.3). */
function joinHeaders(rawHeaders: string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return headers;
}

function parseTarget({ url = "/", headers }: IncomingMessage): URL {
  const target = url.startsWith("/") ? `http://${headers.host ?? "localhost"}${url}` : url;
  if (!URL.canParse(target)) {
    throw new HttpError(400, "The request target or the Host header is not a URL.");
  }
  return new URL(target);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Left undestroyed, so that the refusal still reaches a caller who goes on sending.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) {
      throw new HttpError(413, `The body exceeds ${maxBodyBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers = [], body = "" }: HostResponse,
  log: (message: string, error?: unknown) => void,
): void {
  const content = Buffer.from(body);
  try {
    for (const [name, value] of headers) {
      outgoing.appendHeader(name, value);
    }
    outgoing.statusCode = status;
  } catch (error) {
    log(`${incoming.method} ${incoming.url}: the response has an invalid header.`, error);
    for (const name of outgoing.getHeaderNames()) {
      outgoing.removeHeader(name);
    }
    outgoing.writeHead(500).end();
    return;
  }
  if (status !== 204 && status !== 304) {
    outgoing.setHeader("Content-Length", content.length);
  }
  if (!incoming.complete) {
    // What is still to come of a body nobody reads would be taken for the next request of the connection.
    outgoing.setHeader("Connection", "close");
  }
  incoming.resume();
  outgoing.end(content);
}

async function close(server: Server, graceMilliseconds: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await closed;
  clearTimeout(cut);
}
