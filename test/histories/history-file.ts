import { readdirSync, readFileSync } from "node:fs";
import type { HistoryEvent } from "../../local/host/durable/protocol.ts";

/** One instance as the Functions host kept it after its end. */
export interface RecordedHistory {
  readonly id: string;
  readonly executionId: string;
  readonly orchestrator: string;
  readonly parentId: string | null;
  /** JSON texts. */
  readonly input: string;
  readonly output: string | null;
  readonly events: readonly HistoryEvent[];
}

/** One line for each event: a recording that changed shows where. */
export function historyText(histories: readonly RecordedHistory[]): string {
  const instances = histories.map(({ events, ...instance }) => {
    const lines = events.map((event) => `   ${JSON.stringify(event)}`).join(",\n");
    return ` {${JSON.stringify(instance).slice(1, -1)},"events":[\n${lines}]}`;
  });
  return `[\n${instances.join(",\n")}\n]\n`;
}

const fixtures = new URL("../fixtures/histories/", import.meta.url);

/** Every recording: the version of the plan that it was made with, its scenario, its instances (the run's own first). */
export function recordedScenarios(): { version: string; scenario: string; histories: RecordedHistory[] }[] {
  return readdirSync(fixtures).flatMap((version) =>
    readdirSync(new URL(`${version}/`, fixtures)).map((file) => ({
      version,
      scenario: file.replace(/\.json$/, ""),
      histories: JSON.parse(readFileSync(new URL(`${version}/${file}`, fixtures), "utf8")) as RecordedHistory[],
    })),
  );
}
