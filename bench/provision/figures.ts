import { styleFor } from "../../local/demo/style.ts";
import { type Column, textTable } from "../../local/demo/text-table.ts";
import type { Measurement } from "./measure-spokes.ts";

interface Figure {
  readonly heading: string;
  readonly of: (measurement: Measurement) => string;
}

const perSpoke = (of: (measurement: Measurement) => number): ((measurement: Measurement) => string) => {
  return (measurement) => (of(measurement) / measurement.spokes).toFixed(1);
};
const told = (value: number | null | undefined): string => value?.toFixed(1) ?? "–";

const figures: readonly Figure[] = [
  { heading: "reads", of: perSpoke(({ calls }) => calls.reads) },
  { heading: "writes", of: perSpoke(({ calls }) => calls.writes) },
  { heading: "polls", of: perSpoke(({ calls }) => calls.polls) },
  { heading: "calls", of: perSpoke(callsOf) },
  { heading: "429", of: ({ calls }) => String(calls.throttled) },
  { heading: "refused", of: ({ calls }) => String(calls.refused) },
  { heading: "hub calls", of: ({ calls }) => String(calls.hub) },
  { heading: "hub writes", of: ({ calls }) => String(calls.hubWrites) },
  { heading: "tokens", of: ({ calls }) => String(calls.tokens) },
  { heading: "wall s", of: ({ wallSeconds }) => wallSeconds.toFixed(0) },
  { heading: "path s", of: ({ criticalPathSeconds }) => criticalPathSeconds.toFixed(0) },
  { heading: "ratio", of: (measurement) => ratioOf(measurement).toFixed(2) },
  { heading: "host MB", of: ({ host }) => (host === null ? "–" : host.megabytes.toFixed(0)) },
  { heading: "host CPU s", of: ({ host }) => told(host?.cpuSeconds) },
  { heading: "Azure CPU s", of: ({ azureCpuSeconds }) => told(azureCpuSeconds) },
  { heading: "machine", of: ({ machineBusy }) => `${(machineBusy * 100).toFixed(0)} %` },
];

/** One row for each number of spokes, and what more spokes at once cost each of them. */
export function figuresTable(measurements: readonly Measurement[]): readonly string[] {
  const columns: Column[] = ["spokes", ...figures.map(({ heading }) => heading)].map((heading) => ({
    heading,
    alignRight: true,
  }));
  const rows = measurements.map((one) => [String(one.spokes), ...figures.map(({ of }) => of(one))]);
  const table = textTable(columns, rows, Number.POSITIVE_INFINITY, styleFor(false, {}));
  return [...table, ...growth(measurements)];
}

function growth(measurements: readonly Measurement[]): readonly string[] {
  const first = measurements[0];
  const last = measurements.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  const percent = (of: (measurement: Measurement) => number): string => {
    const change = (of(last) / of(first) - 1) * 100;
    return `${change < 0 ? "" : "+"}${change.toFixed(1)} %`;
  };
  const callsEach = percent((one) => callsOf(one) / one.spokes);
  const wall = percent((one) => one.wallSeconds);
  return [`  From ${first.spokes} to ${last.spokes} spokes: calls per spoke ${callsEach}, wall ${wall}.`];
}

function callsOf({ calls }: Measurement): number {
  return calls.reads + calls.writes + calls.polls;
}

function ratioOf({ wallSeconds, criticalPathSeconds }: Measurement): number {
  return wallSeconds / criticalPathSeconds;
}
