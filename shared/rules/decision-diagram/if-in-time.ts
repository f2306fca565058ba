import { RefusedError } from "../../domain/errors.ts";
import { TOO_COMPLEX } from "./work-limit.ts";

/** What the question comes to, or null where its work limit is used up: for questions that are asked for a nicer answer. */
export function ifInTime<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RefusedError && error.failure.code === TOO_COMPLEX) return null;
    throw error;
  }
}
