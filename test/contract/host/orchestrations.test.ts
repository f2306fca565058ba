import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finished, raise, run, start, statusOf, until } from "./durable-calls.ts";
import { type HostProcess, startHostProcess } from "./host-process.ts";

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess({ fixture: "durable" });
});
afterAll(async () => {
  expect(await host.stop()).toBe(0);
});

describe("activities", () => {
  it("fan out and in, and go on afterwards", async () => {
    const { runtimeStatus, output } = await run(host.url, "fan", 50);
    expect({ runtimeStatus, output }).toEqual({ runtimeStatus: "Completed", output: { sum: 1275, last: 42 } });
  });

  it("run at least forty at once", async () => {
    expect((await run(host.url, "meeting", 40)).output).toBe(40);
  });

  it.each([["text"], ["12"], ['"quoted"'], [""], [0], [-1.5], [true], [null], [[1, "2", null]], [{ a: { b: "c" } }]])(
    "pass %j through input, activity and output",
    async (value) => {
      const { output } = await run(host.url, "pass", value);
      expect(output).toMatchObject({ value, nothing: null });
    },
  );

  it("fail the orchestration that does not catch", async () => {
    const { runtimeStatus, output } = await run(host.url, "failing", "the reason");
    expect(runtimeStatus).toBe("Failed");
    expect(output).toContain("Orchestrator function 'failing' failed");
    expect(output).toContain("the reason");
  });

  it("can be caught", async () => {
    expect((await run(host.url, "catching", null)).output).toBe(true);
  });

  it("are retried with the rest going on", async () => {
    const { output } = await run(host.url, "retries", null);
    expect(output).toEqual({ first: ["a:3", "b", "c:2", "d:1"], exhausted: true, last: "f" });
  });

  it("end the instance when their retries exceed their timeout", async () => {
    const { runtimeStatus, output } = await run(host.url, "retryTimeout", null);
    expect(runtimeStatus).toBe("Failed");
    expect(output).toContain("exceeded their timeout");
  });

  it("that do not exist fail by name", async () => {
    expect((await run(host.url, "unknownActivity", null)).output).toContain("noSuchActivity");
  });
});

describe("sub-orchestrations", () => {
  it("return, fail and are retried", async () => {
    const links = await start(host.url, "parent", null, "a-parent");
    const { output } = await finished(links);
    expect(output).toEqual({
      named: { next: 2, parent: "a-parent" },
      unnamed: { next: 3, parent: "a-parent" },
      failed: true,
    });
    const child = { statusQueryGetUri: links.statusQueryGetUri.replace("a-parent", "a-parent:failing") };
    expect((await statusOf(child)).runtimeStatus).toBe("Failed");
  });
});

describe("timers and events", () => {
  it("the timer wins when no event comes", async () => {
    expect((await run(host.url, "timerOrEvent", 30)).output).toEqual({ won: "timer", value: null, after: 2 });
  });

  it("the event wins when it comes in time, also against a timer of thirty days", async () => {
    const links = await start(host.url, "timerOrEvent", 30 * 86_400_000);
    expect(await raise(links, "go", { approved: true })).toBe(202);
    expect((await finished(links)).output).toEqual({ won: "event", value: { approved: true }, after: 2 });
  });

  it("a timer left open is warned of: on Azure it keeps the instance running", async () => {
    expect((await run(host.url, "leavesTimer", null, "left")).output).toBe("done");
    await until(
      async () => host.log(),
      (log) => /left.*left timers open/.test(log),
    );
    await run(host.url, "timerOrEvent", 1, "fired");
    expect(host.log()).not.toMatch(/fired.*left timers open/);
  });

  it("events are kept in their order until they are awaited", async () => {
    const links = await start(host.url, "events", null);
    for (const value of [1, "two", null]) {
      await raise(links, "next", value);
    }
    const { output, customStatus } = await finished(links);
    expect(output).toEqual([1, "two", null]);
    expect(customStatus).toEqual({ received: 3 });
  });

  it("custom status is seen while an instance runs", async () => {
    const links = await start(host.url, "events", null);
    await raise(links, "next", 1);
    const seen = await until(
      () => statusOf(links),
      ({ customStatus }) => customStatus !== null,
    );
    expect(seen).toMatchObject({ runtimeStatus: "Running", customStatus: { received: 1 }, output: null });
  });
});

describe("executions", () => {
  it("continue as new with a new history", async () => {
    const links = await start(host.url, "eternal", { left: 20, sum: 0 });
    const { output, historyEvents } = await finished(links, "showHistory=true");
    expect(output).toBe(20);
    expect(historyEvents).toHaveLength(1);
  });

  it("see the same ids and times on each replay", async () => {
    const links = await start(host.url, "ids", null);
    const { output, historyEvents } = await finished(links, "showHistory=true&showHistoryOutput=true");
    const { replayed } = output as { replayed: string[] };
    expect(historyEvents?.find(({ FunctionName }) => FunctionName === "echo")).toMatchObject({ Result: replayed });
  });

  it("that are not deterministic fail, and say so", async () => {
    const { runtimeStatus, output } = await run(host.url, "nonDeterministic", null);
    expect(runtimeStatus).toBe("Failed");
    expect(output).toMatch(/Non-deterministic orchestrator: action 1 was "CallActivity \w+" and is "CallActivity \w+"/);
  });

  it("that ask for what the host does not run fail, and say so", async () => {
    const { runtimeStatus, output } = await run(host.url, "callsHttp", null);
    expect(runtimeStatus).toBe("Failed");
    expect(output).toContain("CallHttp");
  });
});

describe("entities", () => {
  it("are called and signalled, and signal each other", async () => {
    expect((await run(host.url, "count", null)).output).toEqual({ first: 7, second: 8 });
  });

  it("report an error to the caller and go on", async () => {
    expect((await run(host.url, "entityError", null)).output).toBe("caught, then 0");
  });

  it("that do not exist fail the call", async () => {
    expect((await run(host.url, "unknownEntity", null)).runtimeStatus).toBe("Failed");
  });

  it("receive what an entity forwards, and what the client signals", async () => {
    const links = await start(host.url, "count", null, "forwarding");
    await finished(links);
    const copy = { name: "Counter", key: "forwarding-copy" };
    await until(
      () => callClient("readEntityState", copy),
      (state) => (state as { entityState?: number }).entityState === 7,
    );
    await callClient("signalEntity", copy, "add", 10);
    await until(
      () => callClient("readEntityState", copy),
      (state) => (state as { entityState?: number }).entityState === 17,
    );
    await callClient("signalEntity", copy, "delete");
    await until(
      () => callClient("readEntityState", copy),
      (state) => (state as { entityExists: boolean }).entityExists === false,
    );
  });
});

async function callClient(method: string, ...args: unknown[]): Promise<unknown> {
  const response = await fetch(`${host.url}/api/client/${method}`, { method: "POST", body: JSON.stringify(args) });
  const { value, error } = (await response.json()) as { value?: unknown; error?: string };
  if (error !== undefined) {
    throw new Error(error);
  }
  return value;
}
