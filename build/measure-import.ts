import { registerFunctions } from "./register-functions.ts";

const runs = 5;

/** Time and memory until all functions of the app in a folder are registered, in a fresh process; median of five. */
export async function measureImport(
  folder: string,
): Promise<{ readonly milliseconds: number; readonly residentBytes: number; readonly runs: number }> {
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await registerFunctions(folder));
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return {
    milliseconds: median(results.map(({ milliseconds }) => milliseconds)),
    residentBytes: median(results.map(({ residentBytes }) => residentBytes)),
    runs,
  };
}
