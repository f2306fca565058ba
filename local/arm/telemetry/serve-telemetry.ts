import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import type { ReceivedTelemetry, TelemetryItem } from "./received-telemetry.ts";

const ingestionPath = /^\/v2(?:\.1)?\/track$/;
const audience = "https://monitor.azure.com";

/**
 * The ingestion endpoint of Application Insights with local authentication off: it takes what a principal of the tenant
 * sends with a token for Azure Monitor. The role Monitoring Metrics Publisher is not asked for: the component, on which it
 * would be held, is not modelled. Returns false where the call is for something else.
 */
export function serveTelemetry(
  engine: Engine,
  received: ReceivedTelemetry,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  if (incoming.method !== "POST" || !ingestionPath.test((incoming.url ?? "").split("?")[0] ?? "")) return false;
  void answer(engine, received, incoming).then(
    ({ status, body }) => {
      outgoing.writeHead(status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(body));
    },
    (defect: unknown) => {
      engine.report(defect);
      outgoing.writeHead(500).end();
    },
  );
  return true;
}

async function answer(
  engine: Engine,
  received: ReceivedTelemetry,
  incoming: IncomingMessage,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const zipped = incoming.headers["content-encoding"] === "gzip";
  const body = await text(zipped ? incoming.pipe(createGunzip()) : incoming);
  if (!mayWrite(engine, incoming.headers.authorization)) return counted(0, 0, 401, "Authentication is required.");
  const items = itemsOf(body);
  if (items === undefined) return counted(0, 0, 400, "The body is no telemetry.");
  received.add(items);
  return counted(items.length, items.length, 200);
}

function counted(itemsReceived: number, itemsAccepted: number, status: number, message?: string) {
  const errors = message === undefined ? [] : [{ index: 0, statusCode: status, message }];
  return { status, body: { itemsReceived, itemsAccepted, errors } };
}

function mayWrite(engine: Engine, authorization: string | undefined): boolean {
  const claims = readToken((authorization ?? "").replace(/^Bearer /i, ""));
  if (claims === undefined || claims.tid !== engine.tenantId) return false;
  if (claims.exp * 1000 <= Date.now() || claims.aud.replace(/\/+$/, "") !== audience) return false;
  return engine.directory.find(claims.oid) !== undefined;
}

/** A JSON array, or one JSON object on each line. */
function itemsOf(body: string): readonly TelemetryItem[] | undefined {
  try {
    const trimmed = body.trim();
    const parsed: unknown = trimmed.startsWith("[")
      ? JSON.parse(trimmed)
      : trimmed.split("\n").map((line): unknown => JSON.parse(line));
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
