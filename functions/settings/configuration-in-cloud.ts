import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { dnsSuffix } from "./dns-suffix.ts";

/**
 * A platform configuration in the cloud that the app settings name (`KEY_VAULT_SUFFIX`).
 * @throws Error where one of its vaults lies in another cloud: one of the two is wrong
 */
export function configurationInCloud(
  configuration: PlatformConfiguration,
  environment: Readonly<Record<string, string | undefined>>,
): PlatformConfiguration {
  const keyVaultSuffix = dnsSuffix(environment, "KEY_VAULT_SUFFIX", configuration.keyVaultSuffix);
  for (const { vaultUri } of configuration.applicationGateway?.certificateVaults ?? []) {
    if (new URL(vaultUri).host.endsWith(`.${keyVaultSuffix}`)) continue;
    throw new Error(
      `The platform configuration's certificate vault ${vaultUri} is none of this cloud, whose vaults end in .${keyVaultSuffix}: correct it, or the setting KEY_VAULT_SUFFIX`,
    );
  }
  return { ...configuration, keyVaultSuffix };
}
