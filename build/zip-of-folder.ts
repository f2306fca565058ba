import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Zippable, zipSync } from "fflate";

const unix = 3;
/** Unix mode of a file that everybody may read, in the upper half of the external attributes. */
const attrs = 0o100644 << 16;

/** A folder's files as a ZIP archive: the same files make the same bytes, on any day and any machine. */
export function zipOfFolder(folder: string): Uint8Array {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
  const files: Zippable = {};
  for (const name of names) files[name] = readFileSync(join(folder, name));
  // The earliest time that the format knows. It keeps local times without their zone: these are the same bytes everywhere.
  const mtime = new Date(1980, 0, 1);
  return zipSync(files, { level: 9, mtime, os: unix, attrs });
}
