import { createHash } from "node:crypto";
import { firstPage, type ReadPage, readPage } from "../../azure/resource-graph-pages.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import type { SweepReading } from "./begin-sweep.ts";
import type { RowDigest, SweepStore } from "./sweep-store.ts";
import type { SweepTools } from "./sweep-tools.ts";

/** Pages for which one call stays at work: a few seconds to half a minute. */
const pagesAtOnce = 20;

/** Where rows lie that every spoke may need. */
export const sharedPlace = "shared";

/**
 * Reads on where the reading of a query stands and puts the rows down; a page that was put down is never asked for again.
 * Answers whether there is more to read.
 */
export async function readRows({ azure, store }: SweepTools, id: string, reading: SweepReading): Promise<boolean> {
  const { name, query, scope } = reading;
  let progress = (await store.readProgress(id, name)) ?? {
    pages: 0,
    calls: 0,
    rows: 0,
    next: firstPage(query.bytesPerRow),
  };
  for (let read = 0; progress.next !== null && read < pagesAtOnce; read++) {
    const page = await readPage(azure.resourceGraph, query.text, scope, progress.next);
    await putDown(store, id, `${name}-${progress.pages}`, query.scope === "surroundings", page);
    progress = {
      pages: progress.pages + 1,
      calls: progress.calls + page.calls,
      rows: progress.rows + page.rows.length,
      next: page.next,
    };
    await store.writeProgress(id, name, progress);
  }
  return progress.next !== null;
}

interface Row {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly subscriptionId?: unknown;
  readonly tags?: unknown;
  readonly properties?: unknown;
}

async function putDown(store: SweepStore, id: string, name: string, shared: boolean, page: ReadPage): Promise<void> {
  const places = new Map<string, { rows: string[]; digests: RowDigest[] }>();
  for (const row of page.rows as readonly Row[]) {
    const place = shared ? sharedPlace : placeOf(row);
    if (place === null) continue;
    const at = places.get(place) ?? { rows: [], digests: [] };
    places.set(place, at);
    const text = JSON.stringify(row);
    at.rows.push(text);
    at.digests.push(digestOf(row, text));
  }
  await Promise.all([...places].map(([place, { rows, digests }]) => store.putRows(id, place, name, rows, digests)));
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The subscription of a row; its place is part of a blob's name, so that it must be a GUID. */
function placeOf({ id, subscriptionId }: Row): string | null {
  const told = typeof id === "string" ? id.split("/")[2] : subscriptionId;
  const place = String(told ?? "").toLowerCase();
  return guid.test(place) ? place : null;
}

function digestOf(row: Row, text: string): RowDigest {
  const key = resourceIdKey(typeof row.id === "string" ? row.id : "");
  const digest = hashOf(text);
  if (row.type !== "microsoft.network/virtualnetworks") return { key, digest };
  const { addressSpace } = (row.properties ?? {}) as { addressSpace?: unknown };
  return { key, digest, neighbour: hashOf(JSON.stringify([row.id, addressSpace, row.tags])) };
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
