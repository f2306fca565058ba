import { parseSpokeRequest } from "../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { Stored } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import { violationsProblem } from "./problem.ts";

/** The spoke that has the name in a body, or null: where there is none, or no name. */
export async function standingSpoke(
  compose: Pick<Composition, "spokes">,
  body: unknown,
): Promise<Stored<SpokeRecord> | null> {
  const name = typeof body === "object" && body !== null && "name" in body ? body.name : undefined;
  return isSpokeName(name) ? (await compose.spokes()).readRecord(name) : null;
}

/**
 * A body as a request for a spoke.
 * @param standing record of the spoke that has the name: what the body leaves open stays as it is
 * @throws Problem 400 with every violation.
 */
export function parseBody(
  body: unknown,
  configuration: PlatformConfiguration,
  standing: SpokeRecord | null,
): SpokeRequest {
  const parsed = parseSpokeRequest(body, configuration, standing?.request ?? null);
  if (parsed.ok) return parsed.value;
  throw violationsProblem(parsed.violations);
}
