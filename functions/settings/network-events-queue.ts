import { readPlatformFile } from "./read-platform-file.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The queue of network events: its name out of the platform configuration, and the app settings that say how its account
 * is reached (`NetworkEvents`, or `NetworkEvents__queueServiceUri` with an identity). Null where the platform does not hear of changes.
 */
export function networkEventsQueue(
  environment: Environment,
): { readonly queueName: string; readonly connection: string } | null {
  const { networkEvents } = readPlatformFile(environment);
  if (typeof networkEvents !== "object" || networkEvents === null) return null;
  const { queueName } = networkEvents as { queueName?: unknown };
  return typeof queueName === "string" ? { queueName, connection: "NetworkEvents" } : null;
}
