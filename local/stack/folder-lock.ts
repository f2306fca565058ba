import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Held until released; the operating system releases it when its process dies, so no lock is ever stale. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock in `file`, or answers null where another process (or this one) still holds it after
 * `waitMilliseconds`. An SQLite database serves as the lock: its exclusive transaction works alike on Linux,
 * macOS and Windows, and survives neither its process nor a power cut.
 */
export function acquireFolderLock(file: string, waitMilliseconds = 0): FolderLock | null {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${Math.trunc(waitMilliseconds)}; BEGIN EXCLUSIVE`);
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === 5) return null;
    throw error;
  }
  return { release: () => database.close() };
}
