import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputFolder } from "./build-app.ts";

const projectFolder = fileURLToPath(new URL("..", import.meta.url));
/** Libraries that the bundle leaves to node_modules. */
const roots = ["@azure/functions", "durable-functions"];

type Lock = Record<string, { dependencies?: Record<string, string> }>;

/** What a deployment carries, in bytes, and which libraries of node_modules (as lockfile keys) it needs. */
export function packageContents(): {
  bundleBytes: number;
  startBytes: number;
  libraries: string[];
  librariesBytes: number;
} {
  const libraries = neededLibraries();
  const scripts = filesOf(outputFolder).filter((file) => !file.endsWith(".map"));
  return {
    bundleBytes: bytesOf(scripts),
    startBytes: bytesOf(staticallyLoaded("index.js")),
    libraries,
    librariesBytes: libraries.reduce(
      (sum, key) => sum + bytesOf(filesOf(join(projectFolder, key), ["node_modules"])),
      0,
    ),
  };
}

/** The transitive dependencies of the libraries that are not bundled, as Node resolves them, sorted. */
export function neededLibraries(): string[] {
  const lock = (JSON.parse(readFileSync(join(projectFolder, "package-lock.json"), "utf8")) as { packages: Lock })
    .packages;
  const needed = new Set<string>();
  const visit = (key: string | null): void => {
    if (key === null || needed.has(key)) return;
    needed.add(key);
    for (const name of Object.keys(lock[key]?.dependencies ?? {})) visit(resolveFrom(lock, key, name));
  };
  for (const name of roots) visit(resolveFrom(lock, "", name));
  return [...needed].sort();
}

function resolveFrom(lock: Lock, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const key = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock[key]) return key;
    if (folder === "") return null;
  }
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

function filesOf(folder: string, skip: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skip.includes(entry.name) ? [] : filesOf(path, skip);
    return [path];
  });
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}
