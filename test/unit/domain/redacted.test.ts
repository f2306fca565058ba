import { expect, test } from "vitest";
import { redacted } from "../../../shared/domain/redacted.ts";

const token = "eyJhbGciOiJub25lIn0.eyJvaWQiOiI1NSJ9.c2lnbmF0dXJl";

test.each([
  ["an access token", `The token ${token} is expired.`],
  ["a token without a signature", "eyJhbGciOiJub25lIn0.eyJvaWQiOiI1NSJ9."],
  ["a bearer header", `authorization: Bearer ${token}`],
  ["an opaque bearer token", "Bearer s3cr3tvalue"],
  ["a connection string", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=s3cr3tvalue==;EndpointSuffix=x"],
  ["a shared access signature", "https://a.blob.core.windows.net/c?sv=2025&se=x&sig=s3cr3tvalue%3D&sp=r"],
  ["a shared key", "SharedKey account:s3cr3tvalue"],
  ["a basic header", "authorization: Basic s3cr3tvalue"],
  ["a basic header in JSON", '{"Authorization":"Basic s3cr3tvalue="}'],
  ["a function key in a URL", "https://app.azurewebsites.net/runtime/webhooks/x?taskHub=a&code=s3cr3tvalue=="],
  ["a member of JSON", '{"error":"x","access_token":"s3cr3tvalue","expires_in":3600}'],
  ["a member of JSON in another spelling", '{"primaryKey": "s3cr3tvalue"}'],
  ["a member of JSON that is itself a string of JSON", String.raw`"body":"{\"password\":\"s3cr3tvalue\"}"`],
  ["a member of JSON with an escaped quotation mark", String.raw`{"password":"a\"s3cr3tvalue"}`],
  ["a member of JSON that was cut off", '{"client_secret":"a s3cr3tvalue'],
  ["a token that was cut off", "The token eyJhbGciOiJub25lIn0"],
  ["a secret of a form", "grant_type=client_credentials&client_secret=s3cr3tvalue&scope=x"],
  ["a header of the managed identity's endpoint", "x-identity-header: s3cr3tvalue"],
  ["a password", "password=s3cr3tvalue"],
  ["an incoming webhook", "POST https://contoso.webhook.office.com/webhookb2/s3cr3tvalue/IncomingWebhook/y failed"],
  ["a workflow's address", "https://prod-1.westeurope.logic.azure.com:443/workflows/s3cr3tvalue/triggers/manual"],
])("%s is taken out", (_what, text) => {
  const left = redacted(text);
  expect(left).not.toMatch(/s3cr3tvalue|eyJ/);
  expect(left).toMatch(/\[(secret|token)\]/);
});

test.each([
  "Run 3 of orders-prod ends early: the address prefix 10.20.0.0/22 overlaps.",
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-a/providers/Microsoft.Network/virtualNetworks/v",
  "The client '55555555' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '/x'.",
  "Cannot mix Basic publicIPAddresses and Standard loadBalancers.",
  "Token lifetime is too long: ask for another one.",
  "https://kv-platform.vault.azure.net/secrets/orders",
])("what is no secret stays: %s", (text) => {
  expect(redacted(text)).toBe(text);
});

test("what stands beside a secret stays readable", () => {
  expect(redacted("GET https://a.blob.core.windows.net/c/b?sig=s3cr3t&sp=r answered 403")).toBe(
    "GET https://a.blob.core.windows.net/c/b?sig=[secret]&sp=r answered 403",
  );
});

test.each([
  ["beginnings of tokens", "eyJaaaaa-"],
  ["names of webhook services", "webhook.office.com"],
  ["unclosed members", 'password="\\'],
])("a long line of %s takes no long time", (_what, part) => {
  const line = `https://${part.repeat(100_000 / part.length)}`;
  const before = performance.now();
  redacted(line);
  // Milliseconds; by patterns that look back it took some hundred to some thousand.
  expect(performance.now() - before).toBeLessThan(150);
});
