import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { acquireFolderLock } from "../local/stack/folder-lock.ts";
import { newestChange } from "./newest-change.ts";

const projectFolder = fileURLToPath(new URL("..", import.meta.url));
const sources = ["functions", "shared", "build", "package.json", "package-lock.json"];
const lockPatienceMilliseconds = 120_000;

/** Where the app's bundle stands; package.json names its index.js as "main". */
export const outputFolder = join(projectFolder, "dist", "functions");
export const entryFile = join(outputFolder, "index.js");

/** The bundle could not be made; the message is the bundler's own, with file and line. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Builds where a source or the lockfile is newer than the bundle; answers whether it built. Throws BuildError. */
export async function buildIfStale(onProgress: (line: string) => void): Promise<boolean> {
  if (!isStale()) return false;
  return build(onProgress, isStale);
}

/**
 * Bundles functions/index.ts with all it needs but @azure/functions-core, which the host's worker provides with or
 * resolves from node_modules. Azure SDKs that are imported dynamically become chunks of their own, loaded by the
 * first call that needs them. Builds exclude one another, and the old output stands until the new one is whole.
 */
export async function build(onProgress: (line: string) => void, isStillWanted = () => true): Promise<boolean> {
  mkdirSync(join(projectFolder, "dist"), { recursive: true });
  const lock = acquireFolderLock(join(projectFolder, "dist", "build.lock"), lockPatienceMilliseconds);
  if (!lock) throw new BuildError("Another build holds dist/build.lock for too long.");
  try {
    if (!isStillWanted()) return false;
    onProgress("Building the app");
    const startedAt = new Date();
    const unfinished = `${outputFolder}.${process.pid}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    try {
      await bundle(unfinished);
      // A source that is saved while the bundler runs must count as newer than the bundle.
      utimesSync(join(unfinished, "index.js"), startedAt, startedAt);
      rmSync(outputFolder, { recursive: true, force: true });
      renameSync(unfinished, outputFolder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return true;
  } finally {
    lock.release();
  }
}

function isStale(): boolean {
  const built = statSync(entryFile, { throwIfNoEntry: false });
  return !built || built.mtimeMs < newestChange(sources.map((name) => join(projectFolder, name)));
}

async function bundle(folder: string): Promise<void> {
  // Loaded here: the bundler is a large native module that a fresh bundle does not need.
  const { rolldown } = await import("rolldown");
  try {
    await using bundler = await rolldown({
      input: { index: join(projectFolder, "functions", "index.ts") },
      cwd: projectFolder,
      platform: "node",
      external: ["@azure/functions-core"],
      transform: { target: "node22" },
      logLevel: "warn",
    });
    await bundler.write({
      dir: folder,
      format: "esm",
      sourcemap: true,
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
    });
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
