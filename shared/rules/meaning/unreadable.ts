import { RefusedError } from "../../domain/errors.ts";

/** Says which part of the input has no meaning, and why: a rule that cannot be read is never left out. */
export function unreadable(
  where: string,
  why: string,
  code = "UnreadableSecurityRule",
  remedy = "Give the rule as Azure Resource Manager answers it.",
): RefusedError {
  return new RefusedError({
    code,
    message: `${where}: ${why}.`,
    resourceId: null,
    remedy,
  });
}
