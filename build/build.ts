/** `npm run build [-- --if-stale] [-- --measure]`: the app as it is deployed, in dist/functions. */
import { parseArgs } from "node:util";
import { build, buildIfStale } from "./build-app.ts";
import { BuildError } from "./build-error.ts";
import { projectFolder } from "./folders.ts";
import { measureImport } from "./measure-import.ts";
import { packageContents } from "./package-contents.ts";

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { "if-stale": { type: "boolean", default: false }, measure: { type: "boolean", default: false } },
  });
  const built = await (values["if-stale"] ? buildIfStale : build)((line) => console.log(line));
  if (!built) console.log("Nothing changed since the last build.");
  const contents = packageContents();
  console.log(
    `Package: ${megabytes(contents.bundleBytes)}, of which a start loads ${megabytes(contents.startBytes)} (source maps not counted)`,
  );
  if (values.measure) {
    const { milliseconds, residentBytes, runs } = await measureImport(projectFolder);
    console.log(`Import: ${milliseconds.toFixed(0)} ms, ${megabytes(residentBytes)} resident (median of ${runs} runs)`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BuildError ? `The build failed.\n${error.message}` : error);
  process.exitCode = 1;
});
