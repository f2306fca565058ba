import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";

/** Unpacks a ZIP archive into a folder, as Azure does before it starts an app; answers the folder. */
export function unpack(zipFile: string, folder: string): string {
  for (const [name, content] of Object.entries(unzipSync(readFileSync(zipFile)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
