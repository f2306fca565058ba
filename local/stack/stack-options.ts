import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type CloudName, clouds, isCloudName } from "../arm/cloud.ts";
import { StackError } from "./stack-error.ts";

/** The project's folder: where package.json and host.json stand. */
export const projectFolder = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/** How a stack shall run; what is absent has the default named here. */
export interface StackOptions {
  /** Everything the stack keeps. Absent: a fresh temporary folder, removed when the stack stops. */
  readonly dataFolder?: string;
  /** 0 (default) = any free port. */
  readonly functionsPort?: number;
  readonly azurePort?: number;
  /** How many times faster than in Azure operations run; 20 by default, 0 = at once. */
  readonly speed?: number;
  /** Which of Azure's clouds local Azure plays; the public one by default. */
  readonly cloud?: CloudName;
  /** Platform configuration; the sample of the project by default. */
  readonly configurationFile?: string;
  readonly enforcementMode?: "audit" | "enforce" | null;
  /** The app sends telemetry to local Azure's Application Insights (`GET /_local/telemetry`); false by default. */
  readonly telemetry?: boolean;
  /** Absolute folder of the app that runs, with host.json and package.json; the project, built where stale, by default. */
  readonly appFolder?: string;
  /** Without a Functions host: any host may then run the built app with `settings` of stack.json. */
  readonly azureOnly?: boolean;
  /** Ends a start in progress. */
  readonly signal?: AbortSignal;
  /** One line for each thing that a person may want to know. */
  readonly onProgress?: (line: string) => void;
}

/** The part of the options that a person sets by environment variables, complete. */
export type StackSettings = Required<
  Omit<StackOptions, "appFolder" | "azureOnly" | "telemetry" | "signal" | "onProgress">
>;

/**
 * Reads the settings of the local stack (README, "Keep it running") from environment variables; relative paths start at
 * the folder in which the command was called. Throws StackError that names every wrong value.
 */
export function stackOptionsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  callersFolder: string,
): StackSettings {
  const mistakes: string[] = [];
  const value = (name: string): string | null => environment[name]?.trim() || null;
  const number = (name: string, fallback: number, isRight: (n: number) => boolean, expected: string): number => {
    const text = value(name);
    if (text === null) return fallback;
    const parsed = Number(text);
    if (!isRight(parsed)) mistakes.push(`${name} is "${text}": it must be ${expected}`);
    return parsed;
  };
  const isPort = (n: number): boolean => Number.isInteger(n) && n >= 0 && n <= 65535;
  const path = (name: string, fallback: string): string => {
    const text = value(name);
    if (text === null) return resolve(projectFolder, fallback);
    return isAbsolute(text) ? text : resolve(callersFolder, text);
  };
  const cloud = value("LOCAL_AZURE_CLOUD") ?? "AzureCloud";
  if (!isCloudName(cloud))
    mistakes.push(`LOCAL_AZURE_CLOUD is "${cloud}": it must be one of ${Object.keys(clouds).join(", ")}`);
  const mode = value("ENFORCEMENT_MODE");
  const enforcementMode = mode === "enforce" || mode === "audit" ? mode : null;
  if (mode !== enforcementMode) mistakes.push(`ENFORCEMENT_MODE is "${mode}": it must be audit or enforce`);
  const options: StackSettings = {
    dataFolder: path("LOCAL_DATA_DIR", ".local"),
    functionsPort: number("FUNCTIONS_PORT", 7071, isPort, "a port (0 to 65535)"),
    azurePort: number("LOCAL_AZURE_PORT", 7443, isPort, "a port (0 to 65535)"),
    speed: number("LOCAL_AZURE_SPEED", 20, (n) => Number.isFinite(n) && n >= 0, "a number of 0 or more"),
    cloud: isCloudName(cloud) ? cloud : "AzureCloud",
    configurationFile: path("PLATFORM_CONFIGURATION_FILE", "platform-configuration.sample.json"),
    enforcementMode,
  };
  if (mistakes.length > 0) throw new StackError(mistakes.join("\n"));
  return options;
}
