import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildIfStale, targetNode } from "./build-app.ts";
import { holdingBuildLock } from "./build-lock.ts";
import { bundledModules } from "./bundled-modules.ts";
import { bundleFolder, projectFolder } from "./folders.ts";
import { bundleScripts } from "./package-contents.ts";
import { readPackagedConfiguration } from "./packaged-configuration.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";
import { zipOfFolder } from "./zip-of-folder.ts";

export interface PackageOptions {
  /** Platform configuration to carry; null = the package carries none. */
  readonly configurationFile: string | null;
  /** Where the unpacked package shall stand; what stands there is replaced. */
  readonly folder: string;
  readonly zipFile: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Makes what is deployed: a folder with all that runs and nothing else, and a ZIP archive of it.
 * @returns the archive's size in bytes
 * @throws BuildError where the bundle cannot be made or the configuration is not one to deploy; nothing is written then.
 */
export async function packageApp({ configurationFile, folder, zipFile, onProgress }: PackageOptions): Promise<number> {
  const configuration = configurationFile === null ? null : readPackagedConfiguration(configurationFile);
  await buildIfStale(onProgress);
  return holdingBuildLock(() => {
    const unfinished = `${folder}.${process.pid}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    try {
      fill(unfinished, configuration);
      const archive = zipOfFolder(unfinished);
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
      mkdirSync(dirname(zipFile), { recursive: true });
      writeFileSync(`${zipFile}.unfinished`, archive);
      renameSync(`${zipFile}.unfinished`, zipFile);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return statSync(zipFile).size;
  });
}

function fill(folder: string, configuration: string | null): void {
  const scripts = bundleScripts();
  for (const script of scripts) cpSync(join(bundleFolder, script), join(folder, "dist", "functions", script));
  for (const file of ["host.json", "LICENSE"]) cpSync(join(projectFolder, file), join(folder, file));
  writeFileSync(join(folder, "package.json"), manifest());
  writeFileSync(join(folder, "THIRD-PARTY-NOTICES"), thirdPartyNotices(bundledModules(scripts)));
  if (configuration !== null) writeFileSync(join(folder, "platform-configuration.json"), configuration);
}

/** What the host's worker reads of package.json. Nothing is left to be installed: no dependency, no script. */
function manifest(): string {
  const { name, version, license, type, main } = JSON.parse(
    readFileSync(join(projectFolder, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const engines = { node: `>=${targetNode}` };
  return `${JSON.stringify({ name, version, license, private: true, type, main, engines }, null, 2)}\n`;
}

/** The configuration that a package carries where none is named: the project's own, where a platform team keeps one. */
export function projectConfiguration(): string | null {
  const file = join(projectFolder, "platform-configuration.json");
  return existsSync(file) ? file : null;
}
