import { RefusedError } from "../domain/errors.ts";
import type { KqlQuery } from "./kql.ts";
import type { ResourceGraphPort, ResourceGraphRow, ResourceGraphScope } from "./ports.ts";

/** Azure answers no more bytes at once ("Working with large Azure resource data sets"), and refuses what is larger. */
const payloadLimit = 16_777_216;
/** What rows that come may be larger than those that came. */
const aim = 0.94 * payloadLimit;
const mostRows = 1000;

/** Where the reading of a query's rows stands; JSON, so that it can be stored between pages. */
export interface PagePosition {
  readonly skipToken: string | null;
  /** Rows to ask for next. */
  readonly top: number;
}

export interface ReadPage {
  readonly rows: readonly ResourceGraphRow[];
  readonly bytes: number;
  /** Queries that it took: more than one where Azure refused a page as too large. */
  readonly calls: number;
  /** Null behind the last page. */
  readonly next: PagePosition | null;
}

/**
 * The first page of a query.
 * @param bytesPerRow how large a row may be expected to be: a guess too high costs a call, one too low a refusal
 */
export function firstPage(bytesPerRow = 8_192): PagePosition {
  return { skipToken: null, top: rowsFor(bytesPerRow) };
}

/**
 * Reads one page, as large as Azure answers: so many rows as the bytes of the page before let expect to fit. Where one is
 * refused as too large it is asked for by halves.
 * @throws RefusedError where one row alone is too large; RefusedError or TransientError where Azure could not be asked
 */
export async function readPage(
  graph: ResourceGraphPort,
  query: KqlQuery,
  scope: ResourceGraphScope,
  { skipToken, top: wanted }: PagePosition,
): Promise<ReadPage> {
  for (let top = wanted, calls = 1; ; top = Math.ceil(top / 2), calls++) {
    try {
      const { rows, bytes, skipToken: next } = await graph.query(query, scope, { top, skipToken });
      if (next === null) return { rows, bytes, calls, next: null };
      return { rows, bytes, calls, next: { skipToken: next, top: rowsFor(bytes / Math.max(1, rows.length)) } };
    } catch (error) {
      if (!isTooLarge(error) || top === 1) throw error;
    }
  }
}

/** All rows of a query, page by page. */
export async function* readPages(
  graph: ResourceGraphPort,
  query: KqlQuery,
  scope: ResourceGraphScope,
  bytesPerRow?: number,
): AsyncGenerator<ReadPage> {
  for (let at: PagePosition | null = firstPage(bytesPerRow); at !== null; ) {
    const page: ReadPage = await readPage(graph, query, scope, at);
    yield page;
    at = page.next;
  }
}

function rowsFor(bytesPerRow: number): number {
  return Math.max(1, Math.min(mostRows, Math.floor(aim / bytesPerRow)));
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RefusedError && error.failure.code === "ResponsePayloadTooLarge";
}
