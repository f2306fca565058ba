import { RefusedError } from "../../domain/errors.ts";

/**
 * Work that one question may cost, in boxes looked at: 1000 nested random rules take a few per cent of it, and it is used
 * up in two seconds or so. Without an end, rule sets made to be hard would stop the app.
 */
export const WORK_LIMIT = 60_000_000;

export const TOO_COMPLEX = "RulesTooComplex";

/** The refusal of a question whose work limit is used up. */
export function tooComplex(limit: number): RefusedError {
  return new RefusedError({
    code: TOO_COMPLEX,
    message: `These security rules are too complex to be compared exactly: more than ${limit} steps.`,
    resourceId: null,
    remedy: "Merge prefixes and ports of rules that overlap in many ways, or split the network security group.",
  });
}
