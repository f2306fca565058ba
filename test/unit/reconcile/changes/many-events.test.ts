import { describe, expect, test } from "vitest";
import type { NetworkEvent } from "../../../../shared/domain/network-event.ts";
import { contractRequest } from "../../spoke/example.ts";
import { handMadeRule, WatchedNetwork } from "./watched-network.ts";

const nsg = "nsg-orders-prod-data";
const minute = 60_000;

const open = (network: WatchedNetwork, name: string, priority = 100) =>
  network.setRules(nsg, (rules) => [
    ...rules.filter((rule) => rule.name !== name),
    handMadeRule(name, { priority, destinationPortRanges: [String(1000 + priority)] }),
  ]);

describe("many events", () => {
  test("trap 27: duplicated and in any order: one alert for each real change, with who made it", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 0, 2, 2, 0],
    ]) {
      const network = new WatchedNetwork(contractRequest);
      const events = [0, 1, 2].map((index): NetworkEvent => {
        open(network, `rule-${index}`, 100 + index);
        network.clock += 1000;
        return network.event(nsg, `/securityRules/rule-${index}`, {}, `person-${index}`);
      });
      network.clock += 1000;
      for (const index of order) if (events[index] !== undefined) await network.hear(events[index]);
      expect(network.isIntended()).toBe(true);
      expect(network.alerts.map(({ pointer }) => pointer).toSorted()).toEqual(
        [0, 1, 2].map((index) => `/securityRules/rule-${index}`),
      );
      const changes = await network.changes();
      expect(changes).toHaveLength(3);
      for (const change of changes) {
        expect(change.status).toBe("Restored");
        expect(change.origin?.caller.name).toBe(change.pointer.replace("/securityRules/rule", "person"));
      }
      expect(network.writes).toEqual([nsg]);
    }
  });

  test("one PUT of the whole NSG is one change, however many rules it touches", async () => {
    const network = new WatchedNetwork(contractRequest);
    open(network, "rule-1", 101);
    open(network, "rule-2", 102);
    await network.hear(network.event(nsg));
    expect(network.alerts).toHaveLength(1);
    expect((await network.changes())[0]?.prior.map(({ pointer }) => pointer)).toEqual([
      "/securityRules/rule-1",
      "/securityRules/rule-2",
    ]);
  });

  test("the same change again after its restoration is a change of its own", async () => {
    const network = new WatchedNetwork(contractRequest);
    for (let round = 0; round < 2; round++) {
      open(network, "by-hand");
      await network.hear(network.event(nsg, "/securityRules/by-hand"));
      network.clock += minute;
    }
    expect(network.alerts).toHaveLength(2);
    expect(network.writes).toHaveLength(2);
  });
});

test("what others change between a look and the write after it is told as well, not undone unseen", async () => {
  const network = new WatchedNetwork(contractRequest);
  open(network, "rule-1", 101);
  const events = [network.event(nsg, "/securityRules/rule-1", {}, "person-1")];
  for (const index of [2, 3]) {
    network.meanwhile.push(() => {
      open(network, `rule-${index}`, 100 + index);
      events.push(network.event(nsg, `/securityRules/rule-${index}`, {}, `person-${index}`));
    });
  }
  for (let at = 0; at < 3; at++) if (events[at] !== undefined) await network.hear(events[at] as NetworkEvent);
  expect(network.isIntended()).toBe(true);
  expect(network.writes).toEqual([nsg]);
  const changes = await network.changes();
  expect(
    changes.map(({ pointer, status, origin }) => `${pointer} ${status} ${origin?.caller.name}`).toSorted(),
  ).toEqual([1, 2, 3].map((index) => `/securityRules/rule-${index} Restored person-${index}`));
  expect(network.alerts.map(({ status }) => status)).toEqual(["Restored", "Restored", "Restored"]);
});

test("the event of a restoration does not claim what others made after it", async () => {
  const network = new WatchedNetwork(contractRequest);
  open(network, "rule-1", 101);
  await network.hear(network.event(nsg, "/securityRules/rule-1", {}, "person-1"));
  open(network, "rule-2", 102);
  open(network, "rule-3", 103);
  await network.hear(network.event(nsg, "", {}, "the-tool"));
  for (const index of [2, 3])
    await network.hear(network.event(nsg, `/securityRules/rule-${index}`, {}, `person-${index}`));
  const changes = await network.changes();
  expect(changes.map(({ pointer, origin }) => `${pointer} ${origin?.caller.name}`).toSorted()).toEqual(
    [1, 2, 3].map((index) => `/securityRules/rule-${index} person-${index}`),
  );
  expect(network.alerts).toHaveLength(3);
});

test("who writes the NSG each time that the tool does neither keeps it open nor keeps it untold", async () => {
  const network = new WatchedNetwork(contractRequest);
  open(network, "rule-0", 200);
  for (let index = 1; index < 50; index++) network.meanwhile.push(() => open(network, `rule-${index}`, 200 + index));
  await network.hear(network.event(nsg, "/securityRules/rule-0"));
  expect(network.isIntended()).toBe(true);
  expect(network.alerts.length).toBeGreaterThan(1);
  expect(network.alerts.every(({ status }) => status === "Restored")).toBe(true);
});

test.each(["audit", "enforce"] as const)(
  "in %s, an event on a rule knows better who made it than one on the whole NSG that came first",
  async (mode) => {
    const network = new WatchedNetwork(contractRequest);
    network.mode = mode;
    open(network, "rule-1", 101);
    const late = network.event(nsg, "/securityRules/rule-1", {}, "maker");
    await network.hear(network.event(nsg, "", {}, "policy"));
    await network.hear(late);
    const changes = await network.changes();
    expect(changes.map(({ pointer, origin }) => `${pointer} ${origin?.caller.name}`)).toEqual([
      "/securityRules/rule-1 maker",
    ]);
    expect(network.alerts).toHaveLength(1);
  },
);

describe("another automation that fights", () => {
  /** Somebody who does the same each minute, while the timer comes each minute as well. */
  async function fight(network: WatchedNetwork, minutes: number, act: () => void): Promise<void> {
    for (let round = 0; round < minutes; round++) {
      act();
      await network.hear(network.event(nsg, "", {}, "robot"));
      network.clock += minute;
      await network.look(nsg);
    }
  }

  test("is told and not fought: the tool stands back, comes back later, and longer each time", async () => {
    const network = new WatchedNetwork(contractRequest);
    await fight(network, 60, () => network.change(nsg, (body: object) => ({ ...body, tags: {} })));
    expect(network.writes.length).toBeLessThanOrEqual(6);
    const backedOff = (await network.changes()).filter(({ status }) => status === "BackedOff");
    expect(backedOff[0]?.error?.code).toBe("RestorationBackedOff");
    // The deviation stands and was told: the robot's further rounds are no news.
    expect((await network.changes()).length).toBeLessThanOrEqual(8);
    const [pending] = await network.tools.pending.list();
    expect(Date.parse(pending?.notBefore ?? "")).toBeGreaterThan(network.clock);
    const writes = network.writes.length;
    network.clock += 24 * 60 * minute;
    await network.look(nsg);
    expect(network.writes.length).toBe(writes + 1);
    expect(network.isIntended()).toBe(true);
    expect(await network.tools.pending.list()).toEqual([]);
  });

  test("cannot keep a port open by it: it is closed every five minutes at least, and told each time", async () => {
    for (const name of [() => "the-same", (round: number) => `rule-${round}`]) {
      const network = new WatchedNetwork(contractRequest);
      let openFor = 0;
      let longest = 0;
      for (let round = 0; round < 40; round++) {
        open(network, name(round));
        await network.hear(network.event(nsg, "", {}, "robot"));
        network.clock += minute;
        openFor = network.isIntended() ? 0 : openFor + 1;
        longest = Math.max(longest, openFor);
        await network.look(nsg);
        if (network.isIntended()) openFor = 0;
      }
      expect(longest).toBeLessThanOrEqual(5);
      expect(network.writes.length).toBeGreaterThanOrEqual(40 / 6);
      expect(network.alerts.length).toBeGreaterThanOrEqual(40 / 6);
    }
    // A fight about something else does not keep it open either.
    const network = new WatchedNetwork(contractRequest);
    await fight(network, 10, () => network.change(nsg, (body: object) => ({ ...body, tags: {} })));
    expect(network.isIntended()).toBe(false);
    open(network, "port");
    await network.hear(network.event(nsg, "/securityRules/port"));
    expect(network.isIntended()).toBe(true);
  });
});

describe("very many deviations", () => {
  test("are told once and remembered, however many stand open", async () => {
    const network = new WatchedNetwork(contractRequest);
    network.mode = "audit";
    network.setRules(nsg, (rules) => [
      ...rules,
      ...Array.from({ length: 300 }, (_, index) => handMadeRule(`rule-${index}`, { priority: 1000 + index })),
    ]);
    await network.look(nsg, "sweep");
    await network.look(nsg, "sweep");
    expect(await network.changes()).toHaveLength(1);
    expect(network.alerts).toHaveLength(1);
    await network.hear(network.event(nsg, "/securityRules/rule-7", {}, "person-7"));
    const changes = await network.changes();
    // One of many hands: it is told as a part, and not named for all.
    expect(changes.find(({ pointer }) => pointer === "/securityRules/rule-7")).toMatchObject({
      origin: { caller: { name: "person-7" } },
      summary: expect.stringContaining(changes.find(({ origin }) => origin === null)?.id ?? "?"),
    });
    expect(network.alerts).toHaveLength(1);
  });

  test("of one restoration are no fight", async () => {
    const network = new WatchedNetwork(contractRequest);
    for (let index = 0; index < 30; index++) open(network, `rule-${index}`, 200 + index);
    await network.hear(network.event(nsg));
    network.clock += minute;
    network.change(nsg, (body: object) => ({ ...body, tags: {} }));
    await network.hear(network.event(nsg));
    expect(network.isIntended()).toBe(true);
  });
});

test("two changes that open something only together are told as what they open", async () => {
  const network = new WatchedNetwork(contractRequest);
  network.mode = "audit";
  // What the one allows, the other denies before it: neither opens anything as long as the other is as it was.
  const early = handMadeRule("deny-early", { priority: 4094, access: "Deny", destinationPortRanges: ["22"] });
  const late = handMadeRule("allow-late", { priority: 4095, destinationPortRanges: ["22"] });
  network.setRules(nsg, (rules) => [...rules, early, late]);
  await network.hear(network.event(nsg));
  expect(await network.changes()).toMatchObject([{ severity: "none" }]);
  // The denial goes another way: what stood and was told as nothing is open now.
  network.setRules(nsg, (rules) =>
    rules.map((rule) => (rule.name === "deny-early" ? { ...rule, destinationPortRanges: ["23"] } : rule)),
  );
  await network.hear(network.event(nsg, "/securityRules/deny-early", {}, "second"));
  expect(network.alerts).toMatchObject([{ severity: "critical", pointer: "/securityRules/deny-early" }]);
});
