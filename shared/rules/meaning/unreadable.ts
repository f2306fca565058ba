import { RefusedError } from "../../domain/errors.ts";

/** Longest text of the input that a refusal repeats, in characters: an input may hold texts of any length. */
const LONGEST = 300;

/** Says which part of the input has no meaning, and why: a rule that cannot be read is never left out. */
export function unreadable(
  where: string,
  why: string,
  code = "UnreadableSecurityRule",
  remedy = "Give the rule as Azure Resource Manager answers it.",
): RefusedError {
  return new RefusedError({
    code,
    message: `${shortened(where)}: ${shortened(why)}.`,
    resourceId: null,
    remedy,
  });
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
