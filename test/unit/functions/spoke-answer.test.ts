import { expect, test } from "vitest";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { spokeView } from "../../../shared/spoke/spoke-view.ts";
import { unpublished } from "../../e2e/spokes/published-schema.ts";
import { contractRequest, requestWith, stateOf } from "../spoke/example.ts";

const person = { objectId: "o", name: "Olga" };
const at = "2026-11-27T10:00:00.000Z";

function recordOf(body: unknown): SpokeRecord {
  const { request } = stateOf(body).design;
  const { name } = request;
  const moments = { createdAt: at, startedAt: at, finishedAt: null };
  const state = { version: 1, name, request, requester: person, status: "Running", revision: 1 } as const;
  return {
    ...state,
    addressPrefix: "10.20.0.0/22",
    tierSlots: {},
    resources: [],
    findings: [],
    error: null,
    ...moments,
  };
}

test.each([
  ["the contract's request", contractRequest],
  [
    "one without application gateway, prefix and client",
    requestWith(
      { addressPrefix: undefined },
      { hostName: undefined, certificateSecretId: undefined, clientId: undefined, flows: undefined },
    ),
  ],
])("the view of %s is as published, field by field", (_, body) => {
  const answer = JSON.parse(JSON.stringify(spokeView(recordOf(body), null, [])));
  expect(unpublished("GET", "/spokes/{name}", 200, answer)).toEqual([]);
});

test("a field that is not published, or missing, is told", () => {
  const answer = JSON.parse(JSON.stringify(spokeView(recordOf(contractRequest), null, [])));
  expect(unpublished("GET", "/spokes/{name}", 200, { ...answer, more: 1 })).toEqual([expect.stringContaining("more")]);
  const { revision: _revision, ...less } = answer;
  expect(unpublished("GET", "/spokes/{name}", 200, less)).toEqual([expect.stringContaining("/revision")]);
});
