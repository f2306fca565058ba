import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleFolder } from "./folders.ts";

/** The bundle's scripts, relative to it, without their source maps: what of it a deployment carries. */
export function bundleScripts(): string[] {
  return readdirSync(bundleFolder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

/** The script that package.json names, and what its static imports load: what a start loads, relative to the bundle. */
export function startScripts(): string[] {
  return [...staticallyLoaded("index.js")].sort();
}

/** What a deployment carries beside host.json and package.json: the bundle, and what of it a start loads, in bytes. */
export function packageContents(): { readonly bundleBytes: number; readonly startBytes: number } {
  return { bundleBytes: bytesOf(bundleScripts()), startBytes: bytesOf(startScripts()) };
}

function staticallyLoaded(script: string, seen = new Set<string>()): Set<string> {
  if (seen.has(script)) return seen;
  seen.add(script);
  const text = readFileSync(join(bundleFolder, script), "utf8");
  for (const match of text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom\s*"(\.{1,2}\/[^"]+)"|^import\s*"(\.{1,2}\/[^"]+)"/gm,
  )) {
    const target = match[1] ?? match[2];
    if (target) staticallyLoaded(join(script, "..", target).replaceAll("\\", "/"), seen);
  }
  return seen;
}

function bytesOf(scripts: readonly string[]): number {
  return scripts.reduce((sum, script) => sum + statSync(join(bundleFolder, script)).size, 0);
}
