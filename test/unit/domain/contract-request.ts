import { readFileSync } from "node:fs";
import { parsePlatformConfiguration } from "../../../shared/domain/parse-platform-configuration.ts";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import type { SpokeRequest } from "../../../shared/domain/spoke-request.ts";
import type { Parsed } from "../../../shared/domain/violation.ts";

/** A document that tests change at will. */
// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values of every type into it
export type Document = any;

function readJson(path: string): Document {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}

/** The request of the public contract, a fresh copy each time. */
export const contractRequest = (): Document => readJson("../../fixtures/contract-request.json");

/** The sample platform configuration as JSON, a fresh copy each time. */
export const sampleConfiguration = (): Document => readJson("../../../platform-configuration.sample.json");

/** The value, or an error that shows the violations. */
export function parsedValue<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw new Error(JSON.stringify(parsed.violations, null, 2));
}

export const configuration: PlatformConfiguration = parsedValue(parsePlatformConfiguration(sampleConfiguration()));

export type Found = readonly (readonly [pointer: string, code: string])[];

/** Where and by which rules the contract's request is refused after a change. */
export function violationsAfter(change: (request: Document) => void, platform = configuration): Found {
  const request = contractRequest();
  change(request);
  return found(parseSpokeRequest(request, platform));
}

/** The parsed contract's request after a change. */
export function requestAfter(change: (request: Document) => void, platform = configuration): SpokeRequest {
  const request = contractRequest();
  change(request);
  return parsedValue(parseSpokeRequest(request, platform));
}

export function found(parsed: Parsed<unknown>): Found {
  return parsed.ok ? [] : parsed.violations.map(({ pointer, code }) => [pointer, code]);
}
