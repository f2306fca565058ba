import type { Step } from "./step.ts";

/** Step 7: threat detection. This version builds nothing for it, and says so. */
export const threatProtection: Step = {
  number: 7,
  name: "Advanced threat detection and protection",
  resources: () => [],
  findings: () => [
    {
      code: "DefenderForCloudNotConfigured",
      severity: "medium",
      message: "This version does not configure Microsoft Defender for Cloud.",
      resourceId: null,
      remedy: "Check the subscription's Defender plans by hand.",
      step: 7,
    },
  ],
};
