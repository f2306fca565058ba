import { setTimeout } from "node:timers/promises";
import { AzureCliCredential, AzureDeveloperCliCredential, ChainedTokenCredential } from "@azure/identity";
import { azureSettings } from "../../functions/settings/azure-settings.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { readConfiguration } from "../read-configuration.ts";
import { GraphClient } from "./graph-client.ts";

/** What a hook works with: the azd environment, the platform configuration, and Microsoft Graph as whoever is signed in. */
export interface HookContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly configurationFile: string;
  readonly configuration: PlatformConfiguration;
  readonly graph: GraphClient;
  /** Tells whoever runs the hook. */
  readonly say: (line: string) => void;
}

export async function hookContext(environment: HookContext["environment"]): Promise<HookContext> {
  const configurationFile = environment.PLATFORM_CONFIGURATION_FILE ?? "platform-configuration.json";
  const configuration = await readConfiguration(configurationFile);
  const { graphEndpoint, graphAudience } = azureSettings(environment);
  // The Azure CLI first: its tokens may write app role assignments, those of azd alone may not everywhere.
  const { tenantId } = configuration;
  const credential = new ChainedTokenCredential(
    new AzureCliCredential({ tenantId }),
    new AzureDeveloperCliCredential({ tenantId }),
  );
  const token = async () => (await credential.getToken(`${graphAudience}/.default`)).token;
  const graph = new GraphClient({ endpoint: graphEndpoint, token, wait: (milliseconds) => setTimeout(milliseconds) });
  return { environment, configurationFile, configuration, graph, say: (line) => console.log(line) };
}

/** A value of the azd environment that must be there. */
export function required({ environment }: Pick<HookContext, "environment">, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new Error(`${name} is not set. azd sets it; by hand: azd env set ${name} VALUE.`);
}
