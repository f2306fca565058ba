import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonPointer, parseJsonPointer, resolveJsonPointer } from "../../../shared/domain/json-pointer.ts";
import { parsePlatformConfiguration } from "../../../shared/domain/parse-platform-configuration.ts";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import { sameRequest } from "../../../shared/domain/same-request.ts";
import type { Violation } from "../../../shared/domain/violation.ts";
import { requestBody, sampleConfigurationJson, samplePlatform, spokeRequest } from "./arbitraries.ts";
import { mutations } from "./request-mutations.ts";

const hostileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "toString",
    "../..",
    "0.0.0.0/0",
    "a/b~c",
    "x".repeat(10_000),
  ),
);
const anyJson = fc.jsonValue({ stringUnit: "binary", maxDepth: 5 });
const anyValue = fc.oneof(
  anyJson,
  hostileText,
  fc.array(fc.nat(), { maxLength: 300 }),
  fc.dictionary(hostileText, anyJson),
);

/** A missing field's pointer leads nowhere, but the object that lacks it is there. */
function expectResolvable(document: unknown, { pointer, code }: Violation): void {
  const keys = parseJsonPointer(pointer);
  expect(keys).not.toBeNull();
  if (resolveJsonPointer(document, pointer).found) return;
  expect(["missing", "gateway-incomplete", "no-hub-in-location", "no-address-pool"]).toContain(code);
  expect(resolveJsonPointer(document, jsonPointer(keys?.slice(0, -1) ?? [])).found).toBe(true);
}

it("answers any JSON value with a request or with violations that point into it", () => {
  fc.assert(
    fc.property(anyValue, (input) => {
      const answer = parseSpokeRequest(input, samplePlatform);
      if (answer.ok) return;
      expect(answer.violations.length).toBeGreaterThan(0);
      for (const violation of answer.violations) expectResolvable(input, violation);
    }),
    { numRuns: 600 },
  );
});

it("answers a request in which anything stands anywhere", () => {
  fc.assert(
    fc.property(requestBody, fc.nat(), anyValue, (body, choice, value) => {
      const places = pathsOf(body);
      const document = withValueAt(body, places[choice % places.length] ?? [], value);
      const answer = parseSpokeRequest(document, samplePlatform);
      if (answer.ok) return;
      expect(answer.violations.length).toBeGreaterThan(0);
      for (const violation of answer.violations) expectResolvable(document, violation);
    }),
    { numRuns: 500 },
  );
});

it("answers a configuration in which anything stands anywhere", () => {
  const sample = sampleConfigurationJson();
  const places = pathsOf(sample);
  fc.assert(
    fc.property(fc.constantFrom(...places), anyValue, (path, value) => {
      const document = withValueAt(sample, path, value);
      const answer = parsePlatformConfiguration(document);
      if (answer.ok) return;
      expect(answer.violations.length).toBeGreaterThan(0);
      for (const violation of answer.violations) expectResolvable(document, violation);
    }),
    { numRuns: 300 },
  );
});

it("parses what it parsed to the same again", () => {
  fc.assert(
    fc.property(spokeRequest, (request) => {
      const again = parseSpokeRequest(structuredClone(request), samplePlatform);
      expect(again).toEqual({ ok: true, value: request });
      expect(again.ok && sameRequest(again.value, request)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it("tells every one of several independent mistakes", () => {
  fc.assert(
    fc.property(requestBody, fc.subarray([...mutations], { minLength: 1 }), (body, chosen) => {
      const document = structuredClone(body);
      for (const { change } of chosen) change(document);
      const answer = parseSpokeRequest(document, samplePlatform);
      const pointers = answer.ok ? [] : answer.violations.map((violation) => violation.pointer);
      expect(pointers).toEqual(expect.arrayContaining(chosen.map((mutation) => mutation.pointer)));
      expect(pointers.length).toBeGreaterThanOrEqual(chosen.length);
    }),
    { numRuns: 500 },
  );
});

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function withValueAt(document: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<string, unknown>;
  copy[key] = withValueAt(copy[key], rest, value);
  return copy;
}
