/** Where the management API is served, and what a caller needs to use it. */
export interface ManagementAddress {
  /** e.g. `http://127.0.0.1:7071` */
  origin: string;
  hubName: string;
  /** The system key of the extension. */
  key: string;
}

/** Path under which the extension's webhook is served, as on every Functions host. */
export const webhookPath = "/runtime/webhooks/durabletask";

/** The part of the path under which the app's own client is served; the key is a part of it. */
export const rpcPath = "/runtime/rpc";

/** Links to everything one can do with an instance (Durable Functions HTTP API reference). */
export function managementUrls(address: ManagementAddress, instanceId: string): Record<string, string> {
  const instance = `${address.origin}${webhookPath}/instances/${instanceId}`;
  const query = requiredQuery(address);
  return {
    id: instanceId,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/** The value of a `durableClient` binding: what the app's client needs to reach this host. */
export function clientBinding(address: ManagementAddress): Record<string, unknown> {
  const { origin, hubName, key } = address;
  const query = requiredQuery(address);
  const create = `${origin}${webhookPath}/orchestrators/{functionName}[/{instanceId}]?code=${key}`;
  return {
    taskHubName: hubName,
    creationUrls: {
      createNewInstancePostUri: create,
      createAndWaitOnNewInstancePostUri: `${create}&timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}`,
    },
    managementUrls: managementUrls(address, "INSTANCEID"),
    baseUrl: `${origin}${webhookPath}`,
    requiredQueryStringParameters: query,
    rpcBaseUrl: `${origin}${rpcPath}/${key}/`,
  };
}

function requiredQuery({ hubName, key }: ManagementAddress): string {
  return `taskHub=${encodeURIComponent(hubName)}&connection=Storage&code=${key}`;
}
