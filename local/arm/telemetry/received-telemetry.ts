/** What Application Insights took in, in the form of its ingestion: `name`, `time`, `tags` and `data`. */
export type TelemetryItem = Readonly<Record<string, unknown>>;

const kept = 50_000;

/** The telemetry that apps sent, in memory; the oldest goes once there are more than 50,000 items. */
export class ReceivedTelemetry {
  #items: TelemetryItem[] = [];

  add(items: readonly TelemetryItem[]): void {
    this.#items = [...this.#items, ...items].slice(-kept);
  }

  list(): readonly TelemetryItem[] {
    return this.#items;
  }

  clear(): void {
    this.#items = [];
  }
}
