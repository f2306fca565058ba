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
  test("duplicated and in any order: one alert for each real change, with who made it", async () => {
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

describe("another automation that fights", () => {
  test("is told and not fought: the tool stands back, comes back later, and longer each time", async () => {
    const network = new WatchedNetwork(contractRequest);
    const bringBack = async () => {
      open(network, "by-robot");
      await network.hear(network.event(nsg, "/securityRules/by-robot", {}, "robot"));
      network.clock += minute;
    };
    for (let round = 0; round < 30; round++) await bringBack();
    expect(network.writes.length).toBeLessThanOrEqual(4);
    const changes = await network.changes();
    const backedOff = changes.filter(({ status }) => status === "BackedOff");
    expect(backedOff).not.toEqual([]);
    expect(backedOff[0]?.error?.code).toBe("RestorationBackedOff");
    // The deviation stands and was told: the robot's further rounds are no news.
    expect(network.alerts.length).toBeLessThanOrEqual(6);
    expect(await network.tools.pending.list()).toHaveLength(1);
    const writes = network.writes.length;
    network.clock += 24 * 60 * minute;
    await network.look(nsg);
    expect(network.writes.length).toBe(writes + 1);
    expect(network.isIntended()).toBe(true);
    expect(await network.tools.pending.list()).toEqual([]);
  });
});
