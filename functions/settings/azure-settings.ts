import { type AzureSettings, publicAzure } from "../../shared/azure/settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Azure is, from the app settings that a sovereign cloud sets; public Azure where they are absent. */
export function azureSettings(environment: Environment): AzureSettings {
  const setting = (name: string, otherwise: string): string => {
    const value = environment[name];
    if (value === undefined || value === "") return otherwise;
    if (!URL.canParse(value) || new URL(value).protocol !== "https:")
      throw new Error(`The setting ${name} is no https URL`);
    return value.replace(/\/+$/, "");
  };
  return {
    resourceManagerEndpoint: setting("AZURE_RESOURCE_MANAGER_ENDPOINT", publicAzure.resourceManagerEndpoint),
    resourceManagerAudience: setting("AZURE_RESOURCE_MANAGER_AUDIENCE", publicAzure.resourceManagerAudience),
    graphEndpoint: setting("MICROSOFT_GRAPH_ENDPOINT", publicAzure.graphEndpoint),
    graphAudience: setting("MICROSOFT_GRAPH_AUDIENCE", publicAzure.graphAudience),
  };
}
