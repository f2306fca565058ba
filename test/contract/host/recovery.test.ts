import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { finished, type InstanceLinks, raise, start, statusOf, until } from "./durable-calls.ts";
import { type HostProcess, startHostProcess, temporaryFolder } from "./host-process.ts";

/** Numbers in [0, 1) that are the same for the same seed (a linear congruential generator). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The links of an instance at a host that was started again on another port. */
function at(host: HostProcess, links: InstanceLinks): InstanceLinks {
  const moved = Object.entries(links).map(([name, link]) => [name, link.replace(/^http:\/\/[^/]+/, host.url)]);
  return Object.fromEntries(moved) as InstanceLinks;
}

describe("a host that is killed", () => {
  it("completes everything over ten lives, each step of an instance once", { timeout: 120_000 }, async () => {
    const random = seededRandom(20_261_123);
    const data = temporaryFolder();
    const file = join(data, "ran.txt");
    const input = { file, steps: 30, milliseconds: 12 };
    const instances = Array.from({ length: 12 }, (_, index) => `chain-${index}`);
    let host = await startHostProcess({ fixture: "durable", data });
    let links = await Promise.all(instances.map((id) => start(host.url, "chain", input, id)));
    let lives = 1;
    while (lives < 11) {
      await sleep(random() * 90);
      await host.kill();
      host = await startHostProcess({ fixture: "durable", data });
      lives++;
    }
    const open = await Promise.all(links.map((link) => statusOf(at(host, link))));
    expect(open.some(({ runtimeStatus }) => runtimeStatus === "Running")).toBe(true);
    links = links.map((link) => at(host, link));
    const ends = await Promise.all(links.map((link) => finished(link, "showHistory=true")));

    const ran = readFileSync(file, "utf8").trim().split("\n");
    for (const [index, { output, historyEvents = [] }] of ends.entries()) {
      const id = instances[index];
      const expected = Array.from({ length: input.steps }, (_, step) => [`${id} ${step} a`, `${id} ${step} b`]).flat();
      expect(output).toEqual(expected);
      const count = (type: string) => historyEvents.filter(({ EventType }) => EventType === type).length;
      expect([count("TaskCompleted"), count("TimerFired"), count("EventSent")]).toEqual([60, 30, 30]);
      expect(new Set(ran)).toEqual(new Set([...ran, ...expected]));
    }
    const counted = await until(
      () => steps(host),
      (value) => value >= instances.length * input.steps,
    );
    expect(counted).toBe(instances.length * input.steps);
    expect(await host.stop()).toBe(0);
  });

  it("fires the timers and keeps the events it had when it died", async () => {
    const data = temporaryFolder();
    const first = await startHostProcess({ fixture: "durable", data });
    const sleeping = await start(first.url, "sleep", 300);
    const waiting = await start(first.url, "events", null);
    await raise(waiting, "next", 1);
    await first.kill();

    const second = await startHostProcess({ fixture: "durable", data });
    await raise(at(second, waiting), "next", 2);
    await raise(at(second, waiting), "next", 3);
    expect((await finished(at(second, sleeping))).output).toBe("slept");
    expect((await finished(at(second, waiting))).output).toEqual([1, 2, 3]);
    await second.stop();
  });

  it("stops on SIGTERM and takes up what it left", async () => {
    const data = temporaryFolder();
    const first = await startHostProcess({ fixture: "durable", data });
    const sleeping = await start(first.url, "sleep", 200);
    expect(await first.stop()).toBe(0);
    const second = await startHostProcess({ fixture: "durable", data });
    expect((await finished(at(second, sleeping))).output).toBe("slept");
    await second.stop();
  });

  it("lets no second host use its data folder", { timeout: 30_000 }, async () => {
    const data = temporaryFolder();
    const first = await startHostProcess({ fixture: "durable", data });
    await expect(startHostProcess({ fixture: "durable", data })).rejects.toThrow("database is locked");
    await first.stop();
  });
});

async function steps(host: HostProcess): Promise<number> {
  const entity = [{ name: "Counter", key: "steps" }];
  const response = await fetch(`${host.url}/api/client/readEntityState`, {
    method: "POST",
    body: JSON.stringify(entity),
  });
  const { value } = (await response.json()) as { value: { entityState?: number } };
  return value.entityState ?? 0;
}
