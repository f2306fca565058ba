import { readFileSync } from "node:fs";

/**
 * The platform configuration as it is written, for what Functions asks while the app starts. One that cannot be read is
 * empty here: every call tells what is wrong with it.
 */
export function readPlatformFile(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, unknown>> {
  const file = environment.PLATFORM_CONFIGURATION_FILE;
  if (file === undefined) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
