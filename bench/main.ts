/** `npm run bench [-- NAME]`: measurements of the tool against its limits; without a name, all of them. */
import { endSignal } from "../local/stack/end-signal.ts";
import { StackError } from "../local/stack/stack-error.ts";
import type { Benchmark } from "./benchmark.ts";
import { flowLogs } from "./flow-logs.ts";
import { provision } from "./provision.ts";
import { rules } from "./rules.ts";
import { start } from "./start.ts";
import { sweep } from "./sweep.ts";

const benchmarks: readonly Benchmark[] = [provision, rules, flowLogs, sweep, start];

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const chosen = benchmarks.filter((benchmark) => name === undefined || benchmark.name === name);
  if (chosen.length === 0) {
    const known = benchmarks.map((benchmark) => `  ${benchmark.name}: ${benchmark.summary}`);
    throw new StackError([`There is no benchmark "${name}". There are:`, ...known].join("\n"));
  }
  const end = endSignal();
  for (const benchmark of chosen) {
    console.log(`${benchmark.name}: ${benchmark.summary}`);
    await benchmark.run(args, end);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StackError ? error.message : error);
    process.exit(1);
  },
);
