import { readFile } from "node:fs/promises";
import type { AzurePorts } from "../shared/azure/ports.ts";
import type { Amendment } from "../shared/domain/amendment.ts";
import type { NetworkChange } from "../shared/domain/network-change.ts";
import { once } from "../shared/domain/once.ts";
import { parsePlatformConfiguration } from "../shared/domain/parse-platform-configuration.ts";
import type { PlatformConfiguration } from "../shared/domain/platform-configuration.ts";
import type { AddressSpace } from "../shared/reconcile/address-space.ts";
import type { JsonBlobs } from "../shared/state/blob-state.ts";
import type { Documents } from "../shared/state/documents.ts";
import type { SharedTurns } from "../shared/state/shared-turns.ts";
import type { SpokeStore } from "../shared/state/spoke-store.ts";
import { azureSettings } from "./settings/azure-settings.ts";
import { configurationInCloud } from "./settings/configuration-in-cloud.ts";
import { stateSettings } from "./settings/state-settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Everything that functions need from outside, made at first use: registering the functions loads no SDK. A thing
 * that could not be made is tried again by the next call.
 */
export interface Composition {
  configuration(): Promise<PlatformConfiguration>;
  /** Azure for activities, which wait for minutes until a trouble has passed. */
  azure(): Promise<AzurePorts>;
  /** Azure for a caller who waits for the answer: a trouble that lasts is told after seconds. */
  azureForCallers(): Promise<AzurePorts>;
  spokes(): Promise<SpokeStore>;
  leases(): Promise<AddressSpace>;
  turns(): Promise<SharedTurns>;
  amendments(): Promise<Documents<Amendment>>;
  changes(): Promise<Documents<NetworkChange>>;
  /** The state itself, for documents of one part of the tool. */
  blobs(): Promise<JsonBlobs>;
  /** The value of an app setting that the configuration names; null where it is not set. */
  setting(name: string): string | null;
  /** Whether the platform (Easy Auth) authenticates callers before they arrive here. */
  readonly platformAuthenticates: boolean;
  /** The present moment, ISO 8601 in UTC. */
  now(): string;
}

/** In milliseconds; far below the 230 seconds after which the front end of App Service gives a caller up. */
const callersPatience = { patience: 20_000, settling: 5_000 };

/**
 * The composition of an app with these settings.
 * @param environment app settings: docs/configuration.md. A wrong one is told by the first call that needs it.
 */
export function compose(environment: Environment): Composition {
  const state = once(async () => {
    const { openState } = await import("../shared/state/open-state.ts");
    return openState(stateSettings(environment));
  });
  const forCallers = once(() => openAzure(environment, callersPatience));
  return {
    configuration: once(() => readConfiguration(environment)),
    azure: once(() => openAzure(environment)),
    azureForCallers: forCallers,
    spokes: async () => (await state()).spokes,
    leases: once(async () => {
      const { AddressSpace } = await import("../shared/reconcile/address-space.ts");
      return new AddressSpace((await state()).leases, async () => (await forCallers()).ipamPools);
    }),
    turns: async () => (await state()).turns,
    amendments: async () => (await state()).amendments,
    changes: async () => (await state()).changes,
    blobs: async () => (await state()).blobs,
    setting: (name) => environment[name] || null,
    platformAuthenticates: environment.WEBSITE_AUTH_ENABLED?.toLowerCase() === "true",
    now: () => new Date().toISOString(),
  };
}

async function openAzure(
  environment: Environment,
  patience: Partial<typeof callersPatience> = {},
): Promise<AzurePorts> {
  const { createAzurePorts } = await import("../shared/azure/azure-ports.ts");
  return createAzurePorts(azureSettings(environment), patience);
}

async function readConfiguration(environment: Environment): Promise<PlatformConfiguration> {
  const file = environment.PLATFORM_CONFIGURATION_FILE;
  if (file === undefined) throw new Error("The setting PLATFORM_CONFIGURATION_FILE is missing");
  const parsed = parsePlatformConfiguration(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.ok) {
    const list = parsed.violations.map((violation) => `${violation.pointer}: ${violation.message}`).join("; ");
    throw new Error(`The platform configuration is not valid: ${list}`);
  }
  const configuration = configurationInCloud(parsed.value, environment);
  const mode = environment.ENFORCEMENT_MODE;
  if (mode === undefined || mode === "") return configuration;
  if (mode !== "audit" && mode !== "enforce") throw new Error("ENFORCEMENT_MODE is neither audit nor enforce");
  return { ...configuration, enforcementMode: mode };
}
