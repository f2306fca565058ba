/** Usual schedules of the timers, in NCRONTAB: flow logs hourly, hardening daily, compliance four times a day. */
export const defaultSchedules = {
  enforceFlowLogs: "0 10 * * * *",
  applyHardening: "0 30 2 * * *",
  sweepCompliance: "0 0 */6 * * *",
} as const;
