/** Something that a person should know about a spoke, whether or not the tool could act on it. */
export interface Finding {
  readonly code: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "information";
  readonly message: string;
  /** ARM id of the resource it is about, or null where it is about the request or the platform. */
  readonly resourceId: string | null;
  readonly remedy: string;
  /** Step of the guidance (1–7) under which the finding is reported. */
  readonly step: StepNumber;
}

export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;
