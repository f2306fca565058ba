/** What an assessment says of its resource. */
export interface Verdict {
  readonly code: "Healthy" | "Unhealthy" | "NotApplicable";
  /** Why, where it is not healthy. */
  readonly cause?: string;
  readonly description?: string;
}

export const healthy: Verdict = { code: "Healthy" };

export function unhealthy(cause: string, description: string): Verdict {
  return { code: "Unhealthy", cause, description };
}

export function notApplicable(cause: string, description: string): Verdict {
  return { code: "NotApplicable", cause, description };
}
