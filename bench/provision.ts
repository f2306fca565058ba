import { parseArgs } from "node:util";
import { StackError } from "../local/stack/stack-error.ts";
import type { Benchmark } from "./benchmark.ts";
import { figuresTable } from "./provision/figures.ts";
import { type Measurement, measureSpokes } from "./provision/measure-spokes.ts";

/** Faster, the work of two cores on 25 spokes weighs too much: it counts as many times as local Azure is faster. */
const usualSpeed = 2;
const usualCounts = [1, 5, 25];
const mostSpokes = 30;

/** `npm run bench -- provision [--speed 1] [--spokes 1,5,25]` */
export const provision: Benchmark = {
  name: "provision",
  summary: "full spokes asked for at the same moment, each in its own subscription, all in one hub",
  run: async (args, end) => {
    const { speed, counts } = readArguments(args);
    console.log(`Local Azure runs ${speed} times as fast as Azure; "wall" and "path" are seconds of Azure.`);
    console.log(`Reads, writes, polls and calls are those of each spoke, its part of the hub's included.`);
    const measurements: Measurement[] = [];
    for (const count of counts) {
      measurements.push(await measureSpokes(count, speed, end));
      console.log(["", ...figuresTable(measurements)].join("\n"));
    }
  },
};

function readArguments(args: readonly string[]): { readonly speed: number; readonly counts: readonly number[] } {
  const options = { speed: { type: "string" }, spokes: { type: "string" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const speed = values.speed === undefined ? usualSpeed : Number(values.speed);
  const counts = values.spokes === undefined ? usualCounts : values.spokes.split(",").map(Number);
  if (!(speed > 0)) throw new StackError("--speed must be a number above 0.");
  if (!counts.every((count) => Number.isInteger(count) && count >= 1 && count <= mostSpokes)) {
    throw new StackError(`--spokes must be numbers from 1 to ${mostSpokes}, with commas between.`);
  }
  return { speed, counts };
}
