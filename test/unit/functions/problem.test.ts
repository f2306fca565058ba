import { expect, test } from "vitest";
import { Problem, problemOf, problemResponse } from "../../../functions/http/problem.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";

const failure = (code: string) => ({ code, message: "It is so.", resourceId: null, remedy: "Do this." });
const refused = (code: string) => problemOf(new RefusedError(failure(code)));

test.each(["HubMissing", "TooManySecurityRules", "TooManyTiers", "ResourceTaken", "ResourceGroupBeingDeleted"])(
  "%s is about the request or what stands: 409",
  (code) => {
    expect(refused(code)).toMatchObject({
      status: 409,
      errors: [{ pointer: "", code, message: "It is so. Do this." }],
    });
  },
);

test.each([
  "AuthorizationFailed",
  "LinkedAuthorizationFailed",
  "Authorization_RequestDenied",
  "CredentialUnavailable",
  "CertificateNotTrusted",
  "PrerequisiteMissing",
  "PrerequisiteDiffers",
  "FlowLogStorageMissing",
  "SomethingThatNobodyListed",
])("%s is refused to the tool: 502 with what its owner does", (code) => {
  expect(refused(code)).toMatchObject({ status: 502, errors: [{ code, message: "It is so. Do this." }] });
});

test("what passes is 503 with Retry-After", () => {
  const problem = problemOf(new TransientError(failure("TooManyRequests")));
  expect(problem).toMatchObject({ status: 503, headers: { "retry-after": expect.stringMatching(/^\d+$/) } });
});

test("a defect is no problem of the caller's: the edge logs it and answers 500", () => {
  expect(refused("UnexpectedError")).toBeNull();
  expect(problemOf(new TypeError("x"))).toBeNull();
});

test("the response is problem+json with every violation, and the problem's own headers", () => {
  const errors = [{ pointer: "/a", code: "b", message: "c" }];
  const response = problemResponse(new Problem(405, "No.", errors, { allow: "GET" }));
  expect(response).toMatchObject({
    status: 405,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", allow: "GET" },
  });
  expect(JSON.parse(String(response.body))).toEqual({ type: "about:blank", title: "No.", status: 405, errors });
});
