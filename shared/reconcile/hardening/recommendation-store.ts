import type { Recommendation } from "../../domain/recommendation.ts";
import { type FoundRecommendation, mergeRecommendations } from "../../spoke/recommendations/merge-recommendations.ts";
import type { JsonBlobs } from "../../state/blob-state.ts";
import { Documents } from "../../state/documents.ts";

/** Something to know about a source as a whole, such as that Azure has retired it. */
export interface RecommendationNote {
  readonly code: string;
  readonly message: string;
}

/** Recommendations of one subscription by Defender, or of one spoke by its traffic; `id` says which. */
export interface RecommendationList {
  readonly id: string;
  readonly checkedAt: string;
  readonly notes: readonly RecommendationNote[];
  readonly recommendations: readonly Recommendation[];
}

export const listOfSubscription = (subscriptionId: string) => `subscription-${subscriptionId.toLowerCase()}`;
export const listOfSpoke = (spoke: string) => `spoke-${spoke}`;

/** What is gone, or stands, is remembered for so long. */
const remembered = 90 * 86_400_000;

/** Recommendations in blobs below `recommendations/`: few documents, so that a list of all is quick. */
export class RecommendationStore {
  readonly #lists: Documents<RecommendationList>;

  constructor(blobs: JsonBlobs) {
    this.#lists = new Documents(blobs, "recommendations");
  }

  lists(): Promise<readonly RecommendationList[]> {
    return this.#lists.list();
  }

  async read(listId: string): Promise<RecommendationList | null> {
    return (await this.#lists.read(listId))?.value ?? null;
  }

  /** The recommendation of this id and the list that holds it. */
  async find(id: string): Promise<{ readonly listId: string; readonly recommendation: Recommendation } | null> {
    for (const { id: listId, recommendations } of await this.lists()) {
      const recommendation = recommendations.find((one) => one.id === id);
      if (recommendation !== undefined) return { listId, recommendation };
    }
    return null;
  }

  /**
   * Takes in what a pass found.
   * @param looked which stored ones it would have found if they still held
   * @param reopened of which stored ones the decision counts no more
   */
  async merge(
    listId: string,
    found: readonly FoundRecommendation[],
    looked: (recommendation: Recommendation) => boolean,
    notes: readonly RecommendationNote[],
    now: string,
    reopened?: (recommendation: Recommendation) => boolean,
  ): Promise<void> {
    await this.#lists.add({ id: listId, checkedAt: now, notes: [], recommendations: [] });
    await this.#lists.update(listId, (list) => {
      const merged = mergeRecommendations(list.recommendations, found, looked, now, reopened);
      const changed = new Map(merged.map((one) => [one.id, one]));
      const kept = list.recommendations.filter((one) => !changed.has(one.id));
      const recommendations = [...merged, ...kept].filter((one) => !isForgotten(one, now));
      return { id: listId, checkedAt: now, notes, recommendations };
    });
  }

  /** Changes one recommendation; null where it is gone from its list. `change` may answer the same. */
  async update(
    listId: string,
    id: string,
    change: (recommendation: Recommendation) => Recommendation,
  ): Promise<Recommendation | null> {
    let result: Recommendation | null = null;
    await this.#lists.update(listId, (list) => {
      const before = list.recommendations.find((one) => one.id === id);
      result = before === undefined ? null : change(before);
      if (result === null || result === before) return list;
      const after = result;
      return { ...list, recommendations: list.recommendations.map((one) => (one.id === id ? after : one)) };
    });
    return result;
  }

  /** Forgets the lists of what is looked after no more. */
  async keep(listIds: readonly string[]): Promise<void> {
    for (const { id } of await this.lists()) if (!listIds.includes(id)) await this.#lists.remove(id);
  }
}

function isForgotten({ status, lastSeenAt }: Recommendation, now: string): boolean {
  return (status === "Gone" || status === "Applied") && Date.parse(now) - Date.parse(lastSeenAt) > remembered;
}
