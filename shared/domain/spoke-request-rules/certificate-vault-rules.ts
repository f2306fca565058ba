import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** The certificate lies in a Key Vault of the cloud in which the platform is. */
export function* certificateVaultRules(
  { application }: RequestParts,
  { keyVaultSuffix }: Pick<PlatformConfiguration, "keyVaultSuffix">,
): Generator<Violation> {
  const { certificateSecretId } = application;
  if (typeof certificateSecretId !== "string") return;
  const [, suffix] = /^https:\/\/[^./]+\.([^/]+)\//.exec(certificateSecretId) ?? [];
  if (suffix === keyVaultSuffix) return;
  const message = `Must lie in a Key Vault of this cloud, like https://kv-platform.${keyVaultSuffix}/secrets/orders.`;
  yield { pointer: "/application/certificateSecretId", code: "malformed", message };
}
