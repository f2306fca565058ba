import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { outputFolder } from "./build-app.ts";

/** What a deployment carries beside host.json and package.json: the bundle, and what of it a start loads, in bytes. */
export function packageContents(): { readonly bundleBytes: number; readonly startBytes: number } {
  const scripts = filesOf(outputFolder).filter((file) => !file.endsWith(".map"));
  return { bundleBytes: bytesOf(scripts), startBytes: bytesOf(staticallyLoaded("index.js")) };
}

/** The file and what its static imports load, relative to the bundle. */
function staticallyLoaded(entry: string, seen = new Set<string>()): string[] {
  const file = join(outputFolder, entry);
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom\s*"(\.{1,2}\/[^"]+)"|^import\s*"(\.{1,2}\/[^"]+)"/gm,
  )) {
    const target = match[1] ?? match[2];
    if (target) staticallyLoaded(join(entry, "..", target), seen);
  }
  return [...seen];
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}
