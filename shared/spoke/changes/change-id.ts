import { createHash } from "node:crypto";
import { resourceIdKey } from "../../domain/resource-id.ts";

/** Times up to here sort; the year 2286. */
const endOfTime = 9_999_999_999_999;

/**
 * Id of a change: the same for the same cause, so that work that is repeated after a crash finds what it wrote; and the
 * newest come first in the order of ids.
 * @param at when it was done or noticed, ISO 8601
 * @param cause what tells it from every other of that moment
 */
export function changeId(at: string, resourceId: string, cause: string): string {
  const order = orderAt(at);
  const hash = createHash("sha256")
    .update(`${resourceIdKey(resourceId)}\n${cause}`)
    .digest("hex")
    .slice(0, 16);
  return `${order}-${hash}`;
}

/** Whether a change with this id was made or noticed before a moment (ISO 8601). */
export function isChangeBefore(id: string, moment: string): boolean {
  return id > `${orderAt(moment)}-~`;
}

const orderAt = (at: string) => String(endOfTime - Date.parse(at)).padStart(13, "0");
