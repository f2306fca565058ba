import { styleFor } from "../../local/demo/style.ts";
import { type Column, textTable } from "../../local/demo/text-table.ts";
import type { SweepMeasurement } from "./measure-sweep.ts";

type Figure = readonly [heading: string, of: (one: SweepMeasurement, floor: number) => string];

const told = (value: number | null, digits = 0): string => value?.toFixed(digits) ?? "–";

const figures: readonly Figure[] = [
  ["spokes", ({ sweep }) => String(sweep.spokes)],
  ["judged", ({ sweep }) => String(sweep.assessed)],
  ["failing", ({ failing }) => String(failing)],
  ["score", ({ score }) => told(score, 1)],
  ["rows", ({ sweep }) => String(sweep.resources)],
  ["queries", ({ queries }) => String(queries)],
  ["floor", (_, floor) => String(floor)],
  ["ratio", ({ queries }, floor) => (queries / floor).toFixed(2)],
  ["refused", ({ refused }) => String(refused)],
  ["repeated", ({ repeated }) => String(repeated)],
  ["reads", ({ reads }) => String(reads)],
  ["429", ({ throttled }) => String(throttled)],
  ["wall s", ({ seconds }) => seconds.toFixed(0)],
  ["CPU s", ({ cpuSeconds }) => told(cpuSeconds, 1)],
  ["MB", ({ megabytes }) => told(megabytes)],
];

/** One row for each sweep. */
export function sweepTable(measured: readonly SweepMeasurement[], floor: number): readonly string[] {
  const columns: Column[] = [
    { heading: "sweep", alignRight: false },
    ...figures.map(([heading]): Column => ({ heading, alignRight: true })),
  ];
  const rows = measured.map((one) => [one.what, ...figures.map(([, of]) => of(one, floor))]);
  return textTable(columns, rows, Number.POSITIVE_INFINITY, styleFor(false, {}));
}
