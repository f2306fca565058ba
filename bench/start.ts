import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Registration, registerFunctions } from "../build/register-functions.ts";
import type { Benchmark } from "./benchmark.ts";
import { startApps } from "./start/start-apps.ts";

const turns = 25;

/** `npm run bench -- start [FOLDER…]`: a cold start of the package beside its libraries alone and other unpacked packages. */
export const start: Benchmark = {
  name: "start",
  summary: "time and memory until the deployment package has registered all functions",
  run: async (args, end) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-start-"));
    try {
      const apps = await startApps(folder, args);
      const taken = apps.map((): Registration[] => []);
      // By turns: starts of one turn meet the same other work on the machine.
      for (let turn = 0; turn < turns; turn++) {
        for (const [index, app] of apps.entries()) {
          end.throwIfAborted();
          taken[index]?.push(await registerFunctions(app.folder));
        }
      }
      console.log(heading.join("\n"));
      const ours = taken.at(-1) ?? [];
      for (const [index, app] of apps.entries()) console.log(row(app.name, taken[index] ?? [], ours));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const heading = [
  "| start of | functions | ms | CPU ms | CPU / the package's | resident MB | over empty Node |",
  "|---|---|---|---|---|---|---|",
];

function row(name: string, runs: readonly Registration[], ours: readonly Registration[]): string {
  const median = (value: (run: Registration, turn: number) => number): number =>
    runs.map(value).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  const cells = [
    name,
    runs[0]?.functions.length,
    median((run) => run.milliseconds).toFixed(0),
    median((run) => run.cpuMilliseconds).toFixed(0),
    median((run, turn) => run.cpuMilliseconds / (ours[turn]?.cpuMilliseconds ?? Number.NaN)).toFixed(2),
    median((run) => run.residentBytes / 1e6).toFixed(1),
    median((run) => (run.residentBytes - run.emptyBytes) / 1e6).toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}
