import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parsePlatformConfiguration } from "../shared/domain/parse-platform-configuration.ts";
import { BuildError } from "./build-error.ts";
import { projectFolder } from "./folders.ts";

/**
 * The text of a platform configuration that may be deployed.
 * @throws BuildError with every violation, and for the sample: its tenant, hubs and groups are nobody's.
 */
export function readPackagedConfiguration(file: string): string {
  const text = readText(file);
  const value = readJson(text, file);
  const parsed = parsePlatformConfiguration(value);
  if (!parsed.ok) {
    const list = parsed.violations.map(({ pointer, message }) => `  ${pointer}: ${message}`);
    throw new BuildError([`${file} is not a valid platform configuration:`, ...list].join("\n"));
  }
  const sample = "platform-configuration.sample.json";
  if (isDeepStrictEqual(value, readJson(readText(join(projectFolder, sample)), sample))) {
    throw new BuildError(`${file} is the sample: write your own tenant, hubs and groups into a copy of it.`);
  }
  return text;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BuildError(`The platform configuration cannot be read: ${String(error)}`, { cause: error });
  }
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BuildError(`${file} is not JSON: ${String(error)}`, { cause: error });
  }
}
