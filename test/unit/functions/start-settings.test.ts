import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { networkEventsQueue } from "../../../functions/settings/network-events-queue.ts";
import { networkEventsStorage } from "../../../functions/settings/network-events-storage.ts";
import { timerSchedules } from "../../../functions/settings/timer-schedules.ts";
import { defaultSchedules } from "../../../shared/domain/default-schedules.ts";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(text: string): Record<string, string> {
  const file = join(folder, "platform.json");
  writeFileSync(file, text);
  return { PLATFORM_CONFIGURATION_FILE: file };
}

describe("what Functions asks while the app starts", () => {
  test("schedules of the configuration, and the usual ones for what is missing or wrong", () => {
    const schedules = { enforceFlowLogs: "0 */15 * * * *", applyHardening: "soon", sweepCompliance: 7 };
    expect(timerSchedules(fileWith(JSON.stringify({ schedules })))).toEqual({
      ...defaultSchedules,
      enforceFlowLogs: "0 */15 * * * *",
    });
  });

  test.each(["", "{", "[]", "null", '{"schedules": null}'])(
    "a configuration of %j starts with the usual ones",
    (text) => {
      expect(timerSchedules(fileWith(text))).toEqual(defaultSchedules);
      expect(networkEventsQueue(fileWith(text))).toBeNull();
    },
  );

  test("without a configuration the app starts too", () => {
    expect(timerSchedules({})).toEqual(defaultSchedules);
    expect(networkEventsQueue({ PLATFORM_CONFIGURATION_FILE: join(folder, "none.json") })).toBeNull();
  });

  test("the queue of network events", () => {
    const environment = fileWith(JSON.stringify({ networkEvents: { queueName: "changes" } }));
    expect(networkEventsQueue(environment)).toEqual({ queueName: "changes", connection: "NetworkEvents" });
    expect(networkEventsQueue(fileWith('{"networkEvents": null}'))).toBeNull();
  });

  test("its account: by connection string, by addresses, by name, or not at all", () => {
    expect(networkEventsStorage({ NetworkEvents: "c" })).toEqual({
      blobs: { connectionString: "c" },
      queues: { connectionString: "c" },
    });
    expect(networkEventsStorage({ NetworkEvents__accountName: "st", NetworkEvents__clientId: "i" })).toEqual({
      blobs: { blobServiceUri: "https://st.blob.core.windows.net", clientId: "i" },
      queues: { queueServiceUri: "https://st.queue.core.windows.net", clientId: "i" },
    });
    expect(networkEventsStorage({ NetworkEvents__queueServiceUri: "https://q" })).toBeNull();
  });
});
