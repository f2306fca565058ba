import { join } from "node:path";
import { acquireFolderLock } from "../local/stack/folder-lock.ts";
import { BuildError } from "./build-error.ts";
import { distFolder } from "./folders.ts";

const patienceMilliseconds = 120_000;

/** Does the work while nobody else in this project builds or packages. Throws BuildError after two minutes of waiting. */
export async function holdingBuildLock<R>(work: () => R | Promise<R>): Promise<R> {
  const lock = acquireFolderLock(join(distFolder, "build.lock"), patienceMilliseconds);
  if (!lock) throw new BuildError("Another build holds dist/build.lock for too long.");
  try {
    return await work();
  } finally {
    lock.release();
  }
}
