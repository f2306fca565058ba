import type { HttpRequest } from "@azure/functions";
import { parseSpokeRequest } from "../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import { Problem } from "./problem.ts";
import { readJson } from "./read-json.ts";

/**
 * The body as a request for a spoke.
 * @throws Problem 400 with every violation; 413.
 */
export async function parseBody(request: HttpRequest, configuration: PlatformConfiguration): Promise<SpokeRequest> {
  const parsed = parseSpokeRequest(await readJson(request), configuration);
  if (parsed.ok) return parsed.value;
  const count = parsed.violations.length;
  throw new Problem(400, `The request has ${count} violation${count === 1 ? "" : "s"}.`, parsed.violations);
}
