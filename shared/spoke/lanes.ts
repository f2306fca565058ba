import type { Lane } from "../domain/lane.ts";
import type { Change } from "../domain/plan.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import { expectedSeconds } from "./durations.ts";

/** From here on a change that nothing waits for runs beside the waves after it instead of holding them up. */
const slowSeconds = 15;

/**
 * The work of a plan as lanes that know nothing of each other, each a row of waves. Changes are named by their index
 * in the plan; what needs no work is left out. All changes of one wave may run at once, because all that they depend
 * on lies in waves before. Single changes without any dependency share one lane.
 */
export function lanesOf(changes: readonly Change[]): Lane[] {
  const work = changes.map((change, index) => ({ change, index })).filter(({ change }) => change.action !== "none");
  const indexOf = new Map(work.map(({ change, index }) => [resourceIdKey(change.id), index]));
  const needs = new Map(
    work.map(({ change, index }) => [
      index,
      change.dependsOn.flatMap((id) => indexOf.get(resourceIdKey(id)) ?? []).filter((needed) => needed !== index),
    ]),
  );
  const components = connected([...needs.keys()], needs);
  const singles = components.filter((members) => members.length === 1).flat();
  const rows = components.filter((members) => members.length > 1).map((members) => waves(members, needs, changes));
  return singles.length === 0 ? rows : [...rows, waves(singles, needs, changes)];
}

/** Members of each connected part of the graph, in the order of the plan. */
function connected(members: readonly number[], needs: ReadonlyMap<number, readonly number[]>): number[][] {
  const part = new Map(members.map((member) => [member, member]));
  const root = (member: number): number => {
    const up = part.get(member) ?? member;
    return up === member ? member : root(up);
  };
  for (const [member, needed] of needs) for (const other of needed) part.set(root(member), root(other));
  const parts = new Map<number, number[]>();
  for (const member of members) parts.set(root(member), [...(parts.get(root(member)) ?? []), member]);
  return [...parts.values()];
}

function waves(
  members: readonly number[],
  needs: ReadonlyMap<number, readonly number[]>,
  changes: readonly Change[],
): Lane {
  const level = new Map<number, number>();
  const depth = (member: number): number => {
    const known = level.get(member);
    if (known !== undefined) return known;
    const own = Math.max(-1, ...(needs.get(member) ?? []).map(depth)) + 1;
    level.set(member, own);
    return own;
  };
  for (const member of members) depth(member);
  const needed = new Set(members.flatMap((member) => needs.get(member) ?? []));
  const slow = (member: number): boolean => {
    const change = changes[member];
    return !needed.has(member) && change !== undefined && expectedSeconds(change.type, change.action) >= slowSeconds;
  };
  const count = Math.max(...level.values()) + 1;
  return {
    waves: Array.from({ length: count }, (_, wave) => {
      const own = members.filter((member) => level.get(member) === wave);
      const last = wave === count - 1;
      return {
        changes: own.filter((member) => last || !slow(member)),
        alongside: own.filter((member) => !last && slow(member)),
      };
    }),
  };
}
