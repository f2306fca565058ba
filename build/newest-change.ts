import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Time of the newest change (milliseconds since 1970) among files and, with all they hold, folders. Folders count
 * themselves, so that a removed file is a change too. Paths that do not exist count as never changed.
 */
export function newestChange(paths: readonly string[]): number {
  let newest = 0;
  for (const path of paths) {
    const entry = statSync(path, { throwIfNoEntry: false });
    if (!entry) continue;
    newest = Math.max(newest, entry.mtimeMs);
    if (entry.isDirectory()) newest = Math.max(newest, newestChange(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
}
