/** Runs work by key: never two at once for one key, and at most so many at once in all. */
export interface KeyedQueue {
  /** Asks for a run; a request during a run leads to one more run. */
  enqueue(key: string): void;
  /** Starts nothing more and waits for what runs. */
  stop(): Promise<void>;
}

/** @param run must not reject: a rejection is a fault of the host and ends the process. */
export function createKeyedQueue(limit: number, run: (key: string) => Promise<void>): KeyedQueue {
  const waiting = new Set<string>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  let scheduled = false;

  const start = (key: string) => {
    waiting.delete(key);
    const done = run(key).finally(() => {
      running.delete(key);
      schedule();
    });
    running.set(key, done);
  };
  const startWaiting = () => {
    scheduled = false;
    for (const key of waiting) {
      if (stopped || running.size >= limit) {
        return;
      }
      if (!running.has(key)) {
        start(key);
      }
    }
  };
  // Not at once: what comes in together is then handled in one run.
  const schedule = () => {
    if (!scheduled && waiting.size > 0) {
      scheduled = true;
      setImmediate(startWaiting);
    }
  };
  return {
    enqueue: (key) => {
      waiting.add(key);
      schedule();
    },
    stop: async () => {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}
