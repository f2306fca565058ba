import { dnsSuffix } from "./dns-suffix.ts";

/**
 * Address of a service of a storage account of which the app settings tell only the name, in this cloud
 * (`STORAGE_ENDPOINT_SUFFIX`).
 */
export function storageEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
  account: string,
  service: "blob" | "queue",
): string {
  return `https://${account}.${service}.${dnsSuffix(environment, "STORAGE_ENDPOINT_SUFFIX", "core.windows.net")}`;
}
