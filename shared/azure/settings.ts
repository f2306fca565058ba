/** Where Azure is: the only settings that a sovereign cloud needs as well. */
export interface AzureSettings {
  /** Base address of Azure Resource Manager, without a path. */
  readonly resourceManagerEndpoint: string;
  /** Resource for which tokens are asked; `/.default` is appended as it stands. */
  readonly resourceManagerAudience: string;
  /** Base address of Microsoft Graph, without version. */
  readonly graphEndpoint: string;
  readonly graphAudience: string;
}

/** Azure outside the sovereign clouds. */
export const publicAzure: AzureSettings = {
  resourceManagerEndpoint: "https://management.azure.com",
  resourceManagerAudience: "https://management.azure.com",
  graphEndpoint: "https://graph.microsoft.com",
  graphAudience: "https://graph.microsoft.com",
};
