import { renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { BuildError } from "./build-error.ts";
import { holdingBuildLock } from "./build-lock.ts";
import { bundleFolder, entryFile, projectFolder } from "./folders.ts";
import { newestChange } from "./newest-change.ts";

const sources = ["functions", "shared", "build", "package.json", "package-lock.json"];

/** Major version of the Node on which the app runs in Azure. */
export const targetNode = 22;

/** Builds where a source or the lockfile is newer than the bundle; answers whether it built. Throws BuildError. */
export async function buildIfStale(onProgress: (line: string) => void): Promise<boolean> {
  if (!isStale()) return false;
  return build(onProgress, isStale);
}

/**
 * Bundles functions/index.ts with all it needs but @azure/functions-core, which the host's worker provides. Azure SDKs that are imported dynamically become chunks of their own, loaded by the
 * first call that needs them. Builds exclude one another, and the old output stands until the new one is whole.
 */
export function build(onProgress: (line: string) => void, isStillWanted = () => true): Promise<boolean> {
  return holdingBuildLock(async () => {
    if (!isStillWanted()) return false;
    onProgress("Building the app");
    const startedAt = new Date();
    const unfinished = `${bundleFolder}.${process.pid}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    try {
      await bundleInto(unfinished, join(projectFolder, "functions", "index.ts"));
      // A source that is saved while the bundler runs must count as newer than the bundle.
      utimesSync(join(unfinished, "index.js"), startedAt, startedAt);
      rmSync(bundleFolder, { recursive: true, force: true });
      renameSync(unfinished, bundleFolder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return true;
  });
}

function isStale(): boolean {
  const built = statSync(entryFile, { throwIfNoEntry: false });
  return !built || built.mtimeMs < newestChange(sources.map((name) => join(projectFolder, name)));
}

/** Bundles an app whose entry is a file of the project; its index.js imports nothing but Node. Throws BuildError. */
export async function bundleInto(folder: string, entry: string): Promise<void> {
  // Loaded here: the bundler is a large native module that a fresh bundle does not need.
  const { rolldown } = await import("rolldown");
  try {
    await using bundler = await rolldown({
      input: { index: entry },
      cwd: projectFolder,
      platform: "node",
      external: ["@azure/functions-core"],
      transform: { target: `node${targetNode}` },
      logLevel: "warn",
    });
    await bundler.write({
      dir: folder,
      format: "esm",
      sourcemap: true,
      // An eighth of the code is comments; without them lines and names in stack traces stay readable (decision 26).
      comments: { legal: true, annotation: false, jsdoc: false },
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
    });
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
