import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, idsOf, Portal } from "../spokes/portal.ts";
import { alertsOf, changesOf, openRule, ruleNames, until } from "./watching.ts";

const spokes = Array.from({ length: 8 }, (_, index) => `burst-${String.fromCharCode(97 + index)}`);
const tiers = Array.from({ length: 12 }, (_, index) => ({ name: `tier${index}`, port: 8000 + index }));
const changesOfEach = 3;
let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0, enforcementMode: "enforce" }));
  for (const [index, name] of spokes.entries()) {
    const { hostName: _, certificateSecretId: __, ...application } = contractRequest.application;
    const answer = await portal.call("POST", "/api/spokes", {
      name,
      subscriptionId: contractRequest.subscriptionId,
      location: "westeurope",
      topology: "standalone",
      addressPrefix: `10.${100 + index}.0.0/20`,
      networkManagersGroupId: contractRequest.networkManagersGroupId,
      application: { clientId: application.clientId, tiers },
    });
    if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  }
  for (const name of spokes) expect((await portal.settled(name, 120)).status).toBe("Succeeded");
}, 240_000);

afterAll(() => portal?.stack.stop());

test("a burst of a thousand events over a hundred NSGs, duplicated and shuffled: each NSG ends as intended, one alert for each change, none lost", async () => {
  const nsgs = spokes
    .flatMap((name) => [...tiers.map((tier) => tier.name), "gateway"].map((tier) => idsOf(name).nsg(tier)))
    .slice(0, 100);
  expect(nsgs).toHaveLength(100);
  const orders = JSON.stringify({ duplicate: 3, shuffle: true });
  await portal.stack.fetchAzure("/_local/events", { method: "POST", body: orders });
  const began = Date.now();
  const rules = nsgs.flatMap((nsg, at) =>
    Array.from({ length: changesOfEach }, (_, index) => ({ nsg, name: `by-hand-${at}-${index}`, index })),
  );
  for (const { nsg, name, index } of rules) {
    const answer = await portal.arm("PUT", `${nsg}/securityRules/${name}`, openRule(100 + index, String(2000 + index)));
    // The NSG may be at work on a restoration: a person presses the button again.
    if (answer.status >= 400)
      await portal.arm("PUT", `${nsg}/securityRules/${name}`, openRule(100 + index, String(2000 + index)));
  }
  const told = await until(
    "every change is restored and told with who made it",
    async () => {
      const changes = (await changesOf(portal)).filter(({ pointer }) => pointer.startsWith("/securityRules/by-hand"));
      const done = changes.filter(({ status, origin }) => status === "Restored" && origin !== null);
      return done.length === rules.length && changes;
    },
    120,
  );
  const seconds = (Date.now() - began) / 1000;
  const response = await portal.stack.fetchAzure("/_local/events");
  const { value } = (await response.json()) as { value: { event: { subject: string }; status: string }[] };
  const deliveries = value.filter(({ event }) => event.subject.includes("/networkSecurityGroups/")).length;
  console.log(`${rules.length} changes, ${deliveries} events delivered once or more, all restored in ${seconds} s`);
  expect(told.map(({ pointer }) => pointer).toSorted()).toEqual(
    rules.map(({ name }) => `/securityRules/${name}`).toSorted(),
  );
  const alerts = await until("an alert for each", async () => {
    const sent = (await alertsOf(portal)).filter(({ change }) => change.pointer.startsWith("/securityRules/by-hand"));
    return sent.length >= rules.length && sent;
  });
  expect(alerts.map(({ change }) => change.pointer).toSorted()).toEqual(
    rules.map(({ name }) => `/securityRules/${name}`).toSorted(),
  );
  for (const nsg of nsgs)
    expect((await ruleNames(portal, nsg)).filter((name) => name.startsWith("by-hand"))).toEqual([]);
}, 240_000);

test("a Functions host that is killed while it works on events loses none and tells none twice", async () => {
  const nsgs = spokes.flatMap((name) => tiers.slice(0, 6).map((tier) => idsOf(name).nsg(tier.name)));
  await portal.stack.fetchAzure("/_local/events", { method: "DELETE" });
  const names = nsgs.map((_, at) => `after-kill-${at}`);
  for (const [at, nsg] of nsgs.entries()) {
    await portal.arm("PUT", `${nsg}/securityRules/${names[at]}`, openRule(120, "22"));
    if (at === 15 || at === 40) await portal.stack.killFunctionsHost();
  }
  const pointers = names.map((name) => `/securityRules/${name}`).toSorted();
  const ours = async () =>
    (await changesOf(portal)).filter(({ pointer }) => pointer.startsWith("/securityRules/after-kill"));
  await until(
    "every change is restored",
    async () => (await ours()).filter(({ status }) => status === "Restored").length >= names.length,
    120,
  );
  expect((await ours()).map(({ pointer }) => pointer).toSorted()).toEqual(pointers);
  for (const nsg of nsgs)
    expect((await ruleNames(portal, nsg)).filter((name) => name.startsWith("after-kill"))).toEqual([]);
  await until(
    "an alert for each",
    async () => {
      const told = (await alertsOf(portal))
        .map(({ change }) => change.pointer)
        .filter((pointer) => pointers.includes(pointer));
      return new Set(told).size === names.length;
    },
    90,
  );
}, 240_000);
