import { describe, expect, it } from "vitest";
import { createKeyedQueue } from "../../../local/host/durable/keyed-queue.ts";

/** A queue whose runs end when the test says so. */
function controlled(limit: number) {
  const running: { key: string; end: () => void }[] = [];
  const started: string[] = [];
  const queue = createKeyedQueue(limit, (key) => {
    started.push(key);
    return new Promise((end) => {
      running.push({ key, end });
    });
  });
  const end = (key: string) =>
    running
      .splice(
        running.findIndex((run) => run.key === key),
        1,
      )[0]
      ?.end();
  return {
    queue,
    started,
    end,
    settle: () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))),
  };
}

describe("a keyed queue", () => {
  it("runs a key once at a time, and once more for what came meanwhile", async () => {
    const { queue, started, end, settle } = controlled(10);
    queue.enqueue("a");
    queue.enqueue("a");
    await settle();
    expect(started).toEqual(["a"]);
    queue.enqueue("a");
    queue.enqueue("b");
    await settle();
    expect(started).toEqual(["a", "b"]);
    end("a");
    await settle();
    expect(started).toEqual(["a", "b", "a"]);
  });

  it("keeps to its limit", async () => {
    const { queue, started, end, settle } = controlled(2);
    ["a", "b", "c"].forEach(queue.enqueue);
    await settle();
    expect(started).toEqual(["a", "b"]);
    end("b");
    await settle();
    expect(started).toEqual(["a", "b", "c"]);
  });

  it("starts nothing once it is stopped, and waits for what runs", async () => {
    const { queue, started, end, settle } = controlled(2);
    queue.enqueue("a");
    await settle();
    const stopped = queue.stop();
    queue.enqueue("b");
    await settle();
    expect(started).toEqual(["a"]);
    end("a");
    await stopped;
  });
});
