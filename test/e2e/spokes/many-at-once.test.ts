import { afterAll, beforeAll, expect, test } from "vitest";
import { callCounts } from "../../../bench/provision/call-counts.ts";
import { spokeRequests } from "../../../bench/provision/spoke-requests.ts";
import { startStack } from "../../../local/stack/stack.ts";
import { prefixesOverlap } from "../../../shared/domain/address-prefix.ts";
import { isFirewallRuleOf } from "../../../shared/spoke/firewall-rule-name.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import { appPrincipal, Portal } from "./portal.ts";

const requests = spokeRequests(25);
const hubGroup = "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub-westeurope";
const hub = `${hubGroup}/providers/Microsoft.Network/virtualNetworks/vnet-hub-westeurope`;
const policy = `${hubGroup}/providers/Microsoft.Network/firewallPolicies/afwp-hub-westeurope`;

let portal: Portal;
let views: readonly SpokeView[];

// Not at speed 0: operations take time, one write excludes another, and Azure throttles.
beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 10 }));
  const answers = await Promise.all(requests.map((request) => portal.call("POST", "/api/spokes", request)));
  expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 202));
  views = await Promise.all(requests.map(({ name }) => portal.settled(name, 200)));
}, 260_000);

afterAll(() => portal?.stack.stop());

const read = async (id: string) => (await portal.arm("GET", id)).body.properties;

test("25 spokes asked for at once, each in its own subscription, all in one hub: all succeed", () => {
  expect(views.map(({ name, status, error }) => ({ name, status, error }))).toEqual(
    requests.map(({ name }) => ({ name, status: "Succeeded", error: null })),
  );
});

test("no two address prefixes overlap", () => {
  const prefixes = views.map(({ addressPrefix }) => addressPrefix);
  const overlapping = prefixes.filter((prefix, index) =>
    prefixes.some((other, place) => place !== index && prefixesOverlap(prefix, other)),
  );
  expect(overlapping).toEqual([]);
});

test("both sides of every peering are connected", async () => {
  const sides = requests.flatMap(({ name, subscriptionId }) => {
    const network = `/subscriptions/${subscriptionId}/resourceGroups/rg-${name}/providers/Microsoft.Network/virtualNetworks/vnet-${name}`;
    return [
      `${network}/virtualNetworkPeerings/peer-${name}-to-hub`,
      `${hub}/virtualNetworkPeerings/peer-hub-to-${name}`,
    ];
  });
  const states = await Promise.all(sides.map(async (id) => [id, (await read(id)).peeringState]));
  expect(states.filter(([, state]) => state !== "Connected")).toEqual([]);
});

test("every spoke is in the hub's IP group, and its rules are in the firewall's rule collection group", async () => {
  const group = await read(`${hubGroup}/providers/Microsoft.Network/ipGroups/ipg-zero-trust-spokes`);
  expect(group.ipAddresses.toSorted()).toEqual(views.map(({ addressPrefix }) => addressPrefix).toSorted());
  const { ruleCollections } = await read(`${policy}/ruleCollectionGroups/rcg-zero-trust-spokes`);
  const rules: string[] = ruleCollections.flatMap((one: { rules: { name: string }[] }) =>
    one.rules.map((rule) => rule.name),
  );
  expect(requests.filter(({ name }) => !rules.some((rule) => isFirewallRuleOf(name, rule)))).toEqual([]);
});

test("what the hub shares is written a few times for all, and Azure refuses no call", async () => {
  const recorded = await portal.stack.azure.recordedRequests();
  const subscriptions = new Set(requests.map(({ subscriptionId }) => subscriptionId));
  const { refused, throttled } = callCounts(recorded, appPrincipal, subscriptions);
  const done = (pattern: RegExp) =>
    recorded.filter(({ method, url, status }) => method === "PUT" && status < 300 && pattern.test(url)).length;
  // How many come together at a write depends on how fast this machine plans 25 spokes; alone each, there were 25.
  expect(done(/\/ipGroups\/[^/]+\?/i)).toBeLessThanOrEqual(8);
  expect(done(/\/ruleCollectionGroups\/[^/]+\?/i)).toBeLessThanOrEqual(4);
  expect(done(/\/peer-hub-to-[^/]+\?/i)).toBe(requests.length);
  expect({ throttled, refused }).toEqual({ throttled: 0, refused: 0 });
});
