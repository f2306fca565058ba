import { type IntervalSet, intervalSetHolds } from "../rules/meaning/interval-set.ts";
import type { HardeningLimits } from "./hardening-input.ts";
import type { NotJudged } from "./recommendation.ts";
import type { FlowReduction } from "./reduce-flow-records.ts";

const HOUR = 3_600_000;
/** Share of records that may be malformed before the rest is no picture of what happened. */
const MOST_MALFORMED = 0.01;

export interface Coverage {
  readonly hoursCovered: number;
  readonly hoursExpected: number;
}

/** In how many hours of the window an interface in the subnet logged. */
export function coverageOf({ window, interfaces }: FlowReduction, subnet: IntervalSet): Coverage {
  const first = Math.floor(window.from / HOUR);
  const behind = Math.ceil(window.to / HOUR);
  const hours = new Set<number>();
  for (const { addresses, hours: logged } of interfaces) {
    if (!addresses.some((address) => intervalSetHolds(subnet, address))) continue;
    for (const hour of logged) if (hour >= first && hour < behind) hours.add(hour);
  }
  return { hoursCovered: hours.size, hoursExpected: behind - first };
}

/** Why flow logs are no ground to judge the rules of a subnet on; null where they are. */
export function lackOfGround(
  { counts }: FlowReduction,
  { hoursCovered, hoursExpected }: Coverage,
  limits: HardeningLimits,
): Pick<NotJudged, "code" | "message"> | null {
  if (hoursExpected < limits.leastHours) {
    const message = `The window has ${hoursExpected} hours; ${limits.leastHours} are needed.`;
    return { code: "window-too-short", message };
  }
  if (hoursCovered < hoursExpected * limits.leastCoverage) {
    const message = `Interfaces of the subnet logged in ${hoursCovered} of ${hoursExpected} hours.`;
    return { code: "window-not-covered", message };
  }
  const { records, malformedRecords, otherVersionRecords, malformedTuples, tuples, ipv6Tuples } = counts;
  const unread = malformedRecords > records * MOST_MALFORMED || malformedTuples > tuples * MOST_MALFORMED;
  if (otherVersionRecords > 0 || unread) {
    const message = `Of the flow logs ${otherVersionRecords} records have another version, ${malformedRecords} records and ${malformedTuples} tuples are malformed.`;
    return { code: "logs-not-readable", message };
  }
  if (ipv6Tuples > 0) return { code: "ipv6-traffic", message: "There is traffic of IPv6, and IPv6 is not modelled." };
  return null;
}
