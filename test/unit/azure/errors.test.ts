import { describe, expect, test } from "vitest";
import { typedFailure } from "../../../shared/azure/errors.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";

const id = "/subscriptions/s/resourceGroups/rg-orders";

function httpError(statusCode: number, code: string | undefined, message = "…", details?: unknown): Error {
  return Object.assign(new Error(message), { statusCode, code, details, name: "RestError" });
}

const failureOf = (thrown: unknown) => typedFailure(thrown, id).error.failure;

describe("what passes by itself", () => {
  test.each([
    ["AnotherOperationInProgress (trap 17)", httpError(409, "AnotherOperationInProgress")],
    ["ReferencedResourceNotProvisioned (trap 17)", httpError(400, "ReferencedResourceNotProvisioned")],
    ["a token that ran out", httpError(401, "ExpiredAuthenticationToken")],
    [
      "a token that ran out, as Microsoft Graph says it",
      httpError(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
    ],
    ["a stale ETag", httpError(412, "PreconditionFailed")],
    ["429 of any code", httpError(429, "SomethingNew")],
    ["408", httpError(408, undefined)],
    ["500", httpError(500, undefined)],
    ["503 of any code", httpError(503, "SomethingNew")],
    ["an unknown Retryable…", httpError(409, "RetryableErrorOfTomorrow")],
    ["Defender's Conflict", httpError(409, "Conflict", "Another update operation is in progress")],
    [
      "a lock named only in the details",
      httpError(400, "BadRequest", "…", { error: { details: [{ code: "RetryableErrorDueToAnotherOperation" }] } }),
    ],
    ["a lost connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    [
      "a lost connection of fetch",
      Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
    ],
    ["an answer that never came", new DOMException("The operation timed out.", "TimeoutError")],
    ["an answer that broke off", Object.assign(new Error("Unexpected end of JSON input"), { code: "PARSE_ERROR" })],
  ])("%s", (_name, thrown) => {
    expect(typedFailure(thrown, id).error).toBeInstanceOf(TransientError);
  });

  test("an operation that was cancelled or superseded, of which the poller says nothing but that (trap 17)", () => {
    const { error } = typedFailure(new Error("Operation was canceled"), id);
    expect(error).toBeInstanceOf(TransientError);
    expect(error.failure.code).toBe("Canceled");
  });
});

describe("what is permanent", () => {
  test.each([
    ["an unknown 4xx", httpError(400, "SomethingNew"), "SomethingNew"],
    ["an unknown 409", httpError(409, "SomethingNew"), "SomethingNew"],
    ["a lasting Conflict", httpError(409, "Conflict", "The name is taken"), "Conflict"],
    ["a lock", httpError(409, "ScopeLocked"), "ScopeLocked"],
    ["501", httpError(501, undefined), "Http501"],
    ["a subnet in use", httpError(400, "InUseSubnetCannotBeDeleted"), "InUseSubnetCannotBeDeleted"],
    [
      "an untrusted certificate",
      Object.assign(new Error("x"), { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
      "CertificateNotTrusted",
    ],
    ["a bug of ours", new TypeError("x is not a function"), "UnexpectedError"],
    ["a thrown text", "no", "UnexpectedError"],
  ])("%s", (_name, thrown, code) => {
    const { error } = typedFailure(thrown, id);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.failure.code).toBe(code);
    expect(error.failure.remedy).not.toBe("");
  });

  test.each([
    ["InvalidAuthenticationTokenAudience", "wrong audience or resource", "AZURE_RESOURCE_MANAGER_AUDIENCE"],
    ["InvalidAuthenticationToken", "Access token validation failure. Invalid audience.", "MICROSOFT_GRAPH_AUDIENCE"],
  ])("a token for another cloud (%s): the remedy names the setting", (code, message, setting) => {
    const { error } = typedFailure(httpError(401, code, message), id);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.failure.remedy).toContain(setting);
  });

  test("a failed operation, whose code stands only in the poller's message", () => {
    const message =
      "The long-running operation has failed. InUseSubnetCannotBeDeleted. Subnet snet-app is in use by nic-1.";
    expect(failureOf(new Error(message))).toMatchObject({
      code: "InUseSubnetCannotBeDeleted",
      message: "Subnet snet-app is in use by nic-1.",
      resourceId: id,
    });
  });

  const policies = (...ids: string[]) =>
    JSON.stringify(ids.map((id) => ({ policyAssignment: { name: 'a "b"', id }, policyDefinition: { name: "d", id } })));
  test.each([
    [
      "MissingSubscriptionRegistration",
      "The subscription is not registered to use namespace 'Microsoft.EventGrid'. See https://aka.ms/rps-not-found",
      /az provider register --namespace Microsoft\.EventGrid/,
    ],
    [
      "RequestDisallowedByPolicy",
      `Resource 'rt' was disallowed by policy. Policy identifiers: '${policies("/x/one", "/x/two")}'.`,
      /exemption from \/x\/one and \/x\/two,/,
    ],
    [
      "ScopeLocked",
      "The scope '/a/b' cannot perform write operation because following scope(s) are locked: '/a'. Please remove the lock and try again.",
      /lock at \/a,/,
    ],
  ])("the remedy for %s names what is in the way", (code, message, remedy) => {
    expect(failureOf(httpError(409, code, message)).remedy).toMatch(remedy);
  });

  test("Event Grid's refusal of an identity whose role may not have replicated yet, with spaces in its code", () => {
    const message =
      "The long-running operation has failed. Managed Identity Authorization Error. Managed Identity for changes does not have permission.";
    const { error, settlesWithin } = typedFailure(new Error(message), id);
    expect(settlesWithin).toBe(600_000);
    expect(error.failure).toMatchObject({
      code: "Managed Identity Authorization Error",
      message: "Managed Identity for changes does not have permission.",
    });
  });

  test("AuthorizationFailed names the missing action and its scope in the remedy", () => {
    const message =
      "The client 'c' with object id 'o' does not have authorization to perform action 'Microsoft.Network/virtualNetworks/write' over scope '/subscriptions/s/resourceGroups/rg' or the scope is invalid.";
    expect(failureOf(httpError(403, "AuthorizationFailed", message)).remedy).toBe(
      "Grant the tool's identity a role with the action Microsoft.Network/virtualNetworks/write on /subscriptions/s/resourceGroups/rg; a role that was granted in the last ten minutes may need another run.",
    );
  });
});

describe("what a message never holds", () => {
  test("tokens, signatures and keys", () => {
    const secrets =
      'Bearer abc.def eyJhbGciOi.eyJzdWIi.sig https://x/?sv=1&sig=s3cret&x AccountKey=k3y; client_secret="s3cret2"';
    const { message } = failureOf(httpError(401, "InvalidAuthenticationToken", secrets));
    expect(message).not.toMatch(/abc\.def|eyJ|s3cret|k3y/);
  });

  test("a whole page, or the request behind an SDK's error", () => {
    const thrown = Object.assign(httpError(502, undefined, `<html>${"x".repeat(50_000)}`), {
      request: { headers: { authorization: "Bearer secret" } },
    });
    const { error } = typedFailure(thrown, id);
    expect(error.message.length).toBeLessThan(1_100);
    expect(error.cause).toBeUndefined();
  });
});

test("what is typed already passes unchanged", () => {
  const refused = new RefusedError({ code: "A", message: "b", resourceId: null, remedy: "c" });
  expect(typedFailure(refused, id).error).toBe(refused);
});
