import { describe, expect, test } from "vitest";
import { contractRequest } from "../../spoke/example.ts";
import { handMadeRule, WatchedNetwork } from "./watched-network.ts";

const nsg = "nsg-orders-prod-data";

/** The look dies at its n-th step outside: before it, or after it was done and before anybody knew. */
function dyingAt(network: WatchedNetwork, step: number, when: "before" | "after"): () => boolean {
  let steps = 0;
  let isDead = false;
  const mortal = (target: object, names: readonly string[]) => {
    for (const name of names) {
      const original = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      const wrapped = async (...given: unknown[]) => {
        steps += 1;
        if (isDead || steps > step || (steps === step && when === "before")) {
          isDead = true;
          throw new Error("killed");
        }
        const answer = await original.apply(target, given);
        if (steps === step) {
          isDead = true;
          throw new Error("killed");
        }
        return answer;
      };
      Object.defineProperty(target, name, { value: wrapped, configurable: true });
      restore.push(() => Object.defineProperty(target, name, { value: original.bind(target), configurable: true }));
    }
  };
  const restore: (() => void)[] = [];
  mortal(network.tools.changes, ["add", "update", "read"]);
  mortal(network.tools.restorations, ["put", "read"]);
  mortal(network.tools.pending, ["put", "remove"]);
  mortal(network.tools, ["tell"]);
  mortal(network.tools.azure, ["withFewLooks"]);
  return () => {
    for (const undo of restore) undo();
    return isDead;
  };
}

const cases = (["audit", "enforce"] as const).flatMap((mode) =>
  (["event", "sweep"] as const).flatMap((by) =>
    (["before", "after"] as const).map((when) => [mode, by, when] as const),
  ),
);

describe("a look that dies", () => {
  test.each(cases)(
    "in %s, on an %s, %s any step: each change is told, with its end, and is one",
    async (mode, by, when) => {
      for (let step = 1; ; step++) {
        const network = new WatchedNetwork(contractRequest);
        network.mode = mode;
        network.setRules(nsg, (rules) => [
          ...rules,
          handMadeRule("rule-1"),
          handMadeRule("rule-2", { priority: 101, destinationPortRanges: ["22"] }),
        ]);
        const events = [1, 2].map((index) => network.event(nsg, `/securityRules/rule-${index}`, {}, `person-${index}`));
        const begin = async () => {
          if (by === "sweep") await network.look(nsg, "sweep");
          for (const event of events) await network.hear(event);
        };
        const revive = dyingAt(network, step, when);
        await begin().catch(() => undefined);
        const died = revive();
        network.clock += 1000;
        if (died) await begin();
        const changes = await network.changes();
        const expected = [1, 2].map((index) => {
          return `/securityRules/rule-${index} ${mode === "audit" ? "Open" : "Restored"} person-${index}`;
        });
        expect(
          changes.map((one) => `${one.pointer} ${one.status} ${one.origin?.caller.name}`).toSorted(),
          `${step}`,
        ).toEqual(expected);
        expect(
          changes.every(({ alerts }) => alerts.every(({ status }) => status !== "Pending")),
          `${step}`,
        ).toBe(true);
        expect(network.isIntended(), `${step}`).toBe(mode === "enforce");
        // An alert whose sending nobody could note is sent again; nothing is told as another change.
        expect(new Set(network.alerts.map(({ id }) => id)).size, `${step}`).toBe(2);
        if (!died) break;
        expect(step).toBeLessThan(60);
      }
    },
  );
});
