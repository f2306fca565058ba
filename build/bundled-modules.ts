import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFolder } from "./folders.ts";

const passesOn = /^(?:(?:import|export) *\{[^}]*\} *from *"[^"]+";\s*)+$/;

/**
 * The source files whose code is in some files of the bundle, absolute, by what the bundler's source maps tell.
 * @param scripts relative to the bundle
 */
export function bundledModules(scripts: readonly string[]): string[] {
  const modules = scripts.flatMap((script) => {
    // The bundler's own helpers have no map: no module of ours or of a package is in them.
    if (/^chunks\/rolldown-runtime-/.test(script)) return fileURLToPath(import.meta.resolve("rolldown"));
    const map = join(bundleFolder, `${script}.map`);
    // A chunk that only passes on what another one exports has no code of anybody's, and no map.
    if (!existsSync(map) && passesOn.test(readFileSync(join(bundleFolder, script), "utf8"))) return [];
    const { sources } = JSON.parse(readFileSync(map, "utf8")) as { readonly sources: readonly string[] };
    return sources.map((source) => resolve(dirname(map), source));
  });
  return [...new Set(modules.map((file) => file.replaceAll("\\", "/")))].sort();
}

/** Folders of the packages to which modules belong; the project's own modules belong to none. */
export function packageFolders(modules: readonly string[]): string[] {
  const folders = modules.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)];
}
