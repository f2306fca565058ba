import { type IncomingMessage, request, type ServerResponse } from "node:http";
import type { BackingStorage } from "./backing-storage.ts";
import { serverBusy } from "./storage-refusal.ts";
import type { StorageUrl } from "./storage-url.ts";

/** Headers that belong to one connection, and the caller's own credential. */
const ownHeaders = new Set(["authorization", "connection", "host", "keep-alive", "transfer-encoding", "expect"]);

/**
 * Passes a call on to the storage emulator and its answer back, both as they stream.
 * @returns the status that was answered
 * @throws StorageRefusal 503 where the emulator does not answer
 */
export async function forwardToEmulator(
  storage: BackingStorage,
  url: StorageUrl,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<number> {
  const address = new URL(storage.address(url.account, url.service));
  const query = [url.rawQuery, await storage.sharedAccess(url.account)].filter((part) => part !== "").join("&");
  const headers = Object.entries(incoming.headers).filter(([name]) => !ownHeaders.has(name));
  const chunked = incoming.headers["transfer-encoding"] !== undefined;
  return new Promise((resolve, reject) => {
    const call = request(
      {
        hostname: address.hostname,
        port: address.port,
        path: `${address.pathname}${url.path}?${query}`,
        method: incoming.method,
        headers: { ...Object.fromEntries(headers), ...(chunked ? { "transfer-encoding": "chunked" } : {}) },
      },
      (answer) => {
        const status = answer.statusCode ?? 502;
        const shown = Object.entries(answer.headers).filter(([name]) => !ownHeaders.has(name));
        outgoing.writeHead(status, Object.fromEntries(shown));
        answer.pipe(outgoing);
        answer.once("error", () => outgoing.destroy());
        outgoing.once("close", () => resolve(status));
      },
    );
    call.once("error", () => (outgoing.headersSent ? outgoing.destroy() : reject(serverBusy())));
    outgoing.once("close", () => call.destroy());
    incoming.pipe(call);
  });
}
