import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { entryFile } from "./build-app.ts";

const runs = 5;

const program = `
const start = performance.now();
await import(process.argv[1]);
console.log(JSON.stringify([performance.now() - start, process.memoryUsage.rss()]));
process.exit(0);`;

/** Time and memory until all functions are registered, in a fresh process; median of five. */
export function measureImport(): { milliseconds: number; residentBytes: number; runs: number } {
  const results = Array.from({ length: runs }, () => {
    const command = ["--input-type=module", "--eval", program, pathToFileURL(entryFile).href];
    const output = execFileSync(process.execPath, command, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as [number, number];
  });
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return {
    milliseconds: median(results.map(([milliseconds]) => milliseconds)),
    residentBytes: median(results.map(([, bytes]) => bytes)),
    runs,
  };
}
