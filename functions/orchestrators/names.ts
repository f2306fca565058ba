/** Names of the orchestrations. */
export const orchestratorNames = {
  provisionSpoke: "provisionSpoke",
  removeSpoke: "removeSpoke",
  applyLane: "applyLane",
  enforceFlowLogsRun: "enforceFlowLogsRun",
  applyHardeningRun: "applyHardeningRun",
  sweepComplianceRun: "sweepComplianceRun",
  sweepSubscription: "sweepSubscription",
} as const;

/** Events from outside. */
export const eventNames = { approvalDecided: "approvalDecided" } as const;

/** The instance of a run: one for each, so that a repeated start is recognised. */
export function provisionInstanceId(name: string, revision: number): string {
  return `provision-${name}-${revision}`;
}
