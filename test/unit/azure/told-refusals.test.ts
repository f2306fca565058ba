import { expect, test } from "vitest";
import { typedFailure } from "../../../shared/azure/errors.ts";
import { toldRefusals } from "../../../shared/azure/told-refusals.ts";

const action = "Microsoft.Insights/diagnosticSettings/read";
const message = `The client 'x' with object id 'x' does not have authorization to perform action '${action}' over scope '/subscriptions/s' or the scope is invalid.`;

/** What the newer SDK clients throw where a page is refused, after the answer passed the policy. */
async function refusedPage(status: number, bodyAsText: string | null): Promise<Error> {
  const request = {};
  await toldRefusals.policy.sendRequest(request, async () => ({ status, bodyAsText }));
  const text = `Pagination failed with unexpected statusCode ${status}`;
  return Object.assign(new Error(text), {
    name: "RestError",
    statusCode: status,
    code: "AuthorizationFailed",
    request,
  });
}

test("a refused page says what Azure said, and its remedy names the action", async () => {
  const thrown = await refusedPage(403, JSON.stringify({ error: { code: "AuthorizationFailed", message } }));
  const { failure } = typedFailure(thrown, null).error;
  expect(failure.message).toBe(message);
  expect(failure.remedy).toContain(`the action ${action} on /subscriptions/s`);
});

test.each([null, "", "<html>", "{}", '{"error":{"message":7}}'])(
  "where Azure said nothing (%j) the SDK's words stay",
  async (text) => {
    const { failure } = typedFailure(await refusedPage(403, text), null).error;
    expect(failure.message).toMatch(/^Pagination failed/);
  },
);
