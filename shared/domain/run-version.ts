import { type Failure, RefusedError } from "./errors.ts";

/**
 * Version of what a run in flight is made of: the input of its orchestration and its stored plan. It is raised when
 * either changes its meaning (decision 15). Runs before version 2 say none in their input.
 */
export const runVersion = 2;

export type RunVersion = 1 | typeof runVersion;

const known: ReadonlySet<number> = new Set<RunVersion>([1, runVersion]);

/** Whether this version of the app can carry on what that version began. */
export function isKnownRunVersion(version = 1): boolean {
  return known.has(version);
}

/** @throws RefusedError `UnknownRunVersion` */
export function checkRunVersion(version = 1): void {
  if (!isKnownRunVersion(version)) throw new RefusedError(unknownRunVersion(version));
}

/** How a run ends that another, newer version of the app began, as after going back to an older one. */
export function unknownRunVersion(version = 1): Failure {
  return {
    code: "UnknownRunVersion",
    message: `Another version of the tool began this run (version ${version}; this one knows up to ${runVersion}).`,
    resourceId: null,
    remedy: "Ask for the same spoke again: what stands is kept, and the rest is planned anew.",
  };
}
