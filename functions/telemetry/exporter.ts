import { shutdownAzureMonitor, useAzureMonitor } from "@azure/monitor-opentelemetry";
import { exportNow } from "../../shared/telemetry/sink.ts";

export interface ExporterSettings {
  /** Of Application Insights; its key alone lets nobody write where local authentication is off. */
  readonly connectionString: string;
  /** Client id of the user-assigned identity that writes. */
  readonly clientId: string | null;
}

const off = { enabled: false };

/**
 * Starts OpenTelemetry with Azure Monitor. Only what this app records itself goes out, to the endpoint of the connection string:
 * no usage statistics of the library, no live metrics, nothing that patches modules (a bundle has none to patch).
 */
export async function startExporter({ connectionString, clientId }: ExporterSettings): Promise<void> {
  const { identityCredential } = await import("../../shared/azure/identity-credential.ts");
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT = "true";
  process.env.APPLICATIONINSIGHTS_SDKSTATS_DISABLED = "true";
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString,
      credential: await identityCredential(clientId),
      // An app of many short-lived instances: what cannot be sent is repeated from memory, not left on a disk that goes.
      disableOfflineStorage: true,
    },
    // Runs are rare and each is worth its trace. OTEL_TRACES_SAMPLER and its argument say otherwise where they are set.
    samplingRatio: 1,
    tracesPerSecond: 0,
    enableLiveMetrics: false,
    enablePerformanceCounters: false,
    enableStandardMetrics: false,
    instrumentationOptions: {
      http: off,
      azureSdk: off,
      mongoDb: off,
      mySql: off,
      postgreSql: off,
      redis: off,
      redis4: off,
      bunyan: off,
      winston: off,
    },
  });
  exportNow();
}

/** Sends what is left, when the host ends the app. */
export function stopExporter(): Promise<void> {
  return shutdownAzureMonitor();
}
