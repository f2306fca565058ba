/** An unhealthy assessment of Defender for Cloud. */
export interface SeenAssessment {
  readonly id: string;
  /** Key of the recommendation, a GUID. */
  readonly key: string;
  readonly subscriptionId: string;
  readonly resourceId: string;
  readonly displayName: string;
  readonly cause: string;
  readonly description: string;
  readonly severity: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly remediation: string;
}

/** A control of a subscription's secure score: its points are shared out among its resources. */
export interface SeenControl {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly max: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly keys: readonly string[];
}
