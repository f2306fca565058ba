import { type Attributes, type Counter, type Gauge, type Histogram, metrics } from "@opentelemetry/api";
import { toExporter } from "./sink.ts";

const meter = () => metrics.getMeter("zero-trust-spokes");

/** Bounds in seconds: from a lookup to an Application Gateway and a queue of them. */
const secondBounds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 2700];

// Made when first recorded: an instrument of before the exporter started would record nothing.
const counter = (name: string, description: string): (() => Counter) =>
  made(() => meter().createCounter(name, { description }));
const seconds = (name: string, description: string): (() => Histogram) =>
  made(() =>
    meter().createHistogram(name, { description, unit: "s", advice: { explicitBucketBoundaries: secondBounds } }),
  );
const gauge = (name: string, description: string): (() => Gauge) =>
  made(() => meter().createGauge(name, { description }));

const calls = counter("zero_trust.arm.calls", "Requests to Azure Resource Manager, repeated ones included");
const throttles = counter("zero_trust.arm.throttles", "Requests that Azure Resource Manager answered with 429");
const stepDuration = seconds(
  "zero_trust.provision.step.duration",
  "From the first to the last change of a step of a run",
);
const runDuration = seconds("zero_trust.provision.duration", "From the start of a run, or its approval, to its end");
const driftFound = counter("zero_trust.drift.found", "Resources that were not as they shall be");
const driftRestored = counter("zero_trust.drift.restored", "Resources that were made right");
const eventToRestore = seconds("zero_trust.event_to_restore", "From a change in Azure to its restoration");
const score = gauge("zero_trust.compliance.score", "Share of the guidance's rows that spokes meet, in percent");

/** What is measured; docs/telemetry.md says what for. No name of a spoke is a dimension: there are many. */
export const measured = {
  /** One request. `status` 0: there was no answer. */
  armCall(call: { readonly method: string; readonly resourceType: string; readonly status: number }): void {
    const attributes: Attributes = { method: call.method, "resource.type": call.resourceType };
    toExporter(() => calls().add(1, { ...attributes, status: call.status }));
    if (call.status === 429) toExporter(() => throttles().add(1, attributes));
  },
  step(step: { readonly number: number; readonly status: string; readonly seconds: number }): void {
    toExporter(() => stepDuration().record(step.seconds, { step: step.number, status: step.status }));
  },
  run(run: { readonly kind: "provision" | "remove"; readonly status: string; readonly seconds: number }): void {
    toExporter(() => runDuration().record(run.seconds, { kind: run.kind, status: run.status }));
  },
  driftFound(by: DriftSource, resources: number): void {
    if (resources > 0) toExporter(() => driftFound().add(resources, { by }));
  },
  driftRestored(by: DriftSource, resources: number): void {
    if (resources > 0) toExporter(() => driftRestored().add(resources, { by }));
  },
  eventToRestore(secondsSinceEvent: number): void {
    toExporter(() => eventToRestore().record(secondsSinceEvent));
  },
  /** @param percent of all spokes, 0 to 100 */
  complianceScore(percent: number): void {
    toExporter(() => score().record(percent));
  },
};

/** What noticed the drift: an event, a sweep, or the pass over flow logs. */
export type DriftSource = "event" | "sweep" | "flow-logs";

function made<I>(make: () => I): () => I {
  let instrument: I | undefined;
  return () => {
    instrument ??= make();
    return instrument;
  };
}
