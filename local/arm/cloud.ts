/** The names by which one of Azure's clouds is known: what differs between them, and nothing else does here. */
export interface Cloud {
  /** Resources for which Resource Manager takes tokens, the one that its clients ask for first. */
  readonly resourceManagerAudiences: readonly [string, ...string[]];
  /** Address of Microsoft Graph, and the resource of its tokens. */
  readonly graph: string;
  /** Of storage accounts, behind `{account}.{service}.`. */
  readonly storageSuffix: string;
  /** Of key vaults, behind `{vault}.`. */
  readonly keyVaultSuffix: string;
}

/**
 * Azure's clouds by the names that its command line has for them (`az cloud list`). Sources: "Azure Government developer
 * guide", endpoint mapping; "Azure in China developer guide", endpoints; Microsoft Graph, "National cloud deployments".
 */
export const clouds = {
  AzureCloud: {
    resourceManagerAudiences: ["https://management.azure.com", "https://management.core.windows.net"],
    graph: "https://graph.microsoft.com",
    storageSuffix: "core.windows.net",
    keyVaultSuffix: "vault.azure.net",
  },
  AzureUSGovernment: {
    resourceManagerAudiences: ["https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net"],
    graph: "https://graph.microsoft.us",
    storageSuffix: "core.usgovcloudapi.net",
    keyVaultSuffix: "vault.usgovcloudapi.net",
  },
  AzureChinaCloud: {
    resourceManagerAudiences: ["https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn"],
    graph: "https://microsoftgraph.chinacloudapi.cn",
    storageSuffix: "core.chinacloudapi.cn",
    keyVaultSuffix: "vault.azure.cn",
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof clouds;

/** Whether a text is the name of one of the clouds. */
export function isCloudName(text: string): text is CloudName {
  return Object.hasOwn(clouds, text);
}
