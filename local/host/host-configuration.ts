import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type DurableConfiguration, durableConfiguration } from "./durable/durable-configuration.ts";
import { type QueueConfiguration, queueConfiguration } from "./triggers/queue-configuration.ts";

const hostFile = z.looseObject({
  version: z.literal("2.0"),
  extensions: z
    .looseObject({
      http: z.looseObject({ routePrefix: z.string().default("api") }).prefault({}),
      durableTask: durableConfiguration.prefault({}),
      queues: queueConfiguration.prefault({}),
    })
    .prefault({}),
});

const settingsFile = z.looseObject({ Values: z.record(z.string(), z.string()).default({}) });

/** What this host reads of host.json. */
export interface HostConfiguration {
  /** Without slashes around it; empty = none. */
  routePrefix: string;
  durable: DurableConfiguration;
  queues: QueueConfiguration;
}

/** Reads host.json of an app. @throws ZodError where it is not valid or asks for what this host cannot honour */
export function readHostConfiguration(root: string): HostConfiguration {
  const { extensions } = hostFile.parse(JSON.parse(readFileSync(join(root, "host.json"), "utf8")));
  return {
    routePrefix: extensions.http.routePrefix.replace(/^\/|\/$/g, ""),
    durable: extensions.durableTask,
    queues: extensions.queues,
  };
}

/** The app settings of local.settings.json, where an app has that file: as with Core Tools, the environment wins. */
export function readLocalSettings(root: string): Record<string, string> {
  const file = join(root, "local.settings.json");
  return existsSync(file) ? settingsFile.parse(JSON.parse(readFileSync(file, "utf8"))).Values : {};
}
