/** `npm run package [-- --configuration FILE] [-- --output FILE]`: what is deployed, in dist/package and as a ZIP archive. */
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { BuildError } from "./build-error.ts";
import { distFolder } from "./folders.ts";
import { packageApp, projectConfiguration } from "./package-app.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { configuration: { type: "string" }, output: { type: "string" } } });
  const callersFolder = process.env.INIT_CWD ?? process.cwd();
  const told = values.configuration;
  const configurationFile = told === undefined ? projectConfiguration() : resolve(callersFolder, told);
  const folder = join(distFolder, "package");
  const zipFile =
    values.output === undefined ? join(distFolder, "zero-trust-spokes.zip") : resolve(callersFolder, values.output);
  const bytes = await packageApp({ configurationFile, folder, zipFile, onProgress: (line) => console.log(line) });
  const shown = (path: string): string => relative(callersFolder, path);
  console.log(`${shown(zipFile)}: ${(bytes / 1e6).toFixed(2)} MB; unpacked in ${shown(folder)}`);
  console.log(
    configurationFile === null
      ? "It carries no platform configuration: name one with --configuration FILE, or write platform-configuration.json " +
          "beside package.json. Until the setting PLATFORM_CONFIGURATION_FILE names one, the app answers every call with 500."
      : `It carries ${shown(configurationFile)}; its setting is PLATFORM_CONFIGURATION_FILE=platform-configuration.json.`,
  );
}

main().catch((error: unknown) => {
  const isMistake = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (isMistake) console.error(error.message);
  else console.error(error instanceof BuildError ? `There is no new package.\n${error.message}` : error);
  process.exitCode = 1;
});
