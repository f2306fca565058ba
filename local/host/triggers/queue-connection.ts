import { AppLoadError, type RegisteredFunction } from "../core/function-registry.ts";

/** Where a queue function's messages come from. */
export interface QueueConnection {
  readonly queueName: string;
  readonly connectionString: string;
}

const defaultConnection = "AzureWebJobsStorage";

/**
 * Resolves a queue function's queue and connection by the app's settings. Source: Azure Functions, "Azure Queue storage
 * trigger", section "Connections" (a name may stand without its prefix AzureWebJobs), and "Binding expressions - app settings".
 * @throws AppLoadError for a missing setting, and for a connection by identity, which this host does not make
 */
export function queueConnection({ name, trigger }: RegisteredFunction, settings: NodeJS.ProcessEnv): QueueConnection {
  const refuse = (reason: string): never => {
    throw new AppLoadError(`Function "${name}": ${reason}`);
  };
  const queueName = String(trigger.queueName ?? "").replace(
    /%([^%]+)%/g,
    (_, setting: string) => settings[setting] ?? refuse(`the setting "${setting}" of the queue's name is missing.`),
  );
  if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(queueName)) refuse(`"${queueName}" is no name of a queue.`);
  const connection = String(trigger.connection ?? "") || defaultConnection;
  const connectionString = settings[`AzureWebJobs${connection}`] ?? settings[connection];
  if (connectionString !== undefined && connectionString !== "") return { queueName, connectionString };
  const byIdentity = Object.keys(settings).some((key) => key.startsWith(`${connection}__`));
  return refuse(
    byIdentity
      ? `the connection "${connection}" is made with an identity; this host takes connection strings.`
      : `the setting "${connection}" of the connection is missing.`,
  );
}
