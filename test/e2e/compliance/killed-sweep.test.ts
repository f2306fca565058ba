import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { appPrincipal, Portal, requestWith } from "../spokes/portal.ts";

let portal: Portal;
const names = ["alpha-prod", "beta-prod", "gamma-prod"];

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  for (const [index, name] of names.entries()) {
    await portal.provision(
      requestWith(
        {
          name,
          addressPrefix: `10.${60 + index}.0.0/22`,
          subscriptionId: `11111111-1111-1111-1111-00000000000${index + 2}`,
        },
        { hostName: null, certificateSecretId: null },
      ),
    );
  }
}, 240_000);

afterAll(() => portal?.stack.stop());

/** What the app asked of Azure and was answered, in a form in which equal questions are equal. */
async function answered(): Promise<string[]> {
  const requests = await portal.stack.azure.recordedRequests();
  return requests
    .filter(({ caller, status }) => JSON.stringify(caller).includes(appPrincipal) && status === 200)
    .map(
      ({ method, url, ...rest }) =>
        `${method} ${new URL(url, "https://azure").pathname} ${JSON.stringify(rest.body ?? "")}`,
    )
    .filter((one) => /ResourceGraph|^GET \/subscriptions/.test(one));
}

test("a sweep whose host is killed goes on where it was: every spoke is judged, and what was put down is not read again", async () => {
  await portal.stack.fetchAzure("/_local/requests", { method: "DELETE" });
  const started = await portal.call("POST", "/api/compliance/sweep");
  while ((await answered()).length < 8) await sleep(5);
  await portal.stack.killFunctionsHost();
  for (;;) {
    const { status, body } = await portal.call("GET", "/api/compliance").catch(() => ({ status: 0, body: null }));
    if (status === 200 && body.sweep.id === started.body.id && body.sweep.status !== "Running") {
      expect(body.sweep).toMatchObject({ status: "Succeeded", spokes: 3 });
      expect(body.value.map((one: { spoke: string }) => one.spoke)).toEqual(names);
      break;
    }
    await sleep(100);
  }
  const questions = await answered();
  const again = questions.length - new Set(questions).size;
  // Only what was on its way when the host died may have been asked twice: one thing for each subscription at work.
  expect(again).toBeLessThanOrEqual(4);
  expect(questions.length).toBeGreaterThan(20);
}, 120_000);
