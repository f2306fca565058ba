import { RefusedError } from "../domain/errors.ts";
import { coverageOf, lackOfGround } from "./coverage.ts";
import { type HardenedGroup, type HardeningInput, type HardeningLimits, usualLimits } from "./hardening-input.ts";
import { SpokeAddresses } from "./judging/spoke-addresses.ts";
import { recommendForGroup } from "./recommend-for-group.ts";
import type { NotJudged, Recommendation } from "./recommendation.ts";

export interface HardeningResult {
  /** Most severe first. */
  readonly recommendations: readonly Recommendation[];
  /** Network security groups of which nothing is said, and why. */
  readonly notJudged: readonly NotJudged[];
}

const ranks = { high: 0, medium: 1, low: 2 } as const;

/**
 * Recommends to narrow rules to what was really used in the learning window, or to remove those that nothing used: rules
 * that allow, of the spoke's network security groups. Nothing is ever added. After any selection of the recommendations every observed
 * flow that passes now still passes, and nothing passes that does not pass now.
 */
export function deriveRecommendations(input: HardeningInput): HardeningResult {
  const limits: HardeningLimits = { ...usualLimits, ...input.limits };
  const addresses = new SpokeAddresses(input.context, input.networkInterfaces);
  const recommendations: Recommendation[] = [];
  const notJudged: NotJudged[] = [];
  for (const group of input.groups) {
    const coverage = coverageOf(input.reduction, addresses.subnet(group.subnet));
    const lack =
      lackOfGround(input.reduction, coverage, limits) ??
      unreadable(group, () => {
        recommendations.push(...recommendForGroup(input, group, { addresses, coverage, limits }));
      });
    if (lack !== null) {
      const { networkSecurityGroupId, subnet } = group;
      notJudged.push({ networkSecurityGroupId, subnet, ...lack });
    }
  }
  const ordered = recommendations.sort((a, b) => ranks[a.severity] - ranks[b.severity] || (a.id < b.id ? -1 : 1));
  return { recommendations: ordered, notJudged };
}

/** Rules that have no meaning here, or too much of it, are left alone and told. */
function unreadable(group: HardenedGroup, work: () => void): Pick<NotJudged, "code" | "message"> | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { code: "rules-not-readable", message: `${group.networkSecurityGroupId}: ${error.failure.message}` };
  }
}
