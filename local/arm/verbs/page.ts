import { invalidParameter } from "../errors/request-errors.ts";
import type { Answer, ArmRequest } from "../requests/arm-request.ts";

/**
 * One page of a list. A longer list carries `nextLink`: the same URL with `$skiptoken`, which names the last entry by
 * its key, so that the list may change between two pages.
 *
 * @param entries all, in a stable order (by key where entries may go between two pages)
 * @param keyOf a unique key of each
 * @throws ArmError 400 for a token that local Azure did not make
 */
export function page<T>(
  baseUrl: string,
  request: ArmRequest,
  entries: readonly T[],
  keyOf: (entry: T) => string,
  show: (entry: T) => unknown,
  pageSize: number,
): Answer {
  const token = request.query.get("$skiptoken");
  const start = token === null ? 0 : after(entries, keyOf, Buffer.from(token, "base64url").toString("utf8"));
  const shown = entries.slice(start, start + pageSize);
  const last = shown.at(-1);
  const value = shown.map(show);
  if (last === undefined || start + pageSize >= entries.length) return { status: 200, body: { value } };
  const query = new URLSearchParams(request.query);
  query.set("$skiptoken", Buffer.from(keyOf(last)).toString("base64url"));
  const path = request.segments.map(encodeURIComponent).join("/");
  return { status: 200, body: { value, nextLink: `${baseUrl}/${path}?${query}` } };
}

function after<T>(entries: readonly T[], keyOf: (entry: T) => string, key: string): number {
  if (key === "") throw invalidParameter("The $skiptoken is invalid.");
  const exact = entries.findIndex((entry) => keyOf(entry) === key);
  if (exact !== -1) return exact + 1;
  const next = entries.findIndex((entry) => keyOf(entry) > key);
  return next === -1 ? entries.length : next;
}
