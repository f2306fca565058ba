import { readFile } from "node:fs/promises";
import { parsePlatformConfiguration } from "../shared/domain/parse-platform-configuration.ts";
import type { PlatformConfiguration } from "../shared/domain/platform-configuration.ts";

/**
 * The platform configuration in a file, for what the platform's owner runs.
 * @throws Error with what to do where there is no such file, and with every violation where it is not valid
 */
export async function readConfiguration(file: string): Promise<PlatformConfiguration> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(
      `There is no platform configuration at ${file}. Copy platform-configuration.sample.json, fill it in (docs/configuration.md), and name it: azd env set PLATFORM_CONFIGURATION_FILE FILE.`,
    );
  });
  const parsed = parsePlatformConfiguration(JSON.parse(text));
  if (parsed.ok) return parsed.value;
  const violations = parsed.violations.map(({ pointer, message }) => `${pointer}: ${message}`);
  throw new Error(`${file} is not a valid platform configuration.\n${violations.join("\n")}`);
}
