import { RefusedError } from "../../domain/errors.ts";

/**
 * Work that one question may cost, in boxes looked at: 1000 nested random rules take a few per cent of it, and it is used
 * up in two seconds or so. Without an end, rule sets made to be hard would stop the app.
 */
export const WORK_LIMIT = 60_000_000;

export const TOO_COMPLEX = "RulesTooComplex";

/** Tags and ASGs by side, and fields, that one question may ask about: walks descend one call for each of them. */
export const LEVEL_LIMIT = 1000;

/** Conditions that one question may hold, boxes times levels: 64 MB. A rule of many tags on both sides is many boxes. */
export const CONDITION_LIMIT = 8_000_000;

/** The refusal of a question whose work limit is used up. */
export function tooComplex(limit: number, of = "steps"): RefusedError {
  return new RefusedError({
    code: TOO_COMPLEX,
    message: `These security rules are too complex to be compared exactly: more than ${limit} ${of}.`,
    resourceId: null,
    remedy:
      "Merge prefixes and ports of rules that overlap in many ways, name fewer service tags and ASGs, or split the network security group.",
  });
}
