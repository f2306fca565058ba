import { AzureLogger } from "@azure/logger";
import { redacted } from "../../shared/domain/redacted.ts";

/**
 * What Azure's SDKs write to standard error, where AZURE_LOG_LEVEL or another library asks them to, quotes Azure's own
 * messages: it is written without secrets, as every line of this app's is. The telemetry library puts its own writer there
 * when it loads, which would write them as they are: it is not heard.
 */
export function redactSdkLog(): void {
  const log = (...parts: unknown[]) => {
    process.stderr.write(`${redacted(parts.map(String).join(" "))}\n`);
  };
  Object.defineProperty(AzureLogger, "log", { get: () => log, set: () => {}, configurable: true });
}
