import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from "fastify";
import type { ServerCertificate } from "./certificate-authority.ts";

/** A call as it came in. */
export interface IncomingCall {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly clientIpAddress: string;
}

/** What is sent back; `drop` cuts the connection instead, at once or after holding it. */
export type OutgoingAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly payload?: unknown }
  | { readonly drop: { readonly afterMilliseconds: number } };

/** ARM's own limit ("Azure subscription and service limits": request size). */
const bodyLimit = 4 * 1024 * 1024;
/**
 * A larger body is read up to here: those of the control plane, which populates by the hundred megabytes, and others so
 * that their sender gets to read the refusal before the connection ends.
 */
const readLimit = 64 * bodyLimit;

/** As long as Fastify keeps an idle connection. */
const keepAliveMilliseconds = 72_000;

/**
 * The HTTPS server: every method and path goes to one handler, which alone reads the URL, since clients of Azure send
 * paths that routers trip over (`//subscriptions`, percent-encoded ids).
 * @param takesOver answers calls whose bodies are streams, before anything reads them; true where it does
 */
export function httpsServer(
  certificate: ServerCertificate,
  logger: FastifyBaseLogger,
  answer: (call: IncomingCall) => OutgoingAnswer | Promise<OutgoingAnswer>,
  takesOver: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean,
): FastifyInstance {
  const server = fastify({
    serverFactory: (handler) => {
      const { key, cert } = certificate;
      const https = createServer({ key, cert }, (incoming, outgoing) => {
        if (!takesOver(incoming, outgoing)) handler(incoming, outgoing);
      });
      https.keepAliveTimeout = keepAliveMilliseconds;
      return https;
    },
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: readLimit,
    rewriteUrl: () => "/",
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error(error);
    const code = status === 413 ? "RequestContentTooLarge" : "InternalServerError";
    return reply.code(status).send({ error: { code, message: error.message } });
  });
  server.all("/", (request, reply) => handle(request, reply, answer));
  return server;
}

function handle(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: (call: IncomingCall) => OutgoingAnswer | Promise<OutgoingAnswer>,
): FastifyReply | Promise<FastifyReply | undefined> | undefined {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value[0] : value;
  const text = typeof request.body === "string" ? request.body : "";
  if (Buffer.byteLength(text) > bodyLimit && !request.originalUrl.startsWith("/_local/")) {
    const message = `The request content size exceeds the maximum size of ${bodyLimit} bytes.`;
    return reply.code(413).send({ error: { code: "RequestContentTooLarge", message } });
  }
  const { method, originalUrl: url, ip: clientIpAddress } = request;
  const outcome = answer({ method, url, headers, text, clientIpAddress });
  return outcome instanceof Promise
    ? outcome.then((late) => send(request, reply, late))
    : send(request, reply, outcome);
}

function send(request: FastifyRequest, reply: FastifyReply, outcome: OutgoingAnswer): FastifyReply | undefined {
  if ("drop" in outcome) {
    reply.hijack();
    setTimeout(() => request.raw.socket.destroy(), outcome.drop.afterMilliseconds);
    return undefined;
  }
  reply.code(outcome.status).headers(outcome.headers ?? {});
  return reply.send(outcome.payload);
}
