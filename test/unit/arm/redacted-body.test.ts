import { expect, it } from "vitest";
import { redactedBody } from "../../../local/arm/records/redacted-body.ts";

it("recorded bodies hold no secrets", () => {
  const properties = { adminPassword: "x", certificateSecretId: "y", list: [{ clientSecret: "z" }] };
  expect(redactedBody(JSON.stringify({ properties }))).toEqual({
    properties: { adminPassword: "(redacted)", certificateSecretId: "y", list: [{ clientSecret: "(redacted)" }] },
  });
  expect(redactedBody("client_secret=x")).toBeNull();
  expect(redactedBody("")).toBeNull();
});
