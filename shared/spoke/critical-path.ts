import type { Change, CriticalPath } from "../domain/plan.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import { expectedSeconds } from "./durations.ts";

/** The longest chain of changes that wait for one another: no order of work can be faster. */
export function criticalPath(changes: readonly Change[]): CriticalPath {
  const byId = new Map(changes.map((change) => [resourceIdKey(change.id), change]));
  const known = new Map<Change, { readonly total: number; readonly chain: readonly Change[] }>();
  const longest = (change: Change): { readonly total: number; readonly chain: readonly Change[] } => {
    const done = known.get(change);
    if (done !== undefined) return done;
    let before: { readonly total: number; readonly chain: readonly Change[] } = { total: 0, chain: [] };
    for (const id of change.dependsOn) {
      const needed = byId.get(resourceIdKey(id));
      const path = needed === undefined ? before : longest(needed);
      if (path.total > before.total) before = path;
    }
    const path = {
      total: before.total + expectedSeconds(change.type, change.action),
      chain: [...before.chain, change],
    };
    known.set(change, path);
    return path;
  };
  const best = changes.map(longest).reduce((a, b) => (b.total > a.total ? b : a), { total: 0, chain: [] });
  return {
    seconds: best.total,
    resources: best.chain
      .filter((change) => change.action !== "none")
      .map((change) => ({ id: change.id, seconds: expectedSeconds(change.type, change.action) })),
  };
}
